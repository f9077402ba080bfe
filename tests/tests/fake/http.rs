//! Requests as curl and clients in other languages send them, over a socket.

use crate::common::{SUBSCRIPTION, VERSION, create_workspace, endpoint, listen, path, talk};
use arm_fake::{Listening, Pace};
use arm_machinelearning::fake::Server;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const JSON: &str = "content-type: application/json\r\n";

/// A response, read from a socket.
#[derive(Debug)]
struct Wire {
    status: u16,
    head: String,
    body: Value,
}

impl Wire {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Self {
            status: status.unwrap_or(0),
            head: head.to_owned(),
            body: serde_json::from_str(body).unwrap_or_default(),
        }
    }

    fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }
}

/// Returns a server on a port, with the workspace `wks`.
async fn served() -> (Server, Listening) {
    let server = Server::new();
    let (listening, client) = listen(&server).await;
    create_workspace(&client, "rg", "wks").await;
    (server, listening)
}

/// Sends a request with a body, and headers that each end with a line break.
async fn send(listening: &Listening, line: &str, headers: &str, body: &str) -> Wire {
    let length = match body {
        "" => String::new(),
        body => format!("content-length: {}\r\n", body.len()),
    };
    let request = format!(
        "{line} HTTP/1.1\r\nhost: fake.test\r\nconnection: close\r\n{length}{headers}\r\n{body}"
    );
    Wire::parse(&talk(listening, &request).await)
}

async fn get(listening: &Listening, target: &str) -> Wire {
    send(listening, &format!("GET {target}"), "", "").await
}

#[tokio::test]
async fn a_host_is_needed_by_http_1_1_only() {
    let (_server, listening) = served().await;
    let target = format!("{}?{VERSION}", path(""));
    let without = format!("GET {target} HTTP/1.1\r\nconnection: close\r\n\r\n");
    let without = Wire::parse(&talk(&listening, &without).await);
    assert_eq!((without.status, without.code()), (400, "BadRequest"));
    let old = format!("GET {target} HTTP/1.0\r\n\r\n");
    assert_eq!(Wire::parse(&talk(&listening, &old).await).status, 200);
    let absolute = get(&listening, &format!("http://fake.test{target}")).await;
    assert_eq!(absolute.body["name"], "wks");
}

#[tokio::test]
async fn requests_that_send_have_a_length() {
    let (_server, listening) = served().await;
    let line = format!("POST {}/listKeys?{VERSION}", path(""));
    let without = send(&listening, &line, "", "").await;
    assert_eq!((without.status, without.code()), (411, "LengthRequired"));
    let empty = send(&listening, &line, "content-length: 0\r\n", "").await;
    assert_eq!(empty.status, 200, "{empty:?}");
}

#[tokio::test]
async fn permission_to_send_a_body_is_given() {
    let (_server, listening) = served().await;
    let body = endpoint().to_string();
    let head = format!(
        "PUT {}?{VERSION} HTTP/1.1\r\nhost: fake.test\r\nconnection: close\r\n\
         expect: 100-continue\r\n{JSON}content-length: {}\r\n\r\n",
        path("/onlineEndpoints/one"),
        body.len()
    );
    let mut stream = TcpStream::connect(listening.address()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let expected = "HTTP/1.1 100 Continue\r\n\r\n";
    let mut interim = vec![0; expected.len()];
    stream.read_exact(&mut interim).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&interim), expected);
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    assert_eq!(Wire::parse(&rest).status, 201, "{rest}");

    // A body that is too large is not asked for.
    let huge = "expect: 100-continue\r\ncontent-length: 5000000\r\n";
    let line = format!("PUT {}?{VERSION}", path(""));
    let huge = send(&listening, &line, huge, "").await;
    assert_eq!((huge.status, huge.code()), (413, "RequestContentTooLarge"));
}

#[tokio::test]
async fn paths_are_compared_as_resource_manager_does() {
    let (_server, listening) = served().await;
    let plain = path("");
    let loud = plain.to_uppercase();
    for at in [
        format!("{plain}/"),
        plain.replace("/providers", "//providers"),
        plain.replace("/wks", "/%77%6B%73"),
        loud,
    ] {
        let found = get(&listening, &format!("{at}?{VERSION}")).await;
        assert_eq!(found.body["id"], plain, "{at}: {found:?}");
    }
    for (at, code) in [
        (format!("{plain}/%FF"), "InvalidRequestUri"),
        (format!("{plain}/%zz"), "InvalidRequestUri"),
        (format!("{plain}/jobs/a/b"), "InvalidResourceType"),
        (
            format!("/subscriptions/{SUBSCRIPTION}/nothing"),
            "InvalidResourceType",
        ),
        ("/".to_owned(), "InvalidResourceType"),
    ] {
        let wrong = get(&listening, &format!("{at}?{VERSION}")).await;
        assert_eq!(wrong.code(), code, "{at}: {wrong:?}");
    }
    let long = format!(
        "{}?{VERSION}",
        plain.replace("/wks", &format!("/{}", "w".repeat(2000)))
    );
    let long = get(&listening, &long).await;
    assert_eq!((long.status, long.code()), (400, "InvalidParameter"));
    let endless = format!(
        "{}?{VERSION}",
        path(&format!("/jobs/{}", "j".repeat(70_000)))
    );
    assert_eq!(get(&listening, &endless).await.status, 414);
}

