//! Properties that hold for any input.

use crate::{
    common::{SERVICE, Thing, client, fast},
    support::{Server, StubResponse},
};
use arm_runtime::{
    ArmClientOptions, Client, ListPage, Pager, Parameter, Poller, PollingStopped, ResourceId,
    merge_patch,
};
use azure_core::{base64, http::Url};
use futures::{StreamExt, TryStreamExt};
use proptest::{collection::vec, prelude::*};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// Created once: setting up TLS is slow.
fn local() -> Client {
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        let options = ArmClientOptions {
            endpoint: Some("http://localhost:1".to_owned()),
            ..ArmClientOptions::default()
        };
        Client::without_credential(&SERVICE, options).unwrap()
    });
    CLIENT.clone()
}

static ANY: Parameter = Parameter::new("name");
static RAW: Parameter = Parameter::new("name").skip_encoding();

/// Generates names in which characters with a meaning in paths are frequent.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[./%?#\\\\ a2eEfF5cC&;:@{}]{0,12}",
        "(\\.|%2e|%2E|/|\\\\|%5c|a){0,6}",
    ]
}

/// Generates responses of any kind that a service could send for an operation.
fn response() -> impl Strategy<Value = StubResponse> {
    let status = prop_oneof![
        6 => Just(200_u16), 2 => Just(201), 4 => Just(202), 1 => Just(204), 1 => 100_u16..600,
        1 => prop_oneof![Just(401), Just(403), Just(404), Just(409), Just(429)],
    ]
    .prop_map(|status| if status < 200 { 299 } else { status });
    let state = prop_oneof![
        Just("Succeeded"),
        Just("Failed"),
        Just("Canceled"),
        Just("InProgress"),
        Just("Creating"),
        Just("")
    ];
    let body = prop_oneof![
        state.clone().prop_map(|s| json!({"status": s}).to_string()),
        state
            .clone()
            .prop_map(|s| json!({"properties": {"provisioningState": s}}).to_string()),
        state.prop_map(
            |s| json!({"status": s, "error": {"code": "X"}, "nextLink": "/n"}).to_string()
        ),
        Just(String::new()),
        Just("<html>".to_owned()),
        Just("{\"status\":".to_owned()),
        Just("null".to_owned()),
        any::<String>(),
    ];
    let headers = vec(
        (
            prop_oneof![
                Just("azure-asyncoperation"),
                Just("operation-location"),
                Just("location"),
                Just("retry-after-ms")
            ],
            prop_oneof![
                Just("{base}/op"),
                Just("/op2"),
                Just(""),
                Just("1"),
                Just("https://evil.test/"),
                Just("::")
            ],
        ),
        0..3,
    );
    (status, body, headers, 0..12_u8).prop_map(|(status, body, headers, fault)| {
        let mut response = StubResponse::new(status).text("application/json", &body);
        for (name, value) in headers {
            response = response.header(name, value);
        }
        match fault {
            0 => StubResponse::reset(),
            1 => response.half(),
            _ => response,
        }
    })
}

fn block<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnyPage {
    next_link: Option<String>,
}

impl ListPage for AnyPage {
    type Item = ();

    fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    fn into_items(self) -> Vec<()> {
        Vec::new()
    }
}

/// Applies a merge patch as RFC 7386 defines.
fn apply(target: Value, patch: Value) -> Value {
    let Value::Object(patch) = patch else {
        return patch;
    };
    let mut target = match target {
        Value::Object(target) => target,
        _ => Map::new(),
    };
    for (name, value) in patch {
        if value.is_null() {
            target.remove(&name);
        } else {
            let old = target.remove(&name).unwrap_or_default();
            target.insert(name, apply(old, value));
        }
    }
    Value::Object(target)
}

