//! Helpers for the tests.

use arm_fake::Listening;
use arm_machinelearning::{MachineLearningClient, fake::Server};
use arm_runtime::{ArmClientOptions, Context, Duration, Method, Url};
use azure_core::http::Request;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

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

/// Serves on a free port, and returns a client of it.
pub(crate) async fn listen(server: &Server) -> (Listening, MachineLearningClient) {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listening = server.listen(any).await.unwrap();
    let options = ArmClientOptions {
        endpoint: Some(listening.url()),
        min_poll_frequency: Duration::ZERO,
        ..Default::default()
    };
    let client = MachineLearningClient::without_credential(SUBSCRIPTION, options).unwrap();
    (listening, client)
}

/// Writes text to a new connection and reads until its end.
pub(crate) async fn talk(listening: &Listening, text: &str) -> String {
    let mut stream = TcpStream::connect(listening.address()).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut response = Vec::new();
    // A reset ends the connection too.
    let _ = stream.read_to_end(&mut response).await;
    String::from_utf8(response).unwrap()
}

/// Puts a resource in the workspace.
pub(crate) async fn put(server: &Server, rest: &str, body: Value) -> FakeResponse {
    ask(server, Method::Put, &versioned(&path(rest)), Some(body)).await
}

pub(crate) async fn get(server: &Server, rest: &str) -> FakeResponse {
    ask(server, Method::Get, &versioned(&path(rest)), None).await
}

pub(crate) async fn post(server: &Server, rest: &str, body: Option<Value>) -> FakeResponse {
    ask(server, Method::Post, &versioned(&path(rest)), body).await
}

pub(crate) fn job() -> Value {
    json!({"properties": {
        "jobType": "Command", "command": "echo", "environmentId": "azureml:e:1",
        "description": "first",
    }})
}
