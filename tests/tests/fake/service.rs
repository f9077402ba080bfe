//! Behavior of the service beyond its description, as defined by its manifest.

use crate::common::{
    SUBSCRIPTION, ask, endpoint, get, job, path, post, put, versioned, with_workspace,
};
use arm_fake::Pace;
use arm_runtime::{Duration, Method};
use serde_json::{Value, json};

#[tokio::test]
async fn tracked_resources_have_a_location_that_cannot_change() {
    let (server, _) = with_workspace().await;
    let at = versioned(&path("").replace("/wks", "/other"));
    let missing = ask(&server, Method::Put, &at, Some(json!({"properties": {}}))).await;
    assert_eq!((missing.status, missing.code()), (400, "LocationRequired"));
    let moved = put(&server, "", json!({"location": "eastus", "properties": {}})).await;
    assert_eq!(
        (moved.status, moved.code()),
        (409, "InvalidResourceLocation")
    );
    let same = put(
        &server,
        "",
        json!({"location": "West Europe", "properties": {}}),
    )
    .await;
    assert_eq!(same.status, 202, "{same:?}");
    for (location, status) in [("eastus", 409), ("West Europe", 202)] {
        let at = versioned(&path(""));
        let patch = Some(json!({ "location": location }));
        let patched = ask(&server, Method::Patch, &at, patch).await;
        assert_eq!(patched.status, status, "{patched:?}");
    }
}

#[tokio::test]
async fn members_set_at_creation_cannot_change() {
    let (server, _) = with_workspace().await;
    let store = |account: &str| {
        json!({"properties": {
            "datastoreType": "AzureBlob", "accountName": account, "containerName": "c",
            "credentials": {"credentialsType": "None"},
        }})
    };
    assert_eq!(
        put(&server, "/datastores/one", store("a")).await.status,
        201
    );
    let changed = put(&server, "/datastores/one", store("b")).await;
    assert_eq!(
        (changed.status, changed.code()),
        (409, "PropertyChangeNotAllowed")
    );
    assert_eq!(changed.body["error"]["target"], "properties.accountName");
    let mut without = store("a");
    without["properties"]
        .as_object_mut()
        .unwrap()
        .remove("accountName");
    assert_eq!(put(&server, "/datastores/one", without).await.status, 200);
    let kept = get(&server, "/datastores/one").await;
    assert_eq!(kept.body["properties"]["accountName"], "a");
}

#[tokio::test]
async fn versions_create_their_container_and_cannot_be_changed() {
    let (server, _) = with_workspace().await;
    let model = |uri: &str, description: &str| json!({"properties": {"modelUri": uri, "description": description}});
    let first = put(&server, "/models/m/versions/1", model("azureml://a", "x")).await;
    assert_eq!(first.status, 201, "{first:?}");
    put(&server, "/models/m/versions/4", model("azureml://b", "x")).await;
    put(
        &server,
        "/models/m/versions/beta",
        model("azureml://c", "x"),
    )
    .await;
    let container = get(&server, "/models/m").await;
    assert_eq!(container.body["properties"]["latestVersion"], "beta");
    assert_eq!(container.body["properties"]["nextVersion"], "5");
    put(&server, "/models/empty", json!({"properties": {}})).await;
    let empty = get(&server, "/models/empty").await;
    assert_eq!(empty.body["properties"].get("latestVersion"), None);
    assert_eq!(empty.body["properties"]["nextVersion"], "1");

    let described = put(&server, "/models/m/versions/1", model("azureml://a", "y")).await;
    assert_eq!(described.status, 200);
    let changed = put(
        &server,
        "/models/m/versions/1",
        model("azureml://other", "y"),
    )
    .await;
    assert_eq!(
        (changed.status, changed.code()),
        (409, "UserError"),
        "{changed:?}"
    );
    assert_eq!(changed.body["error"]["target"], "properties.modelUri");
}

#[tokio::test]
async fn a_pending_upload_creates_its_container_and_echoes_the_request() {
    let (server, _) = with_workspace().await;
    let upload = json!({"pendingUploadId": "u1", "pendingUploadType": "TemporaryBlobReference"});
    let at = "/codes/c/versions/1/startPendingUpload";
    let response = post(&server, at, Some(upload)).await;
    assert_eq!(response.status, 200, "{response:?}");
    assert_eq!(response.body["pendingUploadId"], "u1");
    assert_eq!(response.body["pendingUploadType"], "TemporaryBlobReference");
    assert_eq!(get(&server, "/codes/c").await.status, 200);
    assert_eq!(get(&server, "/codes/c/versions/1").await.status, 404);
}

