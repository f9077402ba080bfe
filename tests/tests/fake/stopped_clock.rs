//! What clients are told when they wait for a clock that is stopped.

use crate::common::{FakeResponse, ask, endpoint, get, job, put, with_workspace};
use arm_fake::{Clock, Pace};
use arm_machinelearning::operations::BatchEndpointsClientBeginCreateOrUpdateOptions;
use arm_runtime::{Duration, Method, PollerOptions};
use serde_json::json;

#[tokio::test]
async fn polls_with_a_stopped_clock_are_reported() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    let begun = put(&server, "/onlineEndpoints/one", endpoint()).await;
    let monitor = begun.header("azure-asyncoperation").unwrap().to_owned();
    let poll = async || ask(&server, Method::Get, &monitor, None).await;
    for _ in 0..20 {
        assert_eq!(poll().await.status, 200);
    }
    let told = poll().await;
    assert_eq!((told.status, told.code()), (409, "ClockStopped"));
    assert!(told.message().contains("Server::advance"));
    server.advance(Duration::seconds(1));
    assert_eq!(poll().await.body["status"], "InProgress");
    server.set_clock(Clock::System);
    let over = poll().await;
    assert_eq!(over.body["status"], "Succeeded");
    assert_eq!(over.header("warning"), None);
}

#[tokio::test]
async fn responses_about_operations_that_wait_for_a_stopped_clock_warn() {
    let (server, client) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    let warning =
        |response: &FakeResponse| response.header("warning").unwrap_or_default().to_owned();
    let begun = put(&server, "/onlineEndpoints/one", endpoint()).await;
    assert!(warning(&begun).starts_with("199 arm-fake \"the clock of the fake is stopped"));
    let monitor = begun.header("azure-asyncoperation").unwrap().to_owned();
    let polled = ask(&server, Method::Get, &monitor, None).await;
    let read = get(&server, "/onlineEndpoints/one").await;
    put(&server, "/jobs/one", job()).await;
    let job = get(&server, "/jobs/one").await;
    for response in [polled, read, job] {
        assert!(
            warning(&response).contains("Server::advance"),
            "{response:?}"
        );
    }
    server.advance(Duration::seconds(10));
    for name in ["/onlineEndpoints/one", "/jobs/one"] {
        assert_eq!(warning(&get(&server, name).await), "");
    }
    // A wait with a deadline reports the warning when the deadline passes.
    let options = BatchEndpointsClientBeginCreateOrUpdateOptions {
        method_options: PollerOptions::with_deadline(
            PollerOptions::default(),
            Duration::milliseconds(50),
        ),
    };
    let batch = client.workspace("rg", "wks").unwrap().batch_endpoints();
    let body = json!({"location": "westeurope", "properties": {"authMode": "AADToken"}});
    let poller = batch.begin_create_or_update("one", body, Some(options));
    let error = poller.unwrap().await.unwrap_err().to_string();
    assert!(error.contains("the caller's deadline"), "{error}");
    assert!(
        error.contains("the clock of the fake is stopped"),
        "{error}"
    );
}

#[tokio::test]
async fn reading_resources_that_wait_for_a_stopped_clock_is_rejected_after_many_times() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(10)));
    put(&server, "/onlineEndpoints/one", endpoint()).await;
    put(&server, "/jobs/one", job()).await;
    for at in ["/onlineEndpoints/one", "/jobs/one"] {
        for _ in 0..100 {
            assert_eq!(get(&server, at).await.status, 200);
        }
        let told = get(&server, at).await;
        assert_eq!((told.status, told.code()), (409, "ClockStopped"));
    }
    server.advance(Duration::seconds(10));
    for at in ["/onlineEndpoints/one", "/jobs/one"] {
        assert_eq!(get(&server, at).await.status, 200);
    }
}
