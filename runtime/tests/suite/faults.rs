//! Broken connections and busy services.

use crate::{
    common::{FastRetry, Numbers, SERVICE, fast, options, retrying_client, scope},
    support::{Server, StubResponse},
};
use arm_runtime::{Call, Client, ErrorKind, Pager, Parameter, Poller, Result, Scope};
use azure_core::{
    http::{ExponentialRetryOptions, RetryOptions, Transport},
    time::Duration,
};
use futures::TryStreamExt;
use serde_json::{Value, json};
use std::{error::Error as StdError, sync::Arc, time::Duration as StdDuration};

fn ok() -> StubResponse {
    StubResponse::new(200).json(json!({"x": 1}))
}

fn call<'a>(scope: &'a Scope, method: &str) -> Call<'a> {
    match method {
        "GET" => scope.get("Do", "/t"),
        "PUT" => scope.put("Do", "/t"),
        "DELETE" => scope.delete("Do", "/t"),
        "PATCH" => scope.patch("Do", "/t"),
        _ => scope.post("Do", "/t"),
    }
}

/// Returns how often a method is sent when its first response is `first`, and the result.
async fn tries(method: &str, first: StubResponse) -> (usize, Result<Value>) {
    let server = Server::script([first, ok()]).await;
    let scope = retrying_client(&server).root();
    let result = call(&scope, method).send::<Value>(&[200], None).await;
    let value = result.and_then(|response| response.into_model());
    (server.requests().len(), value)
}

#[tokio::test]
async fn idempotent_methods_are_retried() {
    for method in ["GET", "PUT", "DELETE"] {
        let half = ok().half();
        let busy = [408, 429, 500, 502, 503, 504].map(StubResponse::new);
        for first in busy.into_iter().chain([StubResponse::reset(), half]) {
            let (tries, value) = tries(method, first.clone()).await;
            assert_eq!(
                (tries, value.unwrap()),
                (2, json!({"x": 1})),
                "{method} {first:?}"
            );
        }
    }
}

