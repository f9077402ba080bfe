//! The error of a check.

use azure_core::{Error, error::ErrorKind};

/// An error about something the caller passed.
pub(crate) fn invalid_argument(message: String) -> Error {
    Error::with_message(ErrorKind::Other, message)
}
