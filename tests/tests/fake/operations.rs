//! Long-running operations of every style.

use crate::common::{ask, endpoint, path, provider, versioned, with_workspace};
use arm_fake::{Clock, Fault, Pace};
use arm_machinelearning::fake::Server;
use arm_runtime::{ArmErrorExt, Duration, Method, OperationStatus, Poller};
use futures::{StreamExt, TryStreamExt};
use serde_json::json;

/// Polls an operation to its end; returns its statuses.
async fn follow<T, F>(poller: &mut Poller<T, F>) -> Vec<OperationStatus> {
    poller.try_collect().await.unwrap()
}

fn percents(steps: &[OperationStatus]) -> Vec<Option<f64>> {
    steps
        .iter()
        .map(OperationStatus::percent_complete)
        .collect()
}

#[tokio::test]
async fn a_status_monitor_reports_the_progress() {
    let (server, client) = with_workspace().await;
    server.set_pace(Pace::Polls(3));
    let endpoints = client.workspace("rg", "wks").unwrap().online_endpoints();
    let mut poller = endpoints
        .begin_create_or_update("one", endpoint(), None)
        .unwrap();
    let steps = follow(&mut poller).await;
    assert_eq!(
        percents(&steps),
        [None, Some(25.0), Some(50.0), Some(75.0), Some(100.0)]
    );
    let begin = steps[1].start_time();
    assert!(begin.is_some() && steps[1].end_time().is_none());
    assert_eq!(steps[4].end_time(), begin);
    let one = poller.await.unwrap().into_model().unwrap();
    assert_eq!(one.name.as_deref(), Some("one"));
    let lines: Vec<_> = server
        .requests()
        .iter()
        .map(|one| one.method().to_owned())
        .collect();
    assert_eq!(lines, ["PUT", "GET", "GET", "GET", "GET", "GET"]);
}

#[tokio::test]
async fn the_resource_exists_while_it_is_created() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Polls(1));
    let at = versioned(&path("/onlineEndpoints/one"));
    let put = ask(&server, Method::Put, &at, Some(endpoint())).await;
    assert_eq!(put.status, 201);
    assert_eq!(put.body["properties"]["provisioningState"], "Creating");
    assert_eq!(put.header("x-ms-async-operation-timeout"), Some("PT1H"));
    assert_eq!(put.header("location"), None);
    let monitor = put.header("azure-asyncoperation").unwrap();
    let again = ask(&server, Method::Put, &at, Some(endpoint())).await;
    assert_eq!(
        (again.status, again.code()),
        (409, "AnotherOperationInProgress")
    );
    let running = ask(&server, Method::Get, monitor, None).await;
    assert_eq!(running.body["status"], "InProgress");
    assert_eq!(running.header("retry-after-ms"), Some("1"));
    let over = ask(&server, Method::Get, monitor, None).await;
    assert_eq!(over.body["status"], "Succeeded");
    let read = ask(&server, Method::Get, &at, None).await;
    assert_eq!(read.body["properties"]["provisioningState"], "Succeeded");
}

#[tokio::test]
async fn a_location_returns_202_and_then_the_result() {
    let (server, client) = with_workspace().await;
    server.set_pace(Pace::Polls(2));
    let body = json!({"location": "l", "properties": {"description": "new"}});
    let mut poller = client
        .workspaces()
        .begin_create_or_update("rg", "new", body, None)
        .unwrap();
    let steps = follow(&mut poller).await;
    let statuses: Vec<u16> = steps.iter().map(|one| one.http_status().into()).collect();
    assert_eq!(statuses, [202, 202, 202, 200]);
    let new = poller.await.unwrap().into_model().unwrap();
    assert_eq!(new.properties.unwrap().description.as_deref(), Some("new"));
}

