//! Redirects, which clients without a credential follow if their options say so.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/redirects/src/lib.rs"));

use arm_runtime::{ArmClientOptions, ArmErrorExt as _, Error, Result, TokenCredential};
use arm_wire_tests::{Server, StubResponse};
use models::Thing;
use operations::ThingsClient;
use serde_json::json;
use std::sync::Arc;

fn client(server: &Server) -> Result<ThingsClient> {
    let options = ArmClientOptions {
        follow_redirects: true,
        ..server.options()
    };
    Ok(WireClient::without_credential(options)?.things())
}

fn to(status: u16, location: &'static str) -> StubResponse {
    StubResponse::new(status).header("location", location)
}

fn thing() -> StubResponse {
    StubResponse::new(200).json(&json!({"name": "a"}))
}

/// The error of a GET, and how many requests were sent.
async fn refusal(replies: impl IntoIterator<Item = StubResponse>) -> Result<(Error, usize)> {
    let server = Server::start(replies).await;
    let error = client(&server)?.get(None).await.unwrap_err();
    Ok((error, server.lines().len()))
}

#[tokio::test]
async fn redirects_within_a_host_are_followed() -> Result<()> {
    let replies = [
        to(301, "/b?x=1"),
        to(302, "c"),
        to(307, "{base}/d"),
        to(308, "/e#part"),
        thing(),
    ];
    let server = Server::start(replies).await;
    let found = client(&server)?.get(None).await?.into_model()?;
    assert_eq!(found.name.as_deref(), Some("a"));
    assert_eq!(
        server.lines(),
        ["GET /things", "GET /b?x=1", "GET /c", "GET /d", "GET /e"]
    );

    let server = Server::start([to(302, "/b"), StubResponse::new(204)]).await;
    assert!(client(&server)?.exists(None).await?);
    assert_eq!(server.lines(), ["HEAD /things", "HEAD /b"]);

    let server = Server::start([to(302, "/b"), StubResponse::new(200).body("a/b", b"file")]).await;
    let body = client(&server)?.download(None).await?.into_body();
    assert_eq!(body.collect().await?.as_ref(), b"file");
    Ok(())
}

#[tokio::test]
async fn redirects_to_other_places_are_refused() -> Result<()> {
    for (location, place) in [
        ("http://other.example/b", "http://other.example"),
        ("//other.example/b", "http://other.example"),
        ("http://127.0.0.1:1/b", "http://127.0.0.1:1"),
        ("https://127.0.0.1/b", "https://127.0.0.1"),
        ("http://user@other.example/", "(user name)@other.example"),
        ("file:///etc/passwd", "file://"),
        ("http://[", "not a URL"),
    ] {
        let (error, sent) = refusal([to(302, location)]).await?;
        assert!(error.to_string().contains(place), "{location}: {error}");
        assert_eq!(sent, 1, "{location}");
    }
    Ok(())
}

#[tokio::test]
async fn the_number_of_redirects_is_limited() -> Result<()> {
    let (error, sent) = refusal((0..20).map(|_| to(302, "/things"))).await?;
    assert!(error.to_string().contains("limit"), "{error}");
    assert_eq!(sent, 11);
    Ok(())
}

/// Without the option, for other methods and statuses, and without a `Location`, a redirect is an
/// unexpected status; where the description lists it, it is a response.
#[tokio::test]
async fn other_redirects_are_not_followed() -> Result<()> {
    let server = Server::start([
        to(302, "/b"),
        to(302, "/b"),
        to(303, "/b"),
        StubResponse::new(302),
    ])
    .await;
    let things = WireClient::without_credential(server.options())?.things();
    let error = things.get(None).await.unwrap_err();
    assert_eq!(error.arm().unwrap().status, 302);
    let things = client(&server)?;
    assert_eq!(
        things.put(None).await.unwrap_err().arm().unwrap().status,
        302
    );
    assert_eq!(
        things.get(None).await.unwrap_err().arm().unwrap().status,
        303
    );
    assert_eq!(
        things.get(None).await.unwrap_err().arm().unwrap().status,
        302
    );
    assert_eq!(server.lines().len(), 4);

    let server = Server::start([to(302, "/b")]).await;
    let found = client(&server)?.find(None).await?;
    assert_eq!(found.status(), 302);
    assert_eq!(found.location()?.as_deref(), Some("/b"));
    assert_eq!(server.lines().len(), 1);
    Ok(())
}

#[derive(Debug)]
struct Never;

#[async_trait::async_trait]
impl TokenCredential for Never {
    async fn get_token(
        &self,
        _scopes: &[&str],
        _options: Option<azure_core::credentials::TokenRequestOptions<'_>>,
    ) -> Result<azure_core::credentials::AccessToken> {
        unreachable!("no client is made")
    }
}

#[test]
fn a_client_with_a_credential_does_not_take_the_option() {
    let options = ArmClientOptions {
        follow_redirects: true,
        ..ArmClientOptions::default()
    };
    let error = WireClient::new(Arc::new(Never), Some(options)).unwrap_err();
    assert!(error.to_string().contains("follow_redirects"), "{error}");
}
