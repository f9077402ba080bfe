//! Requests to Resource Manager itself: tenants, subscriptions, groups, providers, resources.

use crate::common::{
    FakeResponse, SUBSCRIPTION, ask, ask_with, create_workspace, provider, versioned,
    with_workspace,
};
use arm_fake::{Clock, Fault, Pace};
use arm_machinelearning::fake::Server;
use arm_runtime::{ArmClientOptions, ArmErrorExt, Method};
use serde_json::{Value, json};

const PROVIDER: &str = "Microsoft.MachineLearningServices";

fn own(rest: &str) -> String {
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    format!("/subscriptions/{SUBSCRIPTION}{path}?api-version=2021-04-01&{query}")
}

async fn get(server: &Server, rest: &str) -> FakeResponse {
    ask(server, Method::Get, &own(rest), None).await
}

async fn put_group(server: &Server, name: &str, body: Value) -> FakeResponse {
    let at = own(&format!("/resourcegroups/{name}"));
    ask(server, Method::Put, &at, Some(body)).await
}

fn names(response: &FakeResponse) -> Vec<&str> {
    let items = response.body["value"].as_array().into_iter().flatten();
    items.filter_map(|item| item["name"].as_str()).collect()
}

#[tokio::test]
async fn an_unknown_version_can_be_served_as_the_nearest_one() {
    let (server, _) = with_workspace().await;
    let at = |version: &str| format!("{}/workspaces/wks?api-version={version}", provider());
    let refused = ask(&server, Method::Get, &at("2023-04-01"), None).await;
    assert_eq!(refused.code(), "NoRegisteredProviderFound");
    assert!(refused.message().contains("2025-09-01, 2025-12-01"));
    server.accept_any_api_version();
    for version in ["2023-04-01", "2024-07-01-preview", "2099-01-01"] {
        assert_eq!(
            ask(&server, Method::Get, &at(version), None).await.status,
            200
        );
    }
    let none = ask(&server, Method::Get, &at(""), None).await;
    assert_eq!(none.code(), "MissingApiVersionParameter");
}

#[tokio::test]
async fn clients_of_unknown_versions_may_send_members_of_others() {
    let (server, _) = with_workspace().await;
    server.accept_any_api_version();
    let at = |version: &str| {
        let path = "workspaces/wks/computes/instance";
        format!("{}/{path}?api-version={version}", provider())
    };
    let body = json!({
        "location": "westeurope",
        "properties": {
            "computeType": "ComputeInstance",
            "properties": { "vmSize": "STANDARD_DS3_V2", "enableOSPatching": true },
        },
    });
    let known = ask(&server, Method::Put, &at("2025-12-01"), Some(body.clone())).await;
    assert_eq!(known.status, 400);
    assert!(
        known.message().contains("enableOSPatching"),
        "{}",
        known.message()
    );
    let unknown = ask(&server, Method::Put, &at("2024-04-01"), Some(body)).await;
    assert_eq!(unknown.status, 201, "{}", unknown.body);
}

#[tokio::test]
async fn tenants_and_subscriptions_are_listed() {
    let server = Server::new();
    let at = "/tenants?api-version=2022-12-01";
    let tenants = ask(&server, Method::Get, at, None).await;
    let tenant = tenants.body["value"][0]["tenantId"].as_str().unwrap();
    let at = "/subscriptions?api-version=2022-12-01";
    let all = ask(&server, Method::Get, at, None).await;
    assert_eq!(all.body["count"]["value"], 1);
    assert_eq!(all.body["value"][0]["tenantId"], tenant);
    let one = get(&server, "").await;
    assert_eq!(one.body["subscriptionId"], SUBSCRIPTION);
    assert!(
        get(&server, "/locations").await.body["value"]
            .as_array()
            .unwrap()
            .len()
            > 3
    );

    server.create_subscription(SUBSCRIPTION, "Mine");
    assert_eq!(get(&server, "").await.body["displayName"], "Mine");
    let other = "/subscriptions/22222222-2222-2222-2222-222222222222?api-version=2022-12-01";
    let other = ask(&server, Method::Get, other, None).await;
    assert_eq!((other.status, other.code()), (404, "SubscriptionNotFound"));
    let odd = "/subscriptions/mine/resourceGroups?api-version=2022-12-01";
    let odd = ask(&server, Method::Get, odd, None).await;
    assert_eq!((odd.status, odd.code()), (400, "InvalidSubscriptionId"));
    let posted = ask(&server, Method::Post, &own(""), None).await;
    assert_eq!((posted.status, posted.header("allow")), (405, Some("GET")));
    let odd = "/tenants?api-version=soon";
    let odd = ask(&server, Method::Get, odd, None).await;
    assert_eq!(
        (odd.status, odd.code()),
        (400, "InvalidApiVersionParameter")
    );
}

