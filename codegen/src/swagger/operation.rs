//! Turns paths, operations and responses of Swagger 2.0 into those of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::note::NoteKind;
use super::parameter::{Found, is_schema_key};
use super::place::Place;
use super::text::pascal;

const METHODS: [&str; 7] = ["get", "head", "put", "patch", "post", "delete", "options"];

/// An operation, converted.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    /// Path with its parameters in braces.
    pub(super) path: String,
    /// Method in lower case.
    pub(super) method: &'static str,
    /// Where it stands.
    pub(super) place: Place,
    /// Content.
    pub(super) value: Map<String, Value>,
}

/// Converts all operations of a file.
pub(super) fn operations(context: &mut Context, file: usize) -> Vec<Operation> {
    let root = context.root(file);
    let mut found = Vec::new();
    for key in ["paths", "x-ms-paths"] {
        let at = Place::root(file).child(key);
        let Some(paths) = root.get(key) else { continue };
        let Some(paths) = paths.as_object() else {
            context.problem(&at, "expected an object that holds one entry for each path");
            continue;
        };
        for (path, item) in paths {
            let here = at.child(path);
            if path.starts_with('/') {
                path_item(context, path, item, &here, &mut found);
            } else if path.starts_with("x-") {
                context.note(
                    NoteKind::NotUnderstood,
                    &here,
                    "an extension of `paths`; it was left out",
                );
            } else {
                context.problem(
                    &here,
                    format!("expected a path that starts with `/` but found `{path}`"),
                );
            }
            if path.contains('?') {
                context.note(
                    NoteKind::NotUnderstood,
                    &here,
                    "OpenAPI has no paths with a query; it stands among the others with its query in the key",
                );
            }
        }
    }
    found
}

fn path_item(
    context: &mut Context,
    path: &str,
    item: &Value,
    at: &Place,
    found: &mut Vec<Operation>,
) {
    let (item, at) = match item.get("$ref") {
        None => (item.clone(), at.clone()),
        Some(reference) => {
            let Some(target) = context.follow(reference, at) else {
                return;
            };
            (
                context
                    .root(target.file)
                    .pointer(&target.pointer)
                    .cloned()
                    .unwrap_or_default(),
                target,
            )
        }
    };
    let Some(item) = item.as_object() else {
        context.problem(
            &at,
            "expected an object that holds the operations of this path",
        );
        return;
    };
    let shared = context.find_parameters(item.get("parameters"), &at.child("parameters"));
    for (key, value) in item {
        let here = at.child(key);
        if let Some(method) = METHODS.iter().find(|method| **method == key) {
            if let Some(value) = operation(context, path, method, value, &here, &shared) {
                found.push(Operation {
                    path: path.to_owned(),
                    method,
                    place: here,
                    value,
                });
            }
        } else if key != "parameters" {
            context.note(
                NoteKind::NotUnderstood,
                &here,
                format!("`{key}` is no method and was left out"),
            );
        }
    }
}

fn operation(
    context: &mut Context,
    path: &str,
    method: &str,
    operation: &Value,
    at: &Place,
    shared: &[Found],
) -> Option<Map<String, Value>> {
    let Some(operation) = operation.as_object() else {
        context.problem(at, "expected an operation, which is an object");
        return None;
    };
    let mut out = Map::new();
    let id = operation_id(context, path, method, operation, at);
    let hint = pascal(&id);
    out.insert("operationId".to_owned(), Value::String(id));

    let own = context.find_parameters(operation.get("parameters"), &at.child("parameters"));
    let consumes = media_types(context, operation, "consumes", at);
    let produces = media_types(context, operation, "produces", at);
    add_parameters(context, &mut out, &merge(shared, own), &consumes, &hint, at);
    add_responses(
        context,
        &mut out,
        operation.get("responses"),
        &produces,
        &hint,
        at,
    );

    for (key, value) in operation {
        let here = at.child(key);
        match key.as_str() {
            "operationId" | "parameters" | "responses" | "consumes" | "produces" => {}
            "summary" | "description" => {
                out.extend(context.string(value, &here).map(|text| (key.clone(), text)));
            }
            "tags" => out.extend(
                context
                    .strings(value, &here)
                    .map(|tags| (key.clone(), tags)),
            ),
            "security" => out.extend(
                context
                    .security(value, &here)
                    .map(|needs| (key.clone(), needs)),
            ),
            "externalDocs" => {
                out.insert(key.clone(), value.clone());
            }
            "deprecated" | "x-ms-long-running-operation" => {
                if context.flag(value, &here) {
                    out.insert(key.clone(), Value::Bool(true));
                }
            }
            "x-ms-examples" => {
                out.insert(key.clone(), examples(context, value, &here));
            }
            "x-ms-long-running-operation-options" => {
                let options = schema_option(context, value, "final-state-schema", &here);
                out.insert(key.clone(), options);
            }
            "x-ms-odata" => {
                if let Some(target) = context.follow(value, &here) {
                    let provisional = context.want_definition(&target);
                    out.insert(key.clone(), json!(provisional));
                }
            }
            _ => context.extension(&mut out, key, value, &here),
        }
    }
    Some(out)
}

