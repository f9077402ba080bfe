//! Percent-encoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Reserved characters except `$`, with which names of query parameters may begin.
const RESERVED_IN_NAMES: &AsciiSet = &RESERVED.remove(b'$');

/// Encodes a segment of a path or a value of a query.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Encodes the name of a query parameter.
pub(crate) fn encode_name(text: &str) -> String {
    utf8_percent_encode(text, RESERVED_IN_NAMES).to_string()
}

/// Decodes percent-encoding; `None` if a `%` is not followed by two hexadecimal digits or the
/// result is not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut escapes = text.split('%').skip(1);
    let is_escape = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !escapes.all(is_escape) {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

/// Returns the decoded segments of a path. Empty ones are ignored, as in Resource Manager: the
/// Azure CLI sends `providers/Microsoft.Example//widgets/one`.
pub(crate) fn segments(path: &str) -> Option<Vec<String>> {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.map(decode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_segments_are_ignored() {
        let segments = segments("/providers/Microsoft.Example//widgets/a%20b/").unwrap_or_default();
        assert_eq!(
            segments,
            ["providers", "Microsoft.Example", "widgets", "a b"]
        );
        assert_eq!(super::segments("/"), Some(Vec::new()));
    }
}
