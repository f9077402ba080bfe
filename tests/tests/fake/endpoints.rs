//! Traffic, and names that are unique in a region.

use crate::common::{
    ask, create_workspace, endpoint, path, provider, put, versioned, with_workspace,
};
use arm_machinelearning::fake::Server;
use arm_runtime::Method;
use serde_json::{Value, json};

/// The code that wraps what the service behind endpoints refuses.
const INFERENCE: &str = "InferencingClientCallFailed";

fn deployment() -> Value {
    json!({"location": "westeurope", "properties": {"endpointComputeType": "Managed"}})
}

#[tokio::test]
async fn traffic_goes_to_existing_deployments() {
    let (server, _) = with_workspace().await;
    put(&server, "/onlineEndpoints/one", endpoint()).await;
    let traffic = |traffic: Value| {
        let mut body = endpoint();
        body["properties"]["traffic"] = traffic;
        body
    };
    let at = "/onlineEndpoints/one";
    let nowhere = put(&server, at, traffic(json!({"blue": 100}))).await;
    assert_eq!((nowhere.status, nowhere.code()), (400, "BadRequest"));
    assert_eq!(nowhere.body["error"]["details"][0]["code"], INFERENCE);
    assert_eq!(nowhere.body["error"]["target"], "properties.traffic");
    let blue = put(
        &server,
        "/onlineEndpoints/one/deployments/blue",
        deployment(),
    )
    .await;
    assert_eq!(blue.status, 201, "{blue:?}");
    put(
        &server,
        "/onlineEndpoints/one/deployments/green",
        deployment(),
    )
    .await;
    let half = put(&server, at, traffic(json!({"blue": 50}))).await;
    assert_eq!((half.status, half.code()), (400, "BadRequest"));
    assert!(half.message().contains("adds up to 50, not to 100"));
    let whole = put(&server, at, traffic(json!({"blue": 100, "green": 0}))).await;
    assert_eq!(whole.status, 200, "{whole:?}");
    let remove = async |name: &str| {
        let at = versioned(&path(&format!("/onlineEndpoints/one/deployments/{name}")));
        ask(&server, Method::Delete, &at, None).await
    };
    let busy = remove("blue").await;
    assert_eq!((busy.status, busy.code()), (400, "BadRequest"));
    assert_eq!(remove("green").await.status, 202);
    put(&server, at, traffic(json!({"blue": 0}))).await;
    assert_eq!(remove("blue").await.status, 202);
}

#[tokio::test]
async fn names_of_endpoints_are_unique_in_their_region() {
    let (server, client) = with_workspace().await;
    create_workspace(&client, "rg", "second").await;
    put(&server, "/onlineEndpoints/one", endpoint()).await;
    let other = versioned(&path("/onlineEndpoints/ONE").replace("/wks/", "/second/"));
    let taken = ask(&server, Method::Put, &other, Some(endpoint())).await;
    assert_eq!((taken.status, taken.code()), (400, "BadRequest"));
    assert_eq!(taken.body["error"]["details"][0]["code"], INFERENCE);
    let mut elsewhere = endpoint();
    elsewhere["location"] = json!("eastus");
    let free = ask(&server, Method::Put, &other, Some(elsewhere)).await;
    assert_eq!(free.status, 201);
}

#[tokio::test]
async fn names_of_serverless_endpoints_are_unique_in_their_region() {
    let (server, client) = with_workspace().await;
    create_workspace(&client, "rg", "second").await;
    let body = json!({
        "location": "westeurope", "sku": {"name": "Consumption"},
        "properties": {"authMode": "Key", "modelSettings": {"modelId": "azureml://m"}},
    });
    let first = put(&server, "/serverlessEndpoints/one", body.clone()).await;
    assert_eq!(first.status, 201, "{first:?}");
    let other = versioned(&path("/serverlessEndpoints/one").replace("/wks/", "/second/"));
    let taken = ask(&server, Method::Put, &other, Some(body)).await;
    assert_eq!((taken.status, taken.code()), (400, "UserError"));
}

#[tokio::test]
async fn names_of_registries_are_globally_unique() {
    let server = Server::new();
    let body = json!({"location": "westeurope", "properties": {}});
    let at = |group: &str| {
        let provider = provider().replace("/rg/", &format!("/{group}/"));
        versioned(&format!("{provider}/registries/shared"))
    };
    let first = ask(&server, Method::Put, &at("rg"), Some(body.clone())).await;
    assert_eq!(first.status, 201, "{first:?}");
    let mut elsewhere = body.clone();
    elsewhere["location"] = json!("eastus");
    let taken = ask(&server, Method::Put, &at("other"), Some(elsewhere)).await;
    assert_eq!((taken.status, taken.code()), (409, "UserError"));
    assert!(taken.message().contains("/resourceGroups/rg/"), "{taken:?}");
    let again = ask(&server, Method::Put, &at("rg"), Some(body)).await;
    assert_eq!(again.status, 200, "{again:?}");
}