#[tokio::test]
async fn resource_groups_are_created_listed_and_changed() {
    let server = Server::new();
    server.require_resource_groups();
    assert_eq!(
        get(&server, "/resourceGroups/rg").await.code(),
        "ResourceGroupNotFound"
    );
    let bare = put_group(&server, "rg", json!({})).await;
    assert_eq!((bare.status, bare.code()), (400, "LocationRequired"));
    let body = json!({"location": "West Europe", "tags": {"team": "a"}});
    let created = put_group(&server, "rg", body.clone()).await;
    assert_eq!(created.status, 201);
    assert_eq!(created.body["location"], "westeurope");
    assert_eq!(created.body["properties"]["provisioningState"], "Succeeded");
    assert_eq!(put_group(&server, "RG", body).await.status, 200);
    let moved = put_group(&server, "rg", json!({"location": "eastus"})).await;
    assert_eq!(
        (moved.status, moved.code()),
        (409, "InvalidResourceGroupLocation")
    );
    let tags = json!({"tags": {"team": "b"}});
    let at = own("/resourcegroups/rg");
    let changed = ask(&server, Method::Patch, &at, Some(tags)).await;
    assert_eq!(changed.body["tags"]["team"], "b");
    assert_eq!(changed.body["location"], "westeurope");
    assert_eq!(ask(&server, Method::Head, &at, None).await.status, 204);
    put_group(&server, "other", json!({"location": "eastus"})).await;
    assert_eq!(
        names(&get(&server, "/resourcegroups").await),
        ["other", "rg"]
    );
    assert_eq!(
        names(&get(&server, "/resourcegroups?$top=1").await),
        ["other"]
    );
    let tagged = "/resourcegroups?$filter=tagName eq 'team' and tagValue eq 'B'";
    assert_eq!(names(&get(&server, tagged).await), ["rg"]);
    let odd = get(&server, "/resourcegroups?$filter=size gt 1").await;
    assert_eq!(
        (odd.status, odd.code()),
        (400, "InvalidFilterInQueryString")
    );
    let text = ask_with(&server, Method::Put, &at, &[], "{}".to_owned()).await;
    assert_eq!((text.status, text.code()), (415, "UnsupportedMediaType"));
    let gone = own("/resourcegroups/gone");
    assert_eq!(ask(&server, Method::Head, &gone, None).await.status, 404);
}

#[tokio::test]
async fn names_and_tags_of_groups_are_checked() {
    let server = Server::new();
    let body = json!({"location": "westeurope"});
    for name in ["a%20b", "a.", "a%2Cb", &"g".repeat(91)] {
        let response = put_group(&server, name, body.clone()).await;
        assert_eq!(
            (response.status, response.code()),
            (400, "InvalidResourceGroup"),
            "{name}"
        );
    }
    for name in ["a-b_c.(d)", "%C3%A4", &"g".repeat(90)] {
        assert_eq!(
            put_group(&server, name, body.clone()).await.status,
            201,
            "{name}"
        );
    }
    for tags in [json!("a"), json!(["a"]), json!({"a": 1})] {
        let body = json!({"location": "westeurope", "tags": tags});
        let response = put_group(&server, "rg", body).await;
        assert_eq!(
            (response.status, response.code()),
            (400, "InvalidRequestContent"),
            "{tags}"
        );
    }
}

#[tokio::test]
async fn a_request_with_an_invalid_version_changes_nothing() {
    let server = Server::new();
    let at = own("/resourcegroups/rg").replace("2021-04-01", "soon");
    let body = json!({"location": "westeurope"});
    let odd = ask(&server, Method::Put, &at, Some(body)).await;
    assert_eq!(odd.code(), "InvalidApiVersionParameter");
    assert_eq!(get(&server, "/resourcegroups/rg").await.status, 404);
}

