//! Lists and their pages, at every level.

use crate::common::{
    SUBSCRIPTION, VERSION, ask, create_workspace, path, provider, versioned, with_workspace,
};
use arm_machinelearning::{fake::Server, operations::ModelVersionsClientListOptions};
use arm_runtime::Method;
use futures::{StreamExt, TryStreamExt};
use serde_json::{Value, json};

async fn with_models(count: usize) -> (Server, arm_machinelearning::MachineLearningClient) {
    let (server, client) = with_workspace().await;
    for number in 0..count {
        let at = path(&format!("/models/m{number}"));
        let properties = json!({"properties": {"description": format!("number {number}")}});
        server.seed(&at, properties).unwrap();
    }
    (server, client)
}

fn names(page: &Value) -> Vec<&str> {
    let items = page["value"].as_array().unwrap().iter();
    items.map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn subscriptions_groups_and_parents_have_lists() {
    let server = Server::new();
    server.set_page_size(2);
    let client = server.client(SUBSCRIPTION).unwrap();
    for group in ["a", "b", "c"] {
        for name in ["one", "two", "three"] {
            create_workspace(&client, group, name).await;
        }
    }
    let all = client.workspaces().list_by_subscription(None).unwrap();
    let all: Vec<_> = all.try_collect().await.unwrap();
    assert_eq!(all.len(), 9);
    let some = client
        .workspaces()
        .list_by_resource_group("b", None)
        .unwrap();
    let pages: Vec<_> = some.into_pages().collect().await;
    assert_eq!(pages.len(), 2);
    let other = server
        .client("22222222-2222-2222-2222-222222222222")
        .unwrap();
    let none = other.workspaces().list_by_subscription(None).unwrap();
    assert_eq!(none.count().await, 0);
}

#[tokio::test]
async fn deep_lists_have_pages_too() {
    let (server, client) = with_models(1).await;
    server.set_page_size(2);
    for number in 1..=5 {
        let at = path(&format!("/models/m0/versions/{number}"));
        server.seed(&at, json!({"properties": {}})).unwrap();
    }
    let model = client.workspace("rg", "wks").unwrap().model("m0").unwrap();
    let versions = model.versions();
    let all: Vec<_> = versions.list(None).unwrap().try_collect().await.unwrap();
    let found: Vec<_> = all.iter().filter_map(|one| one.name.as_deref()).collect();
    assert_eq!(found, ["1", "2", "3", "4", "5"]);
    let pages = server
        .requests()
        .iter()
        .filter(|one| one.path().ends_with("/versions"))
        .count();
    assert_eq!(pages, 3);
    let options = ModelVersionsClientListOptions {
        top: Some(3),
        ..Default::default()
    };
    let some: Vec<_> = versions
        .list(Some(options))
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(some.len(), 3);
    let models = client.workspace("rg", "wks").unwrap().models();
    let models: Vec<_> = models.list(None).unwrap().try_collect().await.unwrap();
    assert_eq!(models.len(), 1);
}

#[tokio::test]
async fn links_lead_to_the_host_of_the_request() {
    let (server, _) = with_models(3).await;
    server.set_page_size(2);
    let first = ask(&server, Method::Get, &versioned(&path("/models")), None).await;
    assert_eq!(names(&first.body), ["m0", "m1"]);
    let link = first.body["nextLink"].as_str().unwrap();
    let start = format!(
        "https://management.azure.com{}?{VERSION}&$skipToken=",
        path("/models")
    );
    assert!(link.starts_with(&start), "{link}");
    // An item that is added in between does not shift the pages.
    server
        .seed(&path("/models/m00"), json!({"properties": {}}))
        .unwrap();
    let second = ask(&server, Method::Get, link, None).await;
    assert_eq!(names(&second.body), ["m2"]);
    assert_eq!(second.body.get("nextLink"), None);
}

#[tokio::test]
async fn top_skip_and_count() {
    let (server, _) = with_models(5).await;
    let page = async |query: &str| {
        let at = format!("{}&{query}", versioned(&path("/models")));
        ask(&server, Method::Get, &at, None).await
    };
    let some = page("$skip=3").await;
    assert_eq!(names(&some.body), ["m3", "m4"]);
    let first = page("count=2&$skip=1").await;
    assert_eq!(names(&first.body), ["m1", "m2"]);
    let next = ask(
        &server,
        Method::Get,
        first.body["nextLink"].as_str().unwrap(),
        None,
    )
    .await;
    assert_eq!(names(&next.body), ["m3", "m4"]);
    assert_eq!(next.body.get("nextLink"), None);
    let top = page("$top=3&count=2").await;
    assert_eq!(names(&top.body), ["m0", "m1"]);
    let rest = ask(
        &server,
        Method::Get,
        top.body["nextLink"].as_str().unwrap(),
        None,
    )
    .await;
    assert_eq!(names(&rest.body), ["m2"]);
    assert_eq!(rest.body.get("nextLink"), None);
    assert_eq!(names(&page("$top=0").await.body), [""; 0]);
    assert_eq!(page("$top=x").await.status, 400);
    let wrong = page("$skipToken=%25").await;
    assert_eq!((wrong.status, wrong.code()), (400, "InvalidSkipToken"));
}

#[tokio::test]
async fn parameters_named_like_members_filter() {
    let (server, client) = with_workspace().await;
    for (name, kind) in [("one", "Default"), ("two", "Hub")] {
        let id = format!("{}/workspaces/{name}", provider());
        server
            .seed(
                &id,
                json!({"kind": kind, "tags": {"team": "a"}, "properties": {}}),
            )
            .unwrap();
    }
    let at = format!("{}/workspaces?{VERSION}&kind=hub", provider());
    assert_eq!(
        names(&ask(&server, Method::Get, &at, None).await.body),
        ["two"]
    );
    for (name, tags) in [
        ("aaa", json!({"x": "1"})),
        ("bbb", json!({"x": "2", "y": "1"})),
    ] {
        let body = json!({"location": "l", "tags": tags, "properties": {"authMode": "Key"}});
        server
            .seed(&path(&format!("/onlineEndpoints/{name}")), body)
            .unwrap();
    }
    let endpoints = async |query: &str| {
        let at = format!("{}&{query}", versioned(&path("/onlineEndpoints")));
        let response = ask(&server, Method::Get, &at, None).await;
        response.body["value"].as_array().unwrap().len()
    };
    assert_eq!(endpoints("tags=x").await, 2);
    assert_eq!(endpoints("tags=x=2,y").await, 1);
    assert_eq!(endpoints("name=BBB").await, 1);
    drop(client);
}

#[tokio::test]
async fn resources_that_cannot_be_put_are_samples() {
    let (server, client) = with_workspace().await;
    server.set_page_size(2);
    let usages = client.location("westeurope").unwrap().usages();
    let all: Vec<_> = usages.list(None).unwrap().try_collect().await.unwrap();
    assert_eq!(all.len(), 3);
    let empty = client.workspace("rg", "wks").unwrap().jobs();
    assert_eq!(empty.list(None).unwrap().count().await, 0);
}

#[tokio::test]
async fn the_next_page_of_a_list_by_post_is_a_get() {
    let (server, client) = with_workspace().await;
    server.set_page_size(2);
    let compute = json!({"properties": {"computeType": "AmlCompute"}});
    server.seed(&path("/computes/one"), compute).unwrap();
    let computes = client.workspace("rg", "wks").unwrap().computes();
    let nodes = computes.list_nodes("one", None).unwrap();
    assert_eq!(nodes.count().await, 3);
    let asked = server.requests();
    let methods: Vec<&str> = asked.iter().map(|one| one.method()).collect();
    assert_eq!(methods, ["POST", "GET"]);
}

#[tokio::test]
async fn archived_items_are_hidden_by_default() {
    let (server, _) = with_workspace().await;
    for (name, archived) in [("new", false), ("old", true)] {
        let body = json!({"properties": {"isArchived": archived}});
        server
            .seed(&path(&format!("/models/{name}")), body)
            .unwrap();
    }
    let list = async |view: &str| {
        let at = format!("{}{view}", versioned(&path("/models")));
        let response = ask(&server, Method::Get, &at, None).await;
        names(&response.body).join(" ")
    };
    assert_eq!(list("").await, "new");
    assert_eq!(list("&listViewType=ActiveOnly").await, "new");
    assert_eq!(list("&listViewType=archivedonly").await, "old");
    assert_eq!(list("&listViewType=All").await, "new old");
}
