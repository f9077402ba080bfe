//! The log as HTTP Archive.

use crate::common::{VERSION, ask, listen, path, talk, versioned, with_workspace};
use arm_fake::Fault;
use arm_machinelearning::{api_version, fake::Server};
use arm_runtime::Method;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The members that an object must have, each with a check of its value.
type Members<'m> = &'m [(&'m str, fn(&Value) -> bool)];

/// Checks the members of an object of HAR 1.2, and that there are no others.
fn check(value: &Value, what: &str, members: Members<'_>, optional: &[&str]) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("{what}: {value}"));
    for (name, fits) in members {
        let member = object
            .get(*name)
            .unwrap_or_else(|| panic!("{what} has no {name}"));
        assert!(fits(member), "{what}.{name}: {member}");
    }
    let is_known = |name: &String| {
        members.iter().any(|(known, _)| known == name) || optional.contains(&name.as_str())
    };
    let unknown: Vec<&String> = object.keys().filter(|name| !is_known(name)).collect();
    assert!(unknown.is_empty(), "{what}: {unknown:?}");
}

fn is_size(value: &Value) -> bool {
    value.as_i64().is_some_and(|size| size >= -1)
}

fn is_wait(value: &Value) -> bool {
    value.as_f64().is_some_and(|wait| wait >= 0.0)
}

fn is_time(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    OffsetDateTime::parse(text, &Rfc3339).is_ok()
}

fn check_pairs(list: &Value, what: &str) {
    for pair in list.as_array().unwrap() {
        let members: Members<'_> = &[("name", Value::is_string), ("value", Value::is_string)];
        check(pair, what, members, &[]);
    }
}

fn check_request(request: &Value) {
    check(
        request,
        "request",
        &[
            ("method", Value::is_string),
            ("url", Value::is_string),
            ("httpVersion", Value::is_string),
            ("cookies", Value::is_array),
            ("headers", Value::is_array),
            ("queryString", Value::is_array),
            ("headersSize", is_size),
            ("bodySize", is_size),
        ],
        &["postData"],
    );
    check_pairs(&request["headers"], "request.headers");
    check_pairs(&request["queryString"], "request.queryString");
    if let Some(data) = request.get("postData") {
        let members: Members<'_> = &[("mimeType", Value::is_string), ("text", Value::is_string)];
        check(data, "postData", members, &[]);
    }
}

fn check_response(response: &Value) {
    check(
        response,
        "response",
        &[
            ("status", Value::is_u64),
            ("statusText", Value::is_string),
            ("httpVersion", Value::is_string),
            ("cookies", Value::is_array),
            ("headers", Value::is_array),
            ("content", Value::is_object),
            ("redirectURL", Value::is_string),
            ("headersSize", is_size),
            ("bodySize", is_size),
        ],
        &[],
    );
    check_pairs(&response["headers"], "response.headers");
    let members: Members<'_> = &[("size", is_size), ("mimeType", Value::is_string)];
    check(&response["content"], "content", members, &["text"]);
}

fn check_archive(har: &Value) {
    check(har, "the archive", &[("log", Value::is_object)], &[]);
    let log = &har["log"];
    let members: Members<'_> = &[
        ("version", |version| version == "1.2"),
        ("creator", Value::is_object),
        ("entries", Value::is_array),
    ];
    check(log, "log", members, &[]);
    let members: Members<'_> = &[("name", Value::is_string), ("version", Value::is_string)];
    check(&log["creator"], "creator", members, &[]);
    for entry in log["entries"].as_array().unwrap() {
        let members: Members<'_> = &[
            ("startedDateTime", is_time),
            ("time", is_wait),
            ("request", Value::is_object),
            ("response", Value::is_object),
            ("cache", Value::is_object),
            ("timings", Value::is_object),
        ];
        check(entry, "entry", members, &[]);
        let members: Members<'_> = &[("send", is_wait), ("wait", is_wait), ("receive", is_wait)];
        check(&entry["timings"], "timings", members, &[]);
        check_request(&entry["request"]);
        check_response(&entry["response"]);
    }
}

#[tokio::test]
async fn the_archive_is_as_har_1_2_says() {
    let (server, _) = with_workspace().await;
    check_archive(&server.har());
    let at = format!("{}&$top=1", versioned(&path("/jobs")));
    ask(&server, Method::Get, &at, None).await;
    let body = json!({"properties": {"description": "ä"}});
    let model = versioned(&path("/models/m"));
    ask(&server, Method::Put, &model, Some(body.clone())).await;
    ask(&server, Method::Delete, &model, None).await;
    server.inject(Fault::disconnect());
    let url = path("");
    let target = format!("{url}?{VERSION}");
    let (listening, _client) = listen(&server).await;
    talk(
        &listening,
        &format!("GET {target} HTTP/1.1\r\nhost: h:1\r\n\r\n"),
    )
    .await;
    let har = server.har();
    check_archive(&har);
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 4);
    assert_eq!(entries[0]["request"]["queryString"][1]["name"], "$top");
    let sent = entries[1]["request"]["postData"]["text"].as_str().unwrap();
    assert_eq!(sent, body.to_string());
    let shown = entries[1]["response"]["content"]["text"].as_str().unwrap();
    let shown: Value = serde_json::from_str(shown).unwrap();
    assert_eq!(shown["name"], "m");
    // The connection broke, which is status 0.
    assert_eq!(entries[3]["response"]["status"], 0);
    assert_eq!(entries[3]["request"]["url"], format!("http://h:1{target}"));
}

#[test]
fn an_unused_server_has_an_empty_archive() {
    check_archive(&Server::new().har());
}

#[tokio::test]
async fn requests_and_responses_are_logged() {
    let (server, client) = with_workspace().await;
    client.workspaces().get("rg", "wks", None).await.unwrap();
    let log = server.requests();
    let last = log.last().unwrap();
    assert_eq!(last.operation(), Some("Workspaces_Get"));
    assert_eq!(last.status(), Some(200));
    assert_eq!(last.response_json().unwrap()["name"], "wks");
    assert!(!last.response_headers().is_empty());
    let har = server.har();
    assert_eq!(har["log"]["version"], "1.2");
    let entry = &har["log"]["entries"][log.len() - 1];
    assert_eq!(entry["request"]["method"], "GET");
    let url = entry["request"]["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://management.azure.com/subscriptions/"),
        "{url}"
    );
    let version = format!("?api-version={}", api_version::DEFAULT);
    assert!(url.ends_with(&version), "{url}");
    assert_eq!(entry["response"]["status"], 200);
    assert_eq!(entry["startedDateTime"], "2025-01-01T00:00:00Z");
}
