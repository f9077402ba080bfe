//! IDs of requests that callers choose.

use arm_runtime::{ArmClientOptions, ClientMethodOptions, Result};
use azure_core::http::{Context, request::options::ClientRequestId};
use contoso_request_ids::{
    RequestIdsClient,
    operations::{ThingsClientDeleteOptions, ThingsClientGetOptions},
};
use loopback::{Answer, Server};

const GIVEN: &str = "not even a UUID";

#[tokio::test]
async fn given_ids_are_sent_as_given() -> Result<()> {
    let server = Server::start(vec![Answer::empty(200); 3]).await?;
    let client = RequestIdsClient::without_credential(ArmClientOptions {
        endpoint: Some(server.url().to_owned()),
        ..ArmClientOptions::default()
    })?;
    let declared = ThingsClientGetOptions {
        x_ms_client_request_id: Some(GIVEN.to_owned()),
        ..Default::default()
    };
    client.things().get(Some(declared)).await?;
    let context = Context::new().with_value(ClientRequestId::new(GIVEN));
    let in_context = ThingsClientDeleteOptions {
        method_options: ClientMethodOptions {
            context,
            ..Default::default()
        },
    };
    client.things().delete(Some(in_context)).await?;
    client.things().get(None).await?;
    let requests = server.requests();
    let ids = requests.iter().map(|one| one.header("x-ms-client-request-id"));
    let ids: Vec<&str> = ids.flatten().collect();
    assert_eq!(ids[..2], [GIVEN, GIVEN]);
    assert!(ids[2] != GIVEN && ids[2].len() == 36, "{}", ids[2]);
    Ok(())
}