fn operation_id(
    context: &mut Context,
    path: &str,
    method: &str,
    operation: &Map<String, Value>,
    at: &Place,
) -> String {
    if let Some(id) = operation
        .get("operationId")
        .and_then(Value::as_str)
        .filter(|id| !id.is_empty())
    {
        return id.to_owned();
    }
    let id = derive_id(path, method);
    context.note(
        NoteKind::Named,
        at,
        format!("the operation has no `operationId` and got {id}"),
    );
    id
}

/// Makes up an operation id of the usual form, such as `Widgets_Get`.
fn derive_id(path: &str, method: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let is_parameter = |segment: &&&str| segment.starts_with('{');
    let mut literals = segments
        .iter()
        .rev()
        .filter(|segment| !is_parameter(segment));
    let last = literals.next().copied().unwrap_or("Root");
    let names_one = segments
        .last()
        .is_some_and(|segment| segment.starts_with('{'));
    let verb = match (method, names_one) {
        ("get", true) => "Get",
        ("get", false) => "List",
        ("head", _) => "CheckExistence",
        ("put", _) => "CreateOrUpdate",
        ("patch", _) => "Update",
        ("delete", _) => "Delete",
        ("options", _) => "Options",
        (_, true) => "Post",
        (_, false) => {
            // A provider is no group.
            let group = literals
                .next()
                .copied()
                .filter(|group| !group.contains('.'));
            let Some(group) = group else {
                return format!("{}_Post", pascal(last));
            };
            return format!("{}_{}", pascal(group), pascal(last));
        }
    };
    format!("{}_{verb}", pascal(last))
}

/// Parameters of the path come first; the operation may replace them.
fn merge(shared: &[Found], own: Vec<Found>) -> Vec<Found> {
    let same = |a: &Found, b: &Found| a.name() == b.name() && a.location() == b.location();
    let mut all: Vec<Found> = shared
        .iter()
        .filter(|found| !own.iter().any(|other| same(found, other)))
        .cloned()
        .collect();
    all.extend(own);
    all
}

fn media_types(
    context: &mut Context,
    operation: &Map<String, Value>,
    key: &str,
    at: &Place,
) -> Vec<String> {
    let root = context.root(at.file);
    let (value, here) = match operation.get(key) {
        Some(value) => (Some(value), at.child(key)),
        None => (root.get(key), Place::root(at.file).child(key)),
    };
    let listed = value
        .and_then(|value| context.array(value, &here))
        .unwrap_or_default();
    listed
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// The media types told, or the one usual for content of such a schema.
fn or_usual(media_types: &[String], schema: &Value) -> Vec<String> {
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

fn add_parameters(
    context: &mut Context,
    out: &mut Map<String, Value>,
    found: &[Found],
    consumes: &[String],
    hint: &str,
    at: &Place,
) {
    let mut parameters = Vec::new();
    let mut seen = Vec::new();
    for parameter in found
        .iter()
        .filter(|found| !matches!(found.location(), "body" | "formData"))
    {
        let key = (parameter.name(), parameter.location());
        if seen.contains(&key) {
            context.problem(
                &parameter.place,
                format!(
                    "the {} parameter `{}` stands twice in one operation; remove one",
                    key.1, key.0
                ),
            );
            continue;
        }
        seen.push(key);
        parameters
            .push(context.parameter(parameter, &format!("{hint}{}", pascal(parameter.name()))));
    }
    if !parameters.is_empty() {
        out.insert("parameters".to_owned(), Value::Array(parameters));
    }
    let bodies: Vec<&Found> = found
        .iter()
        .filter(|found| found.location() == "body")
        .collect();
    let fields: Vec<Found> = found
        .iter()
        .filter(|found| found.location() == "formData")
        .cloned()
        .collect();
    let body = match (bodies.as_slice(), fields.as_slice()) {
        ([], []) => return,
        ([body], []) => {
            let name = format!("{hint}{}", pascal(body.name()));
            let schema = body.value.get("schema").unwrap_or(&Value::Null);
            context.body(body, &or_usual(consumes, schema), &name)
        }
        ([], fields) => context.form(fields, consumes, hint),
        _ => {
            context.problem(
                at,
                "an operation has one body or a form, not several of them; remove what is too much",
            );
            return;
        }
    };
    out.insert("requestBody".to_owned(), body);
}

fn add_responses(
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
                context
                    .root(target.file)
                    .pointer(&target.pointer)
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

/// Keeps examples as references to files, seen from the file that names them.
fn examples(context: &mut Context, value: &Value, at: &Place) -> Value {
    let mut out = Map::new();
    for (name, example) in value.as_object().into_iter().flatten() {
        match example.get("$ref").and_then(Value::as_str) {
            Some(path) => {
                let path = path.strip_prefix("./").unwrap_or(path);
                out.insert(name.clone(), json!(path));
            }
            None => context.note(
                NoteKind::NotUnderstood,
                &at.child(name),
                "an example written in place was left out",
            ),
        }
    }
    Value::Object(out)
}

fn schema_option(context: &mut Context, options: &Value, key: &str, at: &Place) -> Value {
    let mut options = options.clone();
    if let Some(reference) = options.get(key).cloned()
        && let Some(target) = context.follow(&reference, &at.child(key))
    {
        options[key] = json!(context.want_definition(&target));
    }
    options
}
