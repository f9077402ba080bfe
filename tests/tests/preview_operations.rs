//! What operations in preview have that stable ones do not have, over HTTP on loopback.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use arm_machinelearning::{
    MachineLearningClient,
    arm_runtime::{ArmClientOptions, Duration, Json, PollerOptions, TryStreamExt},
    models::*,
    operations::*,
    scopes::WorkspaceScope,
};
use arm_tests::server::{Recorded, Server, StubResponse};
use serde_json::{Value, json};

const SUBSCRIPTION: &str = "00000000-1111-2222-3333-444444444444";
const WORKSPACE: &str = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/test-rg\
    /providers/Microsoft.MachineLearningServices/workspaces/my-aml-workspace";
/// The client has the default version; operations in preview send one that has them.
const VERSION: &str = "api-version=2026-05-15-preview";

/// Starts a server that sends these responses, and a client of it.
async fn serve(responses: impl IntoIterator<Item = StubResponse>) -> (Server, WorkspaceScope) {
    let server = Server::start().await.unwrap();
    server.script(responses);
    let options = ArmClientOptions {
        endpoint: Some(server.base().to_owned()),
        min_poll_frequency: Duration::ZERO,
        ..ArmClientOptions::default()
    };
    let client = MachineLearningClient::without_credential(SUBSCRIPTION, options).unwrap();
    let workspace = client.workspace("test-rg", "my-aml-workspace").unwrap();
    (server, workspace)
}

fn fast() -> PollerOptions<'static> {
    PollerOptions::default().with_frequency(Duration::milliseconds(1))
}

fn ok(body: Value) -> StubResponse {
    StubResponse::new(200).body(body)
}

/// Accepts an operation whose result is at a location.
fn accepted() -> StubResponse {
    let response = StubResponse::new(202).header("location", "{base}/results/1?step=1");
    response.header("retry-after", "0")
}

fn line(request: &Recorded) -> String {
    format!("{} {}", request.method, request.target)
}

fn body(request: &Recorded) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_default()
}

#[tokio::test]
async fn an_operation_is_long_running_and_has_pages() {
    let rule = |name: &str| json!({ "name": name });
    let (server, workspace) = serve([
        accepted(),
        accepted(),
        ok(json!({ "value": [rule("one"), rule("two")], "nextLink": "{base}/results/1?page=2" })),
        ok(json!({ "value": [rule("three")] })),
    ])
    .await;
    let rules = workspace.managed_network("default").unwrap();
    let rules = rules.outbound_rules();

    let settings = ManagedNetworkSettingsBasicResource::default();
    let poller = rules.begin_update_batch(&settings, Some(fast().into()));
    let pager = poller.unwrap().await.unwrap();
    assert_eq!(
        server.requests().len(),
        3,
        "further pages are not requested yet"
    );
    let all: Vec<OutboundRuleBasicResource> = pager.try_collect().await.unwrap();

    let names: Vec<&str> = all.iter().filter_map(|one| one.name.as_deref()).collect();
    assert_eq!(names, ["one", "two", "three"]);
    let requests = server.requests();
    let path = format!("{WORKSPACE}/managedNetworks/default/batchOutboundRules");
    assert_eq!(line(&requests[0]), format!("POST {path}?{VERSION}"));
    assert!(requests[3].target.starts_with("/results/1?page=2"));
}

#[tokio::test]
async fn a_put_is_done_or_accepted() {
    let stored = json!({ "name": "default", "properties": { "provisioningState": "Succeeded" } });
    let at_once = vec![ok(stored.clone())];
    let later = vec![accepted(), accepted(), ok(stored)];
    for (responses, count) in [(at_once, 1), (later, 3)] {
        let (server, workspace) = serve(responses).await;
        let settings = ManagedNetworkSettingsPropertiesBasicResource::default();

        let networks = workspace.managed_networks();
        let poller = networks.begin_create_or_update("default", &settings, Some(fast().into()));
        let network = poller.unwrap().await.unwrap().into_model().unwrap();

        let state = network.properties.unwrap().provisioning_state;
        assert_eq!(state, Some(ManagedNetworkProvisioningState::Succeeded));
        let requests = server.requests();
        let path = format!("{WORKSPACE}/managedNetworks/default");
        assert_eq!(line(&requests[0]), format!("PUT {path}?{VERSION}"));
        assert_eq!(requests.len(), count);
    }
}

