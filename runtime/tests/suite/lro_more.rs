//! Progress, errors, waits, deadlines and continuation tokens of long-running operations.

use crate::{
    common::{NAME, SERVICE, Thing, client, fast, options, retrying_client},
    support::{Server, StubResponse},
};
use arm_runtime::{
    ArmErrorExt, Client, Duration, NoFormat, OperationStatus, Poller, PollerOptions, PollerStatus,
    PollingStopped, Response, Result, Scope,
};
use azure_core::base64;
use futures::{StreamExt, TryStreamExt};
use serde_json::{Value, json};
use std::time::Duration as StdDuration;

fn put(scope: &Scope, options: Option<PollerOptions<'_>>) -> Poller<Thing> {
    scope
        .put("Things_Put", "/things/{name}")
        .path(&NAME, "a")
        .begin(None, options)
        .unwrap()
}

fn accepted() -> StubResponse {
    StubResponse::new(202).header("azure-asyncoperation", "{base}/op?t=1&s=signature")
}

fn monitor(status: &str) -> StubResponse {
    StubResponse::new(200).json(json!({"status": status}))
}

fn thing() -> StubResponse {
    StubResponse::new(200).json(json!({"name": "a"}))
}

#[tokio::test]
async fn awaiting_returns_the_typed_result() {
    let server = Server::script([accepted(), monitor("Succeeded"), thing()]).await;
    let response: Response<Thing> = put(&client(&server).root(), fast()).await.unwrap();
    assert_eq!(response.into_model().unwrap().name.as_deref(), Some("a"));
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_awaited() {
    let server = Server::script([]).await;
    drop(put(&client(&server).root(), fast()));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_stream_yields_every_status_then_the_result() {
    let running = json!({"status": "Running", "percentComplete": 40,
        "startTime": "2026-01-01T00:00:00Z"});
    let ended = json!({"status": "Succeeded", "percentComplete": "100",
        "startTime": "2026-01-01T00:00:00Z", "endTime": "2026-01-01T00:01:00Z"});
    let server = Server::script([
        accepted(),
        StubResponse::new(200).json(running),
        StubResponse::new(200).json(ended),
        thing(),
    ])
    .await;
    let mut poller = put(&client(&server).root(), fast());
    let statuses: Vec<OperationStatus> = poller.by_ref().try_collect().await.unwrap();
    assert_eq!(statuses.len(), 3);
    assert_eq!(statuses[0].status(), &PollerStatus::InProgress);
    assert_eq!(u16::from(statuses[0].http_status()), 202);
    assert_eq!(
        statuses[1].status(),
        &PollerStatus::UnknownValue("Running".to_owned())
    );
    assert_eq!(statuses[1].percent_complete(), Some(40.0));
    assert_eq!(statuses[1].end_time(), None);
    assert!(statuses[1].continuation_token().is_some());
    assert!(statuses[2].is_succeeded());
    let ended = statuses.iter().map(OperationStatus::is_terminal);
    assert_eq!(ended.collect::<Vec<_>>(), [false, false, true]);
    let running = statuses.iter().map(OperationStatus::is_in_progress);
    assert_eq!(running.collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(statuses[2].percent_complete(), Some(100.0));
    let took = statuses[2].end_time().unwrap() - statuses[2].start_time().unwrap();
    assert_eq!(took, Duration::minutes(1));
    assert_eq!(statuses[2].continuation_token(), None);
    assert_eq!(
        server.lines().len(),
        3,
        "the result is only read when it is asked for"
    );
    let result = poller.await.unwrap().into_model().unwrap();
    assert_eq!(result.name.as_deref(), Some("a"));
    assert_eq!(server.lines().last().unwrap(), "GET /things/a");
}

#[tokio::test]
async fn a_status_comes_before_the_wait_for_the_next() {
    let server = Server::script([accepted().header("retry-after", "3600")]).await;
    let mut poller = put(&client(&server).root(), fast());
    let first = tokio::time::timeout(StdDuration::from_secs(20), poller.next()).await;
    first.expect("the status does not wait").unwrap().unwrap();
}

#[tokio::test]
async fn a_failure_ends_the_stream_and_is_returned_by_await_too() {
    let failed = json!({"status": "Failed", "error": {"code": "Broken", "message": "It broke."}});
    let server = Server::script([accepted(), StubResponse::new(200).json(failed)]).await;
    let mut poller = put(&client(&server).root(), fast());
    assert!(poller.next().await.unwrap().is_ok());
    let error = poller.next().await.unwrap().unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("Broken"));
    assert!(
        PollingStopped::of(&error).is_none(),
        "there is nothing to go on with"
    );
    assert!(poller.next().await.is_none());
    assert_eq!(poller.continuation_token(), None);
    let error = poller.await.unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("Broken"));
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn a_rejected_operation_cannot_be_resumed() {
    let server = Server::script([StubResponse::new(400)]).await;
    let mut poller = put(&client(&server).root(), fast());
    let error = poller.next().await.unwrap().unwrap_err();
    assert!(PollingStopped::of(&error).is_none());
    assert_eq!(poller.continuation_token(), None);
    assert!(poller.next().await.is_none());
    let error = poller.await.unwrap_err().to_string();
    assert!(
        error.contains("not known whether the operation has started"),
        "{error}"
    );
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn the_last_failed_response_is_in_the_error() {
    let failed = json!({"status": "Failed", "error": {"code": "A", "details": [
        {"code": "B", "details": [{"code": "C", "target": "deep"}]}]}});
    let server = Server::script([accepted(), StubResponse::new(200).json(failed)]).await;
    let error = put(&client(&server).root(), fast()).await.unwrap_err();
    let arm = error.arm().unwrap();
    assert_eq!(arm.details()[0].details[0].target.as_deref(), Some("deep"));
    let typed: azure_core::error::ErrorResponse = error.try_into().unwrap();
    assert_eq!(typed.error.unwrap().code.as_deref(), Some("A"));
}

#[tokio::test]
async fn retry_after_overrides_the_frequency() {
    // The interval is one hour: only the headers can end this test.
    let slow = PollerOptions::default().with_frequency(Duration::hours(1));
    let server = Server::script([
        accepted().header("retry-after-ms", "1"),
        monitor("Running").header("retry-after-ms", "1"),
        monitor("Running").header("x-ms-retry-after-ms", "1"),
        monitor("Succeeded").header("retry-after", "3600"),
        thing(),
    ])
    .await;
    put(&client(&server).root(), Some(slow)).await.unwrap();
    assert_eq!(server.lines().len(), 5);
}

#[tokio::test]
async fn a_wait_of_zero_is_ignored() {
    let past = "Sun, 06 Nov 1994 08:49:37 GMT";
    let said = [
        ("retry-after", "0"),
        ("retry-after", past),
        ("retry-after-ms", "0"),
        ("x-ms-retry-after-ms", "0"),
    ];
    for (name, value) in said {
        let server = Server::respond(move |_| accepted().header(name, value)).await;
        let slow = PollerOptions::default().with_frequency(Duration::hours(1));
        let poller = put(&client(&server).root(), Some(slow));
        let early = tokio::time::timeout(StdDuration::from_millis(50), poller).await;
        assert!(early.is_err(), "{name}: {value}");
        assert_eq!(server.lines().len(), 1, "{name}: {value}");
    }
    assert_eq!(PollerOptions::default().frequency, Duration::seconds(30));
    let server = Server::respond(|_| accepted()).await;
    let at_once = PollerOptions::default().with_frequency(Duration::ZERO);
    let poller = put(&client(&server).root(), Some(at_once));
    let early = tokio::time::timeout(StdDuration::from_millis(50), poller).await;
    assert!(early.is_err());
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn no_wait_is_shorter_than_a_second_unless_the_client_is_for_tests() {
    let server = Server::respond(|request| match request.method.as_str() {
        "PUT" => accepted().header("retry-after-ms", "1"),
        _ => monitor("Running").header("retry-after", "0"),
    })
    .await;
    let mut options = options(&server);
    options.min_poll_frequency = arm_runtime::ArmClientOptions::default().min_poll_frequency;
    assert_eq!(options.min_poll_frequency, Duration::SECOND);
    let client = Client::without_credential(&SERVICE, options).unwrap();
    let poller = put(&client.root(), fast());
    let early = tokio::time::timeout(StdDuration::from_millis(1500), poller).await;
    assert!(early.is_err());
    assert_eq!(server.lines(), ["PUT /things/a", "GET /op"]);
}

#[tokio::test]
async fn retry_after_in_seconds_and_as_a_date_is_waited_for() {
    for value in ["2", "Fri, 31 Dec 2100 23:59:59 GMT"] {
        let server = Server::script([accepted().header("retry-after", value)]).await;
        let mut poller = put(&client(&server).root(), fast());
        poller.next().await.unwrap().unwrap();
        let next = tokio::time::timeout(StdDuration::from_millis(200), poller.next()).await;
        assert!(next.is_err(), "the interval of 1 ms must not count");
        assert_eq!(server.lines().len(), 1);
    }
}

#[tokio::test]
async fn invalid_values_of_retry_after_are_ignored() {
    for value in ["-5", "soon", ""] {
        let server = Server::script([
            accepted().header("retry-after", value),
            monitor("Succeeded"),
            thing(),
        ])
        .await;
        put(&client(&server).root(), fast()).await.unwrap();
    }
}

#[tokio::test]
async fn transient_failures_do_not_end_polling() {
    let server = Server::script([
        accepted(),
        StubResponse::new(408),
        StubResponse::new(429).header("retry-after-ms", "1"),
        StubResponse::new(500),
        StubResponse::reset(),
        monitor("Running"),
        StubResponse::new(503),
        StubResponse::new(502),
        StubResponse::new(504),
        monitor("Running").half(),
        monitor("Succeeded"),
        StubResponse::new(500),
        thing(),
    ])
    .await;
    put(&client(&server).root(), fast()).await.unwrap();
    assert_eq!(server.lines().len(), 13);
}

#[tokio::test]
async fn persistent_failures_end_polling_with_a_token() {
    let error = json!({"error": {"code": "ServerBusy", "message": "Later."}});
    let script = std::iter::once(accepted())
        .chain((0..5).map(|_| StubResponse::new(503).json(error.clone())))
        .chain([monitor("Succeeded"), thing()]);
    let server = Server::script(script).await;
    let client = client(&server);
    let error = put(&client.root(), fast()).await.unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("ServerBusy"));
    assert_eq!(server.lines().len(), 6);
    let token = PollingStopped::of(&error)
        .unwrap()
        .continuation_token()
        .unwrap();
    let poller: Poller<Thing> = client.root().resume("Things_Put", token, fast()).unwrap();
    poller.await.unwrap();
    assert_eq!(server.lines()[6..], ["GET /op", "GET /things/a"]);
}

#[tokio::test]
async fn the_pipeline_does_not_retry_polls() {
    let failures = |times| (0..times).map(|_| StubResponse::new(503).header("retry-after-ms", "1"));
    for (times, gives) in [(4, true), (5, false)] {
        let script = std::iter::once(accepted())
            .chain(failures(times))
            .chain([monitor("Succeeded")])
            .chain(failures(times))
            .chain([thing()]);
        let server = Server::script(script).await;
        let result = put(&retrying_client(&server).root(), fast()).await;
        assert_eq!(result.is_ok(), gives);
        assert_eq!(server.lines().len(), if gives { 11 } else { 6 });
    }
    let script = [accepted()]
        .into_iter()
        .chain((0..5).map(|_| StubResponse::reset()));
    let server = Server::script(script).await;
    let error = put(&retrying_client(&server).root(), fast())
        .await
        .unwrap_err();
    assert!(PollingStopped::of(&error).is_some(), "{error:?}");
    assert_eq!(server.lines().len(), 6);
}

/// Starts an operation without a body and polls it to its end.
async fn finish(server: &Server, method: &str) -> azure_core::Error {
    let root = client(server).root();
    let call = match method {
        "PUT" => root.put("Things_Put", "/things/{name}"),
        "PATCH" => root.patch("Things_Put", "/things/{name}"),
        "POST" => root.post("Things_Put", "/things/{name}"),
        _ => root.delete("Things_Put", "/things/{name}"),
    };
    let poller: Poller<Value> = call.path(&NAME, "a").begin(None, fast()).unwrap();
    poller.await.unwrap_err()
}

#[tokio::test]
async fn a_rejected_poll_is_a_failure_unless_it_is_about_the_caller() {
    let creating =
        || StubResponse::new(201).json(json!({"properties": {"provisioningState": "Creating"}}));
    let located = || StubResponse::new(202).header("location", "/loc");
    for (method, first) in [
        ("PUT", creating()),
        ("PUT", located()),
        ("DELETE", located()),
    ] {
        for status in [400, 404, 405, 409, 410, 412, 422, 451] {
            let server = Server::script([first.clone(), StubResponse::new(status)]).await;
            let error = finish(&server, method).await;
            assert!(PollingStopped::of(&error).is_none(), "{error}");
            assert_eq!(error.http_status().map(u16::from), Some(status));
            let last = OperationStatus::of(&error).unwrap();
            assert_eq!(last.status(), &PollerStatus::Failed);
            assert_eq!(server.lines().len(), 2);
        }
        for status in [401, 403] {
            let server = Server::script([first.clone(), StubResponse::new(status)]).await;
            let error = finish(&server, method).await;
            let stopped = PollingStopped::of(&error).unwrap();
            assert!(stopped.continuation_token().is_some(), "{error}");
            assert!(OperationStatus::of(&error).is_none());
            assert_eq!(server.lines().len(), 2);
        }
        for status in [408, 429] {
            let server = Server::script([first.clone(), StubResponse::new(status)]).await;
            finish(&server, method).await;
            // After the script the server returns 599, which is transient too.
            assert_eq!(server.lines().len(), 6);
        }
    }
}

#[tokio::test]
async fn a_missing_monitor_is_replaced_by_the_resource() {
    for status in [400, 404, 410] {
        let responses = [accepted(), StubResponse::new(status), thing()];
        let server = Server::script(responses.clone()).await;
        let error = finish(&server, "PUT").await;
        let stopped = PollingStopped::of(&error).unwrap();
        let token = stopped.continuation_token().unwrap();
        let client = client(&server);
        let poller: Poller<Thing> = client.root().resume("Things_Put", token, fast()).unwrap();
        poller.await.unwrap();
        assert_eq!(
            server.lines(),
            ["PUT /things/a", "GET /op", "GET /things/a"]
        );
        let server = Server::script(responses).await;
        let error = finish(&server, "POST").await;
        let stopped = PollingStopped::of(&error).unwrap();
        assert_eq!(
            stopped.continuation_token(),
            None,
            "nothing else tells: {error}"
        );
    }
}

#[tokio::test]
async fn an_accepted_operation_has_started() {
    let other = Server::script([]).await;
    let foreign = |name: &str| StubResponse::new(202).header(name, &other.base());
    let first = [
        foreign("azure-asyncoperation"),
        foreign("operation-location"),
        foreign("location"),
        StubResponse::new(202).header("location", "https://"),
    ];
    for response in first {
        for (method, is_resource) in [
            ("PUT", true),
            ("PATCH", true),
            ("POST", false),
            ("DELETE", false),
        ] {
            let server = Server::script([response.clone(), thing()]).await;
            let error = finish(&server, method).await;
            assert!(
                error.to_string().contains("the operation has started"),
                "{error}"
            );
            let stopped = PollingStopped::of(&error).expect("it has started");
            let token = stopped.continuation_token();
            assert_eq!(token.is_some(), is_resource, "{method}");
            if let Some(token) = token {
                let client = client(&server);
                let poller: Poller<Thing> =
                    client.root().resume("Things_Put", token, fast()).unwrap();
                poller.await.unwrap();
                assert_eq!(server.lines()[1..], ["GET /things/a"]);
            }
        }
    }
    assert_eq!(other.connections(), 0);
    for response in [StubResponse::new(202), foreign("location")] {
        let error = finish(&Server::script([response]).await, "POST").await;
        let stopped = PollingStopped::of(&error).expect("it has started");
        assert_eq!(stopped.continuation_token(), None);
    }
}

#[tokio::test]
async fn a_missing_result_cannot_be_resumed() {
    for status in [400, 404, 410] {
        let responses = [accepted(), monitor("Succeeded"), StubResponse::new(status)];
        let error = finish(&Server::script(responses).await, "PUT").await;
        assert!(PollingStopped::of(&error).is_none(), "{error}");
        assert!(
            OperationStatus::of(&error).is_none(),
            "the operation has succeeded"
        );
    }
    for status in [401, 403, 500] {
        let last = (0..5).map(|_| StubResponse::new(status));
        let responses = [accepted(), monitor("Succeeded")].into_iter().chain(last);
        let error = finish(&Server::script(responses).await, "PUT").await;
        let stopped = PollingStopped::of(&error).unwrap();
        assert!(stopped.continuation_token().is_some(), "{error}");
    }
}

#[tokio::test]
async fn the_last_response_is_kept_completely() {
    let running = json!({"status": "Running", "properties": {"step": 3}});
    let failed = json!({"status": "Canceled", "percentComplete": 60, "properties": {"step": 4}});
    let server = Server::script([
        accepted(),
        StubResponse::new(200).json(running.clone()),
        StubResponse::new(200)
            .header("x-ms-request-id", "r1")
            .json(failed.clone()),
    ])
    .await;
    let mut poller = put(&client(&server).root(), fast());
    poller.next().await.unwrap().unwrap();
    let status = poller.next().await.unwrap().unwrap();
    let body: Value = serde_json::from_slice(status.raw_response().body()).unwrap();
    assert_eq!(body, running);
    let error = poller.next().await.unwrap().unwrap_err();
    for error in [error, poller.await.unwrap_err()] {
        let last = OperationStatus::of(&error).unwrap();
        assert_eq!(last.status(), &PollerStatus::Canceled);
        assert!(last.is_terminal() && !last.is_in_progress());
        assert_eq!(last.percent_complete(), Some(60.0));
        let body: Value = serde_json::from_slice(last.raw_response().body()).unwrap();
        assert_eq!(body, failed);
        let id = arm_runtime::HasHeaders::header::<String>(last.raw_response(), "x-ms-request-id");
        assert_eq!(id.unwrap().as_deref(), Some("r1"));
    }
}

#[tokio::test]
async fn the_deadline_ends_polling_but_not_the_operation() {
    let server = Server::respond(|request| match request.method.as_str() {
        "PUT" => accepted(),
        _ => monitor("Running"),
    })
    .await;
    let options = fast().unwrap().with_deadline(Duration::seconds(1));
    let error = put(&client(&server).root(), Some(options))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("deadline"), "{error}");
    let stopped = PollingStopped::of(&error).unwrap();
    assert!(stopped.continuation_token().is_some());
}

#[tokio::test]
async fn the_deadline_ends_long_waits_and_slow_responses() {
    let options = || Some(PollerOptions::default().with_deadline(Duration::milliseconds(50)));
    let server = Server::script([accepted().header("retry-after", "3600")]).await;
    let error = put(&client(&server).root(), options()).await.unwrap_err();
    assert!(error.to_string().contains("deadline"), "{error}");
    let slow = StubResponse::new(200).delay(StdDuration::from_secs(3600));
    let server = Server::script([slow]).await;
    let error = put(&client(&server).root(), options()).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("not known whether the operation has started"),
        "{text}"
    );
    assert!(
        !text.contains("token") && !text.contains("resume"),
        "{text}"
    );
    assert!(
        PollingStopped::of(&error).is_none(),
        "it is not known whether it began"
    );
}

#[tokio::test]
async fn the_deadline_includes_the_result() {
    let server = Server::respond(|request| match request.method.as_str() {
        "POST" => accepted().header("location", "/loc"),
        _ if request.target.starts_with("/op") => monitor("Succeeded"),
        _ => StubResponse::new(202),
    })
    .await;
    let root = client(&server).root();
    let call = root.post("Things_Do", "/things/{name}").path(&NAME, "a");
    let options = fast().unwrap().with_deadline(Duration::milliseconds(300));
    let poller: Poller<Value> = call.begin(None, Some(options)).unwrap();
    let error = poller.await.unwrap_err();
    assert!(error.to_string().contains("deadline"), "{error}");
    assert!(
        PollingStopped::of(&error)
            .unwrap()
            .continuation_token()
            .is_some()
    );
    assert!(server.lines().contains(&"GET /loc".to_owned()));
}

#[tokio::test]
async fn extreme_deadlines_do_not_panic() {
    let server = Server::script([thing()]).await;
    let options = fast().unwrap().with_deadline(Duration::MAX);
    put(&client(&server).root(), Some(options)).await.unwrap();
    assert_eq!(server.lines().len(), 1);
    let options = fast().unwrap().with_deadline(Duration::MIN);
    let error = put(&client(&server).root(), Some(options))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("deadline"), "{error}");
    assert_eq!(server.lines().len(), 1, "what is too late is not sent");
}

