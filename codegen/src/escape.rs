//! Percent-encoding of values that a description fixes, as the runtime encodes those of callers.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// For names of query parameters, where `$` is usual (`$top`).
const RESERVED_IN_NAMES: &AsciiSet = &RESERVED.remove(b'$');

/// What cannot be in a query as it is.
const OUTSIDE_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');

/// What cannot be in a path as it is, and braces, which are placeholders there.
const OUTSIDE_PATH: &AsciiSet = &OUTSIDE_QUERY
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\');

/// A value in a path; one that `is_encoded` may be several segments.
pub(crate) fn segment(value: &str, is_encoded: bool) -> String {
    let set = if is_encoded { OUTSIDE_PATH } else { RESERVED };
    utf8_percent_encode(value, set).to_string()
}

/// A parameter in a query; the value of one that `is_encoded` may hold `&`.
pub(crate) fn query(name: &str, value: &str, is_encoded: bool) -> String {
    let set = if is_encoded { OUTSIDE_QUERY } else { RESERVED };
    let name = utf8_percent_encode(name, RESERVED_IN_NAMES);
    format!("{name}={}", utf8_percent_encode(value, set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_left_as_it_is() {
        assert_eq!(segment("a b/c", false), "a%20b%2Fc");
        assert_eq!(segment("a%20b/{c}?", true), "a%20b/%7Bc%7D%3F");
        assert_eq!(query("$a b", "c&d=e #", false), "$a%20b=c%26d%3De%20%23");
        assert_eq!(query("$a b", "c&d=e #", true), "$a%20b=c&d=e%20%23");
    }
}
