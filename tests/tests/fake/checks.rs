//! Requests that violate the description.

use crate::common::{
    SUBSCRIPTION, VERSION, ask, ask_with, endpoint, path, provider, versioned, with_workspace,
};
use arm_machinelearning::api_version;
use arm_runtime::{ArmClientOptions, Method};
use serde_json::{Value, json};

async fn put(rest: &str, body: Value) -> crate::common::FakeResponse {
    let (server, _) = with_workspace().await;
    ask(&server, Method::Put, &versioned(&path(rest)), Some(body)).await
}

#[tokio::test]
async fn unknown_versions_are_rejected() {
    let (server, _) = with_workspace().await;
    let missing = ask(&server, Method::Get, &path(""), None).await;
    assert_eq!(
        (missing.status, missing.code()),
        (400, "MissingApiVersionParameter")
    );
    let unknown = format!("{}?api-version=1999-01-01", path(""));
    let unknown = ask(&server, Method::Get, &unknown, None).await;
    assert_eq!(
        (unknown.status, unknown.code()),
        (400, "NoRegisteredProviderFound")
    );
    assert!(
        unknown.message().contains(api_version::DEFAULT),
        "{}",
        unknown.message()
    );
    for version in ["2025-09-01", "2025-12-01", "2026-03-01", "2026-05-01"] {
        let at = format!("{}?API-VERSION={version}", path(""));
        assert_eq!(
            ask(&server, Method::Get, &at, None).await.status,
            200,
            "{version}"
        );
        let options = ArmClientOptions {
            api_version: Some(version.to_owned()),
            ..Default::default()
        };
        let client = server.client_with(SUBSCRIPTION, options).unwrap();
        client.workspaces().get("rg", "wks", None).await.unwrap();
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_rejected() {
    let (server, _) = with_workspace().await;
    let nowhere = versioned(&path("/nothings/x"));
    let nowhere = ask(&server, Method::Get, &nowhere, None).await;
    assert_eq!(
        (nowhere.status, nowhere.code()),
        (404, "InvalidResourceType")
    );
    let wrong = ask(&server, Method::Post, &versioned(&path("")), None).await;
    assert_eq!((wrong.status, wrong.code()), (405, "MethodNotAllowed"));
    assert_eq!(wrong.header("allow"), Some("GET, PUT, PATCH, DELETE"));
    let odd = versioned(&format!("{}/workspaces/%FF", provider()));
    let odd = ask(&server, Method::Get, &odd, None).await;
    assert_eq!((odd.status, odd.code()), (400, "InvalidRequestUri"));
}

#[tokio::test]
async fn names_must_match_their_patterns() {
    let (server, _) = with_workspace().await;
    let bad = versioned(&format!("{}/workspaces/-", provider()));
    let bad = ask(&server, Method::Get, &bad, None).await;
    assert_eq!((bad.status, bad.code()), (400, "InvalidParameter"));
    assert_eq!(bad.targets(), ["workspaceName"]);
}

#[tokio::test]
async fn parameters_are_checked() {
    let (server, _) = with_workspace().await;
    let at = format!("{}/computes/one?{VERSION}", path(""));
    let missing = ask(&server, Method::Delete, &at, None).await;
    assert_eq!(missing.targets(), ["underlyingResourceAction"]);
    let at = format!("{}/onlineEndpoints?{VERSION}&count=many", path(""));
    let wrong = ask(&server, Method::Get, &at, None).await;
    assert_eq!(wrong.targets(), ["count"]);
}

#[tokio::test]
async fn errors_name_the_members() {
    let response = put("/onlineEndpoints/one", json!({"properties": {}})).await;
    assert_eq!(
        (response.status, response.code()),
        (400, "InvalidRequestContent")
    );
    assert_eq!(response.targets(), ["location", "properties.authMode"]);
    assert_eq!(response.body["error"]["target"], "location");
    assert_eq!(
        response.message(),
        "`location` must be given; 2 problems in all"
    );
    let null = json!({"location": null, "properties": {"authMode": "Key"}});
    assert_eq!(
        put("/onlineEndpoints/one", null).await.targets(),
        ["location"]
    );
}

#[tokio::test]
async fn types_are_checked_at_any_depth() {
    let mut body = endpoint();
    body["properties"]["traffic"] = json!({"blue": "all", "green": 4_000_000_000_i64});
    body["tags"] = json!(["x"]);
    body["properties"]["publicNetworkAccess"] = json!(1);
    let response = put("/onlineEndpoints/one", body).await;
    let mut targets = response.targets();
    targets.sort_unstable();
    let expected = [
        "properties.publicNetworkAccess",
        "properties.traffic.blue",
        "properties.traffic.green",
        "tags",
    ];
    assert_eq!(targets, expected);
}

#[tokio::test]
async fn formats_and_rules_are_checked() {
    let job = |more: Value| {
        let mut body = json!({"properties": {
            "jobType": "Command", "command": "train", "environmentId": "e",
        }});
        for (name, value) in more.as_object().unwrap() {
            body["properties"][name] = value.clone();
        }
        body
    };
    assert_eq!(put("/jobs/one", job(json!({}))).await.status, 201);
    let short = put(
        "/jobs/one",
        job(json!({"command": "", "environmentId": "-"})),
    )
    .await;
    assert_eq!(
        short.targets(),
        ["properties.command", "properties.environmentId"]
    );
    let limits = json!({"limits": {"jobLimitsType": "Command", "timeout": "an hour"}});
    assert_eq!(
        put("/jobs/one", job(limits)).await.targets(),
        ["properties.limits.timeout"]
    );
    let outputs = json!({"outputs": {"o": {"jobOutputType": "nothing"}}});
    let outputs = put("/jobs/one", job(outputs)).await;
    assert_eq!(outputs.targets(), ["properties.outputs.o.jobOutputType"]);
    assert!(
        outputs.message().contains("uri_file"),
        "{}",
        outputs.message()
    );
}

#[tokio::test]
async fn kinds_have_their_own_members() {
    let response = put(
        "/computes/one",
        json!({"properties": {"computeType": "Toaster"}}),
    )
    .await;
    assert_eq!(response.targets(), ["properties.computeType"]);
    let response = put("/computes/one", json!({"properties": {}})).await;
    assert_eq!(response.targets(), ["properties.computeType"]);
    let body = json!({"properties": {"computeType": "AmlCompute", "properties": {"vmSize": 3}}});
    assert_eq!(
        put("/computes/one", body).await.targets(),
        ["properties.properties.vmSize"]
    );
}

#[tokio::test]
async fn open_enums_accept_other_values_and_closed_ones_do_not() {
    let mut body = endpoint();
    body["sku"] = json!({"name": "s", "tier": "Gold"});
    let response = put("/onlineEndpoints/one", body).await;
    assert_eq!(response.targets(), ["sku.tier"]);
    let mut body = endpoint();
    body["properties"]["authMode"] = json!("Telepathy");
    assert_eq!(put("/onlineEndpoints/one", body).await.status, 201);
}

#[tokio::test]
async fn bodies_are_json_with_the_right_content_type() {
    let (server, _) = with_workspace().await;
    let at = versioned(&path("/onlineEndpoints/one"));
    let send = async |headers: &[(&str, &str)], body: &str| {
        ask_with(&server, Method::Put, &at, headers, body.to_owned()).await
    };
    let json = [("content-type", "application/json; charset=utf-8")];
    let broken = send(&json, "{\"a\":").await;
    assert_eq!(
        (broken.status, broken.code()),
        (400, "InvalidRequestContent")
    );
    let deep = send(&json, &"[".repeat(100_000)).await;
    assert_eq!(deep.status, 400);
    let list = send(&json, "[]").await;
    assert_eq!(list.targets(), [""]);
    let empty = send(&json, "").await;
    assert_eq!((empty.status, empty.code()), (400, "InvalidRequestContent"));
    let text = send(&[("content-type", "text/plain")], "{}").await;
    assert_eq!((text.status, text.code()), (415, "UnsupportedMediaType"));
    assert_eq!(send(&[], "{}").await.code(), "UnsupportedMediaType");
    assert_eq!(send(&json, &endpoint().to_string()).await.status, 201);
}

#[tokio::test]
async fn members_outside_the_description_are_dropped() {
    let mut body = endpoint();
    body["properties"]["novelty"] = json!(true);
    let response = put("/onlineEndpoints/one", body).await;
    assert_eq!(response.status, 201);
    assert_eq!(response.body["properties"].get("novelty"), None);
}

#[tokio::test]
async fn tracked_resources_have_no_unknown_members_beside_properties() {
    let mut body = endpoint();
    body["friendlyName"] = json!("x");
    body["trafic"] = json!({});
    let refused = put("/onlineEndpoints/one", body).await;
    assert_eq!(
        (refused.status, refused.code()),
        (400, "InvalidRequestContent")
    );
    assert_eq!(refused.targets(), ["friendlyName", "trafic"]);
    // What Resource Manager itself knows may be there.
    let mut body = endpoint();
    body["etag"] = json!("x");
    body["systemData"] = json!({"createdBy": "x"});
    assert_eq!(put("/onlineEndpoints/one", body).await.status, 201);

    let (server, _) = with_workspace().await;
    let patch = Some(json!({"friendlyName": "x"}));
    let patched = ask(&server, Method::Patch, &versioned(&path("")), patch).await;
    assert_eq!(
        (patched.status, patched.targets()),
        (400, vec!["friendlyName"])
    );
}
