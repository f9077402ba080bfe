//! The error of a benchmark.

use std::{fmt, path::Path};

/// A message that says what could not be measured and why.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Returns a function that adds a path to errors.
    pub(crate) fn at<E: fmt::Display>(path: &Path) -> impl Fn(E) -> Self {
        move |error| Self(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
