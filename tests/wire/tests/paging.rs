//! Lists with every way of linking pages that descriptions use.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/paging/src/lib.rs"));

use arm_runtime::{ListPage, Pager, Result, TryStreamExt as _};
use arm_wire_tests::{Server, StubResponse, fast};
use models::{Thing, Things};
use operations::ThingsClient;
use serde_json::{Value, json};

fn client(server: &Server) -> ThingsClient {
    WireClient::without_credential(server.options())
        .unwrap()
        .things()
}

fn page(names: &[&str], links: &Value) -> StubResponse {
    let value: Vec<_> = names.iter().map(|name| json!({ "name": name })).collect();
    let mut body = json!({ "value": value });
    for (name, link) in links.as_object().unwrap() {
        body[name] = link.clone();
    }
    StubResponse::new(200).json(&body)
}

async fn names<P: ListPage<Item = Thing> + Send>(pager: Result<Pager<P>>) -> Vec<String> {
    let things: Vec<Thing> = pager.unwrap().try_collect().await.unwrap();
    things.into_iter().filter_map(|thing| thing.name).collect()
}

/// Operations with the same model of pages, each with its own link.
#[tokio::test]
async fn each_operation_has_its_own_next_link() {
    let both =
        json!({"nextLink": "/usual?api-version=v1", "@odata.nextLink": "/odata?api-version=v1"});
    let server = Server::start([page(&["a"], &both), page(&["b"], &json!({}))]).await;
    let things = client(&server);
    assert_eq!(names(things.list(None)).await, ["a", "b"]);
    assert_eq!(
        server.lines(),
        ["GET /things?api-version=v1", "GET /usual?api-version=v1"]
    );

    let server = Server::start([page(&["a"], &both), page(&["b"], &json!({}))]).await;
    let things = client(&server);
    assert_eq!(names(things.query(None)).await, ["a", "b"]);
    assert_eq!(
        server.lines(),
        ["POST /things?api-version=v1", "GET /odata?api-version=v1"]
    );

    let server = Server::start([page(&["a"], &both)]).await;
    let things = client(&server);
    assert_eq!(names(things.single(None)).await, ["a"]);
    assert_eq!(server.lines(), ["PUT /things?api-version=v1"]);

    let server = Server::start([page(&["a"], &both)]).await;
    let things = client(&server);
    assert_eq!(names(things.unlinked(None)).await, ["a"]);
    assert_eq!(server.lines(), ["GET /unlinked?api-version=v1"]);
}

/// A response of 204 is an empty page.
#[tokio::test]
async fn a_list_may_have_a_response_without_a_body() {
    let server = Server::start([StubResponse::new(204)]).await;
    assert!(names(client(&server).list(None)).await.is_empty());
}

/// The result of the operation is the first page; the others are requested when needed.
#[tokio::test]
async fn a_long_running_operation_returns_a_pager() {
    let script = || {
        [
            StubResponse::new(202).header("location", "{base}/status?api-version=v1"),
            StubResponse::new(202).header("location", "{base}/status?api-version=v1"),
            page(&["a"], &json!({"nextLink": "/more?page=2"})),
            page(&["b"], &json!({})),
        ]
    };
    let server = Server::start(script()).await;
    let things = client(&server);
    let poller = things.begin_search(Some(fast().into())).unwrap();
    let pager = poller.await.unwrap();
    assert_eq!(server.lines().len(), 3);
    assert_eq!(names(Ok(pager)).await, ["a", "b"]);
    assert_eq!(server.lines()[3], "GET /more?page=2&api-version=v1");

    // It can be polled, and resumed elsewhere.
    let server = Server::start(script()).await;
    let things = client(&server);
    let mut poller = things.begin_search(None).unwrap();
    poller.try_next().await.unwrap();
    let token = poller.continuation_token().unwrap().to_owned();
    drop(poller);
    let mut pages = things
        .resume_search(&token, Some(fast()))
        .unwrap()
        .await
        .unwrap()
        .into_pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.model().value.as_ref().map(Vec::len));
    }
    assert_eq!(sizes, [Some(1), Some(1)]);
}
