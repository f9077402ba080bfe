//! Counts the timers that a long-running operation needs: without Tokio each is a thread that
//! sleeps until its end, even if nobody waits for it any more.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use arm_runtime::{
    ArmClientOptions, Client, ClientOptions, Duration, Method, Poller, PollerOptions, Result,
    Service, Value,
};
use azure_core::{
    async_runtime::{AsyncRuntime, SpawnedTask, TaskFuture, set_async_runtime},
    http::{AsyncRawResponse, HttpClient, Request, StatusCode, Transport, headers::Headers},
};
use futures::executor::block_on;
use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

thread_local! {
    /// The durations of all sleeps of this thread.
    static SLEEPS: RefCell<Vec<Duration>> = RefCell::default();
}

/// A runtime whose sleeps end at once, except those longer than an hour: they never end.
struct Timers;

impl Timers {
    fn install() {
        // Only the first test can install it; all tests install the same runtime.
        let _ = set_async_runtime(Arc::new(Timers));
    }
}

impl AsyncRuntime for Timers {
    fn spawn(&self, _: TaskFuture) -> SpawnedTask {
        panic!("no code may spawn a task")
    }

    fn sleep(&self, duration: Duration) -> TaskFuture {
        SLEEPS.with_borrow_mut(|sleeps| sleeps.push(duration));
        if duration > Duration::HOUR {
            Box::pin(std::future::pending())
        } else {
            Box::pin(std::future::ready(()))
        }
    }

    fn yield_now(&self) -> TaskFuture {
        Box::pin(std::future::ready(()))
    }
}

/// A service whose operations take twenty polls, and whose results take another twenty.
#[derive(Debug, Default)]
struct Patience(AtomicUsize);

#[async_trait::async_trait]
impl HttpClient for Patience {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse> {
        let asked = self.0.fetch_add(1, Ordering::Relaxed);
        let mut headers = Headers::new();
        let (status, body) = match request.method() {
            Method::Post => {
                headers.insert("azure-asyncoperation", "/op");
                headers.insert("location", "/loc");
                (StatusCode::Accepted, "")
            }
            _ if asked < 20 => (StatusCode::Ok, r#"{"status": "Running"}"#),
            _ if asked == 20 => (StatusCode::Ok, r#"{"status": "Succeeded"}"#),
            _ if asked < 40 => (StatusCode::Accepted, ""),
            _ => (StatusCode::Ok, "{}"),
        };
        Ok(AsyncRawResponse::from_bytes(status, headers, body))
    }
}

static SERVICE: Service = Service {
    crate_name: None,
    crate_version: None,
    name: "Example",
    provider: "Microsoft.Example",
    api_versions: &["2025-01-01"],
    default_api_version: "2025-01-01",
};

fn client(service: impl HttpClient + 'static) -> Client {
    Timers::install();
    let options = ArmClientOptions {
        endpoint: Some("http://service".to_owned()),
        client_options: ClientOptions {
            transport: Some(Transport::new(Arc::new(service))),
            ..ClientOptions::default()
        },
        ..ArmClientOptions::default()
    };
    Client::without_credential(&SERVICE, options).unwrap()
}

#[test]
fn a_deadline_uses_one_timer_for_all_polls() {
    let root = client(Patience::default()).root();
    let options = PollerOptions::default()
        .with_frequency(Duration::seconds(2))
        .with_deadline(Duration::hours(2));
    let call = root.post("Things_Do", "/things");
    let poller: Poller<Value> = call.begin(None, Some(options)).unwrap();
    block_on(poller.into_future()).unwrap();
    let sleeps = SLEEPS.take();
    let (deadlines, waits): (Vec<_>, Vec<_>) = sleeps
        .into_iter()
        .partition(|sleep| *sleep > Duration::HOUR);
    assert_eq!(deadlines, [Duration::hours(2)]);
    // Twenty polls and all requests for the result except the first.
    assert_eq!(waits, [Duration::seconds(2); 39]);
}

/// A service that asks for a wait in its first response, and then succeeds.
#[derive(Debug)]
struct Busy(&'static str, &'static str, AtomicUsize);

#[async_trait::async_trait]
impl HttpClient for Busy {
    async fn execute_request(&self, _: &Request) -> Result<AsyncRawResponse> {
        let mut headers = Headers::new();
        if self.2.fetch_add(1, Ordering::Relaxed) > 0 {
            return Ok(AsyncRawResponse::from_bytes(StatusCode::Ok, headers, "{}"));
        }
        headers.insert(self.0, self.1);
        let status = StatusCode::TooManyRequests;
        Ok(AsyncRawResponse::from_bytes(status, headers, "{}"))
    }
}

#[test]
fn no_header_asks_for_a_wait_of_more_than_an_hour() {
    let cases = [
        ("retry-after", "600", Duration::minutes(10)),
        ("retry-after", "3600", Duration::HOUR),
        ("retry-after", "3601", Duration::HOUR),
        ("retry-after", "9223372036854775807", Duration::HOUR),
        (
            "retry-after",
            "Fri, 31 Dec 2100 23:59:59 GMT",
            Duration::HOUR,
        ),
        ("retry-after-ms", "9223372036854775807", Duration::HOUR),
        ("x-ms-retry-after-ms", "86400000", Duration::HOUR),
    ];
    for (name, value, expected) in cases {
        for method in [Method::Get, Method::Put, Method::Post] {
            let root = client(Busy(name, value, AtomicUsize::new(0))).root();
            let call = match method {
                Method::Get => root.get("Things_Do", "/things"),
                Method::Put => root.put("Things_Do", "/things"),
                _ => root.post("Things_Do", "/things"),
            };
            block_on(call.send::<Value>(&[200], None)).unwrap();
            assert_eq!(SLEEPS.take(), [expected], "{name}: {value}");
        }
    }
}
