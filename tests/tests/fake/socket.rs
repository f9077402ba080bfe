//! The fake over HTTP, as clients in other languages use it.

use crate::common::{VERSION, create_workspace, endpoint, listen, path, talk};
use arm_fake::{Fault, Pace};
use arm_machinelearning::fake::Server;
use arm_runtime::ArmErrorExt;
use futures::TryStreamExt;
use serde_json::Value;
use tokio::{io::AsyncReadExt, net::TcpStream};

#[tokio::test]
async fn a_generated_client_works_over_the_socket() {
    let server = Server::new();
    server.set_page_size(2);
    server.set_pace(Pace::Polls(1));
    let (_listening, client) = listen(&server).await;
    for name in ["one", "two", "three"] {
        create_workspace(&client, "rg", name).await;
    }
    let all = client.workspaces().list_by_subscription(None).unwrap();
    let all: Vec<_> = all.try_collect().await.unwrap();
    assert_eq!(all.len(), 3);
    let endpoints = client.workspace("rg", "one").unwrap().online_endpoints();
    let poller = endpoints
        .begin_create_or_update("end", endpoint(), None)
        .unwrap();
    poller.await.unwrap();
    server.inject(Fault::disconnect());
    endpoints.get("end", None).await.unwrap();
    let error = endpoints.get("other", None).await.unwrap_err();
    assert_eq!(error.arm().unwrap().code(), Some("ResourceNotFound"));
    endpoints.begin_delete("end", None).unwrap().await.unwrap();
}

#[tokio::test]
async fn chunked_bodies_and_keep_alive() {
    let server = Server::new();
    let (listening, _client) = listen(&server).await;
    let body = "{\"location\":\"l\",\"properties\":{}}";
    let (one, two) = body.split_at(10);
    let target = format!("{}?{VERSION}", path(""));
    let put = format!(
        "PUT {target} HTTP/1.1\r\nhost: fake.test\r\ncontent-type: application/json\r\n\
         transfer-encoding: chunked\r\n\r\n{:x}\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n",
        one.len(),
        two.len()
    );
    let get = format!("GET {target} HTTP/1.1\r\nhost: fake.test\r\nconnection: close\r\n\r\n");
    let responses = talk(&listening, &format!("{put}{get}")).await;
    assert!(
        responses.starts_with("HTTP/1.1 202 Accepted\r\n"),
        "{responses}"
    );
    assert!(
        responses.contains("location: http://fake.test/subscriptions/"),
        "{responses}"
    );
    let (_, second) = responses.split_once("HTTP/1.1 200 OK\r\n").unwrap();
    let (_, body) = second.split_once("\r\n\r\n").unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["name"], "wks");
}

#[tokio::test]
async fn head_and_unusual_methods() {
    let server = Server::new();
    let (listening, _client) = listen(&server).await;
    for method in ["HEAD", "BREW"] {
        let request = format!(
            "{method} {}?{VERSION} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            path("")
        );
        let response = talk(&listening, &request).await;
        assert!(
            response.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"),
            "{response}"
        );
        assert_eq!(
            response.ends_with("\r\n\r\n"),
            method == "HEAD",
            "{response}"
        );
    }
}

#[tokio::test]
async fn too_large_bodies_and_invalid_requests_are_rejected() {
    let server = Server::new();
    let (listening, _client) = listen(&server).await;
    let request = format!(
        "PUT {}?{VERSION} HTTP/1.1\r\nhost: x\r\ncontent-length: 999999999999\r\n\
         connection: close\r\n\r\n",
        path("")
    );
    let response = talk(&listening, &request).await;
    assert!(response.starts_with("HTTP/1.1 413 "), "{response}");
    assert!(response.contains("RequestContentTooLarge"), "{response}");
    // A body that is sent without permission is read to its end, so that the response arrives.
    let size = 4 * 1024 * 1024 + 1;
    let request = format!(
        "PUT {}?{VERSION} HTTP/1.1\r\nhost: x\r\ncontent-length: {size}\r\n\
         connection: close\r\n\r\n{}",
        path(""),
        " ".repeat(size)
    );
    let response = talk(&listening, &request).await;
    assert!(response.starts_with("HTTP/1.1 413 "), "{response}");
    let response = talk(&listening, "nonsense\r\n\r\n").await;
    assert!(response.starts_with("HTTP/1.1 400 "), "{response}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_dropped_connection_has_no_response() {
    let server = Server::new();
    let (listening, _client) = listen(&server).await;
    server.inject(Fault::disconnect());
    let request = format!("GET {}?{VERSION} HTTP/1.1\r\nhost: x\r\n\r\n", path(""));
    assert_eq!(talk(&listening, &request).await, "");
}

#[tokio::test]
async fn dropping_closes_the_connections() {
    let server = Server::new();
    let (listening, _client) = listen(&server).await;
    let mut stream = TcpStream::connect(listening.address()).await.unwrap();
    let address = listening.address();
    assert_eq!(listening.url(), format!("http://{address}"));
    drop(listening);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
}

#[tokio::test]
async fn a_wait_of_zero_is_not_sent() {
    let server = Server::new();
    server.set_pace(Pace::Polls(1));
    let (listening, _client) = listen(&server).await;
    let body = "{\"location\":\"l\",\"properties\":{}}";
    let target = format!("{}?{VERSION}", path(""));
    let put = format!(
        "PUT {target} HTTP/1.1\r\nhost: fake.test\r\ncontent-type: application/json\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let response = talk(&listening, &put).await;
    assert!(response.contains("retry-after-ms: 10\r\n"), "{response}");
    assert!(!response.contains("retry-after:"), "{response}");
}

#[tokio::test]
async fn delayed_bodies_arrive_after_their_headers() {
    let server = Server::new();
    let (listening, client) = listen(&server).await;
    create_workspace(&client, "rg", "wks").await;
    let wait = arm_runtime::Duration::milliseconds(20);
    server.inject(Fault::slow_body(wait));
    let target = format!("{}?{VERSION}", path(""));
    let get = format!("GET {target} HTTP/1.1\r\nhost: fake.test\r\nconnection: close\r\n\r\n");
    let response = talk(&listening, &get).await;
    assert!(
        response.contains("transfer-encoding: chunked"),
        "{response}"
    );
    assert!(response.contains("\"name\":\"wks\""), "{response}");
}