#[tokio::test]
async fn dropping_stops_polling() {
    let server = Server::script([accepted(), monitor("Running")]).await;
    let mut poller = put(&client(&server).root(), fast());
    poller.next().await.unwrap().unwrap();
    drop(poller);
    tokio::time::sleep(StdDuration::from_millis(30)).await;
    assert_eq!(server.lines(), ["PUT /things/a"]);
}

#[tokio::test]
async fn a_stream_can_be_awaited_in_the_middle_of_a_poll() {
    let slow = monitor("Succeeded").delay(StdDuration::from_millis(500));
    let server = Server::script([accepted(), slow, thing()]).await;
    let mut poller = put(&client(&server).root(), fast());
    poller.next().await.unwrap().unwrap();
    let waiting = tokio::time::timeout(StdDuration::from_millis(30), poller.next()).await;
    assert!(waiting.is_err());
    poller.await.unwrap();
    assert_eq!(
        server.lines(),
        ["PUT /things/a", "GET /op", "GET /things/a"]
    );
}

/// Returns the server and the token after the first response.
async fn begun(
    first: StubResponse,
    rest: impl IntoIterator<Item = StubResponse>,
) -> (Server, String) {
    let server = Server::script(std::iter::once(first).chain(rest)).await;
    let mut poller = put(&client(&server).root(), fast());
    assert_eq!(poller.continuation_token(), None);
    let status = poller.next().await.unwrap().unwrap();
    assert_eq!(status.continuation_token(), poller.continuation_token());
    let token = status.continuation_token().unwrap().to_owned();
    (server, token)
}

