//! Converts schemas.

use super::{
    all_of,
    context::Context,
    draft::{ComponentReference, Draft, DraftObject},
    hints::component_name,
    keywords::{is_of_schema, is_of_use, is_same},
    members, scalars,
};
use crate::{
    note::NoteKind,
    swagger::{read::SourceLocation, text::pascal},
};
use serde_json::{Map, Value, json};

/// Requests all definitions of a file, except aliases.
pub(super) fn request_definitions(context: &mut Context, file: usize) {
    let root = context.sources.root(file);
    let at = SourceLocation::root(file).child("definitions");
    let definitions = root.get("definitions").and_then(Value::as_object);
    for (name, schema) in definitions.into_iter().flatten() {
        let location = at.child(name);
        let Some(reference) = schema.get("$ref") else {
            context.request_definition(&location);
            continue;
        };
        if let Some(target) = context.sources.follow(reference, &location) {
            context.request_definition(&target);
            context.sources.note(
                NoteKind::Named,
                &location,
                "is only an alias; references to it refer to its target",
            );
        }
    }
}

/// Converts the requested schemas, and the schemas that they request in turn. Returns the number of
/// schemas.
pub(super) fn convert_requested(context: &mut Context, from: usize) -> usize {
    let mut next = from;
    while let Some((location, component)) = context.schemas.get_index(next) {
        let (location, name) = (location.clone(), component.name.clone());
        let value = context.sources.value(&location).unwrap_or_default();
        context.schemas[next].draft = component_schema(context, &value, &location, &name);
        next += 1;
    }
    next
}

fn component_schema(
    context: &mut Context,
    schema: &Value,
    at: &SourceLocation,
    name: &str,
) -> Draft {
    let Some(schema) = context.sources.schema(schema, at) else {
        return any();
    };
    if at.is_definition() {
        return Draft::Object(keywords(context, &schema, at, &pascal(name), true));
    }
    let is_parameter = schema.contains_key("in") && schema.contains_key("name");
    let mut bare = schema;
    bare.retain(|key, _| !is_of_use(key));
    if is_parameter {
        bare.retain(|key, _| is_of_schema(key));
    }
    let hint = if bare.contains_key("enum") {
        pascal(name)
    } else {
        name.to_owned()
    };
    Draft::Object(keywords(context, &bare, at, &hint, true))
}

/// Returns the schema of any value.
fn any() -> Draft {
    Draft::Object(DraftObject::new())
}

/// Converts a schema that is part of another value. `hint` is its name if it becomes a component.
pub(super) fn inline(
    context: &mut Context,
    schema: &Value,
    at: &SourceLocation,
    hint: &str,
) -> Draft {
    let Some(schema) = context.sources.schema(schema, at) else {
        return any();
    };
    if let Some(reference) = schema.get("$ref") {
        let Some(target) = context.sources.follow(reference, at) else {
            return any();
        };
        let reference = context.request_definition(&target);
        return refer(context, reference, &schema, &["$ref"], at);
    }
    if let Some(reference) = all_of::sole_base(&schema) {
        let here = at.child("allOf").child(0);
        let Some(target) = context.sources.follow(reference, &here) else {
            return any();
        };
        let reference = context.request_definition(&target);
        return refer(context, reference, &schema, &["allOf", "type"], at);
    }
    let Some(name) = component_name(&schema, hint) else {
        return Draft::Object(keywords(context, &schema, at, hint, false));
    };
    if !schema.contains_key("enum") {
        context.sources.note(
            NoteKind::Named,
            at,
            format!("the inline object became the schema {name}"),
        );
    }
    let reference = context.request_schema(at, &name, hint);
    let mut rest = schema;
    rest.retain(|key, _| is_of_use(key));
    refer(context, reference, &rest, &[], at)
}

/// Converts a reference, with the keywords next to it if they have a meaning.
fn refer(
    context: &mut Context,
    reference: ComponentReference,
    beside: &Map<String, Value>,
    skip: &[&str],
    at: &SourceLocation,
) -> Draft {
    let mut kept = DraftObject::new();
    for (key, value) in beside {
        if skip.contains(&key.as_str()) {
            continue;
        }
        if is_of_use(key) || key.starts_with("x-") {
            keyword(context, &mut kept, key, value, at, "");
        } else {
            context.sources.note(
                NoteKind::Corrected,
                &at.child(key),
                "has no meaning next to a reference and was left out",
            );
        }
    }
    let reference = Draft::reference(reference);
    if kept.is_empty() {
        return reference;
    }
    kept.insert("allOf".to_owned(), Draft::List(vec![reference]));
    Draft::Object(kept)
}

