//! Bodies of all content types, and forms.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/bodies/src/lib.rs"));

use arm_runtime::FormFile;
use arm_wire_tests::{Recorded, Server, StubResponse};
use models::Thing;
use operations::{
    FormsClientSubmitOptions, FormsClientUploadOptions, ThingsClientAnalyzeBody,
    ThingsClientSayBody, ThingsClientSayOptions,
};
use serde_json::json;

async fn server() -> (Server, WireClient) {
    let server = Server::start([204; 4].map(StubResponse::new)).await;
    let client = WireClient::without_credential(server.options()).unwrap();
    (server, client)
}

fn content_type(request: &Recorded) -> &str {
    request.header("content-type").unwrap_or_default()
}

/// The caller says what the body is.
#[tokio::test]
async fn the_caller_chooses_the_content_type() {
    let (server, client) = server().await;
    let things = client.things();
    let pdf = ThingsClientAnalyzeBody::Pdf("%PDF".into());
    things.analyze(pdf, None).await.unwrap();
    assert_eq!(content_type(&server.last()), "application/pdf");
    assert_eq!(server.last().text(), "%PDF");
    let png = ThingsClientAnalyzeBody::ImageAny("image/png".to_owned(), "PNG".into());
    things.analyze(png, None).await.unwrap();
    assert_eq!(content_type(&server.last()), "image/png");
    let say = |body| {
        let options = ThingsClientSayOptions {
            input: Some(body),
            ..Default::default()
        };
        things.say(Some(options))
    };
    say(ThingsClientSayBody::TextPlain("hello".to_owned()))
        .await
        .unwrap();
    assert_eq!(
        (content_type(&server.last()), server.last().text().as_str()),
        ("text/plain", "hello")
    );
    let hello = "hello".to_owned();
    say(ThingsClientSayBody::Json((&hello).into()))
        .await
        .unwrap();
    assert_eq!(content_type(&server.last()), "application/json");
    assert_eq!(server.last().json(), json!("hello"));
}

#[tokio::test]
async fn bodies_have_the_content_type_that_is_described() {
    let (server, client) = server().await;
    let things = client.things();
    let thing = Thing {
        name: Some("a".to_owned()),
        ..Thing::default()
    };
    things.change(&thing, None).await.unwrap();
    assert_eq!(content_type(&server.last()), "application/json");
    assert_eq!(server.last().json(), json!({"name": "a"}));
    things.tell("grün", None).await.unwrap();
    assert_eq!(content_type(&server.last()), "text/plain");
    assert_eq!(server.last().text(), "grün");
    things.upload("bytes".into(), None).await.unwrap();
    assert_eq!(content_type(&server.last()), "application/octet-stream");
    assert_eq!(server.last().text(), "bytes");
}

/// Each part of a form: its headers and its content.
fn parts(request: &Recorded) -> Vec<(String, String)> {
    let (_, boundary) = content_type(request).split_once("boundary=").unwrap();
    let text = request.text();
    let parts = text
        .split(&format!("--{boundary}"))
        .map(str::to_owned)
        .collect::<Vec<_>>();
    assert_eq!(parts.last().unwrap().trim_end(), "--");
    let inner = parts[1..parts.len() - 1].iter();
    let split = inner.map(|part| {
        let (head, content) = part.trim_start().split_once("\r\n\r\n").unwrap();
        (head.replace("\r\n", "; "), content.trim_end().to_owned())
    });
    split.collect()
}

#[tokio::test]
async fn multipart_forms_hold_fields_and_files() {
    let (server, client) = server().await;
    let options = FormsClientUploadOptions {
        count: Some(2),
        tags: Some(vec!["a".to_owned(), "b".to_owned()]),
        attachment: Some(vec![
            FormFile::new("1.txt", "one"),
            FormFile::new("2.txt", "two"),
        ]),
        ..Default::default()
    };
    let picture = FormFile::new("me.png", "PNG").with_content_type("image/png");
    client
        .forms()
        .upload("Me", picture.clone(), Some(options))
        .await
        .unwrap();
    let request = server.last();
    assert!(content_type(&request).starts_with("multipart/form-data; boundary="));
    let disposition = |rest: &str| format!("Content-Disposition: form-data; name={rest}");
    let expected = [
        (disposition("\"title\""), "Me"),
        (disposition("\"count\""), "2"),
        (disposition("\"tags\""), "a"),
        (disposition("\"tags\""), "b"),
        (
            disposition("\"picture\"; filename=\"me.png\"; Content-Type: image/png"),
            "PNG",
        ),
        (disposition("\"attachment\"; filename=\"1.txt\""), "one"),
        (disposition("\"attachment\"; filename=\"2.txt\""), "two"),
    ];
    let expected = expected.map(|(head, content)| (head, content.to_owned()));
    assert_eq!(parts(&request), expected);

    let error = client
        .forms()
        .upload("much too long", picture, None)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("title"), "{error}");
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn forms_without_files_are_url_encoded() {
    let (server, client) = server().await;
    let options = FormsClientSubmitOptions {
        who: Some("ä&b=c".to_owned()),
        ..Default::default()
    };
    let scope = ["x y".to_owned(), "z".to_owned()];
    client.forms().submit(&scope, Some(options)).await.unwrap();
    let request = server.last();
    assert_eq!(content_type(&request), "application/x-www-form-urlencoded");
    assert_eq!(
        request.text(),
        "scope=x+y+z&who+%26+what=%C3%A4%26b%3Dc&grant_type=token"
    );
}
