//! Polling that has ended before the operation.

use azure_core::Error;
use std::fmt;

/// Polling has stopped although the operation may go on: the deadline has passed, or the service
/// could not be reached or understood.
///
/// Found among the causes of an [`azure_core::Error`]; see [`PollingStopped::of`]. An error without
/// one says that the operation has not begun, or how it has ended.
pub struct PollingStopped {
    cause: Error,
    token: Option<String>,
}

impl PollingStopped {
    pub(super) fn error(cause: Error, token: Option<String>) -> Error {
        Error::new(cause.kind().clone(), Self { cause, token })
    }

    /// The `PollingStopped` in an error, if it is one.
    ///
    /// ```
    /// # use arm_runtime::PollingStopped;
    /// fn can_resume(error: &azure_core::Error) -> Option<&str> {
    ///     PollingStopped::of(error)?.continuation_token()
    /// }
    /// ```
    pub fn of(error: &Error) -> Option<&Self> {
        crate::answer::error::find(error)
    }

    /// What the operation's `resume` method needs to go on; `None` if the operation has begun, but
    /// the service has not said in a usable way how it can be followed.
    pub fn continuation_token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

impl fmt::Display for PollingStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.cause, f)
    }
}

/// Shows the cause, but not the token, which has links that may be signed.
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
