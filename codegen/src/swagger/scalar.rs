//! Makes the values beside a type be of that type.

use serde_json::{Map, Number, Value};

use super::context::Context;
use super::note::NoteKind;
use super::place::Place;

/// Corrects default, values and bounds of a schema so that they fit its type.
pub(super) fn correct(context: &mut Context, schema: &mut Map<String, Value>, at: &Place) {
    let kind = schema
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    correct_values(context, schema, &kind, at);
    for key in ["format", "pattern"] {
        if let Some(value) = schema.get(key).cloned()
            && context.string(&value, &at.child(key)).is_none()
        {
            schema.shift_remove(key);
        }
    }
    for key in ["default", "minimum", "maximum", "multipleOf"] {
        let Some(value) = schema.get(key).cloned() else {
            continue;
        };
        let kind = if kind == "string" && key != "default" {
            "number"
        } else {
            &kind
        };
        match fit(&value, kind) {
            Some(fitting) if fitting == value => {}
            Some(fitting) => {
                context.note(
                    NoteKind::Corrected,
                    &at.child(key),
                    format!("{value} became {fitting}"),
                );
                schema.insert(key.to_owned(), fitting);
            }
            None => {
                context.note(
                    NoteKind::NotUnderstood,
                    &at.child(key),
                    format!("{value} does not fit type {kind} and was left out"),
                );
                schema.shift_remove(key);
            }
        }
    }
    for key in [
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
    ] {
        let Some(value) = schema.get(key).cloned() else {
            continue;
        };
        match fit(&value, "integer").filter(|value| value.as_u64().is_some()) {
            Some(fitting) => {
                schema.insert(key.to_owned(), fitting);
            }
            None => {
                context.note(
                    NoteKind::NotUnderstood,
                    &at.child(key),
                    format!("{value} is no size and was left out"),
                );
                schema.shift_remove(key);
            }
        }
    }
    for key in ["exclusiveMinimum", "exclusiveMaximum"] {
        let Some(value) = schema.get(key).cloned() else {
            continue;
        };
        let flag = context.flag(&value, &at.child(key));
        schema.insert(key.to_owned(), Value::Bool(flag));
    }
}

fn correct_values(context: &mut Context, schema: &mut Map<String, Value>, kind: &str, at: &Place) {
    let Some(values) = schema.get("enum").and_then(Value::as_array).cloned() else {
        return;
    };
    let here = at.child("enum");
    let mut kept: Vec<Value> = Vec::new();
    for value in &values {
        if value.is_null() {
            context.note(
                NoteKind::Corrected,
                &here,
                "the value null became `nullable`",
            );
            schema.insert("nullable".to_owned(), Value::Bool(true));
            continue;
        }
        let Some(fitting) = fit(value, kind).filter(is_scalar) else {
            context.problem(
                &here,
                format!("{value} is no value of type {kind}; correct one of them"),
            );
            continue;
        };
        if fitting != *value {
            context.note(
                NoteKind::Corrected,
                &here,
                format!("{value} became {fitting}"),
            );
        }
        if kept.contains(&fitting) {
            context.note(
                NoteKind::Corrected,
                &here,
                format!("{fitting} stands there twice"),
            );
        } else {
            kept.push(fitting);
        }
    }
    if kept.is_empty() {
        context.note(
            NoteKind::NotUnderstood,
            &here,
            "a list of no values was left out",
        );
        schema.shift_remove("enum");
    } else {
        schema.insert("enum".to_owned(), Value::Array(kept));
    }
}

fn fit(value: &Value, kind: &str) -> Option<Value> {
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
        // 2^53 is the last point up to which every whole number is exact.
        (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i64)
    })
}

/// The type that all values have, if they have one in common.
pub(super) fn type_of_values(values: Option<&Value>) -> Option<&'static str> {
    let values = values?.as_array()?;
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
