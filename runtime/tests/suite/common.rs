//! Clients and models for the tests.

use crate::support::Server;
use arm_runtime::{
    ArmClientOptions, Client, ClientOptions, Duration, ListPage, Parameter, PollerOptions, Scope,
    Service, reqwest_builder, transport,
};
use azure_core::http::{
    RetryOptions, Transport,
    headers::{RETRY_AFTER, RETRY_AFTER_MS, X_MS_RETRY_AFTER_MS},
    policies::{RetryHeaders, RetryPolicy},
};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

pub(crate) static SERVICE: Service = Service {
    crate_name: Some("arm_example"),
    crate_version: Some("1.2.3"),
    name: "Example",
    provider: "Microsoft.Example",
    api_versions: &["2024-01-01", "2025-01-01"],
    default_api_version: "2025-01-01",
};

pub(crate) static NAME: Parameter = Parameter::new("name").argument("name").required();

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Thing {
    pub(crate) name: Option<String>,
}

impl arm_runtime::Validate for Thing {
    fn validate(&self, validator: &mut arm_runtime::Validator) {
        static LONG: arm_runtime::Constraints = arm_runtime::Constraints::new().max_length(8);
        validator.text("name", self.name.as_deref(), &LONG);
    }
}

/// A page of numbers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Numbers {
    pub(crate) value: Option<Vec<u32>>,
    next_link: Option<String>,
}

impl ListPage for Numbers {
    type Item = u32;

    fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    fn into_items(self) -> Vec<u32> {
        self.value.unwrap_or_default()
    }
}

/// Retries three times, within milliseconds.
#[derive(Debug)]
pub(crate) struct FastRetry(RetryHeaders);

impl FastRetry {
    pub(crate) fn options() -> RetryOptions {
        RetryOptions::custom(Arc::new(Self(RetryHeaders {
            retry_headers: vec![X_MS_RETRY_AFTER_MS, RETRY_AFTER_MS, RETRY_AFTER],
        })))
    }
}

impl RetryPolicy for FastRetry {
    fn is_expired(&self, _since_start: Duration, retry_count: u32) -> bool {
        retry_count >= 3
    }

    fn retry_headers(&self) -> Option<&RetryHeaders> {
        Some(&self.0)
    }

    fn retry_status_codes(&self) -> &[azure_core::http::StatusCode] {
        &[]
    }

    fn sleep_duration(&self, _retry_count: u32) -> Duration {
        Duration::milliseconds(1)
    }
}

/// The default transport of clients, created once because setting up TLS is slow.
static TRANSPORT: LazyLock<Transport> =
    LazyLock::new(|| transport(reqwest_builder().build().unwrap()));

/// Returns options for a server without TLS, without retries and without a minimum wait.
pub(crate) fn options(server: &Server) -> ArmClientOptions {
    ArmClientOptions {
        endpoint: Some(server.base()),
        client_options: ClientOptions {
            retry: RetryOptions::none(),
            transport: Some(TRANSPORT.clone()),
            ..ClientOptions::default()
        },
        min_poll_frequency: Duration::milliseconds(1),
        ..ArmClientOptions::default()
    }
}

pub(crate) fn client(server: &Server) -> Client {
    Client::without_credential(&SERVICE, options(server)).unwrap()
}

pub(crate) fn retrying_client(server: &Server) -> Client {
    let mut options = options(server);
    options.client_options.retry = FastRetry::options();
    Client::without_credential(&SERVICE, options).unwrap()
}

pub(crate) fn scope(server: &Server) -> Scope {
    client(server).root()
}

pub(crate) fn fast() -> Option<PollerOptions<'static>> {
    Some(PollerOptions::default().with_frequency(Duration::milliseconds(1)))
}
