//! One span per operation.

use crate::{
    common::{NAME, Numbers, SERVICE, Thing, fast, options},
    support::{Server, StubResponse},
};
use arm_runtime::{Client, Pager, Poller, Scope};
use azure_core::{
    http::{Context, Request},
    tracing::{
        AsAny, Attribute, AttributeValue, Span, SpanGuard, SpanKind, SpanStatus, Tracer,
        TracerProvider,
    },
};
use futures::TryStreamExt;
use serde_json::{Value, json};
use std::{
    any::Any,
    borrow::Cow,
    sync::{Arc, Mutex},
};

type Events = Arc<Mutex<Vec<String>>>;

#[derive(Clone, Debug, Default)]
struct Recorder(Events);

impl TracerProvider for Recorder {
    fn get_tracer(
        &self,
        namespace: Option<&'static str>,
        name: &'static str,
        version: Option<&'static str>,
    ) -> Arc<dyn Tracer> {
        let tracer = format!(
            "tracer {} {name} {}",
            namespace.unwrap_or("-"),
            version.unwrap_or("-")
        );
        self.0.lock().unwrap().push(tracer);
        Arc::new(self.clone())
    }
}

impl Tracer for Recorder {
    fn start_span(
        &self,
        name: Cow<'static, str>,
        _kind: SpanKind,
        _attributes: Vec<Attribute>,
    ) -> Arc<dyn Span> {
        self.0.lock().unwrap().push(format!("start {name}"));
        Arc::new(Recorded(name, self.0.clone()))
    }

    fn start_span_with_parent(
        &self,
        name: Cow<'static, str>,
        _kind: SpanKind,
        _attributes: Vec<Attribute>,
        parent: Arc<dyn Span>,
    ) -> Arc<dyn Span> {
        let parent = parent
            .as_any()
            .downcast_ref::<Recorded>()
            .map_or("-", |span| &span.0);
        self.0
            .lock()
            .unwrap()
            .push(format!("start {name} in {parent}"));
        Arc::new(Recorded(name, self.0.clone()))
    }

    fn namespace(&self) -> Option<&'static str> {
        Some("Microsoft.Example")
    }
}

