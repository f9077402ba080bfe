//! JSON in answers: whether it is JSON at all, and how deep.

use super::headers;
use crate::text::excerpt::excerpt;
use azure_core::http::{RawResponse, headers::CONTENT_TYPE};
use serde_json::Value;
use std::slice;

/// The depth at which `serde_json` stops by itself.
const SERDE_JSON: usize = 128;

/// Whether brackets nest deeper than `limit`. Needs no stack and no allocation.
pub(crate) fn is_too_deep(json: &[u8], limit: usize) -> bool {
    let opens = |byte: &&u8| matches!(byte, b'{' | b'[');
    // So few brackets cannot nest too deep; counting is many times faster than following them.
    if json.iter().filter(opens).count() <= limit {
        return false;
    }
    let mut depth = 0_usize;
    let mut rest = json.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => skip_text(&mut rest),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return true;
        }
    }
    false
}

/// Goes on after the quote that ends a text.
fn skip_text(rest: &mut slice::Iter<'_, u8>) {
    while rest.find(|byte| matches!(byte, b'"' | b'\\')) == Some(&b'\\') {
        // Whatever is escaped does not end the text.
        rest.next();
    }
}

/// Parses JSON that is not too deep; the error is the rest of a sentence about the answer.
pub(crate) fn parse(json: &[u8], max_depth: usize) -> Result<Value, String> {
    if is_too_deep(json, max_depth) {
        return Err(too_deep(max_depth));
    }
    serde_json::from_slice(json).map_err(|error| format!("is not valid JSON: {error}"))
}

/// Checks that an answer, if it has a body, is JSON of a depth that is allowed.
pub(crate) fn check_json(raw: &RawResponse, max_depth: usize) -> Result<(), String> {
    match raw.body().iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Ok(()),
        Some(first) if !could_begin_json(*first) => Err(not_json(raw)),
        Some(_) if max_depth < SERDE_JSON && is_too_deep(raw.body(), max_depth) => {
            Err(too_deep(max_depth))
        }
        Some(_) => Ok(()),
    }
}

/// Says that an answer is not JSON and what it is instead.
pub(crate) fn not_json(raw: &RawResponse) -> String {
    let content_type = headers::text(raw.headers(), &CONTENT_TYPE);
    format!(
        "should be JSON, but has the content type {} and begins with {}",
        content_type.unwrap_or("(none)"),
        excerpt(raw.body()).unwrap_or_default()
    )
}

fn too_deep(max_depth: usize) -> String {
    format!(
        "is JSON that nests deeper than the {max_depth} levels allowed; \
         `ArmClientOptions::max_json_depth` sets the limit"
    )
}

fn could_begin_json(byte: u8) -> bool {
    byte.is_ascii_digit() || b"{[\"-tfn".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    #[test]
    fn depth_is_that_of_open_brackets() {
        let cases = [
            (r#"{"a": [1, {"b": 2}]}"#, 3),
            ("[[], [], []]", 2),
            (r#""[[[[""#, 0),
            (r#"["\"[[", "\\", []]"#, 2),
            ("]]]][", 1),
            ("", 0),
        ];
        for (json, depth) in cases {
            assert!(!is_too_deep(json.as_bytes(), depth), "{json}");
            assert!(
                depth == 0 || is_too_deep(json.as_bytes(), depth - 1),
                "{json}"
            );
        }
    }
}
