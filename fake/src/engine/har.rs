//! Exports the log as HTTP Archive (HAR 1.2), which browsers and proxies can display.

use super::exchange::Recorded;
use azure_core::time::to_rfc3339;
use serde_json::{Value, json};

/// Returns all requests and responses, without credentials; bodies may contain secrets.
pub(crate) fn archive<'a>(log: impl Iterator<Item = &'a Recorded>) -> Value {
    json!({"log": {
        "version": "1.2",
        "creator": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
        "entries": log.map(entry).collect::<Vec<Value>>(),
    }})
}

fn entry(one: &Recorded) -> Value {
    let time = one.time().map(|time| to_rfc3339(&time));
    json!({
        "startedDateTime": time.unwrap_or_default(),
        "time": 0,
        "request": request(one),
        "response": response(one),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    })
}

fn request(one: &Recorded) -> Value {
    let query: Vec<String> = one
        .query()
        .iter()
        .map(|(name, value)| {
            format!(
                "{}={}",
                super::uri::encode_name(name),
                super::uri::encode(value)
            )
        })
        .collect();
    let question = if query.is_empty() { "" } else { "?" };
    let mut value = json!({
        "method": one.method(),
        "url": format!("{}{}{question}{}", one.origin(), one.path(), query.join("&")),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": pairs(one.headers()),
        "queryString": pairs(one.query()),
        "headersSize": -1,
        "bodySize": one.body().len(),
    });
    if !one.body().is_empty() {
        value["postData"] = json!({
            "mimeType": one.header("content-type").unwrap_or_default(),
            "text": String::from_utf8_lossy(one.body()),
        });
    }
    value
}

/// Returns the response; status 0 means a broken connection.
fn response(one: &Recorded) -> Value {
    let text = one
        .response_json()
        .map(Value::to_string)
        .unwrap_or_default();
    let mut headers = one.response_headers().iter();
    let media_type = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    json!({
        "status": one.status().unwrap_or(0),
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": pairs(one.response_headers()),
        "content": {
            "size": text.len(),
            "mimeType": media_type.map_or("", |(_, value)| value),
            "text": text,
        },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": text.len(),
    })
}

fn pairs(all: &[(String, String)]) -> Vec<Value> {
    let all = all.iter();
    all.map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}