#[tokio::test]
async fn another_client_resumes_a_status_monitor() {
    let (server, token) = begun(
        accepted(),
        [monitor("Running"), monitor("Succeeded"), thing()],
    )
    .await;
    let poller: Poller<Thing> = client(&server)
        .root()
        .resume("Things_Put", &token, fast())
        .unwrap();
    assert_eq!(poller.continuation_token().unwrap(), token);
    let result = poller.await.unwrap().into_model().unwrap();
    assert_eq!(result.name.as_deref(), Some("a"));
    let targets: Vec<_> = server.requests().iter().map(|r| r.target.clone()).collect();
    assert_eq!(targets[1], "/op?t=1&s=signature", "signatures are kept");
    assert_eq!(targets[3], "/things/a?api-version=2025-01-01");
}

#[tokio::test]
async fn another_client_resumes_a_location() {
    let first = StubResponse::new(202).header("location", "/loc");
    let (server, token) = begun(first, [StubResponse::new(202), thing()]).await;
    let poller: Poller<Thing> = client(&server)
        .root()
        .resume("Things_Put", &token, fast())
        .unwrap();
    poller.await.unwrap();
    assert_eq!(server.lines(), ["PUT /things/a", "GET /loc", "GET /loc"]);
}

#[tokio::test]
async fn another_client_resumes_a_resource() {
    let first =
        StubResponse::new(201).json(json!({"properties": {"provisioningState": "Creating"}}));
    let (server, token) = begun(first, [thing()]).await;
    let poller: Poller<Thing> = client(&server)
        .root()
        .resume("Things_Put", &token, fast())
        .unwrap();
    poller.await.unwrap();
    assert_eq!(server.lines(), ["PUT /things/a", "GET /things/a"]);
}

