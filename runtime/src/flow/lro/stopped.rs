//! The error when polling ends before the operation.

use azure_core::Error;
use std::fmt;

/// Polling has stopped although the operation may still be running: the deadline has passed, or the
/// service could not be reached or its response not be interpreted.
///
/// Found among the causes of an [`azure_core::Error`]; see [`PollingStopped::of`]. An error without
/// it says that the operation has not started, or how it has ended.
pub struct PollingStopped {
    cause: Error,
    token: Option<String>,
}

impl PollingStopped {
    pub(super) fn error(cause: Error, token: Option<String>) -> Error {
        Error::new(cause.kind().clone(), Self { cause, token })
    }

    /// Returns the `PollingStopped` in an error, if there is one.
    ///
    /// ```
    /// # use arm_runtime::PollingStopped;
    /// fn can_resume(error: &azure_core::Error) -> Option<&str> {
    ///     PollingStopped::of(error)?.continuation_token()
    /// }
    /// ```
    pub fn of(error: &Error) -> Option<&Self> {
        crate::response::error::find(error)
    }

    /// Returns the token that the operation's `resume` method needs; `None` if the operation has
    /// started, but the service has sent no usable link for polling.
    pub fn continuation_token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

impl fmt::Display for PollingStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.cause, f)
    }
}

/// Shows the cause, but not the token, which contains links that may be signed.
impl fmt::Debug for PollingStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollingStopped")
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for PollingStopped {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}
