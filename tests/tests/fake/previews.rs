//! What the fake does for resources in preview, and that it keeps previews apart from stable
//! versions.

use crate::common::{SUBSCRIPTION, create_workspace};
use arm_machinelearning::{
    MachineLearningClient, api_version,
    arm_runtime::{ArmClientOptions, Error, Json, Poller, Result, model::Wire},
    fake::{Pace, Server},
    models::*,
    scopes::WorkspaceScope,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Returns a server with a workspace, and scopes of it for the default version and the preview.
/// Neither checks what it sends.
async fn workspaces() -> (Server, WorkspaceScope, WorkspaceScope) {
    let server = Server::new();
    let client = |version: Option<&str>| -> MachineLearningClient {
        let options = ArmClientOptions {
            api_version: version.map(str::to_owned),
            validate: false,
            ..ArmClientOptions::default()
        };
        server.client_with(SUBSCRIPTION, options).unwrap()
    };
    let (stable, preview) = (client(None), client(Some(api_version::V2026_05_15_PREVIEW)));
    create_workspace(&stable, "rg", "wks").await;
    let scope = |client: &MachineLearningClient| client.workspace("rg", "wks").unwrap();
    (server, scope(&stable), scope(&preview))
}

/// Waits for an operation and returns its model.
async fn result<T: Wire + DeserializeOwned + Send>(poller: Result<Poller<T>>) -> T {
    poller.unwrap().await.unwrap().into_model().unwrap()
}

/// Asserts that a request was refused for something that only previews have.
fn assert_too_new(error: &Error, target: &str) {
    assert_eq!(error.http_status().map(u16::from), Some(400), "{error}");
    let text = error.to_string();
    let versions = "only in 2026-03-15-preview and 2026-05-15-preview";
    assert!(text.contains(versions) && text.contains(target), "{text}");
}

fn fine_tuning() -> Value {
    json!({ "properties": {
        "jobType": "FineTuning",
        "fineTuningDetails": {
            "modelProvider": "Custom",
            "taskType": "ChatCompletion",
            "model": { "jobInputType": "mlflow_model", "uri": "azureml:base:1" },
            "trainingData": { "jobInputType": "uri_file", "uri": "azureml:talks:1" },
        },
        "outputs": {},
    }})
}

#[tokio::test]
async fn stable_versions_have_no_kinds_in_preview() {
    let (_, stable, preview) = workspaces().await;
    let refused = stable
        .jobs()
        .create_or_update("tune", fine_tuning(), None)
        .await;
    assert_too_new(&refused.unwrap_err(), "properties.jobType");
    preview
        .jobs()
        .create_or_update("tune", fine_tuning(), None)
        .await
        .unwrap();
}

#[tokio::test]
async fn stable_versions_have_no_members_and_values_in_preview() {
    let (server, stable, preview) = workspaces().await;
    let job = |more: Value| {
        let mut body = json!({ "properties": {
            "jobType": "Command", "command": "train", "environmentId": "e",
        }});
        for (name, value) in more.as_object().unwrap() {
            body["properties"][name] = value.clone();
        }
        body
    };
    let parent = job(json!({ "parentJobName": "all" }));
    let ray = job(json!({ "distribution": { "distributionType": "Ray" } }));
    for (body, target) in [
        (&parent, "properties.parentJobName"),
        (&ray, "properties.distribution.distributionType"),
    ] {
        let refused = stable
            .jobs()
            .create_or_update("job", body.clone(), None)
            .await;
        assert_too_new(&refused.unwrap_err(), target);
    }
    preview
        .jobs()
        .create_or_update("job", parent, None)
        .await
        .unwrap();
    // What a stable version does not have it does not show, so that what was read can be sent.
    let read = |scope: &WorkspaceScope| scope.jobs().get("job", None);
    let shown =
        |job: &JobBase| serde_json::to_value(job).unwrap()["properties"]["parentJobName"].clone();
    let seen = read(&stable).await.unwrap().into_model().unwrap();
    assert_eq!(shown(&seen), Value::Null);
    let all = read(&preview).await.unwrap().into_model().unwrap();
    assert_eq!(shown(&all), "all");
    assert_eq!(server.resource_ids().len(), 2);
}

#[tokio::test]
async fn jobs_in_preview_change_their_states() {
    let (server, _, preview) = workspaces().await;
    server.set_pace(Pace::Polls(1));
    let jobs = preview.jobs();
    jobs.create_or_update("tune", fine_tuning(), None)
        .await
        .unwrap();
    let mut states = Vec::new();
    for _ in 0..3 {
        let job = jobs.get("tune", None).await.unwrap().into_model().unwrap();
        states.push(job.properties.unwrap().status().unwrap());
    }
    assert_eq!(states.last(), Some(&JobStatus::Completed), "{states:?}");
    assert_ne!(states.first(), Some(&JobStatus::Completed), "{states:?}");
}

#[tokio::test]
async fn the_service_sets_members_of_resources_in_preview() {
    let (_, stable, _) = workspaces().await;
    // Operations in preview have their own version.
    let endpoint = json!({ "properties": { "endpointType": "Azure.OpenAI" } });
    let endpoints = stable.endpoints();
    let poller = endpoints.begin_create_or_update("support", endpoint, None);
    let endpoint = result(poller).await.properties.unwrap();
    let uri = "https://support.westeurope.models.ai.azure.com";
    assert_eq!(endpoint.endpoint_uri(), Some(uri));
    assert_eq!(endpoint.name(), Some("support"));
    assert_eq!(endpoint.location(), Some("westeurope"));

    let policies = stable.endpoint("support").unwrap().rai_policies();
    let policy = json!({ "properties": { "basePolicyName": "Microsoft.Default" } });
    let poller = policies.begin_create("strict", policy, None);
    let policy = result(poller).await.properties.unwrap();
    assert_eq!(policy.type_, Some(RaiPolicyType::UserManaged));

    let networks = stable.managed_networks();
    let network = json!({ "properties": { "managedNetwork": { "isolationMode": "Disabled" } } });
    let poller = networks.begin_create_or_update("default", network, None);
    let network = result(poller).await.properties.unwrap();
    let network = network.managed_network.unwrap();
    assert!(network.network_id.is_some());
    assert_eq!(network.managed_network_kind, Some(ManagedNetworkKind::V2));
    assert_eq!(
        network.status.unwrap().status,
        Some(ManagedNetworkStatus::Active)
    );
}

#[tokio::test]
async fn a_compute_instance_is_resized_and_gets_services() {
    let (server, stable, preview) = workspaces().await;
    let computes = preview.computes();
    let body = json!({ "location": "westeurope", "properties": {
        "computeType": "ComputeInstance", "properties": { "vmSize": "small" },
    }});
    let poller = computes
        .begin_create_or_update("instance", body, None)
        .unwrap();
    poller.await.unwrap();
    let resize = ResizeSchema {
        target_vm_size: Some("large".to_owned()),
        ..ResizeSchema::default()
    };
    let poller = stable
        .computes()
        .begin_resize("instance", &resize, None)
        .unwrap();
    poller.await.unwrap();
    let services = Json::from(vec![CustomService {
        name: Some("viewer".to_owned()),
        ..CustomService::default()
    }]);
    computes
        .update_custom_services("instance", &services, None)
        .await
        .unwrap();
    let idle = json!({ "idleTimeBeforeShutdown": "PT30M" });
    computes
        .update_idle_shutdown_setting("instance", idle, None)
        .await
        .unwrap();
    let id = server
        .resource_ids()
        .into_iter()
        .find(|id| id.ends_with("/instance"))
        .unwrap();
    let settings = &server.get(&id).unwrap()["properties"]["properties"];
    assert_eq!(settings["vmSize"], "large");
    assert_eq!(settings["customServices"][0]["name"], "viewer");
    assert_eq!(settings["idleTimeBeforeShutdown"], "PT30M");
    assert_eq!(settings["state"], "Running");
}

#[tokio::test]
async fn groups_of_an_inference_pool_hold_delta_models() {
    let (_, stable, _) = workspaces().await;
    let pool = json!({ "location": "westeurope", "properties": {} });
    let poller = stable
        .inference_pools()
        .begin_create_or_update("pool", pool, None)
        .unwrap();
    poller.await.unwrap();
    let pool = stable.inference_pool("pool").unwrap();
    let group = json!({ "location": "westeurope", "properties": {} });
    let poller = pool
        .groups()
        .begin_create_or_update("group", group, None)
        .unwrap();
    poller.await.unwrap();
    let delta_models = pool.group("group").unwrap().delta_models();
    let change = DeltaModelModifyRequest {
        add_delta_models: Some(vec!["one".to_owned()]),
        ..DeltaModelModifyRequest::default()
    };
    delta_models
        .begin_modify(&change, None)
        .unwrap()
        .await
        .unwrap();
    let status = delta_models
        .get_status(&DeltaModelStatusRequest::default(), None)
        .await;
    assert!(status.unwrap().into_model().unwrap().delta_models.is_some());
}
