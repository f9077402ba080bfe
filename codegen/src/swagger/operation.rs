//! Turns paths and operations of Swagger 2.0 into those of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::note::NoteKind;
use super::parameter::Found;
use super::place::Place;
use super::response::{add_responses, or_usual};
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
                target
                    .pointer
                    .get(&context.root(target.file))
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
            if *method == "options" {
                context.note(
                    NoteKind::NotUnderstood,
                    &here,
                    "no code is generated for OPTIONS",
                );
            }
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
    let parameters = fit(context, path, merge(shared, own), at);
    add_parameters(context, &mut out, &parameters, &consumes, &hint, at);
    add_responses(
        context,
        &mut out,
        operation.get("responses"),
        &produces,
        &hint,
        at,
    );

    for (key, value) in operation {
        keyword(context, &mut out, key, value, &at.child(key));
    }
    Some(out)
}

/// Converts one of the other keys of an operation.
fn keyword(
    context: &mut Context,
    out: &mut Map<String, Value>,
    key: &str,
    value: &Value,
    here: &Place,
) {
    match key {
        "operationId" | "parameters" | "responses" | "consumes" | "produces" => {}
        "summary" | "description" => {
            out.extend(
                context
                    .string(value, here)
                    .map(|text| (key.to_owned(), text)),
            );
        }
        "tags" => out.extend(
            context
                .strings(value, here)
                .map(|tags| (key.to_owned(), tags)),
        ),
        "security" => out.extend(
            context
                .security(value, here)
                .map(|needs| (key.to_owned(), needs)),
        ),
        "externalDocs" => {
            out.insert(key.to_owned(), value.clone());
        }
        "deprecated" | "x-ms-long-running-operation" => {
            if context.flag(value, here) {
                out.insert(key.to_owned(), Value::Bool(true));
            }
        }
        "x-ms-examples" => {
            out.insert(key.to_owned(), examples(context, value, here));
        }
        "x-ms-long-running-operation-options" => {
            let options = schema_option(context, value, "final-state-schema", here);
            out.insert(key.to_owned(), options);
        }
        "x-ms-odata" => {
            if let Some(target) = context.follow(value, here) {
                let provisional = context.want_definition(&target);
                out.insert(key.to_owned(), json!(provisional));
            }
        }
        _ => context.extension(out, key, value, here),
    }
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

/// Makes path parameters and the placeholders of the path go together.
fn fit(context: &mut Context, path: &str, mut found: Vec<Found>, at: &Place) -> Vec<Found> {
    let placeholders: Vec<&str> = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect();
    found.retain(|parameter| {
        let is_stray = parameter.location() == "path" && !placeholders.contains(&parameter.name());
        if is_stray {
            let message = format!(
                "the path has no {{{}}}; the parameter was left out",
                parameter.name()
            );
            context.note(NoteKind::Corrected, at, message);
        }
        !is_stray
    });
    for name in placeholders {
        let is_there = found
            .iter()
            .any(|parameter| parameter.location() == "path" && parameter.name() == name);
        if !is_there {
            let message = format!("no parameter is there for {{{name}}}; taken for a string");
            context.note(NoteKind::Corrected, at, message);
            let value = json!({ "name": name, "in": "path", "required": true, "type": "string" });
            found.push(Found {
                value: value.as_object().cloned().unwrap_or_default(),
                place: at.child("parameters"),
                shared: false,
            });
        }
    }
    found
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
