//! The progress of an operation.

use azure_core::{
    http::{StatusCode, poller::PollerStatus},
    time::{OffsetDateTime, parse_rfc3339},
};
use serde_json::Value;
use std::fmt;

/// How far a long-running operation is, by one answer of the service.
#[derive(Clone, PartialEq)]
pub struct OperationStatus {
    status: PollerStatus,
    http_status: StatusCode,
    percent_complete: Option<f64>,
    start_time: Option<OffsetDateTime>,
    end_time: Option<OffsetDateTime>,
    token: Option<String>,
}

impl OperationStatus {
    /// The status. One that the ARM RPC has no name for, such as `Creating`, is
    /// [`PollerStatus::UnknownValue`] and means in progress.
    pub fn status(&self) -> &PollerStatus {
        &self.status
    }

    /// Whether the operation has succeeded. Failures are errors instead.
    pub fn is_succeeded(&self) -> bool {
        self.status == PollerStatus::Succeeded
    }

    /// The HTTP status of the answer.
    pub fn http_status(&self) -> StatusCode {
        self.http_status
    }

    /// How much is done, from 0 to 100, if the service says so.
    pub fn percent_complete(&self) -> Option<f64> {
        self.percent_complete
    }

    /// When the operation began, if the service says so.
    pub fn start_time(&self) -> Option<OffsetDateTime> {
        self.start_time
    }

    /// When the operation ended, if the service says so.
    pub fn end_time(&self) -> Option<OffsetDateTime> {
        self.end_time
    }

    /// What [`Client::resume`](crate::Client::resume) needs to go on from here; `None` once there
    /// is nothing to go on with. See [`Poller::continuation_token`](crate::Poller::continuation_token).
    pub fn continuation_token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Reads what a status monitor or a resource says about progress.
    pub(super) fn read(status: PollerStatus, http_status: StatusCode, body: &Value) -> Self {
        let time = |name| {
            let text = body.get(name).and_then(Value::as_str)?;
            parse_rfc3339(text).ok()
        };
        Self {
            status,
            http_status,
            percent_complete: body.get("percentComplete").and_then(number),
            start_time: time("startTime"),
            end_time: time("endTime"),
            token: None,
        }
    }

    pub(super) fn with_token(mut self, token: Option<String>) -> Self {
        self.token = token;
        self
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// Shows everything but the continuation token, which has links that may be signed.
impl fmt::Debug for OperationStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationStatus")
            .field("status", &self.status)
            .field("http_status", &self.http_status)
            .field("percent_complete", &self.percent_complete)
            .field("start_time", &self.start_time)
            .field("end_time", &self.end_time)
            .finish_non_exhaustive()
    }
}
