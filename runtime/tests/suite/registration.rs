//! Registering the resource provider.

use crate::{
    common::{NAME, SERVICE, Thing, fast, options},
    support::{Server, StubResponse},
};
use arm_runtime::{Client, Parameter, Poller, Scope};
use serde_json::{Value, json};

static SUBSCRIPTION: Parameter = Parameter::new("subscriptionId");
const ASK: &str = "/subscriptions/s%201/providers/Microsoft.Example";

fn missing(status: u16) -> StubResponse {
    StubResponse::new(status).json(json!({"error": {
        "code": "MissingSubscriptionRegistration", "message": "Not registered."}}))
}

fn state(state: &str) -> StubResponse {
    StubResponse::new(200)
        .header("retry-after-ms", "1")
        .json(json!({"registrationState": state}))
}

fn ok() -> StubResponse {
    StubResponse::new(200).json(json!({"name": "a"}))
}

fn scope(server: &Server, register: bool) -> Scope {
    let mut options = options(server);
    options.register_provider = register;
    let client = Client::without_credential(&SERVICE, options).unwrap();
    let template = "/subscriptions/{subscriptionId}";
    client
        .root()
        .child(template, &[(&SUBSCRIPTION, "s 1")])
        .unwrap()
}

async fn put(scope: &Scope) -> arm_runtime::Result<()> {
    let call = scope.put("Things_Put", "/things/{name}").path(&NAME, "a");
    let body = arm_runtime::Body::<Value>::from(json!({"name": "a"}));
    call.body(body).send::<Thing>(&[200], None).await.map(drop)
}

#[tokio::test]
async fn a_missing_registration_is_done_and_the_request_retried() {
    for status in [409, 403] {
        let script = [
            missing(status),
            state("Registering"),
            state("Registering"),
            state("registered"),
            ok(),
        ];
        let server = Server::script(script).await;
        put(&scope(&server, true)).await.unwrap();
        let requests = server.requests();
        let targets: Vec<_> = requests
            .iter()
            .map(|r| format!("{} {}", r.method, r.target))
            .collect();
        assert_eq!(
            targets[1],
            format!("POST {ASK}/register?api-version=2021-04-01")
        );
        assert_eq!(targets[2], format!("GET {ASK}?api-version=2021-04-01"));
        assert_eq!(targets[2], targets[3]);
        assert_eq!(targets[4], targets[0]);
        assert_eq!(requests[4].json(), json!({"name": "a"}));
    }
}

#[tokio::test]
async fn operations_register_too() {
    let server = Server::script([missing(409), state("Registered"), ok()]).await;
    let scope = scope(&server, true);
    let poller: Poller<Thing> = scope
        .put("Things_Put", "/things/{name}")
        .path(&NAME, "a")
        .begin(None, fast())
        .unwrap();
    poller.await.unwrap();
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn registration_is_off_by_default() {
    let server = Server::script([missing(409)]).await;
    let error = put(&scope(&server, false)).await.unwrap_err().to_string();
    assert!(error.contains("MissingSubscriptionRegistration"), "{error}");
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn registration_is_attempted_once() {
    let server = Server::script([missing(409), state("Registered"), missing(409)]).await;
    let error = put(&scope(&server, true)).await.unwrap_err().to_string();
    assert!(error.contains("MissingSubscriptionRegistration"), "{error}");
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn other_errors_do_not_register() {
    let conflict = StubResponse::new(409).json(json!({"error": {"code": "Conflict"}}));
    for response in [conflict, missing(400), StubResponse::new(409)] {
        let server = Server::script([response]).await;
        put(&scope(&server, true)).await.unwrap_err();
        assert_eq!(server.lines().len(), 1);
    }
}

#[tokio::test]
async fn paths_outside_subscriptions_are_not_registered() {
    let server = Server::script([missing(409)]).await;
    let root = scope(&server, true).client().root();
    let error = root
        .get("Do", "/providers/x")
        .send::<Value>(&[200], None)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("MissingSubscriptionRegistration")
    );
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn a_rejected_registration_is_an_error() {
    let denied = StubResponse::new(403)
        .json(json!({"error": {"code": "AuthorizationFailed", "message": "No."}}));
    let server = Server::script([missing(409), denied]).await;
    let error = put(&scope(&server, true)).await.unwrap_err().to_string();
    assert!(
        error.contains("Providers_Register") && error.contains("AuthorizationFailed: No."),
        "{error}"
    );
}

#[tokio::test]
async fn waiting_for_registration_ends() {
    let server = Server::respond(|request| match request.method.as_str() {
        "PUT" => missing(409),
        _ => state("Registering"),
    })
    .await;
    let error = put(&scope(&server, true)).await.unwrap_err().to_string();
    assert!(error.contains("still not registered"), "{error}");
    assert!(server.lines().len() < 200);
}

#[tokio::test]
async fn a_registration_without_a_state_is_an_error() {
    let server = Server::script([missing(409), StubResponse::new(200).json(json!({}))]).await;
    let error = put(&scope(&server, true)).await.unwrap_err().to_string();
    assert!(error.contains("registrationState"), "{error}");
}
