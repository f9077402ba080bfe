//! Registers a model, data and an environment in a workspace and shares them to a registry.

use arm_examples::{Session, progress};
use arm_machinelearning::models::{
    DataContainer, DataContainerProperties, DataType, DataVersionBase, DataVersionBaseProperties,
    DestinationAsset, EnvironmentContainer, EnvironmentContainerProperties, EnvironmentVersion,
    EnvironmentVersionProperties, ModelContainer, ModelContainerProperties, ModelVersion,
    ModelVersionProperties, Registry, RegistryProperties, UriFolderDataVersion,
};
use arm_runtime::Result;
use futures::TryStreamExt;

const WORKSPACE: &str = "assets-example";
const REGISTRY: &str = "examples-registry";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    let workspace = session.create_workspace(WORKSPACE).await?;
    let registry = Registry::new(&session.location, RegistryProperties::default());
    let registries = session.client.registries();
    let poller = registries.begin_create_or_update(&session.group, REGISTRY, &registry, None)?;
    progress("creating the registry", poller).await?;

    let container = ModelContainer::new(ModelContainerProperties::default());
    workspace
        .models()
        .create_or_update("fraud", &container, None)
        .await?;
    let model = ModelVersion::new(ModelVersionProperties {
        model_type: Some("mlflow_model".to_owned()),
        model_uri: Some("azureml://jobs/train-1/outputs/model".to_owned()),
        ..ModelVersionProperties::default()
    });
    let models = workspace.model("fraud")?.versions();
    models.create_or_update("1", &model, None).await?;
    let poller = models.begin_publish("1", &destination("fraud"), None)?;
    progress("sharing the model", poller).await?;

    let container = DataContainer::new(DataContainerProperties::new(DataType::UriFolder));
    workspace
        .data()
        .create_or_update("payments", &container, None)
        .await?;
    let folder = UriFolderDataVersion::new("azureml://datastores/main/paths/payments/");
    let folder = DataVersionBaseProperties::UriFolder(Box::new(folder));
    let data = workspace.data_item("payments")?.versions();
    data.create_or_update("1", &DataVersionBase::new(folder), None)
        .await?;
    let poller = data.begin_publish("1", &destination("payments"), None)?;
    progress("sharing the data", poller).await?;

    let container = EnvironmentContainer::new(EnvironmentContainerProperties::default());
    workspace
        .environments()
        .create_or_update("sklearn", &container, None)
        .await?;
    let environment = EnvironmentVersion::new(EnvironmentVersionProperties {
        image: Some("mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04".to_owned()),
        ..EnvironmentVersionProperties::default()
    });
    let environments = workspace.environment("sklearn")?.versions();
    environments
        .create_or_update("1", &environment, None)
        .await?;
    let poller = environments.begin_publish("1", &destination("sklearn"), None)?;
    progress("sharing the environment", poller).await?;

    let mut versions = models.list(None)?;
    while let Some(version) = versions.try_next().await? {
        println!("fraud {}", version.name.unwrap_or_default());
    }
    let poller = registries.begin_delete(&session.group, REGISTRY, None)?;
    progress("removing the registry", poller).await?;
    session.delete_workspace(WORKSPACE).await
}

/// Returns version 1 of an asset in the registry as a destination.
fn destination(name: &str) -> DestinationAsset {
    DestinationAsset {
        destination_name: Some(name.to_owned()),
        destination_version: Some("1".to_owned()),
        registry_name: Some(REGISTRY.to_owned()),
        ..DestinationAsset::default()
    }
}
