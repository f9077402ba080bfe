//! Behavior of the service beyond its description, as defined by its manifest.

use crate::common::{
    FakeResponse, SUBSCRIPTION, ask, create_workspace, endpoint, path, provider, versioned,
    with_workspace,
};
use arm_fake::{Clock, Pace};
use arm_machinelearning::{
    fake::Server, operations::BatchEndpointsClientBeginCreateOrUpdateOptions,
};
use arm_runtime::{Duration, Method, PollerOptions};
use serde_json::{Value, json};

async fn put(server: &Server, rest: &str, body: Value) -> FakeResponse {
    ask(server, Method::Put, &versioned(&path(rest)), Some(body)).await
}

async fn get(server: &Server, rest: &str) -> FakeResponse {
    ask(server, Method::Get, &versioned(&path(rest)), None).await
}

async fn post(server: &Server, rest: &str, body: Option<Value>) -> FakeResponse {
    ask(server, Method::Post, &versioned(&path(rest)), body).await
}

fn job() -> Value {
    json!({"properties": {
        "jobType": "Command", "command": "echo", "environmentId": "azureml:e:1",
        "description": "first",
    }})
}

/// The code that wraps what the service behind endpoints refuses.
const INFERENCE: &str = "InferencingClientCallFailed";

fn deployment() -> Value {
    json!({"location": "westeurope", "properties": {"endpointComputeType": "Managed"}})
}

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
    assert_eq!(put(&server, "/jobs/one", renamed).await.status, 200);
    let status = get(&server, "/jobs/one").await.body["properties"]["status"].clone();
    assert_eq!(status, "Completed");
    let mut other = job();
    other["properties"]["command"] = json!("rm");
    assert_eq!(put(&server, "/jobs/one", other).await.status, 409);
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
async fn computes_start_and_stop() {
    let (server, _) = with_workspace().await;
    let body = json!({"location": "westeurope", "properties": {
        "computeType": "ComputeInstance", "properties": {"vmSize": "STANDARD_DS3_V2"},
    }});
    assert_eq!(put(&server, "/computes/ci1", body).await.status, 201);
    let state = async || {
        let one = get(&server, "/computes/ci1").await;
        one.body["properties"]["properties"]["state"].clone()
    };
    assert_eq!(state().await, "Running");
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    post(&server, "/computes/ci1/stop", None).await;
    assert_eq!(state().await, "Stopping");
    server.advance(Duration::seconds(10));
    assert_eq!(state().await, "Stopped");
    post(&server, "/computes/ci1/start", None).await;
    assert_eq!(state().await, "Starting");
    let machine =
        json!({"location": "westeurope", "properties": {"computeType": "VirtualMachine"}});
    put(&server, "/computes/vm1", machine).await;
    let keys = post(&server, "/computes/vm1/listKeys", None).await;
    assert_eq!(keys.body["computeType"], "VirtualMachine");
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

#[tokio::test]
async fn polls_with_a_stopped_clock_are_reported() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    let begun = put(&server, "/onlineEndpoints/one", endpoint()).await;
    let monitor = begun.header("azure-asyncoperation").unwrap().to_owned();
    let poll = async || ask(&server, Method::Get, &monitor, None).await;
    for _ in 0..20 {
        assert_eq!(poll().await.status, 200);
    }
    let told = poll().await;
    assert_eq!((told.status, told.code()), (409, "ClockStopped"));
    assert!(told.message().contains("Server::advance"));
    server.advance(Duration::seconds(1));
    assert_eq!(poll().await.body["status"], "InProgress");
    server.set_clock(Clock::System);
    let over = poll().await;
    assert_eq!(over.body["status"], "Succeeded");
    assert_eq!(over.header("warning"), None);
}

#[tokio::test]
async fn responses_about_operations_that_wait_for_a_stopped_clock_warn() {
    let (server, client) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    let warning =
        |response: &FakeResponse| response.header("warning").unwrap_or_default().to_owned();
    let begun = put(&server, "/onlineEndpoints/one", endpoint()).await;
    assert!(warning(&begun).starts_with("199 arm-fake \"the clock of the fake is stopped"));
    let monitor = begun.header("azure-asyncoperation").unwrap().to_owned();
    let polled = ask(&server, Method::Get, &monitor, None).await;
    let read = get(&server, "/onlineEndpoints/one").await;
    put(&server, "/jobs/one", job()).await;
    let job = get(&server, "/jobs/one").await;
    for response in [polled, read, job] {
        assert!(
            warning(&response).contains("Server::advance"),
            "{response:?}"
        );
    }
    server.advance(Duration::seconds(10));
    for name in ["/onlineEndpoints/one", "/jobs/one"] {
        assert_eq!(warning(&get(&server, name).await), "");
    }
    // A wait with a deadline reports the warning when the deadline passes.
    let options = BatchEndpointsClientBeginCreateOrUpdateOptions {
        method_options: PollerOptions::with_deadline(
            PollerOptions::default(),
            Duration::milliseconds(50),
        ),
    };
    let batch = client.workspace("rg", "wks").unwrap().batch_endpoints();
    let body = json!({"location": "westeurope", "properties": {"authMode": "AADToken"}});
    let poller = batch.begin_create_or_update("one", body, Some(options));
    let error = poller.unwrap().await.unwrap_err().to_string();
    assert!(error.contains("the caller's deadline"), "{error}");
    assert!(
        error.contains("the clock of the fake is stopped"),
        "{error}"
    );
}

#[tokio::test]
async fn reading_resources_that_wait_for_a_stopped_clock_is_rejected_after_many_times() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    put(&server, "/onlineEndpoints/one", endpoint()).await;
    put(&server, "/jobs/one", job()).await;
    for at in ["/onlineEndpoints/one", "/jobs/one"] {
        for _ in 0..100 {
            assert_eq!(get(&server, at).await.status, 200);
        }
        let told = get(&server, at).await;
        assert_eq!((told.status, told.code()), (409, "ClockStopped"));
    }
    server.advance(Duration::seconds(10));
    for at in ["/onlineEndpoints/one", "/jobs/one"] {
        assert_eq!(get(&server, at).await.status, 200);
    }
}
