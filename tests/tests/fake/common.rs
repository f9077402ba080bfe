//! Helpers for the tests.

use arm_machinelearning::{MachineLearningClient, fake::Server};
use arm_runtime::{Context, Method, Url};
use azure_core::http::Request;
use serde_json::{Value, json};

pub(crate) const SUBSCRIPTION: &str = "11111111-1111-1111-1111-111111111111";
pub(crate) const VERSION: &str = "api-version=2025-12-01";

/// Returns a server with the workspace `wks` in the group `rg`, and a client.
pub(crate) async fn with_workspace() -> (Server, MachineLearningClient) {
    let server = Server::new();
    let client = server.client(SUBSCRIPTION).unwrap();
    create_workspace(&client, "rg", "wks").await;
    server.clear_requests();
    (server, client)
}

pub(crate) async fn create_workspace(client: &MachineLearningClient, group: &str, name: &str) {
    let body = json!({"location": "westeurope", "properties": {}});
    let workspaces = client.workspaces();
    let poller = workspaces.begin_create_or_update(group, name, body, None);
    poller.unwrap().await.unwrap();
}

pub(crate) fn endpoint() -> Value {
    json!({"location": "westeurope", "properties": {"authMode": "Key"}})
}

/// Returns the path of a resource in the workspace.
pub(crate) fn path(rest: &str) -> String {
    format!("{}/workspaces/wks{rest}", provider())
}

pub(crate) fn provider() -> String {
    format!(
        "/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/\
         Microsoft.MachineLearningServices"
    )
}

/// A response of the fake.
#[derive(Debug)]
pub(crate) struct FakeResponse {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl FakeResponse {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    /// Returns the members that an error is about.
    pub(crate) fn targets(&self) -> Vec<&str> {
        let details = self.body["error"]["details"].as_array();
        let details = details.into_iter().flatten();
        details.filter_map(|one| one["target"].as_str()).collect()
    }
}

/// Sends a request in memory, without a generated client; the path includes the query.
pub(crate) async fn ask(
    server: &arm_fake::Server,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> FakeResponse {
    let text = body.map(|body| body.to_string());
    let headers: &[(&str, &str)] = match text {
        Some(_) => &[("content-type", "application/json")],
        None => &[],
    };
    ask_with(server, method, path, headers, text.unwrap_or_default()).await
}

pub(crate) async fn ask_with(
    server: &arm_fake::Server,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: String,
) -> FakeResponse {
    let url = if path.starts_with("http") {
        path.to_owned()
    } else {
        format!("https://management.azure.com{path}")
    };
    let mut request = Request::new(Url::parse(&url).unwrap(), method);
    for (name, value) in headers {
        request.insert_header((*name).to_owned(), (*value).to_owned());
    }
    request.set_body(body);
    let transport = server.transport();
    let response = transport.send(&Context::new(), &mut request).await.unwrap();
    let raw = response.try_into_raw_response().await.unwrap();
    let headers = raw.headers().iter();
    let headers = headers.map(|(n, v)| (n.as_str().to_owned(), v.as_str().to_owned()));
    FakeResponse {
        status: raw.status().into(),
        headers: headers.collect(),
        body: serde_json::from_slice(raw.body()).unwrap_or_default(),
    }
}

/// Returns a path with the default version.
pub(crate) fn versioned(path: &str) -> String {
    format!("{path}?{VERSION}")
}