#[tokio::test]
async fn the_api_version_is_given_once() {
    let (_server, listening) = served().await;
    for (query, status) in [
        ("api-version=2025-12-01", 200),
        ("API-Version=2025-12-01", 200),
        ("%61pi-version=2025-12-01", 200),
        ("api-version=2025-12-01&unknown=1&flag", 200),
        ("api-version=2025-12-01&api-version=2025-12-01", 200),
        ("api-version=2025-12-01&api-version=2025-09-01", 400),
        ("api-version=", 400),
        ("api-version", 400),
        ("", 400),
    ] {
        let found = get(&listening, &format!("{}?{query}", path(""))).await;
        assert_eq!(found.status, status, "{query}: {found:?}");
    }
}

#[tokio::test]
async fn methods_are_those_of_the_path() {
    let (_server, listening) = served().await;
    let at = path("");
    for (line, allowed) in [
        (format!("OPTIONS {at}?{VERSION}"), "GET, PUT, PATCH, DELETE"),
        (format!("TRACE {at}?{VERSION}"), "GET, PUT, PATCH, DELETE"),
        (format!("BREW {at}?{VERSION}"), "GET, PUT, PATCH, DELETE"),
        (format!("DELETE {at}/jobs?{VERSION}"), "GET"),
        (format!("GET {at}/listKeys?{VERSION}"), "POST"),
        (
            "DELETE /subscriptions?api-version=2022-12-01".to_owned(),
            "GET",
        ),
    ] {
        let wrong = send(&listening, &line, "", "").await;
        assert_eq!(
            (wrong.status, wrong.code()),
            (405, "MethodNotAllowed"),
            "{line}"
        );
        assert_eq!(wrong.header("allow"), Some(allowed), "{line}");
    }
    // Resource Manager does not check the existence of resources of most providers by HEAD.
    let head = send(&listening, &format!("HEAD {at}?{VERSION}"), "", "").await;
    assert_eq!((head.status, head.body), (405, Value::Null));
}

#[tokio::test]
async fn bodies_are_json_in_utf_8() {
    let (server, listening) = served().await;
    let line = format!("PUT {}?{VERSION}", path("/onlineEndpoints/one"));
    let good = endpoint().to_string();
    for (headers, body, status, code) in [
        (JSON, "{", 400, "InvalidRequestContent"),
        (JSON, "null", 400, "InvalidRequestContent"),
        (JSON, "[]", 400, "InvalidRequestContent"),
        (JSON, "\"text\"", 400, "InvalidRequestContent"),
        (JSON, "{} {}", 400, "InvalidRequestContent"),
        ("", &good, 415, "UnsupportedMediaType"),
        (
            "content-type: text/plain\r\n",
            &good,
            415,
            "UnsupportedMediaType",
        ),
        (
            "content-type: application/json\r\ncontent-encoding: gzip\r\n",
            &good,
            415,
            "UnsupportedMediaType",
        ),
    ] {
        let wrong = send(&listening, &line, headers, body).await;
        assert_eq!(
            (wrong.status, wrong.code()),
            (status, code),
            "{headers}{body}"
        );
    }
    let none = send(&listening, &line, "content-length: 0\r\n", "").await;
    assert_eq!((none.status, none.code()), (400, "InvalidRequestContent"));
    let latin = [
        format!(
            "{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{JSON}content-length: 3\r\n\r\n"
        )
        .as_bytes(),
        b"\"\xff\"",
    ]
    .concat();
    let mut stream = TcpStream::connect(listening.address()).await.unwrap();
    stream.write_all(&latin).await.unwrap();
    let mut told = String::new();
    stream.read_to_string(&mut told).await.unwrap();
    assert_eq!(Wire::parse(&told).code(), "InvalidRequestContent", "{told}");
    assert_eq!(server.resource_ids().len(), 1);
    let created = send(&listening, &line, JSON, &good).await;
    assert_eq!(created.status, 201, "{created:?}");
}

#[tokio::test]
async fn operations_are_followed_after_their_resource_is_gone() {
    let (server, listening) = served().await;
    server.set_pace(Pace::Polls(1));
    let target = |at: &str| format!("{at}?{VERSION}");
    let one = path("/onlineEndpoints/one");
    let put = send(
        &listening,
        &format!("PUT {}", target(&one)),
        JSON,
        &endpoint().to_string(),
    )
    .await;
    let monitor = put.header("azure-asyncoperation").unwrap().to_owned();
    let deleted = send(&listening, &format!("DELETE {}", target(&one)), "", "").await;
    assert_eq!(deleted.status, 202);
    assert_eq!(get(&listening, &monitor).await.body["status"], "Canceled");
    let result = deleted.header("location").unwrap().to_owned();
    assert_eq!(get(&listening, &result).await.status, 202);
    assert_eq!(get(&listening, &result).await.status, 204);
    assert_eq!(get(&listening, &result).await.status, 204);
    let again = send(&listening, &format!("DELETE {}", target(&one)), "", "").await;
    assert_eq!(again.status, 204);

    // The result of an operation whose resource was removed meanwhile says so.
    let two = path("").replace("/wks", "/two");
    let body = json!({"location": "westeurope", "properties": {}}).to_string();
    let put = send(&listening, &format!("PUT {}", target(&two)), JSON, &body).await;
    let result = put.header("location").unwrap().to_owned();
    assert!(server.remove(&two));
    get(&listening, &result).await;
    let gone = get(&listening, &result).await;
    assert_eq!((gone.status, gone.code()), (404, "ResourceNotFound"));
    let message = gone.body["error"]["message"].as_str().unwrap();
    assert!(message.contains(&two.to_lowercase()), "{message}");
}
