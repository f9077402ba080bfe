//! The two operations of the REST reference in the requirements, over HTTP.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use arm_machinelearning::{
    MachineLearningClient, ResponseHeaders, api_version,
    arm_runtime::{
        ArmClientOptions, ClientMethodOptions, Duration, IsoDuration, PagerOptions, PollerOptions,
    },
    models::*,
    operations::*,
};
use arm_tests::loopback::{Server, StubResponse};
use futures::TryStreamExt;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SUBSCRIPTION: &str = "00000000-1111-2222-3333-444444444444";
const VERSION: &str = api_version::DEFAULT;
const WORKSPACE: &str = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/test-rg\
    /providers/Microsoft.MachineLearningServices/workspaces/my-aml-workspace";

fn client(server: &Server, version: &str) -> MachineLearningClient {
    let options = ArmClientOptions {
        api_version: Some(version.to_owned()),
        endpoint: Some(server.url().to_owned()),
        min_poll_frequency: Duration::ZERO,
        ..ArmClientOptions::default()
    };
    MachineLearningClient::without_credential(SUBSCRIPTION, options).unwrap()
}

fn fast() -> PollerOptions<'static> {
    PollerOptions::default().with_frequency(Duration::milliseconds(1))
}

fn response(
    status: u16,
    headers: &[(&'static str, &'static str)],
    body: Option<Value>,
) -> StubResponse {
    StubResponse {
        status,
        headers: headers.to_vec(),
        body,
    }
}

/// Returns the request of the page "Batch Endpoints - Create Or Update".
fn endpoint() -> BatchEndpoint {
    let identities = [("string".to_owned(), UserAssignedIdentity::default())];
    BatchEndpoint {
        identity: Some(ManagedServiceIdentity {
            user_assigned_identities: Some(BTreeMap::from(identities)),
            ..ManagedServiceIdentity::new(ManagedServiceIdentityType::SystemAssigned)
        }),
        kind: Some("string".into()),
        sku: Some(Sku {
            capacity: Some(1),
            family: Some("string".into()),
            size: Some("string".into()),
            tier: Some(SkuTier::Free),
            ..Sku::new("string")
        }),
        tags: Some(BTreeMap::new()),
        ..BatchEndpoint::new(
            "string",
            BatchEndpointProperties {
                description: Some("string".into()),
                defaults: Some(BatchEndpointDefaults {
                    deployment_name: Some("string".into()),
                    ..BatchEndpointDefaults::default()
                }),
                properties: Some(BTreeMap::from([(
                    "string".to_owned(),
                    Some("string".to_owned()),
                )])),
                ..BatchEndpointProperties::new(EndpointAuthMode::AmlToken)
            },
        )
    }
}

fn request_body() -> Value {
    json!({
        "identity": { "type": "SystemAssigned", "userAssignedIdentities": { "string": {} } },
        "kind": "string",
        "location": "string",
        "properties": {
            "description": "string",
            "authMode": "AMLToken",
            "defaults": { "deploymentName": "string" },
            "properties": { "string": "string" }
        },
        "sku": {
            "name": "string", "capacity": 1, "family": "string", "size": "string", "tier": "Free"
        },
        "tags": {}
    })
}

/// Returns a response of the page, in the given state.
fn page_body(state: &str) -> Value {
    let id = "00000000-1111-2222-3333-444444444444";
    json!({
        "name": "string",
        "type": "string",
        "id": "string",
        "identity": {
            "type": "SystemAssigned",
            "principalId": id,
            "tenantId": id,
            "userAssignedIdentities": { "string": { "clientId": id, "principalId": id } }
        },
        "kind": "string",
        "location": "string",
        "properties": {
            "description": "string",
            "authMode": "AMLToken",
            "defaults": { "deploymentName": "string" },
            "properties": { "string": "string" },
            "provisioningState": state,
            "scoringUri": "https://www.contoso.com/example",
            "swaggerUri": "https://www.contoso.com/example"
        },
        "sku": {
            "name": "string", "capacity": 1, "family": "string", "size": "string", "tier": "Free"
        },
        "systemData": {
            "createdAt": "2020-01-01T12:34:56.999Z",
            "createdBy": "string",
            "createdByType": "User",
            "lastModifiedAt": "2020-01-01T12:34:56.999Z",
            "lastModifiedBy": "string",
            "lastModifiedByType": "User"
        },
        "tags": {}
    })
}

