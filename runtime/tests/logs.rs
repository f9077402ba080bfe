//! The contents of logs.
//!
//! The only test of its process: `tracing` asks the thread that reaches an event first whether
//! anybody listens, and remembers the answer for all threads. A test on another thread, without a
//! subscriber, could turn off events that this one waits for.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

#[allow(dead_code, reason = "shared with the tests in `suite`")]
#[path = "suite/common.rs"]
mod common;
#[allow(dead_code, reason = "shared with the tests in `suite`")]
mod support;

use arm_runtime::Poller;
use common::{NAME, client, fast};
use serde_json::{Value, json};
use std::{
    fmt::{self, Write as _},
    sync::{Arc, Mutex},
};
use support::{Server, StubResponse};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// Collects everything that is logged as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        writeln!(self.0, "{}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut Line(&mut self.0.lock().unwrap()));
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn secrets_are_not_logged() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let server = Server::script([
        StubResponse::new(202).header("azure-asyncoperation", "/op?s=SIGNATURE"),
        StubResponse::new(200).json(json!({"status": "Running"})),
        StubResponse::reset(),
        StubResponse::new(200)
            .json(json!({"status": "Succeeded", "properties": {"key": "RESULT"}})),
    ])
    .await;
    let client = client(&server);
    let root = client.root();
    let body = arm_runtime::Body::<Value>::from(json!({"password": "PASSWORD"}));
    let call = root
        .post("Things_Do", "/things/{name}")
        .path(&NAME, "a")
        .body(body);
    let poller: Poller<Value> = call.begin(None, fast()).unwrap();
    poller.await.unwrap();
    let log = log.0.lock().unwrap();
    assert!(log.contains("/op?s=REDACTED"), "requests are logged: {log}");
    for secret in ["SIGNATURE", "PASSWORD", "RESULT"] {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
}
