//! Values that the description fixes.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/constants/src/lib.rs"));

use arm_runtime::Result;
use arm_wire_tests::{Server, StubResponse};
use models::{Openness, State, Thing};
use serde_json::json;

fn client(server: &Server) -> Result<WireClient> {
    WireClient::without_credential(server.options())
}

#[tokio::test]
async fn nobody_passes_what_is_fixed() -> Result<()> {
    let server = Server::start([StubResponse::new(200)]).await;
    let things = client(&server)?.things();
    things.get("thing", Openness::Only, 10, None).await?;
    let request = server.last();
    assert_eq!(
        request.line,
        "GET /providers/Contoso.Test/a%20b//by/name/things/thing?api-version=v1\
         &open=only&limit=10&flags=a&b=c%20d&kind=a%20b&number=7&always=true&since=2020-01-01"
    );
    assert_eq!(request.header("x-ms-kind"), Some("a b"));
    Ok(())
}

#[tokio::test]
async fn members_that_are_fixed_are_sent() -> Result<()> {
    let body = json!({
        "kind": "a b", "name": "n", "state": "new", "other": "a b", "always": "so", "perhaps": "not",
    });
    let server = Server::start([StubResponse::new(200).json(&body)]).await;
    let thing = Thing::new("n", State::New);
    let things = client(&server)?.things();
    let response = things.create_or_update("thing", &thing, None).await?;
    let response: Thing = response.into_model()?;
    assert_eq!(
        server.last().json(),
        json!({"kind": "a b", "name": "n", "state": "new", "always": "so"})
    );
    assert_eq!(response.name.as_deref(), Some("n"));
    assert!(response.other.is_some());
    assert_eq!(response.perhaps.unwrap().as_str(), "not");
    Ok(())
}