#[tokio::test]
async fn provisioning_state_is_polled_when_there_are_no_headers() {
    let (server, client) = with_workspace().await;
    server
        .seed(&path("/onlineEndpoints/one"), endpoint())
        .unwrap();
    server.set_pace(Pace::Polls(2));
    let endpoints = client.workspace("rg", "wks").unwrap().online_endpoints();
    // A replacement returns 200, for which the description has no headers.
    let mut poller = endpoints
        .begin_create_or_update("one", endpoint(), None)
        .unwrap();
    let steps = follow(&mut poller).await;
    assert_eq!(steps.len(), 4);
    poller.await.unwrap();
    let paths: Vec<_> = server
        .requests()
        .iter()
        .map(|one| one.path().to_owned())
        .collect();
    assert_eq!(paths, vec![path("/onlineEndpoints/one"); 4]);
}

#[tokio::test]
async fn deletions_and_actions_are_polled() {
    let (server, client) = with_workspace().await;
    server
        .seed(
            &path("/computes/one"),
            json!({"properties": {"computeType": "AmlCompute"}}),
        )
        .unwrap();
    server.set_pace(Pace::Polls(1));
    let computes = client.workspace("rg", "wks").unwrap().computes();
    let mut poller = computes.begin_stop("one", None).unwrap();
    assert_eq!(follow(&mut poller).await.len(), 3);
    poller.await.unwrap();
    let action = arm_machinelearning::models::UnderlyingResourceAction::Delete;
    let mut poller = computes.begin_delete("one", action, None).unwrap();
    let first = poller.next().await.unwrap().unwrap();
    assert!(!first.is_succeeded());
    let read = ask(
        &server,
        Method::Get,
        &versioned(&path("/computes/one")),
        None,
    )
    .await;
    assert_eq!(read.body["properties"]["provisioningState"], "Deleting");
    poller.await.unwrap();
    assert!(!server.resource_ids().contains(&path("/computes/one")));
}

#[tokio::test]
async fn an_action_ends_with_its_result() {
    let (server, client) = with_workspace().await;
    server.set_pace(Pace::Polls(1));
    let poller = client
        .workspaces()
        .begin_diagnose("rg", "wks", None)
        .unwrap();
    let result = poller.await.unwrap().into_model().unwrap();
    assert!(result.value.is_some());
}

#[tokio::test]
async fn time_is_that_of_the_server() {
    let (server, client) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::minutes(10)));
    let endpoints = client.workspace("rg", "wks").unwrap().online_endpoints();
    let mut poller = endpoints
        .begin_create_or_update("one", endpoint(), None)
        .unwrap();
    poller.next().await.unwrap().unwrap();
    let put = &server.requests()[0];
    assert_eq!(put.status(), Some(201));
    server.advance(Duration::minutes(4));
    let monitor = ask(
        &server,
        Method::Get,
        &versioned(&path("/onlineEndpoints/one")),
        None,
    )
    .await;
    assert_eq!(monitor.body["properties"]["provisioningState"], "Creating");
    server.advance(Duration::minutes(6));
    let over = ask(
        &server,
        Method::Get,
        &versioned(&path("/onlineEndpoints/one")),
        None,
    )
    .await;
    assert_eq!(over.body["properties"]["provisioningState"], "Succeeded");
    assert_eq!(over.body["systemData"]["createdAt"], "2025-01-01T00:00:00Z");
    server.set_clock(Clock::System);
    server.set_pace(Pace::Takes(Duration::ZERO));
    let poller = endpoints.begin_delete("one", None).unwrap();
    poller.await.unwrap();
}

#[tokio::test]
async fn an_operation_with_a_duration_reports_its_progress() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Takes(Duration::seconds(8)));
    let at = versioned(&path("/onlineEndpoints/one"));
    let put = ask(&server, Method::Put, &at, Some(endpoint())).await;
    assert_eq!(put.header("retry-after"), Some("1"));
    let monitor = put.header("azure-asyncoperation").unwrap();
    server.advance(Duration::seconds(2));
    let running = ask(&server, Method::Get, monitor, None).await;
    assert_eq!(running.body["percentComplete"], 25.0);
    assert_eq!(running.header("retry-after-ms"), Some("1000"));
    server.advance(Duration::milliseconds(5_800));
    let nearly = ask(&server, Method::Get, monitor, None).await;
    assert_eq!(nearly.header("retry-after-ms"), Some("200"));
    server.advance(Duration::seconds(1));
    let over = ask(&server, Method::Get, monitor, None).await;
    assert_eq!(over.body["status"], "Succeeded");
}