/// Converts the keywords of a schema that is not a reference.
pub(super) fn keywords(
    context: &mut Context,
    schema: &Map<String, Value>,
    at: &SourceLocation,
    hint: &str,
    is_named: bool,
) -> DraftObject {
    let mut out = DraftObject::new();
    for (key, value) in schema {
        if key != "allOf" {
            keyword(context, &mut out, key, value, at, hint);
        }
    }
    if let Some(list) = schema.get("allOf") {
        members_of_all_of(context, &mut out, list, &at.child("allOf"), hint);
    }
    if !is_named {
        drop_unknown_required(context, &mut out, at);
    }
    infer_type(context, &mut out, at, is_named);
    scalars::correct(&mut context.sources, &mut out, at);
    out
}

/// Keeps references among the members of an `allOf` and merges inline members.
fn members_of_all_of(
    context: &mut Context,
    out: &mut DraftObject,
    list: &Value,
    at: &SourceLocation,
    hint: &str,
) {
    let Some(list) = context.sources.array(list, at) else {
        return;
    };
    let mut bases = Vec::new();
    for (index, member) in list.iter().enumerate() {
        let here = at.child(index);
        let Some(member) = context.sources.schema(member, &here) else {
            continue;
        };
        if let Some(reference) = member.get("$ref") {
            let Some(target) = context.sources.follow(reference, &here) else {
                continue;
            };
            let base = Draft::reference(context.request_definition(&target));
            if !bases.contains(&base) {
                bases.push(base);
            }
        } else {
            let member = keywords(context, &member, &here, hint, true);
            all_of::merge(&mut context.sources, out, &mut bases, member, &here);
        }
    }
    if !bases.is_empty() {
        out.insert("allOf".to_owned(), Draft::List(bases));
    }
}

fn keyword(
    context: &mut Context,
    out: &mut DraftObject,
    key: &str,
    value: &Value,
    at: &SourceLocation,
    hint: &str,
) {
    let here = at.child(key);
    let sources = &mut context.sources;
    match key {
        "type" => scalars::type_of(sources, out, value, &here),
        "enum" => {
            if let Some(values) = sources.array(value, &here) {
                out.insert(key.to_owned(), Value::Array(values).into());
            }
        }
        "items" => {
            let items = items(context, value, &here, hint);
            out.insert(key.to_owned(), items);
        }
        "properties" => {
            if let Some(properties) = properties(context, value, &here, hint) {
                out.insert(key.to_owned(), properties);
            }
        }
        "additionalProperties" => {
            if let Some(others) = additional_properties(context, value, &here, hint) {
                out.insert(key.to_owned(), others);
            }
        }
        "required" => required(context, out, value, &here),
        "discriminator" => discriminator(context, out, value, &here),
        "readOnly"
        | "uniqueItems"
        | "x-ms-secret"
        | "x-ms-client-flatten"
        | "x-ms-azure-resource" => members::flag(sources, out, key, value, &here),
        "x-nullable" => members::flag(sources, out, "nullable", value, &here),
        "x-ms-enum" => enum_extension(context, out, value, &here),
        // Converted with the outermost list.
        "collectionFormat" if value == "csv" => {}
        "description" | "title" | "x-ms-discriminator-value" => {
            let text = value.as_str().map(str::to_owned).unwrap_or_else(|| {
                sources.note(
                    NoteKind::Corrected,
                    &here,
                    "was not a string and became one",
                );
                value.to_string()
            });
            out.insert(key.to_owned(), text.into());
        }
        other if is_same(other) => {
            out.insert(key.to_owned(), value.clone().into());
        }
        _ => members::extension(sources, out, key, value, &here),
    }
}

fn items(context: &mut Context, value: &Value, here: &SourceLocation, hint: &str) -> Draft {
    if value.is_array() {
        context.sources.note(
            NoteKind::NotUnderstood,
            here,
            "a list of item schemas; any item is accepted",
        );
        return any();
    }
    inline(context, value, here, &format!("{hint}Item"))
}

fn properties(
    context: &mut Context,
    value: &Value,
    here: &SourceLocation,
    hint: &str,
) -> Option<Draft> {
    let properties = context.sources.schema(value, here)?;
    let mut converted = DraftObject::new();
    for (name, property) in properties {
        let hint = format!("{hint}{}", pascal(&name));
        let property = inline(context, &property, &here.child(&name), &hint);
        converted.insert(name, property);
    }
    Some(Draft::Object(converted))
}

