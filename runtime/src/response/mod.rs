//! Responses: headers, body, status and errors. Nothing here sends.

pub(crate) mod body;
pub(crate) mod by_status;
pub(crate) mod error;
pub(crate) mod format;
pub(crate) mod headers;
pub(crate) mod json;
pub(crate) mod status;
