//! Converts types, and the values next to them, which must have the type.

use super::draft::{Draft, DraftObject};
use crate::{
    note::NoteKind,
    swagger::read::{SourceLocation, Sources},
};
use serde_json::{Number, Value, json};

/// Keywords that limit sizes.
const SIZES: [&str; 6] = [
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// Converts the `type` of a schema.
pub(super) fn type_of(
    sources: &mut Sources,
    out: &mut DraftObject,
    value: &Value,
    here: &SourceLocation,
) {
    let named = match value {
        Value::String(name) => Some(name.clone()),
        Value::Array(names) => {
            let mut rest: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            if rest.contains(&"null") {
                out.insert("nullable".to_owned(), true.into());
            }
            rest.retain(|name| *name != "null");
            match rest[..] {
                [only] => {
                    sources.note(NoteKind::Corrected, here, "a list of types became one type");
                    Some(only.to_owned())
                }
                _ => None,
            }
        }
        _ => None,
    };
    match named.as_deref() {
        Some("file") => {
            out.insert("type".to_owned(), "string".into());
            out.insert("format".to_owned(), "binary".into());
        }
        Some(name @ ("string" | "integer" | "number" | "boolean" | "array" | "object")) => {
            out.insert("type".to_owned(), name.into());
        }
        _ => sources.note(
            NoteKind::NotUnderstood,
            here,
            format!("{value} is not a type of Swagger 2.0; any value is accepted"),
        ),
    }
}

/// Corrects the default, values and bounds of a schema so that they have its type.
pub(super) fn correct(sources: &mut Sources, schema: &mut DraftObject, at: &SourceLocation) {
    let kind = value_of(schema, "type").and_then(|kind| kind.as_str().map(str::to_owned));
    let kind = kind.unwrap_or_default();
    correct_enum(sources, schema, &kind, at);
    for key in ["format", "pattern"] {
        if let Some(value) = value_of(schema, key)
            && sources.string(&value, &at.child(key)).is_none()
        {
            schema.shift_remove(key);
        }
    }
    for key in ["default", "minimum", "maximum", "multipleOf"] {
        correct_value(sources, schema, key, &kind, at);
    }
    for key in SIZES {
        correct_size(sources, schema, key, at);
    }
    for key in ["exclusiveMinimum", "exclusiveMaximum"] {
        if let Some(value) = value_of(schema, key) {
            let flag = sources.flag(&value, &at.child(key));
            schema.insert(key.to_owned(), flag.into());
        }
    }
}

fn value_of(schema: &DraftObject, key: &str) -> Option<Value> {
    schema.get(key).and_then(Draft::as_value).cloned()
}

fn correct_value(
    sources: &mut Sources,
    schema: &mut DraftObject,
    key: &str,
    kind: &str,
    at: &SourceLocation,
) {
    let Some(value) = value_of(schema, key) else {
        return;
    };
    let kind = if kind == "string" && key != "default" {
        "number"
    } else {
        kind
    };
    match coerce(&value, kind) {
        Some(fitting) if fitting == value => {}
        Some(fitting) => {
            let message = format!("{value} became {fitting}");
            sources.note(NoteKind::Corrected, &at.child(key), message);
            schema.insert(key.to_owned(), fitting.into());
        }
        None => {
            let message = format!("{value} does not fit type {kind} and was left out");
            leave_out(sources, schema, key, at, message);
        }
    }
}

fn correct_size(sources: &mut Sources, schema: &mut DraftObject, key: &str, at: &SourceLocation) {
    let Some(value) = value_of(schema, key) else {
        return;
    };
    match coerce(&value, "integer").filter(|value| value.as_u64().is_some()) {
        Some(fitting) => {
            schema.insert(key.to_owned(), fitting.into());
        }
        None => {
            let message = format!("{value} is not a size and was left out");
            leave_out(sources, schema, key, at, message);
        }
    }
}

fn leave_out(
    sources: &mut Sources,
    schema: &mut DraftObject,
    key: &str,
    at: &SourceLocation,
    message: String,
) {
    sources.note(NoteKind::NotUnderstood, &at.child(key), message);
    schema.shift_remove(key);
}

fn correct_enum(sources: &mut Sources, schema: &mut DraftObject, kind: &str, at: &SourceLocation) {
    let Some(Value::Array(values)) = value_of(schema, "enum") else {
        return;
    };
    let here = at.child("enum");
    let mut kept: Vec<Value> = Vec::new();
    for value in &values {
        if value.is_null() {
            let message = "the value null became `nullable`";
            sources.note(NoteKind::Corrected, &here, message);
            schema.insert("nullable".to_owned(), true.into());
            continue;
        }
        let Some(fitting) = coerce(value, kind).filter(is_scalar) else {
            let message = format!("{value} is not a value of type {kind}; correct one of them");
            sources.problem(&here, message);
            continue;
        };
        if fitting != *value {
            let message = format!("{value} became {fitting}");
            sources.note(NoteKind::Corrected, &here, message);
        }
        if kept.contains(&fitting) {
            let message = format!("{fitting} is listed twice");
            sources.note(NoteKind::Corrected, &here, message);
        } else {
            kept.push(fitting);
        }
    }
    if kept.is_empty() {
        let message = "an empty list of values was left out";
        sources.note(NoteKind::NotUnderstood, &here, message);
        schema.shift_remove("enum");
    } else {
        schema.insert("enum".to_owned(), json!(kept).into());
    }
}

/// Converts a value to a type, if it can be read as one of that type.
fn coerce(value: &Value, kind: &str) -> Option<Value> {
    match (kind, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        ("boolean", Value::String(text)) => match text.to_ascii_lowercase().as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        ("integer", Value::String(text)) => text.trim().parse::<i64>().ok().map(Value::from),
        ("integer", Value::Number(number)) => whole(number).map(Value::from),
        ("number", Value::String(text)) => {
            Number::from_f64(text.trim().parse().ok()?).map(Value::Number)
        }
        ("integer" | "number" | "boolean", other) => {
            let fits = if kind == "boolean" {
                other.is_boolean()
            } else {
                other.is_number()
            };
            (fits || other.is_null()).then(|| other.clone())
        }
        (_, other) => Some(other.clone()),
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the bounds are checked first"
)]
fn whole(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        // All whole numbers up to 2^53 are exact.
        (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i64)
    })
}

/// Returns the type that all values share, if there is one.
pub(super) fn type_of_values(values: Option<&Draft>) -> Option<&'static str> {
    let values = values?.as_value()?.as_array()?;
    let all = |test: fn(&Value) -> bool| !values.is_empty() && values.iter().all(test);
    if all(Value::is_string) {
        Some("string")
    } else if all(Value::is_boolean) {
        Some("boolean")
    } else if all(|value| value.is_i64() || value.is_u64()) {
        Some("integer")
    } else if all(Value::is_number) {
        Some("number")
    } else {
        None
    }
}
