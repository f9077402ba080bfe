//! Percent-encoding, so that a value cannot change the structure of a URL.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// For names of query parameters, which often contain `$` (`$top`).
const RESERVED_IN_QUERY_NAMES: &AsciiSet = &RESERVED.remove(b'$');

/// Encodes everything but RFC 3986's unreserved characters.
pub(crate) fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// Encodes the name of a query parameter, which may contain `$`.
pub(crate) fn encode_query_name(name: &str) -> Cow<'_, str> {
    utf8_percent_encode(name, RESERVED_IN_QUERY_NAMES).into()
}

/// Encodes one path segment. The error is the rule that the segment breaks.
pub(crate) fn encode_segment(text: &str) -> Result<Cow<'_, str>, &'static str> {
    match text {
        "" => Err("must not be empty"),
        // Encoding does not help: URL parsers treat `%2e` as a dot.
        "." | ".." => Err("must not be `.` or `..`, which would change the path"),
        _ => Ok(encode(text)),
    }
}

/// Checks text that is inserted into a path without encoding (`x-ms-skip-url-encoding`), such as a
/// scope or a resource ID. A slash at either end is removed.
pub(crate) fn check_encoded_path(text: &str) -> Result<&str, &'static str> {
    let text = text.trim_matches('/');
    for segment in text.split('/') {
        check_encoded_segment(segment)?;
    }
    Ok(text)
}

fn check_encoded_segment(segment: &str) -> Result<(), &'static str> {
    if segment.is_empty() {
        return Err("must not be empty or have empty segments");
    }
    if !segment.bytes().all(|b| b == b'%' || is_path_character(b)) {
        return Err(
            "is inserted into the path without encoding, but has a character that must be encoded",
        );
    }
    let decoded =
        decode(segment).ok_or("has a `%` that does not begin an encoded UTF-8 character")?;
    if decoded == "." || decoded == ".." || decoded.contains(['/', '\\']) {
        return Err("must not have a segment that changes the path");
    }
    Ok(())
}

/// Decodes percent-encoding; `None` if a `%` is not followed by two hexadecimal digits or the
/// result is not UTF-8.
pub(crate) fn decode(text: &str) -> Option<Cow<'_, str>> {
    // The library treats a `%` that starts no escape as a literal.
    let mut escapes = text.split('%').skip(1);
    let is_escape = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !escapes.all(is_escape) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok()
}

fn is_path_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{check_encoded_path, decode, encode, encode_query_name, encode_segment};

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        assert_eq!(encode("Az09-._~"), "Az09-._~");
        assert_eq!(encode("a/b?c#d%e$ é"), "a%2Fb%3Fc%23d%25e%24%20%C3%A9");
        assert_eq!(encode_query_name("$top&x"), "$top%26x");
    }

    #[test]
    fn segments_that_change_the_path_are_refused() {
        for text in ["", ".", ".."] {
            assert!(encode_segment(text).is_err(), "{text}");
        }
        for path in ["a//b", "a/../b", "a/%2e%2E/b", "a%2Fb", "a?b", "a%2", "%ff"] {
            assert!(check_encoded_path(path).is_err(), "{path}");
        }
        assert_eq!(check_encoded_path("/a%20b/c/"), Ok("a%20b/c"));
    }

    #[test]
    fn only_what_is_encoded_is_decoded() {
        assert_eq!(decode("a%20%C3%A9").as_deref(), Some("a é"));
        for text in ["%", "%4", "%4g", "%+1", "%é0", "%C3"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