#[tokio::test]
async fn jobs_change_their_states_by_polls() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Polls(1));
    let begun = put(&server, "/jobs/one", job()).await;
    assert_eq!(begun.body["properties"]["status"], "Queued");
    let mut states = Vec::new();
    for _ in 0..3 {
        states.push(get(&server, "/jobs/one").await.body["properties"]["status"].clone());
    }
    assert_eq!(states, ["Running", "Completed", "Completed"]);
    let mut renamed = job();
    renamed["properties"]["description"] = json!("second");
    renamed["properties"]["tags"] = json!({"team": "a"});
    let renamed = put(&server, "/jobs/one", renamed).await;
    assert_eq!(renamed.status, 200);
    assert_eq!(renamed.body["properties"]["tags"]["team"], "a");
    let status = get(&server, "/jobs/one").await.body["properties"]["status"].clone();
    assert_eq!(status, "Completed");
    let mut other = job();
    other["properties"]["command"] = json!("rm");
    let other = put(&server, "/jobs/one", other).await;
    assert_eq!(other.status, 409);
    assert_eq!(other.body["error"]["target"], "properties.command");
}

#[tokio::test]
async fn jobs_change_their_states_by_time_and_can_be_canceled() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    put(&server, "/jobs/one", job()).await;
    let status = async || get(&server, "/jobs/one").await.body["properties"]["status"].clone();
    assert_eq!(status().await, "Queued");
    server.advance(Duration::seconds(6));
    assert_eq!(status().await, "Running");
    let canceled = post(&server, "/jobs/one/cancel", None).await;
    assert_eq!(canceled.status, 202);
    assert_eq!(status().await, "CancelRequested");
    server.advance(Duration::seconds(10));
    assert_eq!(status().await, "Canceled");
    // Tests can set other states.
    let failed = json!({"properties": {"status": "Failed"}});
    server.set(&path("/jobs/one"), &failed).unwrap();
    assert_eq!(status().await, "Failed");
}

#[tokio::test]
async fn the_service_sets_members() {
    let (server, _) = with_workspace().await;
    let body = json!({
        "location": "westeurope", "properties": {},
        "identity": {"type": "SystemAssigned"},
    });
    put(&server, "", body).await;
    let workspace = get(&server, "").await.body;
    let identity = &workspace["identity"];
    assert_eq!(identity["principalId"].as_str().unwrap().len(), 36);
    assert_eq!(identity["tenantId"], workspace["properties"]["tenantId"]);
    assert_eq!(
        workspace["properties"]["workspaceId"]
            .as_str()
            .unwrap()
            .len(),
        36
    );
    let discovery = "https://westeurope.api.azureml.ms/discovery";
    assert_eq!(workspace["properties"]["discoveryUrl"], discovery);
    put(&server, "/batchEndpoints/b1", endpoint()).await;
    let batch = get(&server, "/batchEndpoints/b1").await.body;
    let uri = "https://b1.westeurope.inference.ml.azure.com/jobs";
    assert_eq!(batch["properties"]["scoringUri"], uri);
    put(&server, "/onlineEndpoints/o1", endpoint()).await;
    let online = get(&server, "/onlineEndpoints/o1").await.body;
    let uri = "https://o1.westeurope.inference.ml.azure.com";
    let properties = &online["properties"];
    assert_eq!(properties["scoringUri"], format!("{uri}/score"));
    assert_eq!(properties["swaggerUri"], format!("{uri}/swagger.json"));
}

#[tokio::test]
async fn the_service_sets_members_that_are_not_given() {
    let (server, _) = with_workspace().await;
    let model = |properties: Value| json!({"properties": properties});
    put(&server, "/models/m/versions/1", model(json!({}))).await;
    let plain = get(&server, "/models/m/versions/1").await.body;
    assert_eq!(plain["properties"]["flavors"], json!({}));
    let flavors = json!({"python_function": {"data": {"a": "b"}}});
    let with_flavors = model(json!({"flavors": flavors}));
    put(&server, "/models/m/versions/2", with_flavors).await;
    let flavored = get(&server, "/models/m/versions/2").await.body;
    assert_eq!(flavored["properties"]["flavors"], flavors);
    put(&server, "/onlineEndpoints/one", endpoint()).await;
    let deployment = json!({
        "location": "westeurope",
        "properties": {"endpointComputeType": "Managed"},
        "sku": {"name": "Default", "capacity": 1},
    });
    put(&server, "/onlineEndpoints/one/deployments/blue", deployment).await;
    let blue = get(&server, "/onlineEndpoints/one/deployments/blue")
        .await
        .body;
    let scale = &blue["properties"]["scaleSettings"]["scaleType"];
    assert_eq!(scale, "Default");
}

