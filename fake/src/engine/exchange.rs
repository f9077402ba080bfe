//! Recorded requests, and responses.

use super::uri;
use crate::table::ServiceError;
use azure_core::{
    Bytes,
    time::{Duration, OffsetDateTime},
};
use serde_json::{Value, json};
use std::fmt;

/// A request that the fake has received, and its response.
#[derive(Clone)]
pub struct Recorded {
    method: String,
    origin: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Bytes,
    operation: Option<String>,
    time: Option<OffsetDateTime>,
    response: Option<Response>,
}

impl Recorded {
    /// Records a request without its credentials.
    pub(crate) fn new(
        method: &str,
        target: &str,
        headers: impl Iterator<Item = (String, String)>,
        body: Bytes,
    ) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            origin: String::new(),
            path: path.to_owned(),
            query: query_pairs(query),
            headers: headers.filter(|(name, _)| !is_private(name)).collect(),
            body,
            operation: None,
            time: None,
            response: None,
        }
    }

    /// Returns the method in upper case.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the scheme, host and port that the request was sent to, such as
    /// `http://127.0.0.1:8080`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the path as it was sent, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the query parameters, decoded.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// Returns a query parameter; its name is not case-sensitive.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut all = self.query.iter();
        let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the headers without those that carry credentials.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// Returns a header; its name is not case-sensitive.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body as JSON, or `None` if it is not JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Returns the ID of the described operation that the request is for.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// Returns the time of the request by the server's clock.
    pub fn time(&self) -> Option<OffsetDateTime> {
        self.time
    }

    /// Returns the status of the response; `None` if the connection was dropped.
    pub fn status(&self) -> Option<u16> {
        self.response.as_ref().map(|response| response.status)
    }

    /// Returns the headers of the response.
    pub fn response_headers(&self) -> &[(String, String)] {
        self.response
            .as_ref()
            .map_or(&[], |response| &response.headers)
    }

    /// Returns the body of the response, if it has one.
    pub fn response_json(&self) -> Option<&Value> {
        self.response.as_ref()?.body.as_ref()
    }

    /// Returns method and path, such as `GET /subscriptions/0`.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn sent_to(mut self, origin: &str) -> Self {
        self.origin = origin.to_owned();
        self
    }

    pub(crate) fn for_operation(mut self, id: Option<&str>) -> Self {
        self.operation = id.map(str::to_owned);
        self
    }

    pub(crate) fn with_response(
        mut self,
        time: OffsetDateTime,
        response: Option<&Response>,
    ) -> Self {
        self.time = Some(time);
        self.response = response.cloned();
        self
    }
}

/// Shows everything but the body, which may contain secrets.
impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorded")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("operation", &self.operation)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

fn query_pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        uri::decode(&text).unwrap_or(text)
    };
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pairs = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn is_private(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    header.contains("authorization") || header == "cookie"
}

/// A response that is ready to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
}

impl Response {
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self {
            body: Some(body),
            ..Self::empty(status)
        }
    }

    /// Creates an error in the form of the ARM RPC.
    pub(crate) fn error(status: u16, code: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::json(status, json!({"error": {"code": code, "message": message}}))
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Returns the headers to send. A `Retry-After` of zero is never sent, because clients treat it
    /// as absent and wait for half a minute; `shortest`, in milliseconds, replaces it.
    pub(crate) fn sent_headers<'a>(
        &'a self,
        shortest: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.headers.iter().filter_map(move |(name, value)| {
            let value = match value.as_str() {
                "0" if name.eq_ignore_ascii_case("retry-after") => return None,
                "0" if name.eq_ignore_ascii_case("retry-after-ms") => shortest,
                value => value,
            };
            Some((name.as_str(), value))
        })
    }

    /// Returns the body as bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.body
            .as_ref()
            .map_or_else(Vec::new, |body| body.to_string().into_bytes())
    }
}

/// The reply to a request.
#[derive(Debug)]
pub(crate) enum Reply {
    /// A response, and the delay of its body after the headers.
    Response(Response, Duration),
    /// The connection breaks after the request was sent.
    Dropped,
    /// The connection is refused.
    Refused,
}

/// Returns an error of the service, with the member or the name that it is about.
pub(crate) fn refuse_by<T>(
    error: &ServiceError,
    target: &str,
    message: &str,
) -> Result<T, Refusal> {
    let mut body = json!({"code": error.code, "message": message, "target": target});
    if let Some(code) = &error.detail {
        body["details"] = json!([{"code": code, "message": message}]);
    }
    Err(Box::new(Response::json(
        error.status,
        json!({ "error": body }),
    )))
}

/// An error response that ends the processing of a request.
pub(crate) type Refusal = Box<Response>;

/// Returns an error response, to return early with.
pub(crate) fn refuse<T>(status: u16, code: &str, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Box::new(Response::error(status, code, message)))
}
