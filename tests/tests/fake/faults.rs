//! Injected faults, and the record of requests.

use crate::common::{ask, ask_with, create_workspace, path, versioned, with_workspace};
use arm_fake::{Fault, Server};
use arm_runtime::{ArmErrorExt, Context, Duration, ErrorKind, Method, Url};
use azure_core::http::Request;
use serde_json::json;

#[tokio::test]
async fn the_client_retries_transient_faults() {
    let (server, client) = with_workspace().await;
    server.inject(Fault::status(503).times(2));
    client.workspaces().get("rg", "wks", None).await.unwrap();
    server.inject(Fault::throttle(Duration::ZERO));
    client.workspaces().get("rg", "wks", None).await.unwrap();
    server.inject(Fault::disconnect());
    client.workspaces().get("rg", "wks", None).await.unwrap();
    server.inject(Fault::unreachable());
    client.workspaces().get("rg", "wks", None).await.unwrap();
    let seen: Vec<_> = server.requests().iter().map(|one| one.status()).collect();
    let expected = [503, 503, 200, 429, 200, 0, 200, 0, 200];
    assert_eq!(seen, expected.map(|status| (status != 0).then_some(status)));
}

#[tokio::test]
async fn faults_apply_only_to_matching_requests() {
    let (server, client) = with_workspace().await;
    server.inject(Fault::error(400, "Nope", "not this one").on("get", "/Workspaces/other"));
    server.inject(
        Fault::status(418)
            .when(|request| request.parameter("kind").is_some())
            .always(),
    );
    client.workspaces().get("rg", "wks", None).await.unwrap();
    let other = client
        .workspaces()
        .get("rg", "other", None)
        .await
        .unwrap_err();
    assert_eq!(other.arm().unwrap().code(), Some("Nope"));
    let other = client
        .workspaces()
        .get("rg", "other", None)
        .await
        .unwrap_err();
    assert_eq!(other.arm().unwrap().code(), Some("ResourceNotFound"));
    let at = format!("{}&kind=x", versioned(&path("")));
    for _ in 0..3 {
        assert_eq!(ask(&server, Method::Get, &at, None).await.status, 418);
    }
    server.clear_faults();
    assert_eq!(ask(&server, Method::Get, &at, None).await.status, 200);
}

#[tokio::test]
async fn throttling_says_how_long_to_wait() {
    let (server, _) = with_workspace().await;
    server.inject(Fault::throttle(Duration::seconds(7)));
    let response = ask(&server, Method::Get, &versioned(&path("")), None).await;
    assert_eq!((response.status, response.code()), (429, "TooManyRequests"));
    assert_eq!(response.header("retry-after"), Some("7"));
    assert_eq!(response.header("retry-after-ms"), Some("7000"));
    for what in ["deletes", "reads", "writes"] {
        let header = format!("x-ms-ratelimit-remaining-subscription-{what}");
        assert_eq!(response.header(&header), Some("0"), "{what}");
    }
    let next = ask(&server, Method::Get, &versioned(&path("")), None).await;
    let left = next.header("x-ms-ratelimit-remaining-subscription-reads");
    assert_eq!((next.status, left), (200, Some("11999")));
}

#[tokio::test]
async fn broken_connections_have_the_error_kinds_of_real_ones() {
    let (server, _) = with_workspace().await;
    let kind = async |fault: Fault| {
        server.inject(fault);
        let url = Url::parse("https://management.azure.com/").unwrap();
        let mut request = Request::new(url, Method::Get);
        let transport = server.transport();
        let error = transport
            .send(&Context::new(), &mut request)
            .await
            .unwrap_err();
        error.kind().clone()
    };
    assert!(matches!(kind(Fault::disconnect()).await, ErrorKind::Io));
    assert!(matches!(
        kind(Fault::unreachable()).await,
        ErrorKind::Connection
    ));
}

#[tokio::test]
async fn responses_can_be_delayed() {
    let (server, client) = with_workspace().await;
    server.set_latency(Duration::milliseconds(1));
    server.inject(Fault::delay(Duration::milliseconds(1)));
    client.workspaces().get("rg", "wks", None).await.unwrap();
}

