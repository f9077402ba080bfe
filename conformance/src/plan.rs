//! The messages between the runner and the program that it runs: JSON Lines.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Placeholder for the address of the program's server in responses and results.
pub const ENDPOINT: &str = "{endpoint}";

/// A call of an operation and the responses that it receives.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Case {
    /// ID of the operation.
    pub operation: String,
    /// The subscription, when the path begins with one.
    pub subscription: Option<String>,
    /// The values of the path's placeholders, in their order.
    pub path: Vec<Value>,
    /// The values of query parameters by their names on the wire.
    pub query: BTreeMap<String, Value>,
    /// The values of header parameters by their names on the wire.
    pub header: BTreeMap<String, Value>,
    /// The request body.
    pub body: Option<Value>,
    /// The responses. The first is for the request, the last for all later requests; a request for
    /// `/status` gets a status monitor whose result is the last.
    pub responses: Vec<StubResponse>,
}

/// A response of the server.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct StubResponse {
    /// HTTP status code.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The response body.
    pub body: String,
}

/// What was observed during a case.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Observation {
    /// The first request that the server received.
    pub request: Option<Request>,
    /// What the method returned.
    pub result: Returned,
}

/// A request as the server received it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The request body; bytes that are not UTF-8 are replaced.
    pub body: String,
}

/// What a method returned.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Returned {
    /// An error, with all its causes.
    Error(String),
    /// A model, serialized again.
    Model(Value),
    /// The pages of a list, serialized again.
    Pages(Vec<Value>),
    /// Bytes as text; what is not UTF-8 is replaced.
    Text(String),
    /// Whether something exists.
    Exists(bool),
    /// Success without a value.
    Nothing,
}
