//! Percent-encodes values that a description fixes, in the same way as the runtime encodes
//! arguments.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except RFC 3986's unreserved ones.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// For names of query parameters, which often contain `$` (`$top`).
const RESERVED_IN_NAMES: &AsciiSet = &RESERVED.remove(b'$');

/// Characters that a query cannot contain unencoded.
const OUTSIDE_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');

/// Characters that a path cannot contain unencoded, and braces, which delimit placeholders.
const OUTSIDE_PATH: &AsciiSet = &OUTSIDE_QUERY
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\');

/// Returns a value in a path. A value that `is_encoded` may have several segments.
pub(crate) fn segment(value: &str, is_encoded: bool) -> String {
    let set = if is_encoded { OUTSIDE_PATH } else { RESERVED };
    utf8_percent_encode(value, set).to_string()
}

/// Returns a query parameter. A value that `is_encoded` may contain `&`.
pub(crate) fn query(name: &str, value: &str, is_encoded: bool) -> String {
    let set = if is_encoded { OUTSIDE_QUERY } else { RESERVED };
    let name = utf8_percent_encode(name, RESERVED_IN_NAMES);
    format!("{name}={}", utf8_percent_encode(value, set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_values_are_unchanged() {
        assert_eq!(segment("a b/c", false), "a%20b%2Fc");
        assert_eq!(segment("a%20b/{c}?", true), "a%20b/%7Bc%7D%3F");
        assert_eq!(query("$a b", "c&d=e #", false), "$a%20b=c%26d%3De%20%23");
        assert_eq!(query("$a b", "c&d=e #", true), "$a%20b=c&d=e%20%23");
    }
}
