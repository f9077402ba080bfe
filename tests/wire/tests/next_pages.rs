//! Lists whose next pages an operation of its own returns.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/next_pages/src/lib.rs"));

use arm_runtime::{ListPage, Pager, PagerOptions, Result, TryStreamExt as _};
use arm_wire_tests::{Server, StubResponse};
use models::{Query, Thing};
use operations::{ThingsClientListOptions, TokensClientListOptions};
use serde_json::json;

fn client(server: &Server) -> Result<WireClient> {
    WireClient::without_credential("s", server.options())
}

fn page(name: &str, link: &str, value: &str) -> StubResponse {
    let mut body = json!({"value": [{ "name": name }]});
    body[link] = value.into();
    StubResponse::new(200).json(&body)
}

fn last(name: &str) -> StubResponse {
    StubResponse::new(200).json(&json!({"value": [{ "name": name }]}))
}

async fn names<P>(pager: Pager<P>) -> Result<Vec<String>>
where
    P: ListPage<Item = Thing> + Send + 'static,
{
    let things: Vec<Thing> = pager.try_collect().await?;
    Ok(things.into_iter().filter_map(|thing| thing.name).collect())
}

/// The next operation has its own path, version, fixed values and codes of success; it shares the
/// rest with the first.
#[tokio::test]
async fn arguments_are_shared_by_name() -> Result<()> {
    let server = Server::start([
        page("a", "odata.nextLink", "next/2?$skiptoken=x%20y"),
        StubResponse::new(203).json(&json!({"value": [{"name": "b"}], "odata.nextLink": "next/3"})),
        last("c"),
    ])
    .await;
    let options = ThingsClientListOptions {
        filter: Some("a b".to_owned()),
        x_ms_trace: Some(vec!["1".to_owned(), "2".to_owned()]),
        ..ThingsClientListOptions::default()
    };
    let things = client(&server)?.things();
    assert_eq!(
        names(things.list("t u", Some(options))?).await?,
        ["a", "b", "c"]
    );
    assert_eq!(
        server.lines(),
        [
            "GET /tenants/t%20u/things?api-version=v1&$filter=a%20b",
            "GET /tenants/t%20u/next/2?api-version=v2&$skiptoken=x%20y&$filter=a%20b&kind=next",
            "GET /tenants/t%20u/next/3?api-version=v2&$filter=a%20b&kind=next",
        ]
    );
    let traces = server.requests();
    assert!(
        traces
            .iter()
            .all(|own| own.header("x-ms-trace") == Some("1,2"))
    );
    Ok(())
}

/// A link that is a whole URL is followed, with the parameters that it does not have.
#[tokio::test]
async fn a_link_may_be_a_url() -> Result<()> {
    let server = Server::start([
        page("a", "odata.nextLink", "{base}/elsewhere?KIND=other"),
        last("b"),
    ])
    .await;
    let things = client(&server)?.things();
    assert_eq!(names(things.list("t", None)?).await?, ["a", "b"]);
    assert_eq!(
        server.last().line,
        "GET /elsewhere?KIND=other&api-version=v2"
    );

    let server = Server::start([page("a", "odata.nextLink", "https://evil.example/x")]).await;
    let things = client(&server)?.things();
    let error = names(things.list("t", None)?).await.unwrap_err();
    assert!(error.to_string().contains("evil.example"), "{error}");
    assert_eq!(server.lines().len(), 1);
    Ok(())
}

/// An operation may return its own next pages, by a token.
#[tokio::test]
async fn a_token_is_sent_in_the_query() -> Result<()> {
    let server = Server::start([page("a", "nextToken", "t/1"), last("b"), last("c")]).await;
    let tokens = client(&server)?.tokens();
    let mut pages = tokens.list(5, None)?.into_pages();
    pages.try_next().await?;
    let continuation = pages.continuation().cloned();
    assert_eq!(
        pages
            .try_next()
            .await?
            .unwrap()
            .model()
            .value
            .as_ref()
            .unwrap()
            .len(),
        1
    );
    assert!(pages.try_next().await?.is_none());
    assert_eq!(
        server.lines(),
        [
            "GET /tokens?api-version=v1&size=5",
            "GET /tokens?api-version=v1&size=5&$nextToken=t%2F1"
        ]
    );
    // The list can be resumed from the token.
    let options = TokensClientListOptions {
        method_options: PagerOptions {
            continuation,
            ..PagerOptions::default()
        },
        ..TokensClientListOptions::default()
    };
    assert_eq!(names(tokens.list(6, Some(options))?).await?, ["c"]);
    assert_eq!(
        server.last().line,
        "GET /tokens?api-version=v1&size=6&$nextToken=t%2F1"
    );
    Ok(())
}

#[tokio::test]
async fn a_token_that_comes_twice_is_an_error() -> Result<()> {
    let same = || page("a", "nextToken", "t");
    let server = Server::start([same(), same(), same()]).await;
    let error = names(client(&server)?.tokens().list(5, None)?)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("would never end"), "{error}");
    assert_eq!(server.lines().len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_header_takes_the_token_and_the_body_is_sent_again() -> Result<()> {
    let server = Server::start([page("a", "nextToken", "t1"), last("b")]).await;
    let query = Query {
        text: Some("x".to_owned()),
        ..Query::default()
    };
    let queries = client(&server)?.queries();
    assert_eq!(names(queries.run(&query, None)?).await?, ["a", "b"]);
    let next = server.last();
    assert_eq!(next.line, "PUT /queries/next");
    assert_eq!(next.header("x-ms-continuation"), Some("t1"));
    assert_eq!(next.header("content-type"), Some("application/json"));
    assert_eq!(next.json(), json!({"text": "x"}));
    Ok(())
}

/// Where it is not clear how the other operation is called, links are followed.
#[tokio::test]
async fn links_are_followed_where_the_operation_is_unclear() -> Result<()> {
    let server = Server::start([page("a", "odata.nextLink", "/more?page=2"), last("b")]).await;
    let unclear = client(&server)?.unclear();
    assert_eq!(names(unclear.list(None)?).await?, ["a", "b"]);
    assert_eq!(server.last().line, "GET /more?page=2&api-version=v1");
    Ok(())
}

/// Names in the scope of the first operation are used outside of it.
#[tokio::test]
async fn names_of_scopes_are_shared() -> Result<()> {
    let server = Server::start([page("a", "odata.nextLink", "t=1"), last("b")]).await;
    let lids = client(&server)?.box_("my box")?.lids();
    assert_eq!(names(lids.list(None)?).await?, ["a", "b"]);
    assert_eq!(
        server.last().line,
        "GET /boxes/my%20box/parts/next?api-version=v1&token=t%3D1"
    );
    Ok(())
}

/// `{nextLink}` of `x-ms-paths` is a whole URL.
#[tokio::test]
async fn the_next_path_may_be_a_link() -> Result<()> {
    let link = "{base}/parts?page=2";
    let server = Server::start([page("a", "odata.nextLink", link), last("b")]).await;
    let parts = client(&server)?.parts();
    assert_eq!(names(parts.list("s", "b", None)?).await?, ["a", "b"]);
    assert_eq!(
        server.last().line,
        "GET /parts?page=2&api-version=v1&detail=all"
    );
    Ok(())
}
