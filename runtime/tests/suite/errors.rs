//! Errors as messages and as types.

use crate::{
    common::{client, scope},
    support::{Server, StubResponse},
};
use arm_runtime::{ArmErrorExt, Error, ErrorKind};
use azure_core::error::ErrorResponse;
use serde_json::{Value, json};

/// Returns the error of a GET that gets this response.
async fn error(response: StubResponse) -> Error {
    let server = Server::script([response]).await;
    let scope = scope(&server);
    let call = scope.get("Things_Get", "/things");
    call.send::<Value>(&[200], None).await.unwrap_err()
}

fn full() -> Value {
    json!({"error": {
        "code": "InvalidTemplate", "message": "Two things are wrong.", "target": "template",
        "details": [
            {"code": "BadSku", "message": "No such SKU.", "target": "sku",
                "details": [{"code": "Hint", "message": "Try S1."}]},
            {"code": "BadName"}],
        "additionalInfo": [{"type": "PolicyViolation", "info": {"policy": "p1"}}]}})
}

#[tokio::test]
async fn an_error_is_typed() {
    let response = StubResponse::new(400)
        .header("x-ms-request-id", "r-1")
        .header("x-ms-correlation-request-id", "c-1")
        .json(full());
    let error = error(response).await;
    let arm = error.arm().unwrap();
    assert_eq!(arm.operation, "Things_Get");
    assert_eq!(u16::from(arm.status), 400);
    assert_eq!(arm.code(), Some("InvalidTemplate"));
    assert_eq!(arm.message(), Some("Two things are wrong."));
    assert_eq!(arm.target(), Some("template"));
    assert_eq!(arm.details().len(), 2);
    assert_eq!(arm.details()[0].details[0].code.as_deref(), Some("Hint"));
    let info = &arm.error.additional_info[0];
    assert_eq!(info.kind.as_deref(), Some("PolicyViolation"));
    assert_eq!(info.info, json!({"policy": "p1"}));
    assert_eq!(arm.request_id.as_deref(), Some("r-1"));
    assert_eq!(arm.correlation_id.as_deref(), Some("c-1"));
}

#[tokio::test]
async fn an_error_is_readable() {
    let response = StubResponse::new(400)
        .header("x-ms-request-id", "r-1")
        .json(full());
    assert_eq!(
        error(response).await.to_string(),
        "Things_Get: the service returned 400 Bad Request: InvalidTemplate: Two things are wrong. \
         (target: template)\
         \n  - BadSku: No such SKU. (target: sku)\
         \n    - Hint: Try S1.\
         \n  - BadName [x-ms-request-id: r-1]"
    );
}

#[tokio::test]
async fn common_errors_are_distinguished() {
    for (status, expected) in [
        (404, [true, false, false]),
        (409, [false, true, false]),
        (429, [false, false, true]),
        (400, [false; 3]),
    ] {
        let server = Server::respond(move |_| StubResponse::new(status)).await;
        let scope = scope(&server);
        let call = scope.get("Things_Get", "/things");
        let error = call.send::<Value>(&[200], None).await.unwrap_err();
        let found = [
            error.is_not_found(),
            error.is_conflict(),
            error.is_throttled(),
        ];
        assert_eq!(found, expected, "{status}");
    }
    let other = Error::with_message(ErrorKind::Other, "the service has not responded");
    assert!(!other.is_not_found() && !other.is_conflict() && !other.is_throttled());
}

#[tokio::test]
async fn an_error_is_one_of_azure_core() {
    let error =
        error(StubResponse::new(404).json(json!({"error": {"code": "ResourceNotFound"}}))).await;
    assert_eq!(error.http_status().map(u16::from), Some(404));
    match error.kind() {
        ErrorKind::HttpResponse {
            error_code,
            raw_response,
            ..
        } => {
            assert_eq!(error_code.as_deref(), Some("ResourceNotFound"));
            assert!(raw_response.is_some());
        }
        other => panic!("not {other:?}"),
    }
    let response = ErrorResponse::try_from(error).unwrap();
    assert_eq!(
        response.error.unwrap().code.as_deref(),
        Some("ResourceNotFound")
    );
}