fn additional_properties(
    context: &mut Context,
    value: &Value,
    here: &SourceLocation,
    hint: &str,
) -> Option<Draft> {
    match value {
        Value::Bool(others) => others.then(any),
        schema => Some(inline(context, schema, here, &format!("{hint}Value"))),
    }
}

fn required(context: &mut Context, out: &mut DraftObject, value: &Value, here: &SourceLocation) {
    let Some(names) = value.as_array() else {
        context.sources.note(
            NoteKind::NotUnderstood,
            here,
            "expected the list of required properties; it was left out",
        );
        return;
    };
    let mut kept: Vec<Value> = Vec::new();
    for name in names {
        if name.is_string() && !kept.contains(name) {
            kept.push(name.clone());
        } else {
            let message = format!("{name} is not a name or is listed twice");
            context.sources.note(NoteKind::Corrected, here, message);
        }
    }
    if !kept.is_empty() {
        out.insert("required".to_owned(), Value::Array(kept).into());
    }
}

/// Leaves out requirements of properties that a schema without a name does not have. Those of named
/// schemas may be in their bases.
fn drop_unknown_required(context: &mut Context, out: &mut DraftObject, at: &SourceLocation) {
    let Some(Draft::Value(Value::Array(required))) = out.get("required").cloned() else {
        return;
    };
    let is_property = |name: &Value| match (out.get("properties"), name.as_str()) {
        (Some(properties), Some(name)) => properties.has(name),
        _ => false,
    };
    let (kept, absent): (Vec<Value>, Vec<Value>) = required.into_iter().partition(is_property);
    for name in absent {
        let message =
            format!("{name} is required but is not a property; the requirement was left out");
        let here = at.child("required");
        context.sources.note(NoteKind::Corrected, &here, message);
    }
    if kept.is_empty() {
        out.shift_remove("required");
    } else {
        out.insert("required".to_owned(), Value::Array(kept).into());
    }
}

fn discriminator(
    context: &mut Context,
    out: &mut DraftObject,
    value: &Value,
    here: &SourceLocation,
) {
    let name = value
        .as_str()
        .or_else(|| value.get("propertyName")?.as_str());
    match name {
        Some(name) => {
            let discriminator = json!({ "propertyName": name });
            out.insert("discriminator".to_owned(), discriminator.into());
        }
        None => context.sources.problem(
            here,
            format!("expected the name of a property but found {value}"),
        ),
    }
}

fn enum_extension(
    context: &mut Context,
    out: &mut DraftObject,
    value: &Value,
    here: &SourceLocation,
) {
    let Some(mut extension) = context.sources.schema(value, here) else {
        return;
    };
    let flag = extension.get("modelAsString").cloned();
    if let Some(text) = flag.filter(|value| !value.is_boolean()) {
        let flag = context.sources.flag(&text, &here.child("modelAsString"));
        extension.insert("modelAsString".to_owned(), Value::Bool(flag));
    }
    out.insert("x-ms-enum".to_owned(), Value::Object(extension).into());
}

fn infer_type(context: &mut Context, out: &mut DraftObject, at: &SourceLocation, is_named: bool) {
    let is = |out: &DraftObject, key: &str, text: &str| {
        out.get(key).is_some_and(|value| value.is_text(text))
    };
    if is(out, "type", "object") && is(out, "format", "file") {
        out.insert("type".to_owned(), "string".into());
        out.insert("format".to_owned(), "binary".into());
    }
    if is(out, "type", "array") && !out.contains_key("items") {
        context.sources.note(
            NoteKind::NotUnderstood,
            at,
            "an array without `items`; any item is accepted",
        );
        out.insert("items".to_owned(), any());
    }
    if out.contains_key("type") {
        return;
    }
    let looks_like_object = ["properties", "additionalProperties", "discriminator"]
        .iter()
        .any(|key| out.contains_key(*key));
    if looks_like_object || (is_named && all_of::extends_object(&context.sources, out)) {
        out.insert("type".to_owned(), "object".into());
    } else if let Some(inferred) = scalars::type_of_values(out.get("enum")) {
        context.sources.note(
            NoteKind::Corrected,
            at,
            format!("values without a type were treated as type {inferred}"),
        );
        out.insert("type".to_owned(), inferred.into());
    }
}
