//! Handles errors and throttling, and resumes an operation in another process.

use arm_examples::{Session, progress};
use arm_machinelearning::{
    fake::Fault,
    models::{EndpointAuthMode, OnlineEndpoint, OnlineEndpointProperties},
};
use arm_runtime::{ArmErrorExt, Duration, Result};
use futures::TryStreamExt;

const WORKSPACE: &str = "errors-example";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    // A request that the service rejects is an error with its code and message.
    let missing = session
        .client
        .workspaces()
        .get(&session.group, "not-there", None)
        .await;
    if let Some(error) = missing.as_ref().err().and_then(|error| error.arm()) {
        println!(
            "refused: {} {}",
            error.status,
            error.code().unwrap_or_default()
        );
    }

    // A request that breaks a rule of the description is not sent.
    if let Err(error) = session.client.workspace(&session.group, "?") {
        println!("not sent: {error}");
    }

    // Transient errors are retried; here the fake throttles the first requests.
    if let Some(fake) = &session.fake {
        fake.inject(Fault::throttle(Duration::ZERO).times(2));
    }
    let workspace = session.create_workspace(WORKSPACE).await?;

    // Another process needs only the token to resume an operation.
    let endpoint = OnlineEndpoint::new(
        &session.location,
        OnlineEndpointProperties::new(EndpointAuthMode::Key),
    );
    let endpoints = workspace.online_endpoints();
    let mut poller = endpoints.begin_create_or_update("resumed", &endpoint, None)?;
    let begun = poller.try_next().await?;
    drop(poller);
    if let Some(token) = begun.as_ref().and_then(|step| step.continuation_token()) {
        let poller = endpoints.resume_create_or_update(token, None)?;
        progress("going on", poller).await?;
    }

    // An operation that fails ends with the service's error.
    if let Some(fake) = &session.fake {
        fake.inject(Fault::operation("OutOfCapacity", "no machines are left"));
        let poller = endpoints.begin_create_or_update("unlucky", &endpoint, None)?;
        match progress("creating in vain", poller).await {
            Ok(_) => println!("it was created after all"),
            Err(error) => println!("failed: {error}"),
        }
    }
    session.delete_workspace(WORKSPACE).await
}
