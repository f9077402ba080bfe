//! Computes: their states, and the members that the service sets.

use crate::common::{FakeResponse, ask, path, versioned, with_workspace};
use arm_fake::Pace;
use arm_machinelearning::fake::Server;
use arm_runtime::{Duration, Method};
use serde_json::{Value, json};

async fn put(server: &Server, name: &str, kind: &str) {
    let body = json!({"location": "westeurope", "properties": {
        "computeType": kind, "properties": {"vmSize": "STANDARD_DS3_V2"},
    }});
    let at = versioned(&path(&format!("/computes/{name}")));
    let response = ask(server, Method::Put, &at, Some(body)).await;
    assert_eq!(response.status, 201, "{response:?}");
}

async fn properties(server: &Server, name: &str) -> Value {
    let at = versioned(&path(&format!("/computes/{name}")));
    let response = ask(server, Method::Get, &at, None).await;
    response.body["properties"].clone()
}

async fn act(server: &Server, name: &str, action: &str) -> FakeResponse {
    let at = versioned(&path(&format!("/computes/{name}/{action}")));
    ask(server, Method::Post, &at, None).await
}

#[tokio::test]
async fn actions_move_a_compute_through_states() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    put(&server, "one", "ComputeInstance").await;
    let state = async || properties(&server, "one").await["properties"]["state"].clone();
    assert_eq!(state().await, "Creating");
    server.advance(Duration::seconds(10));
    assert_eq!(state().await, "Running");
    for (action, during, after) in [
        ("restart", "Restarting", "Running"),
        ("stop", "Stopping", "Stopped"),
        ("start", "Starting", "Running"),
    ] {
        assert_eq!(act(&server, "one", action).await.status, 202);
        assert_eq!(state().await, during);
        server.advance(Duration::seconds(10));
        assert_eq!(state().await, after);
    }
}

#[tokio::test]
async fn the_state_follows_polls_of_the_operation() {
    let (server, _) = with_workspace().await;
    put(&server, "one", "ComputeInstance").await;
    server.set_pace(Pace::Polls(1));
    let restart = act(&server, "one", "restart").await;
    let result = restart.header("location").unwrap();
    let state = async || properties(&server, "one").await["properties"]["state"].clone();
    assert_eq!(state().await, "Restarting");
    assert_eq!(ask(&server, Method::Get, result, None).await.status, 202);
    assert_eq!(state().await, "Restarting");
    let over = ask(&server, Method::Get, result, None).await;
    assert!(matches!(over.status, 200 | 204), "{over:?}");
    assert_eq!(state().await, "Running");
}

#[tokio::test]
async fn clusters_have_an_allocation_and_no_state() {
    let (server, _) = with_workspace().await;
    put(&server, "cluster", "AmlCompute").await;
    let cluster = properties(&server, "cluster").await;
    assert_eq!(cluster["createdOn"], "2025-01-01T00:00:00Z");
    let inner = &cluster["properties"];
    assert_eq!(inner["allocationState"], "Steady");
    assert_eq!(inner["currentNodeCount"], 0);
    assert_eq!(inner["nodeStateCounts"]["idleNodeCount"], 0);
    assert_eq!(inner.get("state"), None);
    put(&server, "instance", "ComputeInstance").await;
    let instance = properties(&server, "instance").await;
    assert_eq!(instance["properties"].get("allocationState"), None);
}

#[tokio::test]
async fn keys_are_those_of_the_kind() {
    let (server, _) = with_workspace().await;
    for (kind, member) in [
        ("AKS", "userKubeConfig"),
        ("Databricks", "databricksAccessToken"),
        ("VirtualMachine", "administratorAccount"),
    ] {
        let body = json!({"location": "westeurope", "properties": {"computeType": kind}});
        server.seed(&path("/computes/one"), body).unwrap();
        let keys = act(&server, "one", "listKeys").await;
        assert_eq!(keys.body["computeType"], kind);
        assert!(keys.body.get(member).is_some(), "{kind}: {keys:?}");
    }
}
