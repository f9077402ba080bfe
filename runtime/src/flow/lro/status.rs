//! The progress of an operation.

use azure_core::{
    Error,
    http::{RawResponse, StatusCode, poller::PollerStatus},
    time::{OffsetDateTime, parse_rfc3339},
};
use serde_json::Value;
use std::fmt;

/// The progress of a long-running operation, as reported by one response of the service.
///
/// A poller yields one for each response. If an operation has failed, the error contains it, see
/// [`OperationStatus::of`].
#[derive(Clone, PartialEq)]
pub struct OperationStatus {
    status: PollerStatus,
    raw: RawResponse,
    percent_complete: Option<f64>,
    start_time: Option<OffsetDateTime>,
    end_time: Option<OffsetDateTime>,
    token: Option<String>,
}

impl OperationStatus {
    /// Returns the last status of an operation, if the error says that the operation has failed or
    /// was canceled.
    ///
    /// ```
    /// # use arm_runtime::{OperationStatus, Value};
    /// fn last_response(error: &azure_core::Error) -> Option<Value> {
    ///     let status = OperationStatus::of(error)?;
    ///     serde_json::from_slice(status.raw_response().body()).ok()
    /// }
    /// ```
    pub fn of(error: &Error) -> Option<&Self> {
        let failed: &OperationFailed = crate::response::error::find(error)?;
        Some(&failed.status)
    }

    /// Returns the status. A status that the ARM RPC does not define, such as `Creating`, is
    /// [`PollerStatus::UnknownValue`] and means in progress.
    pub fn status(&self) -> &PollerStatus {
        &self.status
    }

    /// Returns whether the operation has succeeded. Failures are errors instead.
    pub fn is_succeeded(&self) -> bool {
        self.status == PollerStatus::Succeeded
    }

    /// Returns whether the operation is in progress. A status that the ARM RPC does not define
    /// means in progress.
    pub fn is_in_progress(&self) -> bool {
        !self.is_terminal()
    }

    /// Returns whether the operation has ended: it has succeeded, failed or been canceled.
    pub fn is_terminal(&self) -> bool {
        use PollerStatus::{Canceled, Failed, Succeeded};
        matches!(self.status, Succeeded | Failed | Canceled)
    }

    /// Returns the response with its HTTP status, headers and body.
    pub fn raw_response(&self) -> &RawResponse {
        &self.raw
    }

    /// Returns the HTTP status of the response.
    pub fn http_status(&self) -> StatusCode {
        self.raw.status()
    }

    /// Returns the progress in percent, from 0 to 100, if the service reports it.
    pub fn percent_complete(&self) -> Option<f64> {
        self.percent_complete
    }

    /// Returns when the operation started, if the service reports it.
    pub fn start_time(&self) -> Option<OffsetDateTime> {
        self.start_time
    }

    /// Returns when the operation ended, if the service reports it.
    pub fn end_time(&self) -> Option<OffsetDateTime> {
        self.end_time
    }

    /// Returns the token that the operation's `resume` method needs to continue from here; `None`
    /// when nothing is left to poll. See
    /// [`Poller::continuation_token`](crate::Poller::continuation_token).
    pub fn continuation_token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Reads what a status monitor or a resource reports about progress.
    pub(super) fn read(status: PollerStatus, raw: &RawResponse, body: &Value) -> Self {
        let time = |name| {
            let text = body.get(name).and_then(Value::as_str)?;
            parse_rfc3339(text).ok()
        };
        Self {
            status,
            raw: raw.clone(),
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

/// Shows neither the continuation token, which contains links that may be signed, nor the body.
impl fmt::Debug for OperationStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationStatus")
            .field("status", &self.status)
            .field("http_status", &self.raw.status())
            .field("percent_complete", &self.percent_complete)
            .field("start_time", &self.start_time)
            .field("end_time", &self.end_time)
            .finish_non_exhaustive()
    }
}

/// Part of an error's chain of causes: the operation has failed, and this was its last status.
#[derive(Debug)]
pub(super) struct OperationFailed {
    cause: Error,
    status: OperationStatus,
}

impl OperationFailed {
    pub(super) fn error(cause: Error, status: OperationStatus) -> Error {
        Error::new(cause.kind().clone(), Self { cause, status })
    }
}

impl fmt::Display for OperationFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.cause, f)
    }
}

impl std::error::Error for OperationFailed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}
