//! The HTTP methods that a path of a description may have.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An HTTP method of OpenAPI.
///
/// Ordered as [`HttpMethod::ALL`]: reading before writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum HttpMethod {
    /// Reads a resource or a list.
    Get,
    /// As GET without the body.
    Head,
    /// Creates or replaces a resource.
    Put,
    /// Changes a resource.
    Patch,
    /// Starts an action.
    Post,
    /// Deletes a resource.
    Delete,
    /// Asks what a server supports.
    Options,
    /// Returns the request.
    Trace,
}

impl HttpMethod {
    /// All methods, in the order in which descriptions list them.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Head,
        Self::Put,
        Self::Patch,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Trace,
    ];

    /// The methods that code is generated for: those that azure_core can send.
    pub const GENERATED: [Self; 6] = [
        Self::Get,
        Self::Head,
        Self::Put,
        Self::Patch,
        Self::Post,
        Self::Delete,
    ];

    /// Returns the method as in a request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
        }
    }

    /// Returns the method as the key of an operation in a path item.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Head => "head",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Trace => "trace",
        }
    }

    /// Returns the method with this name, which is in upper case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }

    /// Returns the method with this key, which is in lower case.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }
}

impl fmt::Display for HttpMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
