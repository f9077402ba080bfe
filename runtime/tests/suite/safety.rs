//! Limits on responses, redirects, and the contents of errors.

use crate::{
    common::{NAME, SERVICE, Thing, fast, options, scope},
    support::{Server, StubResponse},
};
use arm_runtime::{ArmClientOptions, Client, ErrorKind, Poller, Result, Scope};
use serde_json::{Value, json};

async fn get(scope: &Scope) -> Result<Value> {
    let call = scope.get("Things_Get", "/things");
    call.send(&[200], None).await?.into_model()
}

fn limited(server: &Server, set: impl FnOnce(&mut ArmClientOptions)) -> Scope {
    let mut options = options(server);
    set(&mut options);
    Client::without_credential(&SERVICE, options)
        .unwrap()
        .root()
}

#[tokio::test]
async fn responses_that_are_too_long_are_cut_off() {
    let long = || StubResponse::new(200).json(json!("x".repeat(1000)));
    let failed = StubResponse::new(500).text("text/plain", &"x".repeat(1000));
    for response in [long(), long().unannounced(), failed] {
        let server = Server::script([response]).await;
        let scope = limited(&server, |o| o.max_response_bytes = 999);
        let error = get(&scope).await.unwrap_err().to_string();
        assert!(
            error.contains("longer than the 999 bytes allowed"),
            "{error}"
        );
        assert!(error.contains("max_response_bytes"), "{error}");
    }
    let server = Server::script([long(), long().unannounced()]).await;
    let scope = limited(&server, |o| o.max_response_bytes = 1002);
    get(&scope).await.unwrap();
    get(&scope).await.unwrap();
}

#[tokio::test]
async fn responses_that_are_too_long_are_not_retried() {
    let server = Server::respond(|_| {
        StubResponse::new(200)
            .json(json!("x".repeat(1000)))
            .unannounced()
    })
    .await;
    let scope = limited(&server, |o| {
        o.max_response_bytes = 10;
        o.client_options.retry = crate::common::FastRetry::options();
    });
    get(&scope).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

fn nested(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

#[tokio::test]
async fn json_that_is_too_deep_is_refused() {
    for (levels, fine) in [(127, true), (128, false), (1_000_000, false)] {
        let server =
            Server::script([StubResponse::new(200).text("application/json", &nested(levels))])
                .await;
        match get(&scope(&server)).await {
            Ok(_) => assert!(fine),
            Err(error) => {
                assert!(!fine);
                assert!(error.to_string().contains("recursion limit"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn errors_that_are_too_deep_are_text() {
    let server =
        Server::script([StubResponse::new(400).text("application/json", &nested(1_000_000))]).await;
    let error = get(&scope(&server)).await.unwrap_err().to_string();
    assert!(error.contains("[[[") && error.len() < 1000, "{error}");
}

#[tokio::test]
async fn deep_status_monitors_are_refused() {
    let deep = format!(
        "{{\"status\": \"Succeeded\", \"properties\": {}}}",
        nested(5000)
    );
    let server = Server::script([
        StubResponse::new(202).header("azure-asyncoperation", "/op"),
        StubResponse::new(200).text("application/json", &deep),
    ])
    .await;
    let scope = scope(&server);
    let call = scope.post("Things_Do", "/things/{name}").path(&NAME, "a");
    let poller: Poller<Value> = call.begin(None, fast()).unwrap();
    let error = poller.await.unwrap_err().to_string();
    assert!(error.contains("recursion limit"), "{error}");
}

#[tokio::test]
async fn the_default_transport_follows_no_redirects() {
    let other = Server::script([]).await;
    for status in [301, 302, 303, 307, 308] {
        let response = StubResponse::new(status).header("location", &other.base());
        let server = Server::script([response]).await;
        let own = limited(&server, |o| o.client_options.transport = None);
        let error = get(&own).await.unwrap_err();
        assert_eq!(error.http_status().map(u16::from), Some(status));
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn links_are_checked_without_a_credential_too() {
    let other = Server::script([]).await;
    for header in ["azure-asyncoperation", "operation-location", "location"] {
        let server = Server::script([StubResponse::new(202).header(header, &other.base())]).await;
        let scope = scope(&server);
        let call = scope.put("Things_Put", "/things/{name}").path(&NAME, "a");
        let poller: Poller<Thing> = call.begin(None, fast()).unwrap();
        let error = poller.await.unwrap_err().to_string();
        assert!(
            error.contains(header) && error.contains(&other.base()),
            "{error}"
        );
        assert!(error.contains(&server.base()), "{error}");
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn links_of_later_responses_are_checked() {
    let other = Server::script([]).await;
    // While the operation is running a new status monitor is followed, at its end a `Location`.
    for (header, status) in [
        ("azure-asyncoperation", "Running"),
        ("location", "Succeeded"),
    ] {
        let server = Server::script([
            StubResponse::new(202).header("azure-asyncoperation", "/op"),
            StubResponse::new(200)
                .header(header, &other.base())
                .json(json!({"status": status})),
        ])
        .await;
        let scope = scope(&server);
        let call = scope.post("Things_Do", "/things/{name}").path(&NAME, "a");
        let poller: Poller<Value> = call.begin(None, fast()).unwrap();
        let error = poller.await.unwrap_err().to_string();
        assert!(error.contains("refused to follow"), "{error}");
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn secrets_are_not_in_errors() {
    let server = Server::script([StubResponse::reset()]).await;
    let root = scope(&server);
    let secret = arm_runtime::Parameter::new("sig");
    let secret: &'static arm_runtime::Parameter = Box::leak(Box::new(secret));
    let call = root
        .get("Things_Get", "/things")
        .query(secret, Some("SIGNATURE"));
    let error = call.send::<Value>(&[200], None).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io), "{error:?}");
    assert!(
        !format!("{error} {error:?}").contains("SIGNATURE"),
        "{error:?}"
    );
}