#[tokio::test]
async fn an_operation_without_a_result_is_resumed() {
    let server = Server::script([
        StubResponse::new(202).header("location", "/loc"),
        StubResponse::new(204),
    ])
    .await;
    let client = client(&server);
    let mut poller = client
        .root()
        .delete("Things_Delete", "/things/{name}")
        .path(&NAME, "a")
        .begin_empty(None, fast())
        .unwrap();
    poller.next().await.unwrap().unwrap();
    let token = poller.continuation_token().unwrap().to_owned();
    let resumed: Poller<(), NoFormat> = client
        .root()
        .resume("Things_Delete", &token, fast())
        .unwrap();
    let response = resumed.await.unwrap();
    assert_eq!(u16::from(response.status()), 204);
}

#[tokio::test]
async fn a_token_contains_links_but_no_credential_and_no_body() {
    let server = Server::script([accepted()]).await;
    let body = json!({"properties": {"password": "hunter2"}});
    let client = client(&server);
    let mut poller: Poller<Value> = client
        .root()
        .put("Things_Put", "/things/{name}")
        .path(&NAME, "a")
        .body(arm_runtime::Body::<Value>::from(body))
        .begin(None, fast())
        .unwrap();
    poller.next().await.unwrap().unwrap();
    let token = poller.continuation_token().unwrap();
    let plain = String::from_utf8(base64::decode_url_safe(token).unwrap()).unwrap();
    let json: Value = serde_json::from_str(&plain).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["operation"], "Things_Put");
    assert!(!plain.contains("hunter2") && !plain.to_lowercase().contains("bearer"));
}

