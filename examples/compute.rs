//! Creates, resizes, stops, starts and deletes a compute cluster.

use arm_examples::{Session, progress};
use arm_machinelearning::models::{
    AmlCompute, AmlComputeProperties, ClusterUpdateParameters, ClusterUpdateProperties, Compute,
    ComputeResource, ScaleSettings, ScaleSettingsInformation, UnderlyingResourceAction,
};
use arm_runtime::Result;

const WORKSPACE: &str = "compute-example";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    let workspace = session.create_workspace(WORKSPACE).await?;
    let computes = workspace.computes();
    let cluster = AmlCompute {
        properties: Some(AmlComputeProperties {
            vm_size: Some("STANDARD_DS3_V2".to_owned()),
            scale_settings: Some(ScaleSettings::new(2)),
            ..AmlComputeProperties::default()
        }),
        ..AmlCompute::default()
    };
    let compute = ComputeResource {
        location: Some(session.location.clone()),
        properties: Some(Compute::AmlCompute(Box::new(cluster))),
        ..ComputeResource::default()
    };
    let poller = computes.begin_create_or_update("cpu-cluster", &compute, None)?;
    progress("creating", poller).await?;

    let scale = ScaleSettingsInformation {
        scale_settings: Some(ScaleSettings::new(8)),
        ..Default::default()
    };
    let resize = ClusterUpdateParameters {
        properties: Some(ClusterUpdateProperties {
            properties: Some(scale),
            ..Default::default()
        }),
        ..Default::default()
    };
    let poller = computes.begin_update("cpu-cluster", &resize, None)?;
    let resized = progress("resizing", poller).await?.into_model()?;
    if let Some(Compute::AmlCompute(cluster)) = resized.properties {
        let settings = cluster
            .properties
            .and_then(|properties| properties.scale_settings);
        let nodes = settings.and_then(|settings| settings.max_node_count);
        println!("maximum number of nodes: {}", nodes.unwrap_or_default());
    }

    progress("stopping", computes.begin_stop("cpu-cluster", None)?).await?;
    progress("starting", computes.begin_start("cpu-cluster", None)?).await?;
    let action = UnderlyingResourceAction::Delete;
    let poller = computes.begin_delete("cpu-cluster", action, None)?;
    progress("removing", poller).await?;

    session.delete_workspace(WORKSPACE).await
}