#[tokio::test]
async fn deleting_a_group_deletes_its_resources() {
    let (server, client) = with_workspace().await;
    create_workspace(&client, "kept", "wks").await;
    server.set_pace(Pace::Polls(1));
    let at = own("/resourcegroups/rg");
    let begun = ask(&server, Method::Delete, &at, None).await;
    assert_eq!(begun.status, 202);
    let result = begun.header("location").unwrap().to_owned();
    let during = get(&server, "/resourcegroups/rg").await;
    assert_eq!(during.body["properties"]["provisioningState"], "Deleting");
    let body = Some(json!({"location": "westeurope", "properties": {}}));
    let into = versioned(&format!("{}/workspaces/late", provider()));
    let late = ask(&server, Method::Put, &into, body).await;
    assert_eq!(
        (late.status, late.code()),
        (409, "ResourceGroupBeingDeleted")
    );
    assert_eq!(ask(&server, Method::Get, &result, None).await.status, 200);
    assert_eq!(get(&server, "/resourcegroups/rg").await.status, 404);
    let again = ask(&server, Method::Delete, &at, None).await;
    assert_eq!((again.status, again.code()), (404, "ResourceGroupNotFound"));
    assert_eq!(server.resource_ids().len(), 1);
    assert!(server.resource_ids()[0].contains("/kept/"));
}

#[tokio::test]
async fn a_group_whose_deletion_fails_still_exists() {
    let (server, _) = with_workspace().await;
    server.inject(Fault::operation("ScopeLocked", "a lock is in the way"));
    let at = own("/resourcegroups/rg");
    let begun = ask(&server, Method::Delete, &at, None).await;
    let result = begun.header("location").unwrap().to_owned();
    let end = ask(&server, Method::Get, &result, None).await;
    assert_eq!((end.status, end.code()), (409, "ScopeLocked"));
    let still = get(&server, "/resourcegroups/rg").await;
    assert_eq!(still.body["properties"]["provisioningState"], "Succeeded");
}

#[tokio::test]
async fn the_provider_lists_its_types_and_versions() {
    let server = Server::new();
    let one = get(&server, &format!("/providers/{PROVIDER}")).await;
    assert_eq!(one.body["namespace"], PROVIDER);
    assert_eq!(one.body["registrationState"], "Registered");
    let types = one.body["resourceTypes"].as_array().unwrap();
    let jobs = types
        .iter()
        .find(|one| one["resourceType"] == "workspaces/jobs");
    let versions = jobs.unwrap()["apiVersions"].as_array().unwrap();
    assert!(versions.contains(&json!("2025-12-01")), "{versions:?}");
    let all = get(&server, "/providers").await;
    assert_eq!(all.body["value"][0]["namespace"], PROVIDER);
    let other = get(&server, "/providers/Microsoft.Storage").await;
    assert_eq!(
        (other.status, other.code()),
        (404, "InvalidResourceNamespace")
    );
    let inside = own("/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a");
    let inside = ask(&server, Method::Get, &inside, None).await;
    assert_eq!(inside.code(), "InvalidResourceNamespace");
    let odd = format!("{}/workspaces/wks/oddities", provider());
    let odd = ask(&server, Method::Get, &versioned(&odd), None).await;
    assert_eq!((odd.status, odd.code()), (404, "InvalidResourceType"));
}

#[tokio::test]
async fn subscriptions_can_need_registration() {
    let server = Server::new();
    server.unregister_provider(SUBSCRIPTION);
    let provider = format!("/providers/{PROVIDER}");
    let state = get(&server, &provider).await.body["registrationState"].clone();
    assert_eq!(state, "NotRegistered");
    let client = server.client(SUBSCRIPTION).unwrap();
    let body = json!({"location": "westeurope", "properties": {}});
    let begin = |client: &arm_machinelearning::MachineLearningClient| {
        let workspaces = client.workspaces();
        workspaces
            .begin_create_or_update("rg", "wks", body.clone(), None)
            .unwrap()
    };
    let error = begin(&client).await.unwrap_err();
    assert_eq!(error.http_status().map(u16::from), Some(409));
    assert_eq!(
        error.arm().unwrap().code(),
        Some("MissingSubscriptionRegistration")
    );
    let options = ArmClientOptions {
        register_provider: true,
        ..Default::default()
    };
    let client = server.client_with(SUBSCRIPTION, options).unwrap();
    begin(&client).await.unwrap();
    let state = get(&server, &provider).await.body["registrationState"].clone();
    assert_eq!(state, "Registered");
}

