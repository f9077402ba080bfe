//! Lists in path, query and header.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/collections/src/lib.rs"));

use arm_runtime::{Date, Result, model::OffsetDateTime};
use arm_wire_tests::{Recorded, Server, StubResponse};
use operations::ListsClientGetOptions;

async fn sent(options: ListsClientGetOptions<'_>) -> Result<Recorded> {
    let server = Server::start([StubResponse::new(200)]).await;
    let client = WireClient::without_credential(server.options())?;
    let names = ["a|b".to_owned(), "c".to_owned()];
    let time = OffsetDateTime::UNIX_EPOCH;
    let dates: [Date; 2] = [time.date(); 2];
    let lists = client.lists();
    lists
        .get(&names, &dates, &[time, time], Some(options))
        .await?;
    Ok(server.last())
}

#[tokio::test]
async fn lists_are_joined_as_described() -> Result<()> {
    let list = || Some(vec!["a,b".to_owned(), "c".to_owned()]);
    let request = sent(ListsClientGetOptions {
        csv: list(),
        ssv: list(),
        tsv: list(),
        pipes: list(),
        multi: list(),
        x_csv: list(),
        x_ssv: list(),
        x_tsv: list(),
        x_pipes: list(),
        ..Default::default()
    })
    .await?;
    assert_eq!(
        request.line,
        "GET /providers/Contoso.Test/lists/a%7Cb%7Cc?api-version=v1\
         &dates=1970-01-01,1970-01-01&csv=a%2Cb,c&ssv=a%2Cb%20c&tsv=a%2Cb%09c&pipes=a%2Cb%7Cc\
         &multi=a%2Cb&multi=c"
    );
    for (name, value) in [
        ("x-times", "1970-01-01T00:00:00Z|1970-01-01T00:00:00Z"),
        ("x-csv", "a,b,c"),
        ("x-ssv", "a,b c"),
        ("x-tsv", "a,b\tc"),
        ("x-pipes", "a,b|c"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn a_list_without_items_is_sent_and_no_list_is_not() -> Result<()> {
    let request = sent(ListsClientGetOptions {
        csv: Some(Vec::new()),
        multi: Some(Vec::new()),
        x_csv: Some(Vec::new()),
        ..Default::default()
    })
    .await?;
    assert!(request.line.ends_with("&csv=&multi="), "{}", request.line);
    assert_eq!(request.header("x-csv"), Some(""));
    assert_eq!(request.header("x-ssv"), None);
    Ok(())
}
