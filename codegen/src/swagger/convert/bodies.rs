//! Converts request bodies, and finds the media types of bodies.

use super::{
    context::Context,
    draft::{Draft, DraftObject},
    members, schemas,
};
use crate::{
    note::NoteKind,
    swagger::{
        read::{SourceLocation, SourceParameter},
        text::pascal,
    },
};
use serde_json::{Map, Value, json};

/// Returns the media types of an operation, or those of its file.
pub(super) fn media_types(
    context: &mut Context,
    operation: &Map<String, Value>,
    key: &str,
    at: &SourceLocation,
) -> Vec<String> {
    let root = context.sources.root(at.file);
    let (value, here) = match operation.get(key) {
        Some(value) => (Some(value), at.child(key)),
        None => (root.get(key), SourceLocation::root(at.file).child(key)),
    };
    let listed = value.and_then(|value| context.sources.array(value, &here));
    let listed = listed.iter().flatten().filter_map(Value::as_str);
    listed.map(str::to_owned).collect()
}

/// Returns the content of a body with a schema, in the listed media types or the default one.
pub(super) fn content(media_types: &[String], source: &Value, schema: &Draft) -> Draft {
    let usual = [usual_media_type(source).to_owned()];
    let media_types = if media_types.is_empty() {
        &usual
    } else {
        media_types
    };
    let content = media_types.iter().map(|media_type| {
        let schema = Draft::object([("schema", schema.clone())]);
        (media_type.clone(), schema)
    });
    Draft::Object(content.collect())
}

fn usual_media_type(schema: &Value) -> &'static str {
    let is = |key: &str, text: &str| schema.get(key).is_some_and(|value| value == text);
    if is("type", "file") || is("format", "binary") || is("format", "file") {
        "application/octet-stream"
    } else {
        "application/json"
    }
}

/// Converts the body parameter of an operation.
pub(super) fn body(
    context: &mut Context,
    parameter: &SourceParameter,
    consumes: &[String],
    hint: &str,
) -> Draft {
    let mut out = DraftObject::new();
    let mut schema = Draft::Object(DraftObject::new());
    let mut client_name = parameter.name.clone();
    for (key, value) in &parameter.value {
        let here = parameter.location.child(key);
        let sources = &mut context.sources;
        match key.as_str() {
            "name" | "in" => {}
            "description" => members::text(sources, &mut out, key, value, &here),
            "required" => members::flag(sources, &mut out, key, value, &here),
            "schema" => schema = schemas::inline(context, value, &here, hint),
            "x-ms-client-name" => client_name = value.as_str().unwrap_or_default().to_owned(),
            _ => members::extension(sources, &mut out, key, value, &here),
        }
    }
    let source = parameter.value.get("schema");
    if source.is_none() {
        context.sources.note(
            NoteKind::NotUnderstood,
            &parameter.location,
            "a body without `schema`; any content is accepted",
        );
    }
    let content = content(consumes, source.unwrap_or(&Value::Null), &schema);
    out.insert("content".to_owned(), content);
    out.insert("x-ms-client-name".to_owned(), client_name.into());
    Draft::Object(out)
}

/// Converts form fields, which become one body.
pub(super) fn form(
    context: &mut Context,
    fields: &[&SourceParameter],
    consumes: &[String],
    hint: &str,
) -> Draft {
    let mut properties = DraftObject::new();
    let mut required: Vec<Value> = Vec::new();
    for field in fields {
        let (schema, is_required) = form_field(context, field, hint);
        properties.insert(field.name.clone(), schema);
        if is_required {
            required.push(json!(field.name));
        }
    }
    let mut schema = DraftObject::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), Draft::Object(properties));
    let is_required = !required.is_empty();
    if is_required {
        schema.insert("required".to_owned(), Value::Array(required).into());
    }
    let schema = Draft::object([("schema", Draft::Object(schema))]);
    let content = Draft::object([(form_media_type(consumes, fields), schema)]);
    let mut out = DraftObject::new();
    out.insert("content".to_owned(), content);
    if is_required {
        out.insert("required".to_owned(), true.into());
    }
    Draft::Object(out)
}

/// Converts a form field; returns its schema and whether it is required.
fn form_field(context: &mut Context, field: &SourceParameter, hint: &str) -> (Draft, bool) {
    let mut schema = Map::new();
    let mut is_required = false;
    for (key, value) in &field.value {
        let here = field.location.child(key);
        match key.as_str() {
            "name" | "in" => {}
            "required" => is_required = context.sources.flag(value, &here),
            "collectionFormat" => {}
            "allowEmptyValue" => context.sources.note(
                NoteKind::NotSupported,
                &here,
                "cannot be said of a form field and was left out",
            ),
            _ => {
                schema.insert(key.clone(), value.clone());
            }
        }
    }
    let hint = format!("{hint}{}", pascal(&field.name));
    let is_list = schema.get("type").is_some_and(|kind| kind == "array");
    let mut schema = schemas::inline(context, &Value::Object(schema), &field.location, &hint);
    if let (true, Draft::Object(members)) = (is_list, &mut schema) {
        let style = field.value.get("collectionFormat");
        let style = style.and_then(Value::as_str).unwrap_or("csv");
        // This is the default of other formats.
        if style != "multi" {
            members.insert("x-collection-format".to_owned(), style.into());
        }
    }
    (schema, is_required)
}

fn form_media_type(consumes: &[String], fields: &[&SourceParameter]) -> &'static str {
    let is_file =
        |field: &&SourceParameter| field.value.get("type").is_some_and(|kind| kind == "file");
    let is_multipart = |media_type: &String| media_type == "multipart/form-data";
    if fields.iter().any(is_file) || consumes.iter().any(is_multipart) {
        "multipart/form-data"
    } else {
        "application/x-www-form-urlencoded"
    }
}
