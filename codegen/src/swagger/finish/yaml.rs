//! Writes YAML in the form of the descriptions in `specs`.

use serde_json::{Map, Value};

/// Column after which a long text is continued on the next line.
const WIDTH: usize = 110;
/// Longest key that is written on one line with its value.
const SIMPLE_KEY: usize = 128;
/// Lists that are written on one line.
const ONE_LINE: [&str; 3] = ["tags", "x-ms-mutability", "x-ms-identifiers"];

/// Writes a document.
pub(crate) fn write(document: &Value) -> String {
    let mut out = String::new();
    match document {
        Value::Object(map) if !map.is_empty() => mapping(map, 0, false, &mut out),
        other => {
            scalar(other, 0, 0, &mut out);
            out.push('\n');
        }
    }
    out
}

fn indent(width: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', width));
}

/// Writes the entries of a mapping; the first one is on the current line if `started`.
fn mapping(map: &Map<String, Value>, depth: usize, mut started: bool, out: &mut String) {
    for (key, value) in map {
        if !started {
            indent(depth, out);
        }
        started = false;
        let written = key_text(key);
        if written.chars().count() >= SIMPLE_KEY {
            out.push_str("? ");
            out.push_str(&written);
            out.push('\n');
            indent(depth, out);
            out.push_str(": ");
            complex_value(value, depth + 2, out);
        } else {
            out.push_str(&written);
            out.push(':');
            entry(key, value, depth, depth + written.chars().count() + 1, out);
        }
    }
}

fn complex_value(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => mapping(map, depth, true, out),
        Value::Array(items) if !items.is_empty() => sequence(items, depth, true, out),
        other => {
            scalar(other, depth, depth, out);
            out.push('\n');
        }
    }
}

/// Writes the value after the colon of a key.
fn entry(key: &str, value: &Value, depth: usize, column: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            mapping(map, depth + 2, false, out);
        }
        Value::Array(items) if !items.is_empty() => {
            if ONE_LINE.contains(&key) && items.iter().all(is_short) {
                let items: Vec<String> = items.iter().map(flow_text).collect();
                out.push_str(&format!(" [{}]\n", items.join(", ")));
            } else {
                out.push('\n');
                sequence(items, depth + 2, false, out);
            }
        }
        other => {
            out.push(' ');
            scalar(other, depth + 2, column + 1, out);
            out.push('\n');
        }
    }
}

fn sequence(items: &[Value], depth: usize, mut started: bool, out: &mut String) {
    for item in items {
        if !started {
            indent(depth, out);
        }
        started = false;
        out.push_str("- ");
        complex_value(item, depth + 2, out);
    }
}

fn is_short(value: &Value) -> bool {
    value
        .as_str()
        .is_none_or(|text| text.len() <= 60 && !text.contains('\n'))
        && !value.is_array()
        && !value.is_object()
}

fn flow_text(value: &Value) -> String {
    match value {
        Value::String(text)
            if is_plain(text) && !text.contains(['[', ']', '{', '}', ',', '?', ':']) =>
        {
            text.clone()
        }
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn key_text(key: &str) -> String {
    if is_plain(key) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

fn quoted(text: &str) -> String {
    if text.chars().any(|c| c.is_control()) {
        return double_quoted(text);
    }
    format!("'{}'", text.replace('\'', "''"))
}

/// JSON strings are YAML strings.
fn double_quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn scalar(value: &Value, depth: usize, column: usize, out: &mut String) {
    match value {
        Value::String(text) if text.contains('\n') && is_literal(text) => literal(text, depth, out),
        Value::String(text) if text.chars().any(char::is_control) => {
            out.push_str(&double_quoted(text))
        }
        Value::String(text) if is_plain(text) => folded(text, depth, column, out),
        Value::String(text) => folded(&quoted(text), depth, column, out),
        other => out.push_str(&other.to_string()),
    }
}

/// Returns whether a text of several lines can be written unchanged.
fn is_literal(text: &str) -> bool {
    let plain = |c: char| c == '\n' || !c.is_control();
    !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
        && text.chars().all(plain)
        && text.lines().all(|line| !line.ends_with(' '))
}

fn literal(text: &str, depth: usize, out: &mut String) {
    out.push_str("|-");
    for line in text.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            indent(depth, out);
            out.push_str(line);
        }
    }
}

/// Writes a text, and continues on the next line after the maximum width.
fn folded(text: &str, depth: usize, mut column: usize, out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let is_single_space = c == ' '
            && at > 1
            && chars.get(at - 1).is_some_and(|before| *before != ' ')
            && chars.get(at + 1).is_some_and(|after| *after != ' ')
            && at + 2 < chars.len();
        if is_single_space && column > WIDTH {
            out.push('\n');
            indent(depth, out);
            column = depth;
        } else {
            out.push(c);
            column += 1;
        }
    }
}

/// Returns whether a text can be written without quotes and is still read as a text by readers of
/// YAML 1.1 and 1.2.
fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let second = chars.next();
    let good_start = match first {
        '-' | '?' | ':' => second.is_some_and(|c| c != ' ') && !text.starts_with("---"),
        '.' => !text.starts_with("..."),
        other => !"#,[]{}&*!|>'\"%@`=<~ \t".contains(other),
    };
    good_start
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(|c| c.is_control() || c == '\u{feff}')
        && !looks_like_other_type(text)
}

fn looks_like_other_type(text: &str) -> bool {
    let words = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~",
    ];
    if words.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return true;
    }
    let unsigned = text.trim_start_matches(['+', '-']);
    let lower = unsigned.to_ascii_lowercase();
    let is_special = matches!(lower.as_str(), ".inf" | ".nan");
    let starts_like_number = unsigned.starts_with(|c: char| c.is_ascii_digit())
        || (unsigned.starts_with('.') && unsigned[1..].starts_with(|c: char| c.is_ascii_digit()));
    let number_chars = |c: char| c.is_ascii_hexdigit() || "xob._+-:eETZz ".contains(c);
    is_special
        || (starts_like_number
            && unsigned.matches('.').count() < 2
            && unsigned.chars().all(number_chars))
}