struct Recorded(Cow<'static, str>, Events);

impl AsAny for Recorded {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct Guard;

impl SpanGuard for Guard {
    fn end(self) {}
}

impl Span for Recorded {
    fn is_recording(&self) -> bool {
        true
    }

    fn span_id(&self) -> [u8; 8] {
        [1; 8]
    }

    fn end(&self) {
        self.1.lock().unwrap().push(format!("end {}", self.0));
    }

    fn set_status(&self, status: SpanStatus) {
        let SpanStatus::Error { description } = status else {
            return;
        };
        self.1
            .lock()
            .unwrap()
            .push(format!("error {}: {description}", self.0));
    }

    fn set_attribute(&self, key: &'static str, value: AttributeValue) {
        // azure_core's spans of requests have many attributes.
        if let ("error.type", AttributeValue::String(value), true) =
            (key, value, self.0.starts_with("Example."))
        {
            self.1
                .lock()
                .unwrap()
                .push(format!("type {}: {value}", self.0));
        }
    }

    fn record_error(&self, _error: &dyn std::error::Error) {}

    fn set_current(&self, _context: &Context) -> Box<dyn SpanGuard> {
        Box::new(Guard)
    }

    fn propagate_headers(&self, request: &mut Request) {
        request.insert_header("traceparent", "00-1-1-01");
    }
}

fn traced(server: &Server) -> (Scope, Events) {
    let recorder = Recorder::default();
    let mut options = options(server);
    options.client_options.instrumentation.tracer_provider = Some(Arc::new(recorder.clone()));
    let scope = Client::without_credential(&SERVICE, options)
        .unwrap()
        .root();
    let events = recorder.0;
    assert!(
        events
            .lock()
            .unwrap()
            .contains(&"tracer Microsoft.Example arm_example 1.2.3".to_owned())
    );
    events.lock().unwrap().clear();
    (scope, events)
}

fn take(events: &Events) -> Vec<String> {
    events.lock().unwrap().clone()
}

const REQUEST: [&str; 2] = ["start GET in Example.Do", "end GET"];

#[tokio::test]
async fn a_call_is_one_span() {
    let server = Server::script([StubResponse::new(200).json(json!({}))]).await;
    let (scope, events) = traced(&server);
    scope
        .get("Do", "/t")
        .send::<Value>(&[200], None)
        .await
        .unwrap();
    assert_eq!(
        take(&events),
        ["start Example.Do", REQUEST[0], REQUEST[1], "end Example.Do"]
    );
    assert_eq!(
        server.requests()[0].header("traceparent"),
        Some("00-1-1-01")
    );
}

/// Returns what the operation's span records about a failed GET.
async fn failed(response: StubResponse) -> Vec<String> {
    let server = Server::script([response]).await;
    let (scope, events) = traced(&server);
    let call = scope.get("Do", "/t");
    call.send::<Value>(&[200], None).await.unwrap_err();
    let of_operation = |event: &String| event.contains("Example.") && !event.contains("start");
    take(&events).into_iter().filter(of_operation).collect()
}

#[tokio::test]
async fn spans_contain_no_messages_of_the_service() {
    let body = json!({"error": {"code": "Gone", "message": "No jane@example.com here."}});
    let cases = [
        (
            StubResponse::new(404).json(body.clone()),
            "type Example.Do: 404",
            None,
        ),
        (
            StubResponse::new(409).json(body.clone()),
            "type Example.Do: 409",
            None,
        ),
        (
            StubResponse::new(503).json(body),
            "type Example.Do: 503",
            Some("error Example.Do: "),
        ),
        (
            StubResponse::reset(),
            "type Example.Do: Io",
            Some("error Example.Do: Io"),
        ),
        (
            StubResponse::new(200).text("text/html", "<p>"),
            "type Example.Do: DataConversion",
            Some("error Example.Do: DataConversion"),
        ),
    ];
    for (response, error_type, status) in cases {
        let expected: Vec<&str> = [Some(error_type), status, Some("end Example.Do")]
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(failed(response.clone()).await, expected, "{response:?}");
    }
}

#[tokio::test]
async fn a_failed_operation_is_a_failed_span() {
    let error = json!({"code": "QuotaExceeded", "message": "No more for jane@example.com."});
    let server = Server::script([
        StubResponse::new(202).header("azure-asyncoperation", "/op"),
        StubResponse::new(200).json(json!({"status": "Failed", "error": error})),
    ])
    .await;
    let (scope, events) = traced(&server);
    let call = scope.put("Do", "/t/{name}").path(&NAME, "a");
    let poller: Poller<Thing> = call.begin(None, fast()).unwrap();
    poller.await.unwrap_err();
    let events = take(&events);
    assert!(!events.concat().contains("jane"), "{events:?}");
    assert_eq!(
        events[events.len() - 3..],
        [
            "type Example.Do: QuotaExceeded",
            "error Example.Do: ",
            "end Example.Do"
        ]
    );
}

#[tokio::test]
async fn a_long_running_operation_is_one_span() {
    let server = Server::script([
        StubResponse::new(202).header("azure-asyncoperation", "/op"),
        StubResponse::new(200).json(json!({"status": "Succeeded"})),
        StubResponse::new(200).json(json!({"name": "a"})),
    ])
    .await;
    let (scope, events) = traced(&server);
    let call = scope.put("Do", "/t/{name}").path(&NAME, "a");
    let poller: Poller<Thing> = call.begin(None, fast()).unwrap();
    poller.await.unwrap();
    let expected = [
        "start Example.Do",
        "start PUT in Example.Do",
        "end PUT",
        REQUEST[0],
        REQUEST[1],
        REQUEST[0],
        REQUEST[1],
        "end Example.Do",
    ];
    assert_eq!(take(&events), expected);
}

#[tokio::test]
async fn a_dropped_operation_ends_its_span() {
    let server = Server::script([StubResponse::new(202).header("location", "/op")]).await;
    let (scope, events) = traced(&server);
    let call = scope.put("Do", "/t/{name}").path(&NAME, "a");
    let mut poller: Poller<Thing> = call.begin(None, fast()).unwrap();
    futures::StreamExt::next(&mut poller)
        .await
        .unwrap()
        .unwrap();
    drop(poller);
    assert_eq!(take(&events).last().unwrap(), "end Example.Do");
}

#[tokio::test]
async fn a_failed_list_is_a_failed_span() {
    let body = json!({"error": {"code": "Busy", "message": "Ask jane@example.com."}});
    let server = Server::script([
        StubResponse::new(200).json(json!({"value": [1], "nextLink": "/b"})),
        StubResponse::new(503).json(body),
    ])
    .await;
    let (scope, events) = traced(&server);
    let pager: Pager<Numbers> = scope.get("Do", "/t").pager(&[200], None).unwrap();
    pager.try_collect::<Vec<_>>().await.unwrap_err();
    let events = take(&events);
    assert!(!events.concat().contains("jane"), "{events:?}");
    assert_eq!(
        events[events.len() - 3..],
        [
            "type Example.Do: 503",
            "error Example.Do: ",
            "end Example.Do"
        ]
    );
}

#[tokio::test]
async fn a_dropped_list_ends_its_span() {
    let server =
        Server::script([StubResponse::new(200).json(json!({"value": [1], "nextLink": "/b"}))])
            .await;
    let (scope, events) = traced(&server);
    let mut pager: Pager<Numbers> = scope.get("Do", "/t").pager(&[200], None).unwrap();
    pager.try_next().await.unwrap();
    drop(pager);
    assert_eq!(take(&events).last().unwrap(), "end Example.Do");
}

#[tokio::test]
async fn a_list_is_one_span() {
    let server = Server::script([
        StubResponse::new(200).json(json!({"value": [1], "nextLink": "/b"})),
        StubResponse::new(200).json(json!({"value": [2]})),
    ])
    .await;
    let (scope, events) = traced(&server);
    let pager: Pager<Numbers> = scope.get("Do", "/t").pager(&[200], None).unwrap();
    let items: Vec<u32> = pager.try_collect().await.unwrap();
    assert_eq!(items, [1, 2]);
    let expected = [
        "start Example.Do",
        REQUEST[0],
        REQUEST[1],
        REQUEST[0],
        REQUEST[1],
        "end Example.Do",
    ];
    assert_eq!(take(&events), expected);
}
