//! What is known of a long-running operation.

use azure_core::http::{Method, Url};
use serde::{Deserialize, Serialize};

/// Where an operation's result is (`final-state-via` of `x-ms-long-running-operation-options`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinalState {
    /// In the status monitor `Azure-AsyncOperation` names.
    AzureAsyncOperation,
    /// At the URL of `Location`.
    Location,
    /// At the URL of the first request: the resource itself.
    OriginalUri,
    /// In the status monitor `Operation-Location` names.
    OperationLocation,
}

/// What is polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Monitor {
    /// A status monitor, whose body has a `status`.
    Status,
    /// A `Location`, whose HTTP status tells.
    Location,
    /// The resource, whose `properties.provisioningState` tells.
    Resource,
}

/// Everything there is to know about an operation.
#[derive(Clone, Debug)]
pub(super) struct Track {
    pub(super) operation: String,
    pub(super) method: Method,
    /// Whether the result has a body that is wanted.
    pub(super) has_body: bool,
    pub(super) final_state: Option<FinalState>,
    pub(super) original: Url,
    pub(super) monitor: Monitor,
    pub(super) poll: Url,
    /// The last link to the result, which is checked when it is followed.
    pub(super) location: Option<String>,
}

/// What is the client's: where requests go, and where links may lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds<'a> {
    pub(super) endpoint: &'a Url,
    pub(super) trusted_origin: &'a Url,
}

impl Track {
    /// An operation of which nothing but the request is known.
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

    /// Whether the method's URL is the resource's.
    pub(super) fn makes_resource(&self) -> bool {
        matches!(self.method, Method::Put | Method::Patch)
    }

    /// Whether there is something that tells how the operation goes on.
    pub(super) fn can_be_polled(&self) -> bool {
        self.monitor != Monitor::Resource || self.makes_resource()
    }

    /// Gives up all links; what is left to poll is the resource, if the method makes one.
    pub(super) fn forget_links(&mut self) {
        self.monitor = Monitor::Resource;
        self.poll = self.original.clone();
        self.location = None;
    }
}
