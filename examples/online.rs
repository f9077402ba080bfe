//! Deploys a model to a managed online endpoint, and moves its traffic to a new version.

use arm_examples::{Session, progress};
use arm_machinelearning::models::{
    EndpointAuthMode, ManagedOnlineDeployment, OnlineDeployment, OnlineDeploymentProperties,
    OnlineEndpoint, OnlineEndpointProperties,
};
use arm_runtime::Result;

const WORKSPACE: &str = "online-example";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    let workspace = session.create_workspace(WORKSPACE).await?;
    let endpoints = workspace.online_endpoints();
    let mut endpoint = OnlineEndpoint::new(
        &session.location,
        OnlineEndpointProperties::new(EndpointAuthMode::Key),
    );
    let poller = endpoints.begin_create_or_update("fraud", &endpoint, None)?;
    progress("creating the endpoint", poller).await?;

    let deployments = workspace.online_endpoint("fraud")?.deployments();
    for (name, model) in [("blue", "azureml:fraud:1"), ("green", "azureml:fraud:2")] {
        let managed = ManagedOnlineDeployment {
            model: Some(model.to_owned()),
            instance_type: Some("Standard_DS3_v2".to_owned()),
            ..ManagedOnlineDeployment::default()
        };
        let properties = OnlineDeploymentProperties::Managed(Box::new(managed));
        let deployment = OnlineDeployment::new(&session.location, properties);
        let poller = deployments.begin_create_or_update(name, &deployment, None)?;
        progress(&format!("deploying {name}"), poller).await?;
    }

    for share in [10, 50, 100] {
        let traffic = [("blue", 100 - share), ("green", share)];
        if let Some(properties) = &mut endpoint.properties {
            let traffic = traffic.map(|(name, share)| (name.to_owned(), share));
            properties.traffic = Some(traffic.into());
        }
        let poller = endpoints.begin_create_or_update("fraud", &endpoint, None)?;
        let now = progress(&format!("{share} % to green"), poller)
            .await?
            .into_model()?;
        let traffic = now.properties.and_then(|properties| properties.traffic);
        println!("traffic: {:?}", traffic.unwrap_or_default());
    }
    let poller = deployments.begin_delete("blue", None)?;
    progress("removing blue", poller).await?;

    session.delete_workspace(WORKSPACE).await
}
