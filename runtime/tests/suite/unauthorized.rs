//! Responses of 401: the token is discarded, a new one requested, and the request sent once more.

use crate::common::{FastRetry, NAME, SERVICE, Thing, fast};
use arm_runtime::{
    ArmClientOptions, Body, ClaimsChallenge, Client, ClientOptions, OffsetDateTime, Poller, Result,
    TokenCredential,
};
use azure_core::{
    credentials::{AccessToken, TokenRequestOptions},
    http::{
        AsyncRawResponse, Body as RawBody, HttpClient, Request, Transport,
        headers::{AUTHORIZATION, HeaderName, Headers},
    },
    time::Duration,
};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

/// Returns numbered tokens, and records the claims that were requested.
#[derive(Debug, Default)]
struct Credential(Mutex<Vec<Option<String>>>);

#[async_trait::async_trait]
impl TokenCredential for Credential {
    async fn get_token(
        &self,
        _scopes: &[&str],
        options: Option<TokenRequestOptions<'_>>,
    ) -> Result<AccessToken> {
        let context = options.unwrap().method_options.context;
        let challenge = context.value::<ClaimsChallenge>();
        let mut asked = self.0.lock().unwrap();
        asked.push(challenge.map(|challenge| challenge.claims().to_owned()));
        let expires = OffsetDateTime::now_utc() + Duration::hours(1);
        Ok(AccessToken::new(format!("token{}", asked.len()), expires))
    }
}

