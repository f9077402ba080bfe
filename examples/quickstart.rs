//! Creates a workspace with batch and online endpoints and a job in an empty resource group, and
//! deletes everything again.
//!
//! `cargo run --example quickstart` runs on a fake; `-- --live` on Azure.

use arm_examples::{Session, progress};
use arm_machinelearning::models::{
    AmlCompute, AmlComputeProperties, BatchDeployment, BatchDeploymentProperties, BatchEndpoint,
    BatchEndpointProperties, CommandJob, Compute, ComputeResource, EndpointAuthMode, JobBase,
    JobBaseProperties, KeyType, OnlineEndpoint, OnlineEndpointProperties,
    RegenerateEndpointKeysRequest, ScaleSettings,
};
use arm_runtime::Result;
use futures::TryStreamExt;

const WORKSPACE: &str = "quickstart";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    let workspace = session.create_workspace(WORKSPACE).await?;

    let cluster = AmlComputeProperties {
        vm_size: Some("STANDARD_DS3_V2".to_owned()),
        scale_settings: Some(ScaleSettings::new(4)),
        ..AmlComputeProperties::default()
    };
    let compute = ComputeResource {
        location: Some(session.location.clone()),
        properties: Some(Compute::AmlCompute(Box::new(AmlCompute {
            properties: Some(cluster),
            ..AmlCompute::default()
        }))),
        ..ComputeResource::default()
    };
    let poller = workspace
        .computes()
        .begin_create_or_update("cpu-cluster", &compute, None)?;
    let compute = progress("creating the compute", poller)
        .await?
        .into_model()?;

    let endpoint = BatchEndpoint::new(
        &session.location,
        BatchEndpointProperties::new(EndpointAuthMode::AadToken),
    );
    let batch = workspace.batch_endpoints();
    let poller = batch.begin_create_or_update("scoring", &endpoint, None)?;
    progress("creating the batch endpoint", poller).await?;
    let deployment = BatchDeploymentProperties {
        compute: compute.id.clone(),
        mini_batch_size: Some(10),
        ..BatchDeploymentProperties::default()
    };
    let deployment = BatchDeployment::new(&session.location, deployment);
    let deployments = workspace.batch_endpoint("scoring")?.deployments();
    let poller = deployments.begin_create_or_update("first", &deployment, None)?;
    progress("deploying to it", poller).await?;

    let endpoint = OnlineEndpoint::new(
        &session.location,
        OnlineEndpointProperties::new(EndpointAuthMode::Key),
    );
    let online = workspace.online_endpoints();
    let poller = online.begin_create_or_update("predictions", &endpoint, None)?;
    progress("creating the online endpoint", poller).await?;
    let before = online.list_keys("predictions", None).await?.into_model()?;
    let request = RegenerateEndpointKeysRequest::new(KeyType::Primary);
    let poller = online.begin_regenerate_keys("predictions", &request, None)?;
    progress("regenerating the primary key", poller).await?;
    let after = online.list_keys("predictions", None).await?.into_model()?;
    println!(
        "the primary key has changed: {}",
        before.primary_key != after.primary_key
    );
    println!(
        "the secondary key has changed: {}",
        before.secondary_key != after.secondary_key
    );

    let job = CommandJob {
        compute_id: compute.id.clone(),
        ..CommandJob::new("python train.py", "azureml:sklearn:1")
    };
    let job = JobBase::new(JobBaseProperties::Command(Box::new(job)));
    let job = workspace
        .jobs()
        .create_or_update("training-1", &job, None)
        .await?
        .into_model()?;
    println!("submitted the job {}", job.name.unwrap_or_default());

    println!("computes:");
    let mut all = workspace.computes().list(None)?;
    while let Some(one) = all.try_next().await? {
        println!("  {}", one.name.unwrap_or_default());
    }
    println!("batch endpoints:");
    let mut all = batch.list(None)?;
    while let Some(one) = all.try_next().await? {
        println!("  {}", one.name.unwrap_or_default());
    }
    println!("online endpoints:");
    let mut all = online.list(None)?;
    while let Some(one) = all.try_next().await? {
        println!("  {}", one.name.unwrap_or_default());
    }
    println!("jobs:");
    let mut all = workspace.jobs().list(None)?;
    while let Some(one) = all.try_next().await? {
        println!("  {}", one.name.unwrap_or_default());
    }

    session.delete_workspace(WORKSPACE).await
}