fn resume_error(client: &Client, token: &str) -> String {
    let result: Result<Poller<Thing>> = client.root().resume("Things_Put", token, None);
    result
        .expect_err("a token that must be refused")
        .to_string()
}

#[tokio::test]
async fn invalid_tokens_are_rejected() {
    let server = Server::script([]).await;
    let client = client(&server);
    for text in ["", "not base64!", "aGVsbG8=", "e30="] {
        assert!(
            resume_error(&client, text).contains("continuation token"),
            "{text}"
        );
    }
    let future = base64::encode_url_safe(json!({"version": 2}).to_string());
    assert!(resume_error(&client, &future).contains("version 2"));
    let half = base64::encode_url_safe(json!({"version": 1, "method": "PUT"}).to_string());
    assert!(resume_error(&client, &half).contains("not complete"));
}

#[tokio::test]
async fn tokens_of_another_host_are_rejected() {
    let (_server, token) = begun(accepted(), []).await;
    let other = Server::script([]).await;
    let error = resume_error(&client(&other), &token);
    assert!(error.contains("refused to follow a link"), "{error}");
    assert_eq!(other.connections(), 0);
}

/// Returns a token with one member replaced.
fn forged(token: &str, member: &str, value: Value) -> String {
    let plain = base64::decode_url_safe(token).unwrap();
    let mut json: Value = serde_json::from_slice(&plain).unwrap();
    json[member] = value;
    base64::encode_url_safe(json.to_string())
}