#[tokio::test]
async fn other_methods_are_retried_only_without_effects() {
    for method in ["POST", "PATCH"] {
        let refused = [
            StubResponse::new(429),
            StubResponse::new(429).header("retry-after", "0"),
            StubResponse::new(503).header("retry-after-ms", "1"),
        ];
        for first in refused {
            let (tries, value) = tries(method, first.clone()).await;
            assert_eq!(
                (tries, value.unwrap()),
                (2, json!({"x": 1})),
                "{method} {first:?}"
            );
        }
        for status in [408, 500, 502, 503, 504] {
            let body = json!({"error": {"code": "Oops", "message": "Perhaps done."}});
            let (tries, value) = tries(method, StubResponse::new(status).json(body)).await;
            let error = value.unwrap_err();
            assert_eq!(
                (tries, error.http_status().map(u16::from)),
                (1, Some(status))
            );
            assert!(error.to_string().contains("Oops: Perhaps done."), "{error}");
        }
        for first in [StubResponse::reset(), ok().half()] {
            let (tries, value) = tries(method, first.clone()).await;
            let error = value.unwrap_err();
            assert_eq!(tries, 1, "{method} {first:?}");
            assert!(
                error.to_string().starts_with(&format!("{method} http://")),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn a_post_that_only_reads_is_retried() {
    let busy = [408, 429, 500, 502, 503, 504].map(StubResponse::new);
    for first in busy.into_iter().chain([StubResponse::reset(), ok().half()]) {
        let server = Server::script([first.clone(), ok()]).await;
        let scope = retrying_client(&server).root();
        let call = scope.post("ListKeys", "/t").read_only();
        call.send::<Value>(&[200], None).await.unwrap();
        assert_eq!(server.lines(), ["POST /t", "POST /t"], "{first:?}");
    }
    let server = Server::script([
        StubResponse::new(500),
        StubResponse::new(200).json(json!({"value": [1]})),
        StubResponse::new(500),
        ok(),
    ])
    .await;
    let scope = retrying_client(&server).root();
    let call = scope.post("Query", "/t").read_only();
    let items: Pager<Numbers> = call.pager(&[200], None).unwrap();
    assert_eq!(items.try_collect::<Vec<_>>().await.unwrap(), [1]);
    let call = scope.post("Download", "/t").read_only();
    call.stream(&[200], None).await.unwrap();
    let server = Server::script([StubResponse::new(500), ok()]).await;
    let scope = retrying_client(&server).root();
    let call = scope.post("ListSlowly", "/t").read_only();
    let poller: Poller<Value> = call.begin(None, fast()).unwrap();
    poller.await.unwrap();
    assert_eq!(server.lines(), ["POST /t", "POST /t"]);
}

/// Returns whether an error or one of its causes is a `T`.
fn has_cause<T: StdError + 'static>(error: &(dyn StdError + 'static)) -> bool {
    error.is::<T>() || error.source().is_some_and(has_cause::<T>)
}

#[tokio::test]
async fn errors_of_the_transport_keep_their_causes() {
    static SIGNATURE: Parameter = Parameter::new("sig");
    // azure_core's own transport shows the URL in its errors.
    for (method, foreign) in [
        ("GET", false),
        ("GET", true),
        ("POST", false),
        ("POST", true),
    ] {
        for (response, kind) in [
            (None, ErrorKind::Connection),
            (Some(StubResponse::reset()), ErrorKind::Io),
            (Some(ok().half()), ErrorKind::Io),
        ] {
            let server = Server::script(response.clone()).await;
            let base = server.base();
            let mut options = options(&server);
            if foreign {
                let client = arm_runtime::reqwest_builder().build().unwrap();
                options.client_options.transport = Some(Transport::new(Arc::new(client)));
            }
            let scope = Client::without_credential(&SERVICE, options)
                .unwrap()
                .root();
            if response.is_none() {
                drop(server);
                tokio::task::yield_now().await;
            }
            let call = call(&scope, method).query(&SIGNATURE, Some("SIGNATURE"));
            let error = call.send::<Value>(&[200], None).await.unwrap_err();
            assert_eq!(*error.kind(), kind, "{error:?}");
            assert!(has_cause::<reqwest::Error>(&error), "{error:?}");
            assert!(has_cause::<std::io::Error>(&error), "{error:?}");
            assert!(
                error
                    .to_string()
                    .starts_with(&format!("{method} {base}/t failed: "))
            );
            assert!(
                !format!("{error} {error:?}").contains("SIGNATURE"),
                "{error:?}"
            );
            let mut cause = error.source();
            while let Some(error) = cause {
                assert!(!format!("{error} {error:?}").contains(&base), "{error:?}");
                cause = error.source();
            }
        }
    }
}

#[tokio::test]
async fn a_post_that_was_not_sent_is_retried() {
    let server = Server::script([]).await;
    let client = retrying_client(&server);
    drop(server);
    tokio::task::yield_now().await;
    let scope = client.root();
    let error = scope
        .post("Do", "/t")
        .send::<Value>(&[200], None)
        .await
        .unwrap_err();
    // The pipeline retries `Connection`; `NotRetriable` would have changed the kind.
    assert!(matches!(error.kind(), ErrorKind::Connection), "{error:?}");
}

#[tokio::test]
async fn streams_follow_the_same_retry_rules() {
    let server = Server::script([
        StubResponse::new(500).json(json!({"error": {"code": "Oops"}})),
        ok(),
    ])
    .await;
    let scope = retrying_client(&server).root();
    let error = scope
        .post("Do", "/t")
        .stream(&[200], None)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("Oops"), "{error}");
    assert_eq!(server.requests().len(), 1);
    scope.get("Do", "/t").stream(&[200], None).await.unwrap();
    let half = StubResponse::new(500)
        .text("text/plain", "much to say")
        .half();
    let server = Server::script([half, ok()]).await;
    let scope = retrying_client(&server).root();
    scope
        .post("Do", "/t")
        .stream(&[200], None)
        .await
        .unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn repeated_429_ends_with_an_error() {
    let server = Server::respond(|_| {
        StubResponse::new(429)
            .header("retry-after-ms", "1")
            .json(json!({"error": {"code": "TooManyRequests", "message": "Slow down."}}))
    })
    .await;
    let scope = retrying_client(&server).root();
    for method in ["GET", "POST"] {
        let error = call(&scope, method)
            .send::<Value>(&[200], None)
            .await
            .unwrap_err();
        assert!(
            error
                .to_string()
                .contains("429 Too Many Requests: TooManyRequests: Slow down.")
        );
    }
    assert_eq!(server.requests().len(), 8);
}

#[tokio::test]
async fn the_wait_of_a_throttled_request_is_respected() {
    let server = Server::script([StubResponse::new(429).header("retry-after", "3600"), ok()]).await;
    let scope = retrying_client(&server).root();
    let sending = scope.get("Do", "/t").send::<Value>(&[200], None);
    assert!(
        tokio::time::timeout(StdDuration::from_millis(200), sending)
            .await
            .is_err()
    );
    assert!(server.requests().len() < 2);
}

#[tokio::test]
async fn the_callers_retry_options_apply() {
    let retries = ExponentialRetryOptions {
        initial_delay: Duration::milliseconds(1),
        max_retries: 1,
        ..ExponentialRetryOptions::default()
    };
    let cases = [
        (RetryOptions::none(), 1),
        (RetryOptions::exponential(retries), 2),
        (FastRetry::options(), 4),
    ];
    for (retry, expected) in cases {
        let server = Server::respond(|_| StubResponse::new(500)).await;
        let mut options = options(&server);
        options.client_options.retry = retry;
        let scope = Client::without_credential(&SERVICE, options)
            .unwrap()
            .root();
        scope
            .get("Do", "/t")
            .send::<Value>(&[200], None)
            .await
            .unwrap_err();
        assert_eq!(server.requests().len(), expected);
        scope
            .post("Do", "/t")
            .send::<Value>(&[200], None)
            .await
            .unwrap_err();
        assert_eq!(server.requests().len(), expected + 1);
    }
}

#[tokio::test]
async fn an_incomplete_body_is_an_error() {
    let server = Server::script([ok().half()]).await;
    let error = scope(&server)
        .get("Do", "/t")
        .send::<Value>(&[200], None)
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io), "{error:?}");
}

#[tokio::test]
async fn a_slow_response_is_waited_for() {
    let server = Server::script([ok().delay(StdDuration::from_millis(50))]).await;
    scope(&server)
        .get("Do", "/t")
        .send::<Value>(&[200], None)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_body_is_resent_completely() {
    let server = Server::script([StubResponse::new(500), ok()]).await;
    let scope = retrying_client(&server).root();
    let body = arm_runtime::Body::<Value>::from(json!({"name": "a"}));
    scope
        .put("Do", "/t")
        .body(body)
        .send::<Value>(&[200], None)
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].body, requests[1].body);
    assert_eq!(requests[1].json(), json!({"name": "a"}));
}
