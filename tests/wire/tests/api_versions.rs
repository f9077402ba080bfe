//! The API version of each operation.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/api_versions/src/lib.rs"));

use arm_runtime::{ArmClientOptions, Result, TryStreamExt};
use arm_wire_tests::{Server, StubResponse};
use operations::FreeClientListOptions;
use serde_json::json;

async fn versions(api_version: Option<&str>) -> Result<Vec<String>> {
    let server = Server::start(vec![StubResponse::new(200); 6]).await;
    let client = WireClient::without_credential(ArmClientOptions {
        api_version: api_version.map(str::to_owned),
        ..server.options()
    })?;
    client.usual().get(None).await?;
    client.same().get(None).await?;
    client.fixed().get(None).await?;
    client.referred().get(None).await?;
    client.own().get(None).await?;
    client.both().get(None).await?;
    let lines = server.lines();
    let queries = lines.iter().filter_map(|line| line.split_once('?'));
    Ok(queries.map(|(_, query)| query.to_owned()).collect())
}

#[tokio::test]
async fn each_operation_has_its_own() -> Result<()> {
    let expected = ["v1", "v1", "2015-11-01", "2014-04-01", "v0", "2015-11-01"];
    let expected = expected.map(|version| format!("api-version={version}"));
    assert_eq!(versions(None).await?, expected);
    Ok(())
}

#[tokio::test]
async fn the_option_of_the_client_wins() -> Result<()> {
    let expected = vec!["api-version=v2"; 6];
    assert_eq!(versions(Some("v2")).await?, expected);
    Ok(())
}

#[tokio::test]
async fn operations_without_one_send_none() -> Result<()> {
    let page = json!({"value": ["a"], "nextLink": "/providers/Contoso.Test/free?page=2"});
    let last = json!({"value": ["b"]});
    let responses = [
        StubResponse::new(200).json(&page),
        StubResponse::new(200).json(&last),
        StubResponse::new(200).json(&last),
    ];
    let server = Server::start(responses).await;
    let client = WireClient::without_credential(server.options())?;
    let items: Vec<String> = client.free().list(None)?.try_collect().await?;
    assert_eq!(items, ["a", "b"]);
    let options = FreeClientListOptions {
        filter: Some("a b".to_owned()),
        ..Default::default()
    };
    let items: Vec<String> = client.free().list(Some(options))?.try_collect().await?;
    assert_eq!(items, ["b"]);
    assert_eq!(
        server.lines(),
        [
            "GET /providers/Contoso.Test/free",
            "GET /providers/Contoso.Test/free?page=2",
            "GET /providers/Contoso.Test/free?filter=a%20b",
        ]
    );
    Ok(())
}
