//! Endpoints with several placeholders.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/hosts/src/lib.rs"));

use arm_runtime::{ArmClientOptions, Result};
use arm_wire_tests::{Server, StubResponse};

#[tokio::test]
async fn the_caller_completes_the_endpoint() -> Result<()> {
    let server = Server::start([StubResponse::new(200)]).await;
    let (host, port) = server.url()["http://".len()..].split_once(':').unwrap();
    let options = ArmClientOptions {
        endpoint: Some(WireClient::endpoint_url(
            host,
            &format!(":{port}"),
            "a b/c",
        )?),
        ..server.options()
    };
    let things = WireClient::without_credential(options)?.things();
    things.get(None).await?;
    assert_eq!(server.lines(), ["GET /a%20b%2Fc/base/things"]);
    Ok(())
}

#[test]
fn values_that_would_change_the_host_are_refused() {
    for (account, message) in [
        ("evil.example/", "accountName"),
        ("", "accountName"),
        ("a-name-of-twenty-one-x", "at most 20"),
    ] {
        let error = WireClient::endpoint_url(account, ".things.example", "t").unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }
}