/// Status, headers and body of a response.
type StubResponse = (u16, &'static [(&'static str, &'static str)], Value);

/// Sends scripted responses, and records methods, tokens and bodies.
#[derive(Debug)]
struct Script {
    responses: Mutex<VecDeque<StubResponse>>,
    requests: Mutex<Vec<(String, Option<String>, String)>>,
}

#[async_trait::async_trait]
impl HttpClient for Script {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse> {
        let line = format!("{} {}", request.method(), request.url().path());
        let token = request.headers().get_optional_string(&AUTHORIZATION);
        let body = match request.body() {
            RawBody::Bytes(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
            RawBody::SeekableStream(_) => String::new(),
        };
        self.requests.lock().unwrap().push((line, token, body));
        let response = self.responses.lock().unwrap().pop_front();
        let (status, given, body) = response.unwrap_or((599, &[], Value::Null));
        let mut headers = Headers::new();
        for &(name, value) in given {
            headers.insert(HeaderName::from_static(name), value);
        }
        let body = body.to_string();
        Ok(AsyncRawResponse::from_bytes(status.into(), headers, body))
    }
}

fn script(
    responses: impl IntoIterator<Item = StubResponse>,
) -> (Client, Arc<Script>, Arc<Credential>) {
    let script = Arc::new(Script {
        responses: Mutex::new(responses.into_iter().collect()),
        requests: Mutex::default(),
    });
    let credential = Arc::new(Credential::default());
    let client = Client::new(&SERVICE, credential.clone(), Some(options(&script))).unwrap();
    (client, script, credential)
}

fn options(script: &Arc<Script>) -> ArmClientOptions {
    ArmClientOptions {
        client_options: ClientOptions {
            retry: FastRetry::options(),
            transport: Some(Transport::new(script.clone())),
            ..ClientOptions::default()
        },
        ..ArmClientOptions::default()
    }
}

/// Returns the requests without bodies.
fn sent(script: &Script) -> Vec<String> {
    let requests = script.requests.lock().unwrap();
    let lines = requests.iter().map(|(line, token, _)| {
        let token = token.as_deref().unwrap_or("no token");
        format!("{line} {token}")
    });
    lines.collect()
}

const PLAIN: &[(&str, &str)] = &[(
    "www-authenticate",
    r#"Bearer authorization_uri="https://login.example/common", error="invalid_token""#,
)];

fn refused(headers: &'static [(&'static str, &'static str)]) -> StubResponse {
    let error = json!({"error": {"code": "ExpiredAuthenticationToken", "message": "Expired."}});
    (401, headers, error)
}

fn ok() -> StubResponse {
    (200, &[], json!({"name": "a"}))
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    for headers in [PLAIN, &[]] {
        let (client, script, credential) = script([refused(headers), ok(), ok()]);
        let root = client.root();
        for _ in 0..2 {
            root.get("Things_Get", "/things")
                .send::<Thing>(&[200], None)
                .await
                .unwrap();
        }
        let expected = [
            "GET /things Bearer token1",
            "GET /things Bearer token2",
            "GET /things Bearer token2",
        ];
        assert_eq!(sent(&script), expected);
        assert_eq!(*credential.0.lock().unwrap(), [None, None]);
    }
}

#[tokio::test]
async fn a_second_refusal_is_an_error() {
    let (client, script, _) = script([refused(PLAIN), refused(PLAIN), ok()]);
    let root = client.root();
    let call = root.get("Things_Get", "/things");
    let error = call.send::<Thing>(&[200], None).await.unwrap_err();
    assert!(
        error.to_string().contains("ExpiredAuthenticationToken"),
        "{error}"
    );
    assert_eq!(sent(&script).len(), 2);
}

#[tokio::test]
async fn a_post_is_resent_completely() {
    let (client, script, _) = script([refused(PLAIN), ok()]);
    let root = client.root();
    let body = Body::<Value>::from(json!({"name": "a"}));
    let call = root.post("Things_Do", "/things").body(body);
    call.send::<Thing>(&[200], None).await.unwrap();
    let requests = script.requests.lock().unwrap();
    assert_eq!(requests.len(), 2);
    assert!(
        requests
            .iter()
            .all(|(_, _, body)| body == r#"{"name":"a"}"#)
    );
}

#[tokio::test]
async fn polls_are_retried_too() {
    const BEGUN: &[(&str, &str)] = &[("azure-asyncoperation", "/op")];
    let (client, script, _) = script([
        (202, BEGUN, Value::Null),
        refused(PLAIN),
        (200, &[], json!({"status": "InProgress"})),
        refused(&[]),
        (200, &[], json!({"status": "Succeeded"})),
        ok(),
    ]);
    let root = client.root();
    let call = root.put("Things_Put", "/things/{name}").path(&NAME, "a");
    let poller: Poller<Thing> = call.begin(None, fast()).unwrap();
    poller.await.unwrap();
    let expected = [
        "PUT /things/a Bearer token1",
        "GET /op Bearer token1",
        "GET /op Bearer token2",
        "GET /op Bearer token2",
        "GET /op Bearer token3",
        "GET /things/a Bearer token3",
    ];
    assert_eq!(sent(&script), expected);
}

#[tokio::test]
async fn claims_are_passed_on_to_the_credential() {
    // {"access_token":{"nbf":{"essential":true,"value":"1"}}}
    const CLAIMS: &[(&str, &str)] = &[(
        "www-authenticate",
        r#"Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxIn19fQ==""#,
    )];
    let (client, script, credential) = script([refused(CLAIMS), ok()]);
    let root = client.root();
    let call = root.get("Things_Get", "/things");
    call.send::<Thing>(&[200], None).await.unwrap();
    assert_eq!(sent(&script).len(), 2);
    let claims = r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#;
    let expected = [None, Some(claims.to_owned())];
    assert_eq!(*credential.0.lock().unwrap(), expected);
}

#[tokio::test]
async fn without_a_credential_nothing_is_retried() {
    let (_, script, _) = script([refused(PLAIN), ok()]);
    let client = Client::without_credential(&SERVICE, options(&script)).unwrap();
    let root = client.root();
    let call = root.get("Things_Get", "/things");
    call.send::<Thing>(&[200], None).await.unwrap_err();
    assert_eq!(sent(&script), ["GET /things no token"]);
}
