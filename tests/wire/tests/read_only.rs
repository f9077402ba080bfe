//! What only the service sets is not sent back to it.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/read_only/src/lib.rs"));

use arm_wire_tests::{Server, StubResponse};
use serde_json::{Value, json};

/// As the service has it: what only it sets, and what nobody described.
fn whole() -> Value {
    json!({
        "id": "/things/a", "name": "a", "size": 3, "state": {"phase": "new"}, "extra": true,
        "parts": [{"id": "/things/b", "size": 1}],
    })
}

#[tokio::test]
async fn read_only_members_are_left_out_of_put_and_patch() {
    let server = Server::start((0..4).map(|_| StubResponse::new(200).json(&whole()))).await;
    let things = WireClient::without_credential(server.options())
        .unwrap()
        .things();
    let thing = things.get(None).await.unwrap().into_model().unwrap();
    let changeable = json!({"size": 3, "extra": true, "parts": [{"size": 1}]});
    things.put(&thing, None).await.unwrap();
    assert_eq!(server.last().json(), changeable);
    things.patch(&thing, None).await.unwrap();
    assert_eq!(server.last().json(), changeable);
    // An action may be about them, and elsewhere models are written whole.
    things.post(&thing, None).await.unwrap();
    assert_eq!(server.last().json(), whole());
    assert_eq!(arm_runtime::to_json(&thing).unwrap(), whole());
}

#[tokio::test]
async fn the_caller_may_send_them() {
    let server = Server::start((0..3).map(|_| StubResponse::new(200).json(&whole()))).await;
    let mut options = server.options();
    options.send_read_only = true;
    let things = WireClient::without_credential(options).unwrap().things();
    let thing = things.get(None).await.unwrap().into_model().unwrap();
    things.put(&thing, None).await.unwrap();
    assert_eq!(server.last().json(), whole());
    // Raw JSON is never changed.
    let server = Server::start([StubResponse::new(200).json(&whole())]).await;
    let things = WireClient::without_credential(server.options())
        .unwrap()
        .things();
    things.put(whole(), None).await.unwrap();
    assert_eq!(server.last().json(), whole());
}
