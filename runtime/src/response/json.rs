//! JSON in responses.

use super::headers;
use crate::text::excerpt::excerpt;
use azure_core::http::{RawResponse, headers::CONTENT_TYPE};
use serde_json::Value;

/// Parses JSON. The error continues a sentence about the response. `serde_json` rejects JSON that
/// nests deeper than 128 levels.
pub(crate) fn parse(json: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(json).map_err(|error| format!("is not valid JSON: {error}"))
}

/// Checks by the first character that a response with a body can be JSON.
pub(crate) fn check_json(raw: &RawResponse) -> Result<(), String> {
    match raw.body().iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(first) if !could_begin_json(*first) => Err(not_json(raw)),
        _ => Ok(()),
    }
}

/// Formats the error for a response that is not JSON, with its content type.
fn not_json(raw: &RawResponse) -> String {
    let content_type = headers::text(raw.headers(), &CONTENT_TYPE);
    format!(
        "should be JSON, but has the content type {} and begins with {}",
        content_type.unwrap_or("(none)"),
        excerpt(raw.body()).unwrap_or_default()
    )
}

fn could_begin_json(byte: u8) -> bool {
    byte.is_ascii_digit() || b"{[\"-tfn".contains(&byte)
}
