//! Values that the description fixes.

use arm_runtime::{ArmClientOptions, Result};
use contoso_constants::{
    ConstantsClient,
    models::{Openness, State, Thing},
};
use loopback::{Answer, Server};
use serde_json::json;

fn client(server: &Server) -> Result<ConstantsClient> {
    ConstantsClient::without_credential(ArmClientOptions {
        endpoint: Some(server.url().to_owned()),
        ..ArmClientOptions::default()
    })
}

#[tokio::test]
async fn nobody_passes_what_is_fixed() -> Result<()> {
    let server = Server::start(vec![Answer::empty(200)]).await?;
    let things = client(&server)?.things();
    things.get("thing", Openness::Only, 10, None).await?;
    let request = server.requests().remove(0);
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
    let body = json!({"kind": "a b", "name": "n", "state": "new", "other": "a b"});
    let server = Server::start(vec![Answer::json(200, body)]).await?;
    let thing = Thing::new("n", State::New);
    let things = client(&server)?.things();
    let answer = things.create_or_update("thing", &thing, None).await?;
    let answer: Thing = answer.into_model()?;
    assert_eq!(
        server.requests()[0].json(),
        json!({"kind": "a b", "name": "n", "state": "new"})
    );
    assert_eq!(answer.name.as_deref(), Some("n"));
    assert!(answer.other.is_some());
    Ok(())
}
