//! The contents of a server: snapshots, export and import.

use crate::common::{path, provider, with_workspace};
use arm_machinelearning::fake::Server;
use serde_json::{Value, json};

fn problem(contents: &Value) -> String {
    let server = Server::new();
    let error = server.import(contents).unwrap_err().to_string();
    assert!(server.resource_ids().is_empty());
    error
}

#[test]
fn import_says_where_json_is_wrong() {
    let id = path("");
    for (contents, told) in [
        (json!([]), "at the root: "),
        (json!({"things": []}), "unknown field `things`"),
        (
            json!({"resources": [{"body": {}}]}),
            "at /resources/0: missing field `id`",
        ),
        (
            json!({"resources": [{"id": 1, "body": {}}]}),
            "at /resources/0/id: ",
        ),
        (
            json!({"resources": [{"id": id, "body": 5}]}),
            "at /resources/0/body: ",
        ),
        (
            json!({"resources": [{"id": id, "body": {}}, {"id": "/nowhere", "body": {}}]}),
            "at /resources/1/id: expected the ID of a resource",
        ),
        (
            json!({"resources": [{"id": id, "body": {}, "created": "soon"}]}),
            "at /resources/0/created: expected a time such as 2025-01-31T12:00:00Z",
        ),
        (
            json!({"groups": [{"subscription": "s", "name": "g", "location": "l", "tags": 1}]}),
            "at /groups/0/tags: ",
        ),
    ] {
        let found = problem(&contents);
        assert!(found.contains(told), "{found}");
    }
}

#[tokio::test]
async fn a_restored_server_has_the_saved_contents() {
    let (server, client) = with_workspace().await;
    let before = server.snapshot();
    let exported = server.export().unwrap();
    server
        .seed(&path("/jobs/one"), json!({"properties": {}}))
        .unwrap();
    server.set(&path(""), &json!({"tags": {"a": "b"}})).unwrap();
    server.restore(&before);
    assert_eq!(server.export().unwrap(), exported);
    client.workspaces().get("rg", "wks", None).await.unwrap();
}

#[tokio::test]
async fn contents_can_be_restored_and_exported() {
    let (server, client) = with_workspace().await;
    let workspace = format!("{}/workspaces/wks", provider());
    let before = server.snapshot();
    assert_eq!(server.get(&workspace).unwrap()["location"], "westeurope");
    let exported = server.export().unwrap();
    assert!(server.remove(&workspace) && !server.remove(&workspace));
    assert_eq!(server.get(&workspace), None);
    server.restore(&before);
    assert!(server.get(&workspace).is_some());

    let other = Server::new();
    other.import(&exported).unwrap();
    assert_eq!(other.export().unwrap(), exported);
    assert_eq!(other.get(&workspace), server.get(&workspace));
    let wrong = json!({"resources": [{"id": "/providers/Microsoft.X/ys/z", "body": {}}]});
    assert!(other.import(&wrong).is_err());
    assert!(other.import(&json!({"things": []})).is_err());
    assert_eq!(other.export().unwrap(), exported);
    let short = json!({"resources": [{"id": workspace, "body": {"location": "eastus"}}]});
    other.import(&short).unwrap();
    assert_eq!(other.get(&workspace).unwrap()["location"], "eastus");
    assert_eq!(other.export().unwrap()["groups"][0]["name"], "rg");
    drop(client);
}
