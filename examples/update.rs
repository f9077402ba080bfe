//! Changes an endpoint: reports the progress, resumes the operation with a token, and removes
//! members.

use arm_examples::{Session, progress};
use arm_machinelearning::{
    models::{BatchEndpoint, BatchEndpointProperties, EndpointAuthMode},
    operations::BatchEndpointsClientBeginCreateOrUpdateOptions,
};
use arm_runtime::{Duration, PollerOptions, Result, merge_patch};
use futures::TryStreamExt;

const WORKSPACE: &str = "update";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    let workspace = session.create_workspace(WORKSPACE).await?;
    let endpoints = workspace.batch_endpoints();

    // Poll the operation every five seconds, for half an hour at most.
    let endpoint = BatchEndpoint {
        tags: Some([("owner", "me"), ("stage", "test")].map(pair).into()),
        ..BatchEndpoint::new(
            &session.location,
            BatchEndpointProperties::new(EndpointAuthMode::AadToken),
        )
    };
    let options = BatchEndpointsClientBeginCreateOrUpdateOptions {
        method_options: PollerOptions {
            frequency: Duration::seconds(5),
            deadline: Some(Duration::minutes(30)),
            ..PollerOptions::default()
        },
    };
    let mut poller = endpoints.begin_create_or_update("scoring", &endpoint, Some(options))?;
    let mut token = None;
    if let Some(status) = poller.try_next().await? {
        println!("{:?}, {:?} %", status.status(), status.percent_complete());
        token = status.continuation_token().map(str::to_owned);
    }

    // Another process can resume the operation with the token. It contains links but no credential;
    // keep it secret nevertheless, because links may be signed.
    let endpoint = match token {
        Some(token) => endpoints.resume_create_or_update(&token, None)?.await?,
        None => poller.await?,
    };
    let before = endpoint.into_model()?;

    // A patch is computed from the model before and after: {"tags": {"owner": null, "stage":
    // "live"}}.
    let mut after = before.clone();
    if let Some(tags) = &mut after.tags {
        tags.remove("owner");
        tags.extend([pair(("stage", "live"))]);
    }
    let patch = merge_patch(&before, &after)?;
    let poller = endpoints.begin_update("scoring", patch, None)?;
    let changed = progress("changing the tags", poller).await?.into_model()?;
    println!("{:?}", changed.tags);

    session.delete_workspace(WORKSPACE).await
}

fn pair((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