#[tokio::test]
async fn tokens_expire_later_and_actions_echo_their_input() {
    let (server, _) = with_workspace().await;
    put(&server, "/onlineEndpoints/one", endpoint()).await;
    let token = post(&server, "/onlineEndpoints/one/token", None).await;
    let begin = 1_735_689_600;
    assert_eq!(token.body["expiryTimeUtc"], begin + 3600);
    assert_eq!(token.body["refreshAfterTimeUtc"], begin + 1800);
    let quotas = json!({"location": "westeurope", "value": [
        {"id": "/quotas/a", "type": "t", "limit": 5}, {"id": "/quotas/b", "type": "t", "limit": 7},
    ]});
    let at = format!(
        "/subscriptions/{SUBSCRIPTION}/providers/Microsoft.MachineLearningServices/locations/\
         westeurope/updateQuotas"
    );
    let response = ask(&server, Method::Post, &versioned(&at), Some(quotas)).await;
    assert_eq!(response.status, 200, "{response:?}");
    assert_eq!(response.body["value"][1]["limit"], 7);
    assert_eq!(response.body["value"][1]["status"], "Undefined");
    assert_eq!(response.body.get("nextLink"), None);
}

#[tokio::test]
async fn schedules_have_states_and_are_enabled() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Polls(1));
    let at = "/schedules/nightly";
    let mut body = json!({"properties": {
        "action": {"actionType": "CreateJob", "jobDefinition": job()["properties"]},
        "trigger": {"triggerType": "Cron", "expression": "0 0 * * *"},
    }});
    let begun = put(&server, at, body.clone()).await;
    assert_eq!(begun.status, 201, "{begun:?}");
    assert_eq!(begun.body["properties"]["provisioningState"], "Creating");
    let seen = get(&server, at).await;
    assert_eq!(seen.body["properties"]["provisioningState"], "Creating");
    let seen = get(&server, at).await;
    assert_eq!(seen.body["properties"]["provisioningState"], "Succeeded");
    assert_eq!(seen.body["properties"]["isEnabled"], true);
    body["properties"]["isEnabled"] = json!(false);
    let changed = put(&server, at, body).await;
    assert_eq!(changed.body["properties"]["provisioningState"], "Updating");
    let listed = get(&server, "/schedules").await;
    assert_eq!(listed.body["value"], json!([]));
    let disabled = format!(
        "{}&listViewType=DisabledOnly",
        versioned(&path("/schedules"))
    );
    let disabled = ask(&server, Method::Get, &disabled, None).await;
    assert_eq!(disabled.body["value"][0]["name"], "nightly");
}

#[tokio::test]
async fn lists_are_ordered_and_filtered_or_reject_the_request() {
    let (server, _) = with_workspace().await;
    server.set_page_size(2);
    for (name, description) in [("a", "z"), ("b", "y"), ("c", "x")] {
        let body = json!({"properties": {"description": description}});
        put(&server, &format!("/models/m/versions/{name}"), body).await;
        server.advance(Duration::seconds(1));
    }
    let listed = async |query: &str| {
        let mut next = format!("{}&{query}", versioned(&path("/models/m/versions")));
        let mut names = String::new();
        loop {
            let page = ask(&server, Method::Get, &next, None).await;
            assert_eq!(page.status, 200, "{page:?}");
            let items = page.body["value"].as_array().unwrap().iter();
            names.extend(items.map(|item| item["name"].as_str().unwrap()));
            match page.body["nextLink"].as_str() {
                Some(link) => next = link.to_owned(),
                None => return names,
            }
        }
    };
    assert_eq!(listed("").await, "abc");
    assert_eq!(listed("$orderBy=createdtime desc").await, "cba");
    assert_eq!(listed("$orderBy=description").await, "cba");
    assert_eq!(listed("$orderBy=description desc,name").await, "abc");
    for query in [
        "$orderBy=sideways",
        "$orderBy=name up",
        "$filter=name eq 'a'",
    ] {
        let at = format!("{}&{query}", versioned(&path("/models/m/versions")));
        let response = ask(&server, Method::Get, &at, None).await;
        assert_eq!(
            (response.status, response.code()),
            (400, "InvalidParameter"),
            "{query}"
        );
    }
}
