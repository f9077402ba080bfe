//! Turns responses of Swagger 2.0 into those of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::note::NoteKind;
use super::parameter::is_schema_key;
use super::place::Place;
use super::text::pascal;

/// The media types told, or the one usual for content of such a schema.
pub(super) fn or_usual(media_types: &[String], schema: &Value) -> Vec<String> {
    if !media_types.is_empty() {
        return media_types.to_vec();
    }
    let is_binary = schema.get("type").is_some_and(|kind| kind == "file")
        || schema
            .get("format")
            .is_some_and(|format| format == "binary" || format == "file");
    let usual = if is_binary {
        "application/octet-stream"
    } else {
        "application/json"
    };
    vec![usual.to_owned()]
}

/// Converts the responses of an operation.
pub(super) fn add_responses(
    context: &mut Context,
    out: &mut Map<String, Value>,
    responses: Option<&Value>,
    produces: &[String],
    hint: &str,
    at: &Place,
) {
    let here = at.child("responses");
    let Some(responses) = responses.and_then(Value::as_object) else {
        context.problem(
            &here,
            "expected an object that holds one entry for each status code",
        );
        return;
    };
    let mut converted = Map::new();
    for (code, value) in responses {
        let place = here.child(code);
        if code.starts_with("x-") {
            context.extension(&mut converted, code, value, &place);
        } else if code == "default"
            || (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
        {
            if let Some(value) = response(
                context,
                value,
                &place,
                produces,
                &format!("{hint}{}", pascal(code)),
            ) {
                converted.insert(code.clone(), value);
            }
        } else {
            context.problem(
                &place,
                format!("expected a status code or `default` but found `{code}`"),
            );
        }
    }
    out.insert("responses".to_owned(), Value::Object(converted));
}

fn response(
    context: &mut Context,
    value: &Value,
    at: &Place,
    produces: &[String],
    hint: &str,
) -> Option<Value> {
    let (value, at) = match value.get("$ref") {
        None => (value.clone(), at.clone()),
        Some(reference) => {
            let target = context.follow(reference, at)?;
            (
                target
                    .pointer
                    .get(&context.root(target.file))
                    .cloned()
                    .unwrap_or_default(),
                target,
            )
        }
    };
    let Some(response) = value.as_object() else {
        context.problem(&at, "expected a response, which is an object");
        return None;
    };
    let mut out = Map::new();
    for (key, value) in response {
        let here = at.child(key);
        match key.as_str() {
            "description" => {
                out.extend(context.string(value, &here).map(|text| (key.clone(), text)))
            }
            "schema" => {
                let schema = context.inline(value, &here, &format!("{hint}Response"));
                let media_types = or_usual(produces, value);
                let content: Map<String, Value> = media_types
                    .into_iter()
                    .map(|media_type| (media_type, json!({ "schema": schema })))
                    .collect();
                out.insert("content".to_owned(), Value::Object(content));
            }
            "headers" => {
                let headers = headers(context, value, &here, hint);
                out.insert(key.clone(), headers);
            }
            "examples" => {
                let empty = value.as_object().is_some_and(Map::is_empty);
                if !empty {
                    context.note(
                        NoteKind::NotUnderstood,
                        &here,
                        "examples of responses are left out",
                    );
                }
            }
            _ => context.extension(&mut out, key, value, &here),
        }
    }
    Some(Value::Object(out))
}

fn headers(context: &mut Context, headers: &Value, at: &Place, hint: &str) -> Value {
    let Some(headers) = headers.as_object() else {
        context.problem(
            at,
            "expected an object that holds one entry for each header",
        );
        return json!({});
    };
    let mut converted = Map::new();
    for (name, header) in headers {
        let place = at.child(name);
        let Some(header) = header.as_object() else {
            context.problem(&place, "expected a header, which is an object");
            continue;
        };
        let mut out = Map::new();
        let mut schema = Map::new();
        for (key, value) in header {
            let here = place.child(key);
            match key.as_str() {
                "description" => {
                    out.extend(context.string(value, &here).map(|text| (key.clone(), text)))
                }
                "collectionFormat" if value == "csv" => {}
                "collectionFormat" => {
                    context.note(
                        NoteKind::NotUnderstood,
                        &here,
                        "kept as x-collection-format",
                    );
                    out.insert("x-collection-format".to_owned(), value.clone());
                }
                other if is_schema_key(other) => {
                    schema.insert(key.clone(), value.clone());
                }
                _ => context.extension(&mut out, key, value, &here),
            }
        }
        let schema = context.inline(
            &Value::Object(schema),
            &place,
            &format!("{hint}{}", pascal(name)),
        );
        out.insert("schema".to_owned(), schema);
        converted.insert(name.clone(), Value::Object(out));
    }
    Value::Object(converted)
}
