//! Every operation of the description is called and its response checked against the description.

use crate::common::{SUBSCRIPTION, ask};
use arm_machinelearning::fake::Server;
use arm_runtime::Method;
use serde_json::{Value, json};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../generated/src/fake.json");

static OPERATIONS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let table: Value = serde_json::from_str(TABLE).unwrap();
    table["operations"].as_array().unwrap().clone()
});

/// Returns a path with names in place of its placeholders.
fn filled(template: &str) -> String {
    let segments = template.split('/').map(|segment| match segment {
        "{subscriptionId}" => SUBSCRIPTION,
        placeholder if placeholder.starts_with('{') => "sample1",
        literal => literal,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Returns a server with a resource at every path that resources can be put at.
fn full() -> Server {
    let server = Server::new();
    for operation in OPERATIONS.iter() {
        if operation["method"] == "PUT" {
            let path = filled(operation["path"].as_str().unwrap());
            // A kind for the resources that an action shows completely.
            let body = json!({"properties": {"authType": "PAT"}});
            server.seed(&path, body).unwrap();
        }
    }
    server
}

/// Returns an API version that has an operation: the newest stable one, or else a preview.
fn version(server: &Server, operation: &Value) -> String {
    let versions = &server.description().table().versions;
    let shapes = operation.get("versions").and_then(Value::as_array);
    let has = |shape: usize| shapes.is_none_or(|shapes| shapes.contains(&json!(shape)));
    let mut own = versions.iter().filter(|version| has(version.shape));
    let stable = own
        .clone()
        .rfind(|version| !version.name.contains("preview"));
    let version = stable.or_else(|| own.next()).expect("an API version");
    version.name.clone()
}

#[tokio::test]
async fn operations_without_a_body_respond_as_described() {
    let server = full();
    let mut asked = 0;
    for operation in OPERATIONS.iter() {
        let id = operation["id"].as_str().unwrap();
        let method = match operation["method"].as_str().unwrap() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            _ => continue,
        };
        if operation["body"]["required"] == true {
            continue;
        }
        let version = version(&server, operation);
        let path = filled(operation["path"].as_str().unwrap());
        let response = ask(
            &server,
            method,
            &format!("{path}?api-version={version}"),
            None,
        )
        .await;
        let declared = operation["responses"].as_array().unwrap().iter();
        let statuses: Vec<_> = declared.map(|one| one["status"].clone()).collect();
        assert!(
            statuses.contains(&json!(response.status)),
            "{id}: {response:?}"
        );
        // The resources that were seeded above have no kinds.
        let stored = matches!(operation["kind"].as_str(), Some("get" | "list"));
        let description = server.description();
        if let (Some(schema), 200, false) =
            (description.response_schema(id), response.status, stored)
        {
            let problems = description.problems(schema, &response.body);
            assert!(problems.is_empty(), "{id}: {problems:?}: {}", response.body);
        }
        let links = response.body.get("nextLink").and_then(Value::as_str);
        assert!(
            links.is_none_or(|link| link.starts_with("https://")),
            "{id}: {links:?}"
        );
        asked += 1;
    }
    assert!(asked > 100, "{asked}");
}

#[test]
fn every_operation_is_in_the_description() {
    let server = Server::new();
    let ids: Vec<_> = server.description().operations().collect();
    assert_eq!(ids.len(), OPERATIONS.len());
    let schema = server.description().response_schema("Workspaces_Get");
    assert_eq!(schema, Some("Workspace"));
    let problems = server
        .description()
        .problems("Workspace", &json!({"location": 1}));
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[tokio::test]
async fn deleting_works_everywhere() {
    for operation in OPERATIONS.iter() {
        if operation["method"] != "DELETE" {
            continue;
        }
        let server = full();
        let path = filled(operation["path"].as_str().unwrap());
        let version = version(&server, operation);
        let at = format!("{path}?api-version={version}&underlyingResourceAction=Detach");
        let first = ask(&server, Method::Delete, &at, None).await;
        assert!(matches!(first.status, 200 | 202), "{path}: {first:?}");
        let second = ask(&server, Method::Delete, &at, None).await;
        assert_eq!(second.status, 204, "{path}: {second:?}");
    }
}
