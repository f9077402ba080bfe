//! Responses that depend on status and content type.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

include!(concat!(env!("OUT_DIR"), "/responses/src/lib.rs"));

use arm_runtime::{ArmErrorExt as _, StatusCode};
use arm_wire_tests::{Server, StubResponse, fast};
use models::{Conflict, Problem, Receipt};
use operations::{ThingsClient, ThingsClientPutResponse};
use serde_json::json;

fn client(server: &Server) -> ThingsClient {
    WireClient::without_credential(server.options())
        .unwrap()
        .things()
}

#[tokio::test]
async fn a_response_may_have_a_body_or_none() {
    let server = Server::start([
        StubResponse::new(200).json(&json!({"name": "a"})),
        StubResponse::new(204),
    ])
    .await;
    let things = client(&server);
    let found = things.get(None).await.unwrap().into_model().unwrap();
    assert_eq!(found.unwrap().name.as_deref(), Some("a"));
    let response = things.get(None).await.unwrap();
    assert_eq!(response.status(), StatusCode::NoContent);
    assert!(response.into_model().unwrap().is_none());
}

#[tokio::test]
async fn models_differ_by_status() {
    let server = Server::start([
        StubResponse::new(200).json(&json!({"name": "a"})),
        StubResponse::new(201).json(&json!({"number": 7})),
        StubResponse::new(202),
        StubResponse::new(201).json(&json!({"number": "seven"})),
    ])
    .await;
    let things = client(&server);
    let response = things.put(None).await.unwrap().into_model().unwrap();
    assert!(
        matches!(response, ThingsClientPutResponse::Ok(thing) if thing.name.as_deref() == Some("a"))
    );
    let response = things.put(None).await.unwrap();
    assert_eq!(response.status(), StatusCode::Created);
    let response = response.into_model().unwrap();
    assert!(matches!(
        response,
        ThingsClientPutResponse::Created(Receipt {
            number: Some(7),
            ..
        })
    ));
    let response = things.put(None).await.unwrap().into_model().unwrap();
    assert!(matches!(response, ThingsClientPutResponse::Accepted));
    let error = things.put(None).await.unwrap().into_model().unwrap_err();
    assert!(error.to_string().contains("Things_Put"), "{error}");
}

/// Models of errors are read from the error; the members of ARM errors are read for all errors.
#[tokio::test]
async fn errors_have_models() {
    let server = Server::start([
        StubResponse::new(409).json(&json!({"code": "Blocked", "blockedBy": ["b"]})),
        StubResponse::new(500).json(&json!({"reason": "tired"})),
        StubResponse::new(404).json(&json!({"error": {"code": "NotFound", "message": "No."}})),
    ])
    .await;
    let mut options = server.options();
    options.client_options.retry = azure_core::http::RetryOptions::none();
    let things = WireClient::without_credential(options).unwrap().things();
    let error = things.put(None).await.unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("Blocked"));
    let conflict: Conflict = error.error_model().unwrap().unwrap();
    assert_eq!(conflict.blocked_by.unwrap(), ["b"]);
    let error = things.put(None).await.unwrap_err();
    let problem: Problem = error.error_model().unwrap().unwrap();
    assert_eq!(problem.reason.as_deref(), Some("tired"));
    let error = things.put(None).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.arm().unwrap().message(), Some("No."));
}

/// HEAD: 2xx is true; 404 is false only if the description declares it.
#[tokio::test]
async fn the_status_says_whether_a_resource_exists() {
    let server = Server::start([200, 204, 404, 403, 200, 404].map(StubResponse::new)).await;
    let things = client(&server);
    assert!(things.exists(None).await.unwrap());
    assert!(things.exists(None).await.unwrap());
    assert!(!things.exists(None).await.unwrap());
    assert_eq!(
        things.exists(None).await.unwrap_err().arm().unwrap().status,
        403
    );
    assert!(things.check(None).await.unwrap());
    assert!(things.check(None).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn long_running_operations_keep_their_result() {
    let accepted = || StubResponse::new(202).header("location", "{base}/status");
    let receipt = || StubResponse::new(200).json(&json!({"number": 7}));
    let server = Server::start([
        accepted(),
        receipt(),
        accepted(),
        StubResponse::new(204),
        accepted(),
        receipt(),
    ])
    .await;
    let things = client(&server);
    let delete = || things.begin_delete(Some(fast().into())).unwrap();
    let receipt = delete().await.unwrap().into_model().unwrap();
    assert_eq!(receipt.unwrap().number, Some(7));
    assert!(delete().await.unwrap().into_model().unwrap().is_none());
    let build = things.begin_build(Some(fast().into())).unwrap();
    assert_eq!(build.await.unwrap().into_model().unwrap().number, Some(7));
}

#[tokio::test]
async fn a_described_redirection_is_a_response_with_headers() {
    let server = Server::start([StubResponse::new(303)
        .header("location", "/there")
        .body("text/html", b"<a/>")])
    .await;
    let response = client(&server).move_(None).await.unwrap();
    assert_eq!(response.status(), 303);
    assert_eq!(response.location().unwrap().as_deref(), Some("/there"));
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn bodies_may_be_text_or_bytes() {
    let server = Server::start([
        StubResponse::new(200).body("text/plain; charset=utf-8", "grün".as_bytes()),
        StubResponse::new(200).body("image/png", b"\x89PNG"),
    ])
    .await;
    let things = client(&server);
    let text = things.text(None).await.unwrap().into_model().unwrap();
    assert_eq!(text, "grün");
    assert_eq!(server.last().header("accept"), Some("text/plain"));
    let picture = things.download(None).await.unwrap().into_body();
    assert_eq!(picture.collect().await.unwrap().as_ref(), b"\x89PNG");
    assert_eq!(server.last().header("accept"), Some("image/png"));
}
