//! Compares JSON values by meaning.

use crate::finding::{Finding, Part};
use arm_codegen::json_pointer::JsonPointer;
use serde_json::Value;

/// Returns where a value differs from the expected one. Null equals an absent member, and times are
/// compared as instants.
pub(crate) fn differences(part: &Part, expected: &Value, actual: &Value) -> Vec<Finding> {
    let mut found = Vec::new();
    compare(part, &JsonPointer::root(), expected, actual, &mut found);
    found
}

fn compare(
    part: &Part,
    at: &JsonPointer,
    expected: &Value,
    actual: &Value,
    found: &mut Vec<Finding>,
) {
    let mut differ = |message: String| {
        found.push(Finding::new(part.clone(), message).at(at.as_str()));
    };
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            let names = expected
                .keys()
                .chain(actual.keys().filter(|n| !expected.contains_key(*n)));
            for name in names {
                let value = |side: &serde_json::Map<String, Value>| {
                    side.get(name).cloned().unwrap_or_default()
                };
                compare(
                    part,
                    &at.child(name),
                    &value(expected),
                    &value(actual),
                    found,
                );
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            if expected.len() != actual.len() {
                differ(format!(
                    "{} elements became {}",
                    expected.len(),
                    actual.len()
                ));
                return;
            }
            for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(part, &at.child(index), expected, actual, found);
            }
        }
        _ if is_same(expected, actual) => {}
        (expected, Value::Null) => differ(format!("{} was lost", short(expected))),
        (Value::Null, actual) => differ(format!("{} was not expected", short(actual))),
        (expected, actual) => differ(format!("{} became {}", short(expected), short(actual))),
    }
}

fn is_same(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::String(a), Value::String(b)) => is_same_text(a, b),
        (a, b) => a == b,
    }
}

/// Returns whether two strings are equal or denote the same instant.
pub(crate) fn is_same_text(a: &str, b: &str) -> bool {
    a == b || instant(a).is_some_and(|instant_of_a| Some(instant_of_a) == instant(b))
}

/// Parses a date and time of RFC 3339 into seconds and the fraction of a second.
fn instant(text: &str) -> Option<(i64, String)> {
    let (date, time) = text.split_once(['T', 't'])?;
    let numbers = |text: &str, separator: char| -> Option<Vec<i64>> {
        text.split(separator)
            .map(|part| part.parse().ok())
            .collect()
    };
    let date = numbers(date, '-')?;
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let offset = match zone.get(1..).filter(|rest| !rest.is_empty()) {
        None => 0,
        Some(rest) => match (zone.starts_with('-'), numbers(rest, ':')?.as_slice()) {
            (true, [hours, minutes]) => -(hours * 3600 + minutes * 60),
            (false, [hours, minutes]) => hours * 3600 + minutes * 60,
            _ => return None,
        },
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    match (date.as_slice(), numbers(clock, ':')?.as_slice()) {
        (&[year, month, day], &[hours, minutes, seconds]) => {
            let seconds = days(year, month, day) * 86_400 + hours * 3600 + minutes * 60 + seconds;
            let fraction = fraction.trim_end_matches('0').to_owned();
            Some((seconds - offset, fraction))
        }
        _ => None,
    }
}

/// Returns the day number of a date in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (month * 153 + 2) / 5
        + day
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_instants() {
        assert!(is_same_text(
            "2020-01-01T00:00:00Z",
            "2020-01-01T00:00:00.000Z"
        ));
        assert!(is_same_text(
            "2020-01-01T00:30:00+01:00",
            "2019-12-31T23:30:00Z"
        ));
        assert!(is_same_text(
            "2020-02-29T23:59:59.5-00:30",
            "2020-03-01T00:29:59.500Z"
        ));
        assert!(!is_same_text(
            "2020-01-01T00:00:00Z",
            "2020-01-01T00:00:01Z"
        ));
        assert!(!is_same_text("2020-01-01", "2020-01-02"));
    }

    #[test]
    fn differences_have_a_json_pointer() {
        let shown = |expected: Value, actual: Value| {
            let all = differences(&Part::Body, &expected, &actual);
            all.iter()
                .map(Finding::to_string)
                .collect::<Vec<_>>()
                .join("; ")
        };
        assert_eq!(shown(json!({"a": null, "b": 1}), json!({"b": 1.0})), "");
        assert_eq!(
            shown(json!({"a": {"b/c": 1}}), json!({"a": {}, "d": [1]})),
            "request body at /a/b~1c: 1 was lost; request body at /d: [1] was not expected"
        );
        assert_eq!(
            shown(json!([1]), json!([])),
            "request body: 1 elements became 0"
        );
    }
}