#[tokio::test]
async fn operations_can_be_made_to_fail() {
    let (server, client) = with_workspace().await;
    server.set_pace(Pace::Polls(1));
    let endpoints = client.workspace("rg", "wks").unwrap().online_endpoints();
    let broken = || Fault::operation("OutOfCapacity", "no machines are left");

    server.inject(broken());
    let poller = endpoints
        .begin_create_or_update("one", endpoint(), None)
        .unwrap();
    let error = poller.await.unwrap_err();
    let error = error.arm().unwrap();
    assert_eq!(error.code(), Some("OutOfCapacity"));
    assert_eq!(error.error.message.as_deref(), Some("no machines are left"));
    let read = ask(
        &server,
        Method::Get,
        &versioned(&path("/onlineEndpoints/one")),
        None,
    )
    .await;
    assert_eq!(read.body["properties"]["provisioningState"], "Failed");

    server.inject(broken());
    let error = endpoints
        .begin_delete("one", None)
        .unwrap()
        .await
        .unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("OutOfCapacity"));
    assert!(
        server
            .resource_ids()
            .contains(&path("/onlineEndpoints/one"))
    );

    server.inject(broken());
    let poller = endpoints
        .begin_create_or_update("one", endpoint(), None)
        .unwrap();
    assert!(poller.await.is_err());
    endpoints.begin_delete("one", None).unwrap().await.unwrap();
}

#[tokio::test]
async fn deleting_cancels_running_operations() {
    let (server, _) = with_workspace().await;
    server.set_pace(Pace::Polls(5));
    let at = versioned(&path("/onlineEndpoints/one"));
    let put = ask(&server, Method::Put, &at, Some(endpoint())).await;
    let deleted = ask(&server, Method::Delete, &at, None).await;
    assert_eq!(deleted.status, 202);
    let monitor = put.header("azure-asyncoperation").unwrap();
    let monitor = ask(&server, Method::Get, monitor, None).await;
    assert_eq!(monitor.body["status"], "Canceled");
}

#[tokio::test]
async fn a_poller_resumes_from_its_token() {
    let (server, client) = with_workspace().await;
    server.set_pace(Pace::Polls(2));
    let endpoints = client.workspace("rg", "wks").unwrap().online_endpoints();
    let mut poller = endpoints
        .begin_create_or_update("one", endpoint(), None)
        .unwrap();
    let token = poller.next().await.unwrap().unwrap();
    let token = token.continuation_token().unwrap().to_owned();
    drop(poller);
    let poller = endpoints.resume_create_or_update(&token, None).unwrap();
    let error = endpoints
        .resume_update(&token, None)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("it belongs to the operation OnlineEndpoints_CreateOrUpdate"),
        "{error}"
    );
    let one = poller.await.unwrap().into_model().unwrap();
    assert_eq!(one.name.as_deref(), Some("one"));
}

#[tokio::test]
async fn unknown_operations_and_other_methods_are_rejected() {
    let server = Server::new();
    let at = format!("{}/locations/x/operationResults/none", provider());
    let missing = ask(&server, Method::Get, &versioned(&at), None).await;
    assert_eq!((missing.status, missing.code()), (404, "OperationNotFound"));
    let wrong = ask(&server, Method::Delete, &versioned(&at), None).await;
    assert_eq!(wrong.status, 405);
}

#[tokio::test]
async fn subscriptions_are_guids() {
    let server = Server::new();
    let client = server.client("ä b/%").unwrap();
    let error = client.workspaces().get("rg", "wks", None).await;
    let error = error.unwrap_err();
    assert_eq!(error.http_status().map(u16::from), Some(400));
    assert_eq!(error.arm().unwrap().code(), Some("InvalidSubscriptionId"));
}