#[tokio::test]
async fn a_batch_endpoint_is_updated() {
    let responses = vec![response(200, &[], Some(page_body("Succeeded")))];
    let server = Server::start(responses).await.unwrap();
    let workspace = client(&server, api_version::V2025_12_01)
        .workspace("test-rg", "my-aml-workspace")
        .unwrap();
    let endpoints = workspace.batch_endpoints();

    let poller = endpoints
        .begin_create_or_update("testEndpointName", &endpoint(), None)
        .unwrap();
    let updated = poller.await.unwrap().into_model().unwrap();

    let requests = server.requests();
    assert_eq!(
        requests.len(),
        1,
        "an operation that is done at once is not polled"
    );
    let line = format!("PUT {WORKSPACE}/batchEndpoints/testEndpointName?api-version={VERSION}");
    assert_eq!(requests[0].line, line);
    assert_eq!(requests[0].json(), request_body());
    assert_eq!(requests[0].header("content-type"), Some("application/json"));
    assert_eq!(
        serde_json::to_value(&updated).unwrap(),
        page_body("Succeeded")
    );

    let properties = updated.properties.unwrap();
    assert_eq!(
        properties.provisioning_state,
        Some(EndpointProvisioningState::Succeeded)
    );
    assert_eq!(properties.auth_mode, Some(EndpointAuthMode::AmlToken));
    let created = updated.system_data.unwrap().created_at.unwrap();
    assert_eq!((created.year(), created.millisecond()), (2020, 999));
    assert_eq!(updated.sku.unwrap().tier, Some(SkuTier::Free));
}

#[tokio::test]
async fn a_batch_endpoint_is_created() {
    let headers = [
        (
            "Azure-AsyncOperation",
            "{base}/subscriptions/s/operationStatus",
        ),
        ("Retry-After", "0"),
        ("x-ms-async-operation-timeout", "PT1H"),
    ];
    let responses = vec![
        response(201, &headers, Some(page_body("Updating"))),
        response(200, &[], Some(json!({ "status": "InProgress" }))),
        response(200, &[], Some(json!({ "status": "Succeeded" }))),
        response(200, &[], Some(page_body("Succeeded"))),
    ];
    let server = Server::start(responses).await.unwrap();
    let workspace = client(&server, api_version::V2025_12_01)
        .workspace("test-rg", "my-aml-workspace")
        .unwrap();
    let options = BatchEndpointsClientBeginCreateOrUpdateOptions {
        method_options: fast(),
    };
    let endpoints = workspace.batch_endpoints();

    // Raw JSON is accepted wherever a model is.
    let poller = endpoints
        .begin_create_or_update("testEndpointName", request_body(), Some(options))
        .unwrap();
    let created = poller.await.unwrap().into_model().unwrap();

    let lines: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.line)
        .collect();
    let resource = format!("{WORKSPACE}/batchEndpoints/testEndpointName?api-version={VERSION}");
    let monitor = "GET /subscriptions/s/operationStatus";
    assert_eq!(lines[0], format!("PUT {resource}"));
    assert!(
        lines[1].starts_with(monitor) && lines[2].starts_with(monitor),
        "{lines:?}"
    );
    assert_eq!(lines[3], format!("GET {resource}"));
    assert_eq!(lines.len(), 4);
    assert_eq!(
        serde_json::to_value(&created).unwrap(),
        page_body("Succeeded")
    );
}

#[tokio::test]
async fn declared_headers_are_typed() {
    let headers = [
        ("Retry-After", "7"),
        ("x-ms-async-operation-timeout", "PT1H"),
    ];
    let responses = vec![response(200, &headers, Some(page_body("Succeeded")))];
    let server = Server::start(responses).await.unwrap();
    let workspace = client(&server, api_version::DEFAULT)
        .workspace("test-rg", "my-aml-workspace")
        .unwrap();

    let response = workspace
        .batch_endpoints()
        .get("testEndpointName", None)
        .await
        .unwrap();

    assert_eq!(response.retry_after().unwrap(), Some(7));
    let timeout = response.async_operation_timeout().unwrap();
    assert_eq!(timeout, Some(IsoDuration::from("PT1H")));
    assert_eq!(response.azure_async_operation().unwrap(), None);
}

