//! IDs of requests that callers choose.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/request_ids/src/lib.rs"));

use arm_runtime::{ClientMethodOptions, Context, Result};
use arm_wire_tests::{Server, StubResponse};
use azure_core::http::request::options::ClientRequestId;
use operations::{ThingsClientDeleteOptions, ThingsClientGetOptions};

const GIVEN: &str = "not even a UUID";

#[tokio::test]
async fn given_ids_are_sent_as_given() -> Result<()> {
    let server = Server::start(vec![StubResponse::new(200); 3]).await;
    let client = WireClient::without_credential(server.options())?;
    let declared = ThingsClientGetOptions {
        x_ms_client_request_id: Some(GIVEN.to_owned()),
        ..Default::default()
    };
    client.things().get(Some(declared)).await?;
    let context = Context::new().with_value(ClientRequestId::new(GIVEN));
    let in_context = ThingsClientDeleteOptions {
        method_options: ClientMethodOptions { context },
    };
    client.things().delete(Some(in_context)).await?;
    client.things().get(None).await?;
    let requests = server.requests();
    let ids = requests
        .iter()
        .map(|one| one.header("x-ms-client-request-id"));
    let ids: Vec<&str> = ids.flatten().collect();
    assert_eq!(ids[..2], [GIVEN, GIVEN]);
    assert!(ids[2] != GIVEN && ids[2].len() == 36, "{}", ids[2]);
    Ok(())
}
