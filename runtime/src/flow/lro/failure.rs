//! An operation that has ended without success, as an error.

use super::status::{OperationFailed, OperationStatus};
use crate::answer::error::{operation_failed, operation_refused};
use azure_core::Error;

/// An operation that has ended without success.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) status: OperationStatus,
    /// The status as the service wrote it; `None` if only the HTTP status says it.
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