#[tokio::test]
async fn an_error_is_found_among_causes() {
    let error = error(StubResponse::new(404).json(json!({"error": {"code": "A"}}))).await;
    let wrapped = error.with_context("while doing something else");
    assert_eq!(wrapped.arm().unwrap().code(), Some("A"));
    assert!(Error::with_message(ErrorKind::Other, "x").arm().is_none());
}

#[tokio::test]
async fn errors_of_other_shapes_are_read() {
    let cases = [
        (
            json!({"code": "Flat", "message": "m"}),
            Some("Flat"),
            Some("m"),
        ),
        (
            json!({"Code": "Capital", "Message": "M"}),
            Some("Capital"),
            Some("M"),
        ),
        (
            json!({"error": {"code": 17, "message": null, "details": "x"}}),
            Some("17"),
            None,
        ),
        (json!({"error": "text"}), None, None),
        (
            json!({"error": null, "properties": {"error": {"code": "Inner"}}}),
            Some("Inner"),
            None,
        ),
        (json!({}), None, None),
        (json!([1]), None, Some("[1]")),
    ];
    for (body, code, message) in cases {
        let error = error(StubResponse::new(400).json(body.clone())).await;
        let arm = error.arm().unwrap();
        assert_eq!((arm.code(), arm.message()), (code, message), "{body}");
    }
}

#[tokio::test]
async fn an_error_body_that_is_not_json_is_shown_shortened() {
    let error = error(StubResponse::new(502).text(
        "text/html",
        &format!("<h1>Bad\n\u{1b}[31m</h1>{}", "x".repeat(5000)),
    ))
    .await;
    let text = error.to_string();
    assert!(
        text.contains("502 Bad Gateway") && text.contains("<h1>Bad"),
        "{text}"
    );
    assert!(
        !text.contains(['\n', '\u{1b}']) && text.len() < 500,
        "{text}"
    );
}

#[tokio::test]
async fn an_error_without_a_body_has_the_headers_code() {
    let error = error(StubResponse::new(412).header("x-ms-error-code", "ConditionNotMet")).await;
    assert_eq!(error.arm().unwrap().code(), Some("ConditionNotMet"));
    let error = self::error(StubResponse::new(500)).await;
    assert_eq!(
        error.to_string(),
        "Things_Get: the service returned 500 Internal Server Error: (no code)"
    );
}

#[tokio::test]
async fn a_success_status_outside_the_description_is_an_error() {
    let error = error(StubResponse::new(202).json(json!({})))
        .await
        .to_string();
    assert!(
        error.contains("202 Accepted, where 200 was expected"),
        "{error}"
    );
    let server = Server::script([StubResponse::new(202).json(json!({}))]).await;
    let scope = scope(&server);
    scope
        .get("Things_Get", "/things")
        .send::<Value>(&[], None)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_response_that_is_not_json_is_an_error() {
    let error = error(
        StubResponse::new(200)
            .text("text/html", "<html>Sign in</html>")
            .header("x-ms-request-id", "r"),
    )
    .await;
    let text = error.to_string();
    for part in ["Things_Get", "200 OK", "text/html", "<html>Sign in", "r]"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(matches!(error.kind(), ErrorKind::DataConversion));
    assert!(error.arm().is_none());
}

#[tokio::test]
async fn json_with_another_content_type_is_accepted() {
    for content_type in [
        "text/plain",
        "application/problem+json",
        "text/json; charset=utf-8",
    ] {
        let server =
            Server::script([StubResponse::new(200).text(content_type, " {\"a\": 1}")]).await;
        let scope = scope(&server);
        let response = scope
            .get("Things_Get", "/things")
            .send::<Value>(&[200], None)
            .await
            .unwrap();
        assert_eq!(response.into_model().unwrap(), json!({"a": 1}));
    }
}

#[tokio::test]
async fn an_error_that_nests_too_deep_is_not_read() {
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let error = error(StubResponse::new(400).text("application/json", &deep)).await;
    assert_eq!(error.arm().unwrap().code(), None);
}

#[tokio::test]
async fn an_unreachable_service_is_named() {
    let server = Server::script([]).await;
    let client = client(&server);
    let base = server.base();
    drop(server);
    tokio::task::yield_now().await;
    let root = client.root();
    let error = root
        .get("Things_Get", "/things")
        .send::<Value>(&[200], None)
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connection), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains(&format!("GET {base}/things failed: ")),
        "{text}"
    );
    assert!(!text.contains("api-version"), "{text}");
}