#[tokio::test]
async fn requests_are_recorded_without_credentials() {
    let (server, _) = with_workspace().await;
    let headers = [
        ("authorization", "Bearer hidden"),
        ("x-ms-authorization-auxiliary", "Bearer hidden"),
        ("content-type", "application/json"),
        ("x-ms-client-request-id", "mine"),
    ];
    let at = format!("{}&x=a%20b", versioned(&path("")));
    let body = json!({"location": "West Europe", "properties": {}}).to_string();
    let response = ask_with(&server, Method::Put, &at, &headers, body).await;
    assert_eq!(response.header("x-ms-client-request-id"), Some("mine"));
    assert!(response.header("x-ms-request-id").is_some());
    let requests = server.requests();
    let [one] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(one.line(), format!("PUT {}", path("")));
    assert_eq!(one.parameter("X"), Some("a b"));
    assert_eq!(one.query().len(), 2);
    assert_eq!(one.header("Content-Type"), Some("application/json"));
    assert_eq!(one.json().unwrap()["location"], "West Europe");
    assert_eq!(one.status(), Some(202));
    let names: Vec<_> = one
        .headers()
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(
        !names.iter().any(|name| name.contains("authorization")),
        "{names:?}"
    );
    server.clear_requests();
    assert!(server.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_clients_share_one_store() {
    let (server, client) = with_workspace().await;
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let name = format!("wks{}", number % 20);
                create_workspace(&client, "rg", &name).await;
                client.workspaces().get("rg", &name, None).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(server.resource_ids().len(), 21);
}

#[tokio::test]
async fn a_description_that_cannot_be_read_is_a_service_without_operations() {
    let description = arm_fake::Description::embedded("{");
    let server = Server::new(&description);
    let response = ask(&server, Method::Get, "/x?api-version=1", None).await;
    assert_eq!(
        (response.status, response.code()),
        (404, "InvalidResourceType")
    );
}

#[tokio::test]
async fn a_response_can_be_lost_after_the_request_took_effect() {
    let (server, client) = with_workspace().await;
    let others = Fault::error(500, "Never", "not for this one").on_operation("Workspaces_Get");
    server.inject(others);
    server.inject(Fault::lost_response().on_operation("Workspaces_CreateOrUpdate"));
    create_workspace(&client, "rg", "lost").await;
    let all = server.requests();
    let puts: Vec<_> = all.iter().filter(|one| one.method() == "PUT").collect();
    let statuses: Vec<_> = puts.iter().map(|one| one.status()).collect();
    assert_eq!(statuses, [None, Some(202)]);
    // The first request took effect, so the second one replaced the resource.
    let resource = server.export().unwrap();
    let resources = resource["resources"].as_array().unwrap();
    let lost = resources
        .iter()
        .find(|one| one["id"].as_str().unwrap().ends_with("/lost"));
    assert_eq!(lost.unwrap()["revision"], 2);
}

#[tokio::test]
async fn the_nth_request_for_a_resource_can_fail() {
    let (server, _) = with_workspace().await;
    let fault = Fault::forbidden().on_resource(&path("")).nth(2).times(2);
    server.inject(fault);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let at = versioned(&path("/jobs"));
        assert_eq!(
            ask(&server, Method::Get, &versioned(&path("/jobs/a")), None)
                .await
                .status,
            404
        );
        ask(&server, Method::Get, &versioned(&path("/jobs/a/b")), None).await;
        statuses.push(ask(&server, Method::Get, &at, None).await.status);
    }
    assert_eq!(statuses, [200, 403, 403, 200]);
}

#[tokio::test]
async fn tokens_are_rejected_with_a_challenge() {
    let (server, client) = with_workspace().await;
    server.inject(Fault::unauthorized());
    let response = ask(&server, Method::Get, &versioned(&path("")), None).await;
    assert_eq!(
        (response.status, response.code()),
        (401, "InvalidAuthenticationToken")
    );
    let challenge = response.header("www-authenticate").unwrap();
    assert!(
        challenge.starts_with("Bearer authorization_uri="),
        "{challenge}"
    );
    assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    server.inject(Fault::unauthorized());
    let error = client
        .workspaces()
        .get("rg", "wks", None)
        .await
        .unwrap_err();
    assert_eq!(error.http_status().map(u16::from), Some(401));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conditions_may_change_the_server() {
    let (server, client) = with_workspace().await;
    let inner = server.clone();
    let fault = Fault::status(400).when(move |request| {
        // Each of these takes a lock.
        inner.inject(Fault::status(418).on("GET", "/never"));
        inner.clear_requests();
        inner
            .set(&path(""), &json!({"tags": {"seen": "yes"}}))
            .unwrap();
        request.path().ends_with("/never")
    });
    server.inject(fault.always());
    let get = client.workspaces().get("rg", "wks", None);
    let limit = std::time::Duration::from_secs(20);
    let workspace = tokio::time::timeout(limit, get).await.expect("no deadlock");
    let tags = workspace.unwrap().into_model().unwrap().tags.unwrap();
    assert_eq!(tags["seen"], "yes");
}

#[tokio::test]
async fn conditions_may_use_the_server() {
    let (server, client) = with_workspace().await;
    let inner = server.clone();
    server.inject(Fault::status(400).when(move |_| inner.resource_ids().len() > 1));
    client.workspaces().get("rg", "wks", None).await.unwrap();
    server.seed(&path("/jobs/one"), json!({})).unwrap();
    assert!(client.workspaces().get("rg", "wks", None).await.is_err());
}

#[tokio::test]
async fn bodies_can_be_delayed() {
    let (server, client) = with_workspace().await;
    server.inject(Fault::slow_body(Duration::milliseconds(50)));
    let begun = std::time::Instant::now();
    client.workspaces().get("rg", "wks", None).await.unwrap();
    assert!(begun.elapsed() >= std::time::Duration::from_millis(50));
}
