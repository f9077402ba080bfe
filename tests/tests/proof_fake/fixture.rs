//! A fake that listens on a port, a recording proxy, and a client that uses the proxy.

use arm_fake::{Fault, Listening, Pace};
use arm_machinelearning::{MachineLearningClient, fake::Server};
use arm_runtime::{ArmClientOptions, ClientOptions, Result};
use arm_tests::{
    calls::{Call, Outcome},
    invalid_requests::InvalidRequest,
    operations::Operation,
    recording_proxy::{Exchange, RecordingProxy},
    requests::Given,
};
use azure_core::http::{RetryOptions, Transport};
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr};

/// Number of polls that find an operation still running.
pub(crate) const POLLS: usize = 1;

/// Number of items in a page.
pub(crate) const PAGE: usize = 2;

pub(crate) struct Fixture {
    server: Server,
    listening: Listening,
    proxy: RecordingProxy,
    transport: Transport,
    raw: reqwest::Client,
}

impl Fixture {
    /// Starts a fake without resources.
    pub(crate) async fn new(transport: &Transport, raw: &reqwest::Client) -> Self {
        let server = Server::new();
        server.set_pace(Pace::Polls(POLLS as u32));
        server.set_page_size(PAGE);
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listening = server.listen(any).await.expect("a port is free");
        let proxy = RecordingProxy::start(listening.address()).await;
        Self {
            proxy: proxy.expect("a port is free"),
            listening,
            server,
            transport: transport.clone(),
            raw: raw.clone(),
        }
    }

    /// Returns the members that divide a total among child resources.
    pub(crate) fn shares(&self) -> Vec<String> {
        let behavior = &self.server.description().table().behavior;
        let rules = behavior.resources.values().flat_map(|one| &one.shares);
        rules.map(|shares| shares.member.clone()).collect()
    }

    /// Returns the members that the service sets in the resource that an operation creates from a
    /// body.
    pub(crate) fn set_by_service(&self, maker: &Operation<'_>, body: &Value) -> Vec<String> {
        let table = self.server.description().table();
        let own = table.operations.iter().find(|one| one.id == maker.id);
        let own = own.and_then(|one| one.resource_type.split_once('/'));
        let rules = own.and_then(|(_, own)| table.behavior.resources.get(own));
        let Some(rules) = rules else {
            return Vec::new();
        };
        let is_given = |path: &str| {
            let member = body.pointer(&format!("/{}", path.replace('.', "/")));
            member.is_some_and(|member| !member.is_null())
        };
        let defaults = rules.defaults.keys().filter(|path| !is_given(path));
        rules.members.keys().chain(defaults).cloned().collect()
    }

    /// Returns whether an action creates the parent of its resource and does not need the resource.
    pub(crate) fn creates_parent(&self, operation: &Operation<'_>) -> bool {
        let behavior = &self.server.description().table().behavior;
        let action = behavior.actions.get(operation.id);
        action.is_some_and(|action| action.creates_parent)
    }

    /// Returns the member that holds the kind of a resource, if an action returns secrets that not
    /// all kinds have.
    pub(crate) fn kind_with_secrets(&self, operation: &Operation<'_>) -> Option<String> {
        let behavior = &self.server.description().table().behavior;
        let action = behavior.actions.get(operation.id)?;
        action.secrets.as_ref().map(|secrets| secrets.kind.clone())
    }

    /// Removes the injected faults.
    pub(crate) fn clear_faults(&self) {
        self.server.clear_faults();
    }

    /// Injects a fault.
    pub(crate) fn inject(&self, fault: Fault) {
        self.server.inject(fault);
    }

    fn client(&self, given: &Given, version: Option<&str>) -> Result<MachineLearningClient> {
        let options = ArmClientOptions {
            // All that a document has is looked for in the request.
            send_read_only: true,
            endpoint: Some(self.proxy.url().to_owned()),
            api_version: version.map(str::to_owned),
            client_options: ClientOptions {
                retry: RetryOptions::none(),
                transport: Some(self.transport.clone()),
                ..ClientOptions::default()
            },
            min_poll_frequency: arm_runtime::Duration::ZERO,
            ..ArmClientOptions::default()
        };
        let subscription = given.values.get("subscriptionId").and_then(Value::as_str);
        MachineLearningClient::without_credential(subscription.unwrap_or("unused"), options)
    }

    /// Calls an operation; returns the outcome and the exchanges.
    pub(crate) async fn call(
        &self,
        operation: &Operation<'_>,
        call: Call,
        given: &Given,
        version: Option<&str>,
    ) -> (Result<Outcome>, Vec<Exchange>) {
        let sample = given.sample(operation);
        let outcome = match self.client(given, version) {
            Ok(client) => call(&client, &sample).await,
            Err(error) => Err(error),
        };
        (outcome, self.proxy.take())
    }

    /// Sends an invalid request unchanged; returns what is wrong with the response.
    pub(crate) async fn send(&self, invalid: &InvalidRequest) -> Option<String> {
        let method = invalid.request.method.parse().expect("a method");
        let url = format!("{}{}", self.listening.url(), invalid.request.target);
        let mut request = self
            .raw
            .request(method, url)
            .body(invalid.request.body.clone());
        if invalid.request.body.is_empty() {
            // reqwest sends no length in this case, which the fake rejects before anything else.
            request = request.header("content-length", 0);
        }
        if let Some(value) = invalid.request.header("content-type") {
            request = request.header("content-type", value);
        }
        let response = request.send().await.expect("a response");
        let status = response.status().as_u16();
        let body = response.bytes().await.expect("a response");
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let error = &body["error"];
        let details = error["details"].as_array().into_iter().flatten();
        let mut targets = details.filter_map(|one| one["target"].as_str());
        let named = |wanted: &String| targets.any(|target| target == wanted);
        let right = status == invalid.status
            && error["code"] == invalid.code
            && invalid.target.as_ref().is_none_or(named);
        (!right).then(|| format!("{}: {status} {body}", invalid.what))
    }
}
