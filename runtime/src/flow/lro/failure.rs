//! The error of an operation that has failed or was canceled.

use super::status::{OperationFailed, OperationStatus};
use crate::response::error::{operation_failed, operation_refused};
use azure_core::Error;

/// The end of an operation that has failed or was canceled.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) status: OperationStatus,
    /// The status as the service wrote it; `None` if only the HTTP status reports the failure.
    pub(super) named: Option<String>,
}

impl Failure {
    pub(super) fn error(&self, operation: &str) -> Error {
        let raw = self.status.raw_response().clone();
        let cause = match &self.named {
            Some(named) => operation_failed(operation, raw, named),
            None => operation_refused(operation, raw),
        };
        OperationFailed::error(cause, self.status.clone())
    }
}
