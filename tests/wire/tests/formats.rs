//! Dates, times, durations, bytes and numbers as parameters, as whole bodies and in them.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::too_many_arguments, reason = "one operation has each format")]

include!(concat!(env!("OUT_DIR"), "/formats/src/lib.rs"));

use arm_runtime::{
    Base64, Base64Url, Date, IsoDuration, OffsetDateTime, Result, Rfc1123, UnixTime, Uuid,
};
use arm_wire_tests::{Server, StubResponse};
use models::{Level, Values};
use operations::TimesClientPutOptions;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const TIME: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;
const ID: Uuid = Uuid::from_u128(0x6ba7b810_9dad_11d1_80b4_00c04fd430c8);

fn client(server: &Server) -> Result<WireClient> {
    WireClient::without_credential(server.options())
}

async fn put(values: &Values, response: Value) -> Result<(String, Value, Values)> {
    let server = Server::start([StubResponse::new(200).json(&response)]).await;
    let day: Date = TIME.date();
    let bytes = Base64::from(&[0xfb_u8, 0xff][..]);
    let client = client(&server)?.values();
    let done = client.create_or_update(
        day,
        day,
        ID,
        IsoDuration::from("PT5M"),
        UnixTime(TIME),
        Rfc1123(TIME),
        bytes,
        Level::UnknownValue(3),
        values,
        None,
    );
    let response = done.await?.into_model()?;
    let request = server.last();
    assert_eq!(
        request.header("x-ms-before"),
        Some("Thu, 01 Jan 1970 00:00:00 GMT")
    );
    assert_eq!(request.header("x-ms-hash"), Some("+/8="));
    Ok((request.line.clone(), request.json(), response))
}

#[tokio::test]
async fn values_are_written_by_their_formats() -> Result<()> {
    let mut values = Values::new(TIME.date());
    values.changed = Some(Rfc1123(TIME));
    values.seen = Some(UnixTime(TIME));
    values.hash = Some(Base64Url(vec![0xfb, 0xff]));
    values.content = Some(Base64(vec![0xfb, 0xff]));
    values.id = Some(ID);
    values.wait = Some(IsoDuration::from("PT2H"));
    values.level = Some(Level::V2);
    let (line, sent, _) = put(&values, json!({})).await?;
    assert_eq!(
        line,
        "PUT /providers/Contoso.Test/values/1970-01-01?api-version=v1&start=1970-01-01\
         &id=6ba7b810-9dad-11d1-80b4-00c04fd430c8&keep=PT5M&at=0&level=3&since=2020-01-01T00%3A00%3A00Z"
    );
    assert_eq!(
        sent,
        json!({
            "birthday": "1970-01-01",
            "changed": "Thu, 01 Jan 1970 00:00:00 GMT",
            "seen": 0,
            "hash": "-_8",
            "content": "+/8=",
            "wait": "PT2H",
            "level": 2,
            "id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        })
    );
    Ok(())
}

#[tokio::test]
async fn values_of_a_format_are_read_whatever_is_listed() -> Result<()> {
    let response = json!({
        "birthday": "1999-12-31",
        "anniversaries": ["2000-12-31"],
        "changed": "thu, 01 JAN 1970 00:00:00 gmt",
        "seen": 86400,
        "hash": "-_8=",
        "content": "+/8",
        "wait": "P1D",
        "level": 9,
        "id": "6BA7B810-9DAD-11D1-80B4-00C04FD430C8",
        "time": "13:45:30.123+02:00",
        "price": 12345678.9012,
        "ids": ["00000000-0000-0000-0000-000000000000"],
        "ratio": 0.25,
    });
    let (_, _, values) = put(&Values::new(TIME.date()), response).await?;
    assert_eq!(values.birthday.map(|day| day.year()), Some(1999));
    assert_eq!(values.anniversaries.map(|all| all.len()), Some(1));
    assert_eq!(values.changed, Some(Rfc1123(TIME)));
    assert_eq!(values.seen.map(|time| time.0.unix_timestamp()), Some(86400));
    assert_eq!(values.hash, Some(Base64Url(vec![0xfb, 0xff])));
    assert_eq!(values.content, Some(Base64(vec![0xfb, 0xff])));
    assert_eq!(values.wait, Some(IsoDuration::from("P1D")));
    assert_eq!(values.level, Some(Level::UnknownValue(9)));
    assert_eq!(values.id, Some(ID));
    assert_eq!(values.ids, Some(vec![Uuid::nil()]));
    assert_eq!(values.time.as_deref(), Some("13:45:30.123+02:00"));
    assert_eq!(values.price, Some(12_345_678.901_2));
    assert_eq!(values.ratio, Some(0.25));
    Ok(())
}

#[tokio::test]
async fn whole_bodies_are_as_members_are() -> Result<()> {
    let day: Date = TIME.date();
    let responses = [
        StubResponse::new(200).json(&json!("2024-02-29")),
        StubResponse::new(200).json(&json!(["2024-02-29", null])),
        StubResponse::new(200).json(&json!({"a": "2024-02-29T00:00:00+01:00"})),
    ];
    let server = Server::start(responses).await;
    let client = client(&server)?;
    let response = client.day().put(day, None).await?.into_model()?;
    assert_eq!((response.year(), response.ordinal()), (2024, 60));
    let response = client
        .days()
        .put(vec![day, day], None)
        .await?
        .into_model()?;
    assert_eq!(response[0].ordinal(), 60);
    let times = BTreeMap::from([("a".to_owned(), Rfc1123(TIME))]);
    let options = TimesClientPutOptions {
        body: Some(times.into()),
        ..Default::default()
    };
    let response = client.times().put(Some(options)).await?.into_model()?;
    assert_eq!(response["a"].unix_timestamp(), 1_709_161_200);
    let bodies: Vec<Value> = server.requests().iter().map(|one| one.json()).collect();
    assert_eq!(
        bodies,
        [
            json!("1970-01-01"),
            json!(["1970-01-01", "1970-01-01"]),
            json!({"a": "Thu, 01 Jan 1970 00:00:00 GMT"}),
        ]
    );
    Ok(())
}
