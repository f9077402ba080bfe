//! Converts parameters in path, query and header.

use super::{
    context::Context,
    draft::{Draft, DraftObject},
    keywords::is_of_schema,
    members, schemas,
};
use crate::{
    note::NoteKind,
    swagger::{
        read::{Position, SourceParameter, Sources},
        text::pascal,
    },
};
use serde_json::{Map, Value};

/// Converts a parameter of an operation that is neither a body nor a form field.
pub(super) fn parameter(context: &mut Context, parameter: &SourceParameter, hint: &str) -> Draft {
    if parameter.is_shared {
        return Draft::reference(context.request_parameter(&parameter.location));
    }
    Draft::Object(definition(context, parameter, hint))
}

/// Converts the parameters that were requested as components. Returns their number.
pub(super) fn convert_requested(context: &mut Context, from: usize) -> usize {
    for index in from..context.parameters.len() {
        let Some((location, _)) = context.parameters.get_index(index) else {
            continue;
        };
        let location = location.clone();
        let Some(Value::Object(value)) = context.sources.value(&location) else {
            continue;
        };
        if let Some(parameter) = SourceParameter::new(value, location, true) {
            let converted = definition(context, &parameter, &pascal(&parameter.name));
            context.parameters[index].draft = Draft::Object(converted);
        }
    }
    context.parameters.len()
}

fn definition(context: &mut Context, parameter: &SourceParameter, hint: &str) -> DraftObject {
    let at = &parameter.location;
    let sources = &mut context.sources;
    let mut out = DraftObject::new();
    let mut schema = Map::new();
    for (key, value) in &parameter.value {
        let here = at.child(key);
        match key.as_str() {
            "name" | "in" | "description" => members::text(sources, &mut out, key, value, &here),
            "required" | "allowEmptyValue" => members::flag(sources, &mut out, key, value, &here),
            "collectionFormat" => {}
            other if is_of_schema(other) => {
                schema.insert(key.clone(), value.clone());
            }
            _ => members::extension(sources, &mut out, key, value, &here),
        }
    }
    if parameter.position == Position::Path && !out.contains_key("required") {
        sources.note(
            NoteKind::Corrected,
            at,
            "a path parameter is always required",
        );
        out.insert("required".to_owned(), true.into());
    }
    collection_format(sources, &mut out, parameter);
    if schema.get("type").is_some_and(|kind| kind == "file") {
        sources.note(
            NoteKind::NotUnderstood,
            at,
            "only a form field can be a file; treated as binary data",
        );
    }
    let schema = schemas::inline(context, &Value::Object(schema), at, hint);
    out.insert("schema".to_owned(), schema);
    out
}

/// Converts the separator of several values of one parameter.
fn collection_format(sources: &mut Sources, out: &mut DraftObject, parameter: &SourceParameter) {
    let here = parameter.location.child("collectionFormat");
    let parameter_value = &parameter.value;
    let inner = parameter_value
        .get("items")
        .and_then(|items| items.get("collectionFormat"));
    if inner.is_some_and(|inner| inner != "csv") {
        sources.note(
            NoteKind::NotSupported,
            &here,
            "OpenAPI cannot say how inner lists are joined",
        );
    }
    let format = parameter_value.get("collectionFormat");
    let is_array = parameter_value
        .get("type")
        .is_some_and(|kind| kind == "array");
    if !is_array {
        if format.is_some() {
            sources.note(
                NoteKind::Corrected,
                &here,
                "only an array has a collection format",
            );
        }
        return;
    }
    let format = format.and_then(Value::as_str).unwrap_or("csv");
    let in_query = parameter.position == Position::Query;
    match style(format, in_query) {
        Some((style, explode)) => {
            if let Some(style) = style {
                out.insert("style".to_owned(), style.into());
            }
            if let Some(explode) = explode {
                out.insert("explode".to_owned(), explode.into());
            }
        }
        None => {
            if !FORMATS.contains(&format) {
                let message = format!("`{format}` is not a collection format of Swagger 2.0");
                sources.note(NoteKind::NotUnderstood, &here, message);
            }
            out.insert("x-collection-format".to_owned(), format.into());
            if in_query {
                out.insert("explode".to_owned(), false.into());
            }
        }
    }
}

/// The ways in which Swagger 2.0 can join several values.
const FORMATS: [&str; 5] = ["csv", "ssv", "tsv", "pipes", "multi"];

/// Returns `style` and `explode` for a collection format, if OpenAPI has it.
fn style(format: &str, in_query: bool) -> Option<(Option<&'static str>, Option<bool>)> {
    Some(match format {
        "csv" if in_query => (None, Some(false)),
        "csv" => (None, None),
        "multi" if in_query => (None, Some(true)),
        "ssv" if in_query => (Some("spaceDelimited"), Some(false)),
        "pipes" if in_query => (Some("pipeDelimited"), Some(false)),
        _ => return None,
    })
}
