//! Headers of responses, each of the type that its operation describes.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/response_headers/src/lib.rs"));

use arm_runtime::{Base64, IsoDuration, OffsetDateTime, Result, Rfc1123, UnixTime};
use arm_wire_tests::{Server, StubResponse};

const TIME: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

async fn server<const N: usize>(headers: [(&'static str, &'static str); N]) -> Server {
    let response = headers
        .into_iter()
        .fold(StubResponse::new(200), |response, (name, value)| {
            response.header(name, value)
        });
    Server::start([response]).await
}

fn client(server: &Server) -> Result<WireClient> {
    WireClient::without_credential(server.options())
}

#[tokio::test]
async fn values_are_read_by_their_formats() -> Result<()> {
    let server = server([
        ("Last-Modified", "thu, 01 jan 1970 00:00:00 GMT"),
        ("x-ms-created", "1970-01-01T00:00:00Z"),
        ("x-ms-expires", "0"),
        ("x-ms-day", "1970-01-01"),
        ("x-ms-wait", "PT5M"),
        ("Content-MD5", "+/8="),
        ("x-ms-cached", "true"),
        ("x-ms-size", "4294967296"),
    ])
    .await;
    let response = client(&server)?.things().get("a", None).await?;
    assert_eq!(response.last_modified()?, Some(Rfc1123(TIME)));
    assert_eq!(response.created()?, Some(TIME));
    assert_eq!(response.expires()?, Some(UnixTime(TIME)));
    assert_eq!(response.day()?, Some(TIME.date()));
    assert_eq!(response.wait()?, Some(IsoDuration::from("PT5M")));
    assert_eq!(response.content_md5()?, Some(Base64(vec![0xfb, 0xff])));
    assert_eq!(response.cached()?, Some(true));
    assert_eq!(
        ThingsClientGetHeaders::size(&response)?,
        Some(4_294_967_296)
    );
    Ok(())
}

#[tokio::test]
async fn one_header_has_another_type_elsewhere() -> Result<()> {
    let server_of_text = server([("x-ms-size", "large"), ("x-ms-mixed", "7")]).await;
    let things = client(&server_of_text)?.things();
    let response = things.create_or_update("a", None).await?;
    let size = ThingsClientCreateOrUpdateHeaders::size(&response)?;
    assert_eq!(size.as_deref(), Some("large"));
    let mixed: Option<i32> = ThingsClientCreateOrUpdateHeaders::mixed(&response)?;
    assert_eq!(mixed, Some(7));
    let error = ThingsClientGetHeaders::size(&response).unwrap_err();
    assert!(error.to_string().contains("x-ms-size"), "{error}");

    let server = server([("x-ms-mixed", "true")]).await;
    let response = client(&server)?.things().delete("a", None).await?;
    let mixed = ThingsClientDeleteHeaders::mixed(&response)?;
    assert_eq!(mixed.as_deref(), Some("true"));
    Ok(())
}

#[tokio::test]
async fn values_of_enums_are_typed() -> Result<()> {
    let headers = [
        ("x-ms-tier", "cool"),
        ("x-ms-lock", "off"),
        ("x-ms-level", "2"),
    ];
    let server_of_known = server(headers).await;
    let response = client(&server_of_known)?.things().get("a", None).await?;
    assert_eq!(response.tier()?, Some(models::Tier::Cool));
    assert_eq!(response.lock()?, Some(models::Lock::Off));
    assert_eq!(response.level()?.map(|level| level.value()), Some(2));

    let headers = [
        ("x-ms-tier", "warm"),
        ("x-ms-lock", "ajar"),
        ("x-ms-level", "3"),
    ];
    let server_of_unknown = server(headers).await;
    let response = client(&server_of_unknown)?.things().get("a", None).await?;
    assert_eq!(response.tier()?.unwrap().as_str(), "warm");
    for error in [response.lock().unwrap_err(), response.level().unwrap_err()] {
        assert!(error.to_string().contains("x-ms-l"), "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn headers_with_a_prefix_are_a_map() -> Result<()> {
    let headers = [
        ("x-ms-meta-Owner", "me"),
        ("X-Ms-Meta-two", "2"),
        ("x-ms-meta", "no"),
    ];
    let server = server(headers).await;
    let response = client(&server)?.things().get("a", None).await?;
    let meta: Vec<_> = response.meta().into_iter().collect();
    let expected = [("owner", "me"), ("two", "2")];
    assert_eq!(
        meta,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    Ok(())
}