#[tokio::test]
async fn registration_takes_as_long_as_the_pace_says() {
    let server = Server::new();
    server.unregister_provider(SUBSCRIPTION);
    server.set_pace(Pace::Polls(1));
    let at = own(&format!("/providers/{PROVIDER}/register"));
    let begun = ask(&server, Method::Post, &at, None).await;
    assert_eq!(begun.body["registrationState"], "Registering");
    let states = [
        get(&server, &format!("/providers/{PROVIDER}")).await,
        get(&server, &format!("/providers/{PROVIDER}")).await,
    ];
    assert_eq!(states[0].body["registrationState"], "Registering");
    assert_eq!(states[1].body["registrationState"], "Registered");
}

#[tokio::test]
async fn resources_of_all_types_are_listed() {
    let (server, client) = with_workspace().await;
    create_workspace(&client, "other", "second").await;
    let endpoint = format!("{}/workspaces/wks/onlineEndpoints/end", provider());
    server
        .seed(&endpoint, json!({"location": "eastus", "tags": {"a": "1"}}))
        .unwrap();
    // Resource Manager does not track resources without a location.
    let job = format!("{}/workspaces/wks/jobs/job", provider());
    server
        .seed(&job, json!({"properties": {"jobType": "Command"}}))
        .unwrap();
    let all = get(&server, "/resources?$expand=createdTime,provisioningState").await;
    assert_eq!(names(&all), ["second", "wks", "end"]);
    assert_eq!(all.body["value"][1]["createdTime"], "2025-01-01T00:00:00Z");
    assert_eq!(all.body["value"][1]["provisioningState"], "Succeeded");
    assert_eq!(
        all.body["value"][2]["type"],
        format!("{PROVIDER}/workspaces/onlineEndpoints")
    );
    let in_group = get(&server, "/resourceGroups/rg/resources").await;
    assert_eq!(names(&in_group), ["wks", "end"]);
    for (filter, found) in [
        (
            format!("resourceType eq '{PROVIDER}/workspaces'"),
            vec!["second", "wks"],
        ),
        ("tagName eq 'a' and tagValue eq '1'".to_owned(), vec!["end"]),
        ("resourceGroup eq 'OTHER'".to_owned(), vec!["second"]),
        (
            "substringof('k', name) or location eq 'eastus'".to_owned(),
            vec!["wks", "end"],
        ),
    ] {
        let response = get(&server, &format!("/resources?$filter={filter}")).await;
        assert_eq!(names(&response), found, "{filter}");
    }
    let odd = get(&server, "/resources?$filter=plan eq 'a'").await;
    assert_eq!(
        (odd.status, odd.code()),
        (400, "InvalidFilterInQueryString")
    );
}

#[tokio::test]
async fn tokens_are_valid_for_a_day() {
    let server = Server::new();
    let managed = ask(&server, Method::Get, "/msi/token?resource=r", None).await;
    let expires: i64 = managed.body["expires_on"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let now = arm_runtime::OffsetDateTime::now_utc().unix_timestamp();
    assert!(expires > now + 3600);
    let at = "/some-tenant/oauth2/v2.0/token";
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let issued = ask_with(&server, Method::Post, at, &headers, "a=b".to_owned()).await;
    assert_eq!(issued.body["token_type"], "Bearer");
    let at = "/some-tenant/v2.0/.well-known/openid-configuration";
    let configuration = ask(&server, Method::Get, at, None).await;
    let endpoint = configuration.body["token_endpoint"].as_str().unwrap();
    assert!(
        endpoint.ends_with("/some-tenant/oauth2/v2.0/token"),
        "{endpoint}"
    );
    let cloud = "/metadata/endpoints?api-version=2022-09-01";
    let cloud = ask(&server, Method::Get, cloud, None).await;
    assert_eq!(
        cloud.body["resourceManager"],
        "https://management.azure.com/"
    );
}

#[tokio::test]
async fn the_clock_can_be_that_of_the_computer() {
    let (server, client) = with_workspace().await;
    server.set_clock(Clock::System);
    create_workspace(&client, "rg", "late").await;
    let late = server
        .get(&format!("{}/workspaces/late", provider()))
        .unwrap();
    let created = late["systemData"]["createdAt"].as_str().unwrap();
    assert!(created > "2026" && created.len() <= 28, "{created}");
}
