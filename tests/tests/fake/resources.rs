//! Creating, replacing, reading, changing and deleting resources.

use crate::common::{
    SUBSCRIPTION, ask, create_workspace, endpoint, path, provider, versioned, with_workspace,
};
use arm_machinelearning::fake::Server;
use arm_runtime::{ArmErrorExt, Method};
use serde_json::json;

#[tokio::test]
async fn put_creates_then_replaces() {
    let (server, client) = with_workspace().await;
    let jobs = client.workspace("rg", "wks").unwrap().datastores();
    let body = |description: &str| {
        json!({"properties": {
            "datastoreType": "AzureBlob", "accountName": "a", "containerName": "c",
            "description": description,
            "credentials": {"credentialsType": "None"},
        }})
    };
    let created = jobs
        .create_or_update("one", body("first"), None)
        .await
        .unwrap();
    assert_eq!(u16::from(created.status()), 201);
    let replaced = jobs
        .create_or_update("one", body("second"), None)
        .await
        .unwrap();
    assert_eq!(u16::from(replaced.status()), 200);
    let read = ask(
        &server,
        Method::Get,
        &versioned(&path("/datastores/one")),
        None,
    )
    .await;
    assert_eq!(read.body["properties"]["description"], "second");
    assert_eq!(read.body["name"], "one");
    assert_eq!(
        read.body["type"],
        "Microsoft.MachineLearningServices/workspaces/datastores"
    );
    assert_eq!(read.body["id"], path("/datastores/one"));
    assert_eq!(read.body["systemData"]["createdAt"], "2025-01-01T00:00:00Z");
}

#[tokio::test]
async fn put_that_declares_only_200_returns_200() {
    let (server, _) = with_workspace().await;
    let body = json!({"properties": {"authType": "None", "target": "https://x"}});
    let response = ask(
        &server,
        Method::Put,
        &versioned(&path("/connections/one")),
        Some(body),
    )
    .await;
    assert_eq!(response.status, 200);
}

#[tokio::test]
async fn read_only_members_of_requests_are_ignored() {
    let (server, _) = with_workspace().await;
    let mut body = endpoint();
    body["id"] = json!(7);
    body["properties"]["provisioningState"] = json!("Failed");
    body["properties"]["scoringUri"] = json!("https://mine");
    let at = versioned(&path("/onlineEndpoints/one"));
    let response = ask(&server, Method::Put, &at, Some(body)).await;
    assert_eq!(response.status, 201);
    assert_eq!(response.body["id"], path("/onlineEndpoints/one"));
    assert_eq!(
        response.body["properties"]["provisioningState"],
        "Succeeded"
    );
    let uri = "https://one.westeurope.inference.ml.azure.com/score";
    assert_eq!(response.body["properties"]["scoringUri"], uri);
}

#[tokio::test]
async fn patch_merges_and_null_removes() {
    let (server, client) = with_workspace().await;
    let endpoints = client.workspace("rg", "wks").unwrap().online_endpoints();
    let mut body = endpoint();
    body["tags"] = json!({"a": "1", "b": "2"});
    let poller = endpoints.begin_create_or_update("one", body, None).unwrap();
    poller.await.unwrap();
    let patch = json!({"tags": {"a": null, "c": "3"}});
    let at = versioned(&path("/onlineEndpoints/one"));
    let patched = ask(&server, Method::Patch, &at, Some(patch)).await;
    assert_eq!(patched.status, 202);
    let read = ask(&server, Method::Get, &at, None).await;
    assert_eq!(read.body["tags"], json!({"b": "2", "c": "3"}));
    assert_eq!(read.body["properties"]["authMode"], "Key");
    let missing = versioned(&path("/onlineEndpoints/other"));
    let missing = ask(&server, Method::Patch, &missing, Some(json!({}))).await;
    assert_eq!((missing.status, missing.code()), (404, "ResourceNotFound"));
}

#[tokio::test]
async fn delete_deletes_the_children() {
    let (server, client) = with_workspace().await;
    create_workspace(&client, "rg", "wks2").await;
    for parent in ["/models/m", "/models/m/versions/1"] {
        let body = json!({"properties": {}});
        let response = ask(&server, Method::Put, &versioned(&path(parent)), Some(body)).await;
        assert_eq!(response.status, 201, "{parent}");
    }
    assert_eq!(server.resource_ids().len(), 4);
    let deleted = client.workspaces().begin_delete("rg", "wks", None).unwrap();
    deleted.await.unwrap();
    assert_eq!(
        server.resource_ids(),
        [format!("{}/workspaces/wks2", provider())]
    );
    let error = client
        .workspaces()
        .get("rg", "wks", None)
        .await
        .unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("ResourceNotFound"));
    let again = client.workspaces().begin_delete("rg", "wks", None).unwrap();
    let again = again.await.unwrap();
    assert_eq!(u16::from(again.status()), 204);
}

#[tokio::test]
async fn a_child_needs_its_parents() {
    let (server, _) = with_workspace().await;
    let at = versioned(&path("/onlineEndpoints/no/deployments/one"));
    let body = json!({"location": "westeurope", "properties": {"endpointComputeType": "Managed"}});
    let response = ask(&server, Method::Put, &at, Some(body)).await;
    assert_eq!(
        (response.status, response.code()),
        (404, "ParentResourceNotFound")
    );
    assert!(
        response
            .message()
            .ends_with("/workspaces/wks/onlineEndpoints/no"),
        "{}",
        response.message()
    );
    let elsewhere = format!("{}/workspaces/other/jobs", provider());
    let response = ask(&server, Method::Get, &versioned(&elsewhere), None).await;
    assert_eq!(
        (response.status, response.code()),
        (404, "ParentResourceNotFound")
    );
    let action = versioned(&path("/onlineEndpoints/no/listKeys"));
    let response = ask(&server, Method::Post, &action, None).await;
    assert_eq!(
        (response.status, response.code()),
        (404, "ResourceNotFound")
    );
}