/// Generates JSON without `null` in objects, which a merge patch cannot express.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (0..5).prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map("[a-d]", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn object() -> impl Strategy<Value = Value> {
    proptest::collection::btree_map("[a-d]", json_value(), 0..4)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_name_never_changes_the_path(name in name()) {
        let Ok(scope) = local().root().child("/things/{name}/parts", &[(&ANY, &name)]) else {
            prop_assert!(matches!(name.as_str(), "" | "." | ".."));
            return Ok(());
        };
        let url = Url::parse(&format!("http://localhost:1{}?q", scope.path())).unwrap();
        let segments: Vec<_> = url.path_segments().unwrap().collect();
        prop_assert_eq!(segments.len(), 3);
        prop_assert_eq!((segments[0], segments[2]), ("things", "parts"));
        prop_assert_eq!(url.path(), scope.path());
        prop_assert_eq!(url.host_str(), Some("localhost"));
    }

    #[test]
    fn an_unencoded_path_stays_below_its_parent(name in name()) {
        let Ok(scope) = local().root().child("/things/{name}/parts", &[(&RAW, &name)]) else {
            return Ok(());
        };
        let url = Url::parse(&format!("http://localhost:1{}?q", scope.path())).unwrap();
        prop_assert_eq!(url.path(), scope.path());
        prop_assert!(url.path().starts_with("/things/") && url.path().ends_with("/parts"));
        prop_assert!(!url.path().contains("//"));
    }

    #[test]
    fn a_resource_id_survives_conversion_to_text(
        subscription in "[^/\\\\?#\\p{C}]{1,9}", group in "[a-zA-Z0-9._() -]{1,9}", types in vec("[a-zA-Z]{1,5}", 1..4),
    ) {
        prop_assume!(subscription != "." && subscription != ".." && group != "." && group != "..");
        let mut id = ResourceId::subscription(&subscription).unwrap().resource_group(&group).unwrap();
        prop_assume!(types.iter().all(|t| !t.eq_ignore_ascii_case("providers")));
        id = id.resource("Microsoft.X", &types[0], "first").unwrap();
        for child in &types[1..] {
            id = id.child(child, "next").unwrap();
        }
        let again: ResourceId = id.to_string().parse().unwrap();
        prop_assert_eq!(&again, &id);
        prop_assert_eq!(again.to_string(), id.to_string());
        prop_assert_eq!(again.subscription_id(), Some(subscription.as_str()));
        prop_assert_eq!(again.resource_group_name(), Some(group.as_str()));
        prop_assert_eq!(again.types(), types);
        let upper: ResourceId = id.to_string().to_ascii_uppercase().parse().unwrap();
        prop_assert_eq!(upper, id);
    }

    #[test]
    fn any_text_is_a_resource_id_or_an_error(text in prop_oneof![any::<String>(), "/?([a-c./]|providers/|subscriptions/){0,9}"]) {
        if let Ok(id) = ResourceId::parse(&text) {
            prop_assert_eq!(id.to_string(), text);
            let mut next = Some(id);
            for _ in 0..100 {
                let Some(id) = next else { break };
                id.resource_type();
                prop_assert!(ResourceId::parse(&id.to_string()).is_ok());
                next = id.parent();
            }
        }
    }

    #[test]
    fn random_text_is_never_a_token(text in any::<String>(), bytes in vec(any::<u8>(), 0..64)) {
        let client = local();
        prop_assert!(client.root().resume::<Thing, ()>("X", &text, None).is_err());
        prop_assert!(client.root().resume::<Thing, ()>("X", &base64::encode_url_safe(bytes), None).is_err());
    }

    #[test]
    fn a_forged_token_never_sends_to_another_host(url in prop_oneof![any::<String>(), "https?://[a-z@.:/\\\\]{0,20}localhost(:1)?[a-z@./]{0,9}"], method in "(PUT|get|)") {
        let token = json!({"version": 1, "operation": "X", "method": method, "has_body": true,
            "final_state": null, "original": "http://localhost:1/a", "monitor": "status",
            "poll": url, "location": null});
        let token = base64::encode_url_safe(token.to_string());
        if local().root().resume::<Thing, ()>("X", &token, None).is_ok() {
            let url = Url::parse(&url).unwrap();
            prop_assert!(url.host_str() == Some("localhost") || url.host_str().unwrap().ends_with(".localhost"));
            prop_assert_eq!(url.port(), Some(1));
        }
    }

    #[test]
    fn a_merge_patch_applied_gives_the_new_value(before in object(), after in object()) {
        let patch = merge_patch(&before, &after).unwrap();
        prop_assert_eq!(apply(before.clone(), patch), after);
        prop_assert_eq!(merge_patch(&before, &before).unwrap(), json!({}));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_responses_end_an_operation(responses in vec(response(), 0..8), method in 0..4_u8) {
        let most = responses.len() + 5;
        block(async move {
            let server = Server::script(responses).await;
            let root = client(&server).root();
            let call = match method {
                0 => root.put("Do", "/t"),
                1 => root.patch("Do", "/t"),
                2 => root.post("Do", "/t"),
                _ => root.delete("Do", "/t"),
            };
            let mut poller: Poller<Value> = call.begin(None, fast()).unwrap();
            while let Some(status) = poller.next().await {
                if status.is_err() {
                    break;
                }
            }
            let _ = poller.await;
            let asked = server.requests().len();
            assert!(asked <= most, "{asked} requests");
        });
    }

    #[test]
    fn resuming_always_ends(responses in vec(response(), 0..12), method in 0..4_u8) {
        let most = responses.len() + 3;
        block(async move {
            let mut responses = std::collections::VecDeque::from(responses);
            // At the end the service no longer knows the operation.
            let next = move |_: &_| responses.pop_front().unwrap_or_else(|| StubResponse::new(404));
            let server = Server::respond(next).await;
            let root = client(&server).root();
            let call = match method {
                0 => root.put("Do", "/t"),
                1 => root.patch("Do", "/t"),
                2 => root.post("Do", "/t"),
                _ => root.delete("Do", "/t"),
            };
            let mut poller: Poller<Value> = call.begin(None, fast()).unwrap();
            while let Err(error) = poller.await {
                let stopped = PollingStopped::of(&error);
                let Some(token) = stopped.and_then(PollingStopped::continuation_token) else {
                    break;
                };
                let asked = server.requests().len();
                assert!(asked <= most, "{asked} requests");
                poller = root.resume("Do", token, fast()).unwrap();
            }
            let asked = server.requests().len();
            assert!(asked <= most, "{asked} requests");
        });
    }

    #[test]
    fn any_responses_end_a_list(responses in vec(response(), 0..8)) {
        let most = responses.len() + 1;
        block(async move {
            let server = Server::script(responses).await;
            let root = client(&server).root();
            let pager: Pager<AnyPage> = root.get("Do", "/t").pager(&[], None).unwrap();
            let _ = pager.try_collect::<Vec<()>>().await;
            assert!(server.requests().len() <= most);
        });
    }
}
