//! A service in memory whose responses are made of the bytes.

use super::feed::Feed;
use arm_machinelearning::{
    MachineLearningClient, operations::WorkspacesClientBeginDiagnoseOptions,
};
use arm_runtime::{
    ArmClientOptions, Bytes, ClientOptions, Duration, MethodOptions, PollerOptions, Result,
};
use azure_core::http::{
    AsyncRawResponse, HttpClient, Request, RetryOptions, StatusCode, Transport, headers::Headers,
};
use futures::TryStreamExt;
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};

/// Runs a long-running operation and a list with responses made of the bytes.
///
/// # Panics
///
/// If there is no timer, or a poller does not accept its own token.
pub fn responses(bytes: &[u8]) {
    // The clock is paused, so that waits end at once.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    let runtime = runtime.expect("a timer can be made");
    // A response may cause an error, but nothing else.
    let _ = runtime.block_on(talk(bytes));
}

async fn talk(bytes: &[u8]) -> Result<()> {
    let client = client(bytes.to_vec());
    let workspace = client.workspace("group", "workspace")?;
    let endpoints = workspace.batch_endpoints();
    let method_options = PollerOptions::default().with_frequency(Duration::MILLISECOND);
    let options = || {
        let method_options = method_options.clone();
        Some(MethodOptions { method_options })
    };
    match bytes.first().unwrap_or(&0) % 5 {
        0 => {
            let pages = endpoints.list(None)?;
            pages.into_pages().try_for_each(|_| async { Ok(()) }).await
        }
        1 => endpoints.begin_delete("name", options())?.await.map(drop),
        2 => {
            let poller = endpoints.begin_update("name", json!({}), options())?;
            poller.await?.into_model().map(drop)
        }
        3 => {
            let options = WorkspacesClientBeginDiagnoseOptions {
                body: None,
                method_options,
            };
            let workspaces = client.workspaces();
            let poller = workspaces.begin_diagnose("group", "workspace", Some(options))?;
            poller.await?.into_model().map(drop)
        }
        _ => {
            let mut poller = endpoints.begin_create_or_update("name", json!({}), options())?;
            while let Some(status) = poller.try_next().await? {
                if let Some(token) = status.continuation_token() {
                    let again = endpoints.resume_create_or_update(token, None);
                    drop(again.expect("a token that was given is taken back"));
                }
            }
            poller.await?.into_model().map(drop)
        }
    }
}

/// Returns a client of the service in memory.
///
/// # Panics
///
/// If the client cannot be created.
pub(super) fn client(bytes: Vec<u8>) -> MachineLearningClient {
    let service = Service(Mutex::new(bytes));
    let options = ArmClientOptions {
        endpoint: Some("http://service".to_owned()),
        client_options: ClientOptions {
            retry: RetryOptions::none(),
            transport: Some(Transport::new(Arc::new(service))),
            ..ClientOptions::default()
        },
        ..ArmClientOptions::default()
    };
    let client = MachineLearningClient::without_credential("subscription", options);
    client.expect("the options are valid")
}

/// The bytes of the next responses.
#[derive(Debug)]
struct Service(Mutex<Vec<u8>>);

const STATUSES: [StatusCode; 12] = [
    StatusCode::Ok,
    StatusCode::Created,
    StatusCode::Accepted,
    StatusCode::NoContent,
    StatusCode::Ok,
    StatusCode::Accepted,
    StatusCode::Accepted,
    StatusCode::BadRequest,
    StatusCode::Conflict,
    StatusCode::TooManyRequests,
    StatusCode::ServiceUnavailable,
    StatusCode::NotFound,
];

const HEADERS: [&str; 8] = [
    "azure-asyncoperation",
    "operation-location",
    "location",
    "retry-after",
    "retry-after-ms",
    "x-ms-retry-after-ms",
    "content-type",
    "content-length",
];

impl Service {
    fn response(&self) -> AsyncRawResponse {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut feed = Feed::new(&bytes);
        if feed.is_empty() {
            return AsyncRawResponse::from_bytes(
                StatusCode::NotFound,
                Headers::new(),
                Bytes::new(),
            );
        }
        let status = feed.pick(&STATUSES);
        let mut headers = Headers::new();
        for _ in 0..feed.byte() % 4 {
            let name = feed.pick(&HEADERS);
            let value = String::from_utf8_lossy(feed.line()).into_owned();
            headers.insert(name, value);
        }
        let body = Bytes::copy_from_slice(feed.line());
        let rest = feed.rest().to_vec();
        *bytes = rest;
        AsyncRawResponse::from_bytes(status, headers, body)
    }
}

#[async_trait::async_trait]
impl HttpClient for Service {
    async fn execute_request(&self, _: &Request) -> azure_core::Result<AsyncRawResponse> {
        Ok(self.response())
    }
}
