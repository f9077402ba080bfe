//! Secrets: stored, never shown by reads, and regenerated one by one.

use crate::common::{ask, endpoint, path, versioned, with_workspace};
use arm_machinelearning::models::{KeyType, RegenerateEndpointKeysRequest};
use arm_runtime::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn keys_are_created_once_and_regenerated_one_by_one() {
    let (server, client) = with_workspace().await;
    server
        .seed(&path("/onlineEndpoints/one"), endpoint())
        .unwrap();
    server
        .seed(&path("/onlineEndpoints/two"), endpoint())
        .unwrap();
    let endpoints = client.workspace("rg", "wks").unwrap().online_endpoints();
    let keys = async |name: &str| {
        let keys = endpoints.list_keys(name, None).await.unwrap();
        let keys = keys.into_model().unwrap();
        [keys.primary_key, keys.secondary_key].map(|key| key.unwrap().into_exposed())
    };
    let [primary, secondary] = keys("one").await;
    assert_ne!(primary, secondary);
    assert_eq!(keys("one").await, [primary.clone(), secondary.clone()]);
    assert_ne!(keys("two").await[0], primary);
    let request = RegenerateEndpointKeysRequest::new(KeyType::Secondary);
    let poller = endpoints
        .begin_regenerate_keys("one", &request, None)
        .unwrap();
    poller.await.unwrap();
    let [same, new] = keys("one").await;
    assert_eq!(same, primary);
    assert_ne!(new, secondary);
    let request = json!({"keyType": "Primary", "keyValue": "mine"});
    let poller = endpoints
        .begin_regenerate_keys("one", request, None)
        .unwrap();
    poller.await.unwrap();
    assert_eq!(keys("one").await, ["mine".to_owned(), new]);
}

#[tokio::test]
async fn an_operation_that_ends_with_keys_shows_them() {
    let (server, client) = with_workspace().await;
    let body = json!({"location": "l", "properties": {"authMode": "Key"}});
    server
        .seed(&path("/serverlessEndpoints/one"), body)
        .unwrap();
    let endpoints = client
        .workspace("rg", "wks")
        .unwrap()
        .serverless_endpoints();
    let request = RegenerateEndpointKeysRequest::new(KeyType::Primary);
    let poller = endpoints
        .begin_regenerate_keys("one", &request, None)
        .unwrap();
    let new = poller.await.unwrap().into_model().unwrap();
    let listed = endpoints
        .list_keys("one", None)
        .await
        .unwrap()
        .into_model()
        .unwrap();
    assert_eq!(new, listed);
}

#[tokio::test]
async fn secrets_are_shown_only_by_their_action() {
    let (server, _) = with_workspace().await;
    let mut body = endpoint();
    body["properties"]["keys"] = json!({"primaryKey": "first", "secondaryKey": "second"});
    let at = versioned(&path("/onlineEndpoints/one"));
    let put = ask(&server, Method::Put, &at, Some(body)).await;
    assert_eq!(put.body["properties"].get("keys"), None);
    for read in [&at, &versioned(&path("/onlineEndpoints"))] {
        let read = ask(&server, Method::Get, read, None).await;
        assert!(!read.body.to_string().contains("first"), "{}", read.body);
    }
    let keys = versioned(&path("/onlineEndpoints/one/listKeys"));
    let keys = ask(&server, Method::Post, &keys, None).await;
    assert_eq!(
        keys.body,
        json!({"primaryKey": "first", "secondaryKey": "second"})
    );
}

#[tokio::test]
async fn a_datastore_returns_the_secrets_it_was_put_with() {
    let (server, _) = with_workspace().await;
    let secrets = json!({"secretsType": "AccountKey", "key": "c2VjcmV0"});
    let body = json!({"properties": {
        "datastoreType": "AzureBlob", "accountName": "a", "containerName": "c",
        "credentials": {"credentialsType": "AccountKey", "secrets": secrets},
    }});
    let at = versioned(&path("/datastores/one"));
    let put = ask(&server, Method::Put, &at, Some(body)).await;
    assert_eq!(put.status, 201, "{}", put.body);
    let credentials = &put.body["properties"]["credentials"];
    assert_eq!(*credentials, json!({"credentialsType": "AccountKey"}));
    let listed = versioned(&path("/datastores/one/listSecrets"));
    let listed = ask(&server, Method::Post, &listed, None).await;
    assert_eq!(listed.body, secrets);
}

#[tokio::test]
async fn a_connection_with_secrets_is_shown_completely() {
    let (server, _) = with_workspace().await;
    let body = json!({"properties": {
        "authType": "PAT", "target": "https://x", "credentials": {"pat": "hidden"},
    }});
    let at = versioned(&path("/connections/one"));
    let put = ask(&server, Method::Put, &at, Some(body)).await;
    assert_eq!(put.body["properties"]["credentials"], json!({}));
    let listed = versioned(&path("/connections/one/listsecrets"));
    let listed = ask(&server, Method::Post, &listed, None).await;
    assert_eq!(listed.body["properties"]["credentials"]["pat"], "hidden");
    assert_eq!(listed.body["name"], "one");
}

#[tokio::test]
async fn samples_of_secrets_have_the_kind_of_the_resource() {
    let (server, _) = with_workspace().await;
    let body = json!({"properties": {"computeType": "Databricks"}});
    server.seed(&path("/computes/one"), body).unwrap();
    let keys = versioned(&path("/computes/one/listKeys"));
    let keys = ask(&server, Method::Post, &keys, None).await;
    assert_eq!(keys.body["computeType"], "Databricks");
    let token = keys.body["databricksAccessToken"]
        .as_str()
        .unwrap_or_default();
    assert!(
        token.starts_with("fake-databricksAccessToken-"),
        "{}",
        keys.body
    );
}

#[tokio::test]
async fn resources_without_secrets_are_rejected() {
    let (server, _) = with_workspace().await;
    let cluster = json!({"properties": {"computeType": "AmlCompute"}});
    server.seed(&path("/computes/cluster"), cluster).unwrap();
    let open = json!({"properties": {
        "datastoreType": "AzureBlob", "accountName": "a", "containerName": "c",
        "credentials": {"credentialsType": "None"},
    }});
    server.seed(&path("/datastores/open"), open).unwrap();
    for (action, kind) in [
        ("/computes/cluster/listKeys", "AmlCompute"),
        ("/datastores/open/listSecrets", "None"),
    ] {
        let refused = ask(&server, Method::Post, &versioned(&path(action)), None).await;
        assert_eq!((refused.status, refused.code()), (400, "UserError"));
        let message = refused.message();
        assert!(
            message.ends_with(&format!("being of kind {kind}")),
            "{message}"
        );
    }
}

#[tokio::test]
async fn every_server_creates_the_same_keys() {
    let mut seen: Vec<Value> = Vec::new();
    for _ in 0..2 {
        let (server, _) = with_workspace().await;
        let keys = ask(&server, Method::Post, &versioned(&path("/listKeys")), None).await;
        seen.push(keys.body);
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn samples_follow_the_requested_version() {
    for (version, known) in [("2025-09-01", true), ("2025-12-01", false)] {
        // Keys that were shown once are stored.
        let (server, _) = with_workspace().await;
        let at = format!("{}?api-version={version}", path("/listKeys"));
        let keys = ask(&server, Method::Post, &at, None).await;
        let found = keys.body.get("userStorageResourceId").is_some();
        assert_eq!(found, known, "{}", keys.body);
    }
}