#[tokio::test]
async fn a_patch_may_have_a_body() {
    let settings = json!({ "properties": { "managedNetwork": { "isolationMode": "Disabled" } } });
    let changed = ManagedNetworkSettingsPropertiesBasicResource {
        properties: Some(ManagedNetworkSettingsProperties {
            managed_network: Some(ManagedNetworkSettingsEx {
                isolation_mode: Some(IsolationMode::Disabled),
                ..ManagedNetworkSettingsEx::default()
            }),
            ..ManagedNetworkSettingsProperties::default()
        }),
        ..ManagedNetworkSettingsPropertiesBasicResource::default()
    };
    for with_body in [true, false] {
        let (server, workspace) = serve([ok(settings.clone())]).await;
        let options = ManagedNetworksClientBeginUpdateOptions {
            body: with_body.then(|| (&changed).into()),
            ..ManagedNetworksClientBeginUpdateOptions::default()
        };

        let networks = workspace.managed_networks();
        let poller = networks.begin_update("default", Some(options)).unwrap();
        let network = poller.await.unwrap().into_model().unwrap();

        assert_eq!(serde_json::to_value(&network).unwrap(), settings);
        let requests = server.requests();
        let path = format!("{WORKSPACE}/managedNetworks/default");
        assert_eq!(line(&requests[0]), format!("PATCH {path}?{VERSION}"));
        if with_body {
            assert_eq!(body(&requests[0]), settings);
            assert_eq!(requests[0].header("content-type"), Some("application/json"));
        } else {
            assert!(requests[0].body.is_empty());
            assert_eq!(requests[0].header("content-type"), None);
        }
    }
}

#[tokio::test]
async fn bodies_and_results_are_arrays() {
    let item =
        |name: &str| json!({ "name": name, "properties": { "pattern": "a+", "isRegex": true } });
    let (server, workspace) = serve([
        accepted(),
        ok(json!([item("one"), item("two")])),
        StubResponse::new(204),
        StubResponse::new(200),
        StubResponse::new(200),
    ])
    .await;
    let connection = workspace.connection("openai").unwrap();
    let blocklist = connection.rai_blocklist("words").unwrap();

    let wanted = ["one", "two"].map(|name| RaiBlocklistItemBulkRequest {
        name: Some(name.to_owned()),
        properties: Some(RaiBlocklistItemProperties {
            pattern: Some("a+".to_owned()),
            is_regex: Some(true),
            ..RaiBlocklistItemProperties::default()
        }),
        ..RaiBlocklistItemBulkRequest::default()
    });
    let wanted = Json::from(wanted.to_vec());
    let poller = blocklist
        .items()
        .begin_add_bulk(&wanted, Some(fast().into()));
    let added = poller.unwrap().await.unwrap().into_model().unwrap();
    let names: Vec<&str> = added.iter().filter_map(|one| one.name.as_deref()).collect();
    assert_eq!(names, ["one", "two"]);

    let names = Json::from(vec!["one".to_owned(), "two".to_owned()]);
    let poller = blocklist.items().begin_delete_bulk(&names, None);
    poller.unwrap().await.unwrap();

    let computes = workspace.computes();
    let services = Json::from(vec![CustomService {
        name: Some("viewer".to_owned()),
        ..CustomService::default()
    }]);
    computes
        .update_custom_services("instance", &services, None)
        .await
        .unwrap();
    // Raw JSON is accepted wherever a model is.
    computes
        .update_data_mounts("instance", json!([]), None)
        .await
        .unwrap();

    let requests = server.requests();
    let bodies = [&requests[0], &requests[2], &requests[3], &requests[4]].map(body);
    let expected = [
        json!([item("one"), item("two")]),
        json!(["one", "two"]),
        json!([{ "name": "viewer" }]),
        json!([]),
    ];
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn calls_that_are_passed_on_have_a_version_of_their_own() {
    let (server, workspace) = serve([ok(json!({ "value": [] })), ok(json!({ "value": [] }))]).await;
    let connection = workspace.connection("openai").unwrap();
    for version in [Some("2024-10-01".to_owned()), None] {
        let options = ConnectionDeploymentsClientListOptions {
            proxy_api_version: version,
            ..ConnectionDeploymentsClientListOptions::default()
        };
        let pager = connection.deployments().list(Some(options)).unwrap();
        assert!(pager.try_collect::<Vec<_>>().await.unwrap().is_empty());
    }
    let requests = server.requests();
    let path = format!("GET {WORKSPACE}/connections/openai/deployments?");
    let query = |at: usize| {
        let line = line(&requests[at]);
        let query = line.strip_prefix(&path).unwrap_or_else(|| panic!("{line}"));
        let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
        pairs.sort();
        pairs
    };
    assert_eq!(query(0), [VERSION, "proxy-api-version=2024-10-01"]);
    assert_eq!(query(1), [VERSION]);
}

/// The ID of this operation is `Compute_getAllowedResizeSizes`.
#[tokio::test]
async fn an_operation_id_may_have_a_small_letter() {
    let sizes = json!({ "value": [{ "name": "Standard_DS3_v2", "vCPUs": 4 }] });
    let (server, workspace) = serve([ok(sizes)]).await;
    let response = workspace
        .computes()
        .get_allowed_resize_sizes("instance", None)
        .await;
    let sizes = response.unwrap().into_model().unwrap().value.unwrap();
    assert_eq!(sizes[0].name.as_deref(), Some("Standard_DS3_v2"));
    let path = format!("{WORKSPACE}/computes/instance/getAllowedVmSizesForResize");
    assert_eq!(
        line(&server.requests()[0]),
        format!("POST {path}?{VERSION}")
    );
}
