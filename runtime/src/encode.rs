//! Percent-encoding, such that a value can never become structure.

use std::{borrow::Cow, fmt::Write as _};

/// Appends `text` with everything encoded but RFC 3986's unreserved characters and `keep`.
pub(crate) fn push_encoded(out: &mut String, text: &str, keep: &[u8]) {
    for byte in text.bytes() {
        if is_unreserved(byte) || keep.contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// Encodes one path segment; the error is the rule it breaks.
pub(crate) fn segment(text: &str) -> Result<Cow<'_, str>, &'static str> {
    match text {
        "" => Err("must not be empty"),
        // No encoding helps: URL parsers treat `%2e` like a dot.
        "." | ".." => Err("must not be `.` or `..`, which would change the path"),
        _ if text.bytes().all(is_unreserved) => Ok(text.into()),
        _ => {
            let mut out = String::with_capacity(text.len() + 8);
            push_encoded(&mut out, text, b"");
            Ok(out.into())
        }
    }
}

/// Checks text that is used as a path as it is (`x-ms-skip-url-encoding`), such as a scope or a
/// resource ID. A slash at either end is dropped.
pub(crate) fn raw_path(text: &str) -> Result<Cow<'_, str>, &'static str> {
    let text = text.trim_matches('/');
    for part in text.split('/') {
        raw_segment(part)?;
    }
    Ok(text.into())
}

fn raw_segment(part: &str) -> Result<(), &'static str> {
    if part.is_empty() {
        return Err("must not be empty or have empty segments");
    }
    if !part.bytes().all(|b| b == b'%' || is_path_character(b)) {
        return Err("is used in the path as it is and has a character that must be encoded");
    }
    let decoded = decode(part).ok_or("has a `%` that does not begin an encoded UTF-8 character")?;
    if decoded == "." || decoded == ".." || decoded.contains(['/', '\\']) {
        return Err("must not have a segment that changes the path");
    }
    Ok(())
}

/// Undoes percent-encoding; `None` when a `%` is not followed by two hex digits or the result is
/// not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn is_path_character(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=:@".contains(&byte)
}