#[tokio::test]
async fn keys_of_an_online_endpoint_are_regenerated() {
    let headers = [
        (
            "Azure-AsyncOperation",
            "{base}/subscriptions/s/pathToOperationStatus",
        ),
        ("Location", "{base}/subscriptions/s/pathToOperationResult"),
        ("Retry-After", "0"),
    ];
    let responses = vec![
        response(202, &headers, None),
        response(200, &[], Some(json!({ "status": "Running" }))),
        response(200, &[], Some(json!({ "status": "Succeeded" }))),
    ];
    let server = Server::start(responses).await.unwrap();
    let workspace = client(&server, api_version::V2025_09_01)
        .workspace("test-rg", "my-aml-workspace")
        .unwrap();
    let request = RegenerateEndpointKeysRequest {
        key_value: Some("string".into()),
        ..RegenerateEndpointKeysRequest::new(KeyType::Primary)
    };
    let options = OnlineEndpointsClientBeginRegenerateKeysOptions {
        method_options: fast(),
    };

    let mut poller = workspace
        .online_endpoints()
        .begin_regenerate_keys("testEndpointName", &request, Some(options))
        .unwrap();
    let mut updates = 0;
    while poller.try_next().await.unwrap().is_some() {
        updates += 1;
    }
    poller.await.unwrap();

    let requests = server.requests();
    let line = format!(
        "POST {WORKSPACE}/onlineEndpoints/testEndpointName/regenerateKeys?api-version=2025-09-01"
    );
    assert_eq!(requests[0].line, line);
    assert_eq!(
        requests[0].json(),
        json!({ "keyType": "Primary", "keyValue": "string" })
    );
    assert_eq!(updates, 3, "the first response and two polls");
}

#[tokio::test]
async fn keys_that_are_regenerated_at_once_are_not_polled() {
    let server = Server::start(vec![response(200, &[], None)]).await.unwrap();
    let workspace = client(&server, api_version::V2025_09_01)
        .workspace("test-rg", "my-aml-workspace")
        .unwrap();
    let request = RegenerateEndpointKeysRequest::new(KeyType::Secondary);
    let endpoints = workspace.online_endpoints();

    endpoints
        .begin_regenerate_keys("testEndpointName", &request, None)
        .unwrap()
        .await
        .unwrap();

    assert_eq!(server.requests().len(), 1);
    assert_eq!(
        server.requests()[0].json(),
        json!({ "keyType": "Secondary" })
    );
}

#[tokio::test]
async fn an_error_shows_what_the_service_says() {
    let error = json!({ "error": {
        "code": "ValidationError", "message": "The name is taken.", "target": "endpointName",
        "details": [{ "code": "Taken", "message": "By another." }]
    }});
    let server = Server::start(vec![response(409, &[], Some(error))])
        .await
        .unwrap();
    let workspace = client(&server, api_version::DEFAULT)
        .workspace("test-rg", "my-aml-workspace")
        .unwrap();

    let result = workspace
        .batch_endpoints()
        .get("testEndpointName", None)
        .await;

    let text = result.unwrap_err().to_string();
    for part in [
        "ValidationError",
        "The name is taken.",
        "endpointName",
        "Taken",
        "By another.",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[tokio::test]
async fn names_that_break_a_rule_are_not_sent() {
    let server = Server::start(Vec::new()).await.unwrap();
    let client = client(&server, api_version::DEFAULT);
    for (group, name) in [
        ("", "my-aml-workspace"),
        ("test-rg", ""),
        ("test-rg", "a b"),
        ("..", "w123"),
    ] {
        assert!(client.workspace(group, name).is_err(), "{group:?} {name:?}");
    }
    let workspace = client.workspace("test-rg", "my-aml-workspace").unwrap();
    assert!(workspace.batch_endpoints().get("", None).await.is_err());
    assert!(workspace.batch_endpoints().get("..", None).await.is_err());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn options_of_requests_are_options_of_methods() {
    let page = json!({ "value": [page_body("Succeeded")] });
    let responses = vec![
        response(200, &[], Some(page)),
        response(200, &[], Some(page_body("Succeeded"))),
        response(204, &[], None),
    ];
    let server = Server::start(responses).await.unwrap();
    let workspace = client(&server, api_version::DEFAULT)
        .workspace("test-rg", "my-aml-workspace")
        .unwrap();
    let endpoints = workspace.batch_endpoints();

    // A method with optional parameters, and two without.
    let pager = endpoints.list(Some(PagerOptions::default().into()));
    let mut pages = pager.unwrap().into_pages();
    let page = pages.try_next().await.unwrap().unwrap();
    let listed = page.into_model().unwrap().value.unwrap();
    let options = ClientMethodOptions::default();
    let endpoint = endpoints.get("testEndpointName", Some(options.into()));
    let endpoint = endpoint.await.unwrap().into_model().unwrap();
    assert_eq!(listed, [endpoint]);
    let poller = endpoints.begin_delete("testEndpointName", Some(fast().into()));
    poller.unwrap().await.unwrap();
    assert_eq!(server.requests().len(), 3);
}
