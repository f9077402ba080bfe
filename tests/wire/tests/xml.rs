//! XML is never sent as JSON by mistake.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/xml/src/lib.rs"));

use arm_wire_tests::{Server, StubResponse};
use models::Thing;

const METHODS: &str = include_str!(concat!(env!("OUT_DIR"), "/xml/src/operations/things.rs"));

#[tokio::test]
async fn only_json_and_bytes_are_sent() {
    assert!(!METHODS.contains("Things_GetXml"));
    assert!(!METHODS.contains("Things_PutXml"));
    let server = Server::start([204, 204].map(StubResponse::new)).await;
    let things = WireClient::without_credential(server.options())
        .unwrap()
        .things();
    things.post(&Thing::default(), None).await.unwrap();
    assert_eq!(
        server.last().header("content-type"),
        Some("application/json")
    );
    things.upload_xml("<a/>".into(), None).await.unwrap();
    assert_eq!(
        server.last().header("content-type"),
        Some("application/xml")
    );
    assert_eq!(server.last().text(), "<a/>");
}
