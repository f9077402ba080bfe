//! The state of a long-running operation: what is known about it.

use azure_core::http::{Method, Url};
use serde::{Deserialize, Serialize};

/// The location of an operation's result (`final-state-via` of
/// `x-ms-long-running-operation-options`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinalState {
    /// In the status monitor that `Azure-AsyncOperation` names.
    AzureAsyncOperation,
    /// At the URL of `Location`.
    Location,
    /// At the URL of the first request: the resource itself.
    OriginalUri,
    /// In the status monitor that `Operation-Location` names.
    OperationLocation,
}

/// The kind of URL that is polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Monitor {
    /// A status monitor, whose body has a `status`.
    Status,
    /// A `Location`, whose HTTP status reports the progress.
    Location,
    /// The resource, whose `properties.provisioningState` reports the progress.
    Resource,
}

/// The state of an operation.
#[derive(Clone, Debug)]
pub(super) struct OperationState {
    pub(super) operation: String,
    pub(super) method: Method,
    /// Whether the result has a body that the caller reads.
    pub(super) has_body: bool,
    pub(super) final_state: Option<FinalState>,
    pub(super) original: Url,
    pub(super) monitor: Monitor,
    pub(super) poll: Url,
    /// The last link to the result, which is checked when it is followed.
    pub(super) location: Option<String>,
}

/// The origins of a client: where requests are sent, and where links may lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origins<'a> {
    pub(super) endpoint: &'a Url,
    pub(super) trusted_origin: &'a Url,
}

impl OperationState {
    /// Creates the state of an operation of which only the request is known.
    pub(super) fn new(
        operation: &str,
        method: Method,
        original: Url,
        final_state: Option<FinalState>,
        has_body: bool,
    ) -> Self {
        Self {
            operation: operation.to_owned(),
            method,
            has_body,
            final_state,
            monitor: Monitor::Resource,
            poll: original.clone(),
            original,
            location: None,
        }
    }

    /// Returns whether the URL of the first request is that of the resource.
    pub(super) fn makes_resource(&self) -> bool {
        matches!(self.method, Method::Put | Method::Patch)
    }

    /// Returns whether something can be polled for the progress of the operation.
    pub(super) fn can_be_polled(&self) -> bool {
        self.monitor != Monitor::Resource || self.makes_resource()
    }

    /// Discards all links. Only the resource is left to poll, if the method creates one.
    pub(super) fn forget_links(&mut self) {
        self.monitor = Monitor::Resource;
        self.poll = self.original.clone();
        self.location = None;
    }
}
