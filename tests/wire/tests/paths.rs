//! Paths that differ in their query, and paths that are links.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/paths/src/lib.rs"));

use arm_runtime::Result;
use arm_wire_tests::{Server, StubResponse};
use operations::{ThingsClient, ThingsClientFollowOptions};

fn client(server: &Server) -> Result<ThingsClient> {
    Ok(WireClient::without_credential(server.options())?.things())
}

#[tokio::test]
async fn a_path_has_a_query_of_its_own() -> Result<()> {
    let server = Server::start([StubResponse::new(200), StubResponse::new(200)]).await;
    let things = client(&server)?;
    things.list(None).await?;
    things.list_tags("a&b", None).await?;
    assert_eq!(
        server.lines(),
        [
            "GET /base/things?api-version=v1",
            "GET /base/things?api-version=v1&id=a%26b&comp=tags",
        ]
    );
    Ok(())
}

/// The link has precedence over what the description fixes.
#[tokio::test]
async fn a_path_may_be_a_link() -> Result<()> {
    let server = Server::start((0..4).map(|_| StubResponse::new(200))).await;
    let things = client(&server)?;
    let options = ThingsClientFollowOptions {
        size: Some(5),
        ..ThingsClientFollowOptions::default()
    };
    let link = format!("{}/a/b?page=2&detail=few#top", server.url());
    things.follow(&link, Some(options)).await?;
    things.follow("/a?API-Version=v0", None).await?;
    things.follow("a%20b", None).await?;
    assert_eq!(
        server.lines(),
        [
            "GET /a/b?page=2&detail=few&api-version=v1&size=5",
            "GET /a?API-Version=v0&detail=all",
            "GET /a%20b?api-version=v1&detail=all",
        ]
    );
    for link in [
        "https://evil.example/a",
        "//evil.example/a",
        "http://user@127.0.0.1/",
    ] {
        let error = things.follow(link, None).await.unwrap_err();
        assert!(error.to_string().contains("nextLink"), "{link}: {error}");
    }
    assert_eq!(server.lines().len(), 3);
    Ok(())
}
