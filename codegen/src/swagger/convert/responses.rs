//! Converts responses and their headers.

use super::{
    bodies::content,
    context::Context,
    draft::{Draft, DraftObject},
    keywords::is_of_schema,
    members, schemas,
};
use crate::{
    note::NoteKind,
    swagger::{read::SourceLocation, text::pascal},
};
use serde_json::{Map, Value};

/// Converts the responses of an operation.
pub(super) fn responses(
    context: &mut Context,
    responses: Option<&Value>,
    produces: &[String],
    hint: &str,
    here: &SourceLocation,
) -> Option<Draft> {
    let Some(responses) = responses.and_then(Value::as_object) else {
        context.sources.problem(
            here,
            "expected an object with one entry for each status code",
        );
        return None;
    };
    if responses.is_empty() {
        let message = "expected at least one response; describe what the service returns";
        context.sources.problem(here, message);
    }
    let mut converted = DraftObject::new();
    for (code, value) in responses {
        let at = here.child(code);
        if code.starts_with("x-") {
            members::extension(&mut context.sources, &mut converted, code, value, &at);
        } else if is_status(code) {
            let hint = format!("{hint}{}", pascal(code));
            if let Some(value) = response(context, value, &at, produces, &hint) {
                converted.insert(code.clone(), value);
            }
        } else {
            context.sources.problem(
                &at,
                format!("expected a status code or `default` but found `{code}`"),
            );
        }
    }
    Some(Draft::Object(converted))
}

fn is_status(code: &str) -> bool {
    code == "default" || (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
}

fn response(
    context: &mut Context,
    value: &Value,
    at: &SourceLocation,
    produces: &[String],
    hint: &str,
) -> Option<Draft> {
    let (value, at) = context.sources.dereference(value, at)?;
    let Some(response) = value.as_object() else {
        context
            .sources
            .problem(&at, "expected a response, which is an object");
        return None;
    };
    let mut out = DraftObject::new();
    for (key, value) in response {
        let here = at.child(key);
        let sources = &mut context.sources;
        match key.as_str() {
            "description" => members::text(sources, &mut out, key, value, &here),
            "schema" => {
                let schema = schemas::inline(context, value, &here, &format!("{hint}Response"));
                out.insert("content".to_owned(), content(produces, value, &schema));
            }
            "headers" => {
                let headers = headers(context, value, &here, hint);
                out.insert(key.clone(), headers);
            }
            "examples" => {
                if !value.as_object().is_some_and(Map::is_empty) {
                    sources.note(
                        NoteKind::NotUnderstood,
                        &here,
                        "examples of responses are left out",
                    );
                }
            }
            _ => members::extension(sources, &mut out, key, value, &here),
        }
    }
    Some(Draft::Object(out))
}

fn headers(context: &mut Context, headers: &Value, at: &SourceLocation, hint: &str) -> Draft {
    let mut converted = DraftObject::new();
    let Some(headers) = headers.as_object() else {
        context
            .sources
            .problem(at, "expected an object with one entry for each header");
        return Draft::Object(converted);
    };
    for (name, value) in headers {
        let hint = format!("{hint}{}", pascal(name));
        if let Some(value) = header(context, value, &at.child(name), &hint) {
            converted.insert(name.clone(), value);
        }
    }
    Draft::Object(converted)
}

fn header(context: &mut Context, header: &Value, at: &SourceLocation, hint: &str) -> Option<Draft> {
    let sources = &mut context.sources;
    let Some(header) = header.as_object() else {
        sources.problem(at, "expected a header, which is an object");
        return None;
    };
    let mut out = DraftObject::new();
    let mut schema = Map::new();
    for (key, value) in header {
        let here = at.child(key);
        match key.as_str() {
            "description" => members::text(sources, &mut out, key, value, &here),
            "collectionFormat" if value == "csv" => {}
            "collectionFormat" => {
                out.insert("x-collection-format".to_owned(), value.clone().into());
            }
            other if is_of_schema(other) => {
                schema.insert(key.clone(), value.clone());
            }
            _ => members::extension(sources, &mut out, key, value, &here),
        }
    }
    let schema = schemas::inline(context, &Value::Object(schema), at, hint);
    out.insert("schema".to_owned(), schema);
    Some(Draft::Object(out))
}