#[tokio::test]
async fn every_link_of_a_token_is_checked() {
    let evil = || Value::from("http://evil.example/x");
    let (server, token) = begun(accepted(), [monitor("Succeeded")]).await;
    for member in ["original", "poll"] {
        let error = resume_error(&client(&server), &forged(&token, member, evil()));
        assert!(error.contains("evil.example"), "{member}: {error}");
    }
    // The link to the result is checked when it is followed, as it is without a token.
    let token = forged(&forged(&token, "location", evil()), "method", "POST".into());
    let poller: Poller<Thing> = client(&server)
        .root()
        .resume("Things_Put", &token, fast())
        .unwrap();
    let error = poller.await.unwrap_err().to_string();
    assert!(
        error.contains("refused to follow a link to http://evil.example"),
        "{error}"
    );
}

#[tokio::test]
async fn tokens_of_another_operation_are_rejected() {
    let (server, token) = begun(accepted(), []).await;
    let result: Result<Poller<Thing>> =
        client(&server).root().resume("Things_Delete", &token, None);
    let error = result.expect_err("it is of another operation").to_string();
    assert!(
        error.contains("it belongs to the operation Things_Put, not to Things_Delete"),
        "{error}"
    );
}

#[tokio::test]
async fn secrets_in_links_are_not_shown() {
    let server = Server::script([accepted(), StubResponse::reset()]).await;
    let mut options = options(&server);
    options.client_options.retry = azure_core::http::RetryOptions::none();
    let client = Client::without_credential(&SERVICE, options).unwrap();
    let mut poller = put(&client.root(), fast());
    let status = poller.next().await.unwrap().unwrap();
    assert!(!format!("{status:?}{poller:?}").contains("signature"));
    let failures = (0..4).map(|_| StubResponse::reset());
    let server = Server::script(std::iter::once(accepted()).chain(failures)).await;
    let error = put(&crate::common::client(&server).root(), fast()).await;
    // After the script the server returns 599, which is a failure of the service.
    let error = error.unwrap_err();
    assert!(
        !format!("{error:?} {error}").contains("signature"),
        "{error:?}"
    );
}