#[tokio::test]
async fn resource_groups_exist_unless_they_have_to_be_created() {
    let server = Server::new();
    let client = server.client(SUBSCRIPTION).unwrap();
    // A group is created with the first resource in it, and stays.
    create_workspace(&client, "anything", "wks").await;
    server.create_resource_group(SUBSCRIPTION, "RG");
    create_workspace(&client, "rg", "wks").await;
    client
        .workspaces()
        .get("anything", "wks", None)
        .await
        .unwrap();
    let error = client
        .workspaces()
        .get("another", "wks", None)
        .await
        .unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("ResourceGroupNotFound"));
    server.delete_resource_group(SUBSCRIPTION, "rg");
    let error = client
        .workspaces()
        .get("rg", "wks", None)
        .await
        .unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("ResourceGroupNotFound"));
    assert_eq!(server.resource_ids().len(), 1);

    let strict = Server::new();
    strict.require_resource_groups();
    let client = strict.client(SUBSCRIPTION).unwrap();
    let error = client
        .workspaces()
        .get("rg", "wks", None)
        .await
        .unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("ResourceGroupNotFound"));
}

#[tokio::test]
async fn tests_can_set_what_clients_cannot() {
    let (server, client) = with_workspace().await;
    let id = path("/onlineEndpoints/one");
    server.seed(&id, endpoint()).unwrap();
    let patch = json!({"properties": {"scoringUri": "https://one.invalid/score"}});
    server.set(&id, &patch).unwrap();
    let endpoints = client.workspace("rg", "wks").unwrap().online_endpoints();
    let one = endpoints
        .get("one", None)
        .await
        .unwrap()
        .into_model()
        .unwrap();
    let uri = one.properties.unwrap().scoring_uri;
    assert_eq!(uri.as_deref(), Some("https://one.invalid/score"));
    assert!(server.set("/nowhere", &patch).is_err());
    assert!(server.seed("/nowhere", patch).is_err());
}

#[tokio::test]
async fn clones_are_the_same_server_and_new_ones_are_empty() {
    let (server, _) = with_workspace().await;
    assert_eq!(server.clone().resource_ids().len(), 1);
    assert!(Server::new().resource_ids().is_empty());
    assert!(format!("{server:?}").contains("Microsoft.MachineLearningServices"));
}

#[tokio::test]
async fn nothing_is_filled_in_for_an_unknown_kind() {
    let (server, _) = with_workspace().await;
    let at = versioned(&path("/computes/one"));
    let put = ask(&server, Method::Put, &at, Some(json!({"location": "l"}))).await;
    assert_eq!(put.status, 201);
    assert_eq!(put.body.get("properties"), None);
}

#[tokio::test]
async fn a_resource_needs_its_members_even_if_the_body_is_optional() {
    let (server, _) = with_workspace().await;
    let at = versioned(&path("/connections/one"));
    let put = ask(&server, Method::Put, &at, None).await;
    assert_eq!((put.status, put.targets()), (400, vec!["properties"]));
}

#[tokio::test]
async fn a_patch_must_not_make_a_resource_invalid() {
    let (server, client) = with_workspace().await;
    let encryption = json!({"keyVaultProperties": {"keyIdentifier": "k"}});
    let patch = json!({"properties": {"encryption": encryption}});
    let at = versioned(&path(""));
    let patched = ask(&server, Method::Patch, &at, Some(patch.clone())).await;
    let missing = [
        "properties.encryption.keyVaultProperties.keyVaultArmId",
        "properties.encryption.status",
    ];
    assert_eq!((patched.status, patched.targets()), (400, missing.to_vec()));
    let read = ask(&server, Method::Get, &at, None).await;
    assert_eq!(read.body["properties"].get("encryption"), None);

    // A patch is not responsible for members that a seeded resource lacks.
    let name = format!("{}/workspaces/seeded", provider());
    let encryption = json!({"keyVaultProperties": {}});
    let seed = json!({"properties": {"encryption": encryption}});
    server.seed(&name, seed).unwrap();
    let patched = ask(&server, Method::Patch, &versioned(&name), Some(patch)).await;
    assert_eq!(patched.status, 202);
    drop(client);
}

#[tokio::test]
async fn a_patch_to_another_kind_removes_the_members_of_the_old_one() {
    let (server, _) = with_workspace().await;
    let at = versioned(&path("/connections/one"));
    let connection = |kind: &str, credentials| {
        let properties = json!({"authType": kind, "credentials": credentials});
        Some(json!({ "properties": properties }))
    };
    let identity = |members| connection("ManagedIdentity", members);
    ask(
        &server,
        Method::Put,
        &at,
        identity(json!({"clientId": "c"})),
    )
    .await;
    let key = connection("ApiKey", json!({}));
    ask(&server, Method::Patch, &at, key).await;
    let back = ask(&server, Method::Patch, &at, identity(json!({}))).await;
    assert_eq!(back.body["properties"]["credentials"], json!({}));
}
