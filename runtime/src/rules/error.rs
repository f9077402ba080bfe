//! Errors of validation.

use azure_core::{Error, error::ErrorKind};

/// Creates an error about a value that the caller passed.
pub(crate) fn invalid_argument(message: String) -> Error {
    Error::with_message(ErrorKind::Other, message)
}
