//! Paths and operations.

use super::{
    bodies,
    context::Context,
    draft::{Draft, DraftObject},
    members,
    operation_ids::operation_id,
    parameters::parameter,
    responses::responses,
};
use crate::{
    http_method::HttpMethod,
    note::NoteKind,
    path_template::PathTemplate,
    swagger::{
        read::{Position, SourceLocation, SourceParameter, Sources},
        text::pascal,
    },
};
use serde_json::{Map, Value, json};

/// The paths that differ from others only in their query.
const MORE_PATHS: &str = "x-ms-paths";

/// A converted operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// Path with its parameters in braces.
    pub(crate) path: String,
    /// HTTP method.
    pub(crate) method: HttpMethod,
    /// Operation ID.
    pub(crate) id: String,
    /// Location of the operation in the Swagger files.
    pub(crate) location: SourceLocation,
    /// Whether its requests have an API version that the description does not fix.
    pub(crate) has_free_version: bool,
    /// The operation object; references to components have no names yet.
    pub(crate) draft: DraftObject,
}

/// Converts all operations of a file.
pub(super) fn operations(context: &mut Context, file: usize) -> Vec<Operation> {
    let root = context.sources.root(file);
    let mut found = Vec::new();
    for key in ["paths", MORE_PATHS] {
        let at = SourceLocation::root(file).child(key);
        let Some(paths) = root.get(key) else { continue };
        let Some(paths) = paths.as_object() else {
            let message = "expected an object with one entry for each path";
            context.sources.problem(&at, message);
            continue;
        };
        for (path, item) in paths {
            path_entry(context, (key, path), item, &at.child(path), &mut found);
        }
    }
    found
}

fn path_entry(
    context: &mut Context,
    (section, path): (&str, &str),
    item: &Value,
    here: &SourceLocation,
    found: &mut Vec<Operation>,
) {
    if path.starts_with('/') {
        path_item(context, path, item, here, found);
    } else if path.starts_with("x-") {
        context.sources.note(
            NoteKind::NotUnderstood,
            here,
            "an extension of `paths`; it was left out",
        );
    } else if section == MORE_PATHS {
        let rooted = format!("/{path}");
        match link_of(path) {
            Some(_) => {
                let message = format!(
                    "a path begins with `/`; it became `{rooted}`, whose placeholder is a link that \
                     takes the place of the path"
                );
                context.sources.note(NoteKind::Corrected, here, message);
            }
            None => {
                let message = format!(
                    "a path begins with `/`; it became `{rooted}`, so that a placeholder at its \
                     start is sent as a segment and not as a URL"
                );
                context.sources.note(NoteKind::NotSupported, here, message);
            }
        }
        let first = found.len();
        path_item(context, &rooted, item, here, found);
        if let Some(link) = link_of(path) {
            for operation in &mut found[first..] {
                operation
                    .draft
                    .insert("x-arm-link-parameter".to_owned(), link.clone().into());
            }
        }
    } else {
        context.sources.problem(
            here,
            format!("expected a path that starts with `/` but found `{path}`"),
        );
    }
    if section != MORE_PATHS && path.contains('?') {
        let message = "a path has no query; treated as one of `x-ms-paths`";
        context.sources.note(NoteKind::Corrected, here, message);
    }
}

/// Returns the name of the parameter that is a whole path, such as `nextLink` in
/// `{nextLink}?kind=round`.
fn link_of(path: &str) -> Option<String> {
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    PathTemplate::parse(path)
        .sole_placeholder()
        .map(str::to_owned)
}

fn path_item(
    context: &mut Context,
    path: &str,
    item: &Value,
    at: &SourceLocation,
    found: &mut Vec<Operation>,
) {
    let Some((item, at)) = context.sources.dereference(item, at) else {
        return;
    };
    let Some(item) = item.as_object() else {
        let message = "expected an object with the operations of this path";
        context.sources.problem(&at, message);
        return;
    };
    let shared = context
        .sources
        .parameters(item.get("parameters"), &at.child("parameters"));
    for (key, value) in item {
        let here = at.child(key);
        let method = HttpMethod::from_key(key).filter(|method| *method != HttpMethod::Trace);
        let Some(method) = method else {
            if key != "parameters" {
                let message = format!("`{key}` is not a method and was left out");
                context
                    .sources
                    .note(NoteKind::NotUnderstood, &here, message);
            }
            continue;
        };
        found.extend(operation(context, (path, method), value, here, &shared));
    }
}

fn operation(
    context: &mut Context,
    (path, method): (&str, HttpMethod),
    operation: &Value,
    at: SourceLocation,
    shared: &[SourceParameter],
) -> Option<Operation> {
    let sources = &mut context.sources;
    let Some(operation) = operation.as_object() else {
        sources.problem(&at, "expected an operation, which is an object");
        return None;
    };
    let id = operation_id(sources, path, method, operation, &at);
    let hint = pascal(&id);
    let mut out = DraftObject::new();
    out.insert("operationId".to_owned(), id.as_str().into());

    let own = sources.parameters(operation.get("parameters"), &at.child("parameters"));
    let consumes = bodies::media_types(context, operation, "consumes", &at);
    let produces = bodies::media_types(context, operation, "produces", &at);
    let all = merge(shared, own);
    let all = match_placeholders(&mut context.sources, path, all, &at);
    add_parameters(context, &mut out, &all, &hint);
    add_body(context, &mut out, &all, &consumes, &hint, &at);
    let declared = operation.get("responses");
    let converted = responses(context, declared, &produces, &hint, &at.child("responses"));
    out.extend(converted.map(|responses| ("responses".to_owned(), responses)));

    for (key, value) in operation {
        keyword(context, &mut out, key, value, &at.child(key));
    }
    Some(Operation {
        path: path.to_owned(),
        method,
        id,
        location: at,
        has_free_version: all.iter().any(is_free_version),
        draft: out,
    })
}

/// Returns whether a parameter is an API version that callers could choose.
fn is_free_version(parameter: &SourceParameter) -> bool {
    let values = parameter.value.get("enum").and_then(Value::as_array);
    parameter.position == Position::Query
        && parameter.name == "api-version"
        && values.is_none_or(|values| values.len() != 1)
}

/// Converts one of the other keys of an operation.
fn keyword(
    context: &mut Context,
    out: &mut DraftObject,
    key: &str,
    value: &Value,
    here: &SourceLocation,
) {
    let sources = &mut context.sources;
    let mut put = |draft: Option<Draft>| out.extend(draft.map(|draft| (key.to_owned(), draft)));
    match key {
        "operationId" | "parameters" | "responses" | "consumes" | "produces" => {}
        "summary" | "description" => members::text(sources, out, key, value, here),
        "tags" => put(sources.strings(value, here).map(Draft::from)),
        "security" => put(sources.security(value, here).map(Draft::from)),
        "externalDocs" => put(Some(value.clone().into())),
        "deprecated" | "x-ms-long-running-operation" => {
            members::flag(sources, out, key, value, here);
        }
        "x-ms-examples" => put(Some(examples(sources, value, here).into())),
        "x-ms-long-running-operation-options" => {
            put(Some(long_running_options(context, value, here)));
        }
        "x-ms-odata" => match sources.try_follow(value, here) {
            Ok(target) => put(Some(Draft::Reference(context.request_definition(&target)))),
            // It only documents which names the text of a filter may contain.
            Err((_, message)) => {
                let message = format!("{message}; `x-ms-odata` was left out");
                sources.note(NoteKind::Corrected, here, message);
            }
        },
        _ => members::extension(sources, out, key, value, here),
    }
}

/// Parameters of the path item come first; the operation may replace them.
fn merge(shared: &[SourceParameter], own: Vec<SourceParameter>) -> Vec<SourceParameter> {
    let is_replaced = |one: &&SourceParameter| own.iter().any(|other| other.is_same(one));
    let kept = shared.iter().filter(|one| !is_replaced(one)).cloned();
    let mut all: Vec<SourceParameter> = kept.collect();
    all.extend(own);
    all
}

/// Makes the path parameters equal to the placeholders of the path.
fn match_placeholders(
    sources: &mut Sources,
    path: &str,
    mut parameters: Vec<SourceParameter>,
    at: &SourceLocation,
) -> Vec<SourceParameter> {
    let template = PathTemplate::parse(path);
    let placeholders: Vec<&str> = template.placeholders().collect();
    parameters.retain(|parameter| {
        let name = &*parameter.name;
        let is_stray = parameter.position == Position::Path && !placeholders.contains(&name);
        if is_stray {
            let message = format!("the path has no {{{name}}}; the parameter was left out");
            sources.note(NoteKind::Corrected, at, message);
        }
        !is_stray
    });
    for name in placeholders {
        let is_there = parameters
            .iter()
            .any(|parameter| parameter.position == Position::Path && parameter.name == name);
        if !is_there {
            let message = format!("there is no parameter for {{{name}}}; treated as a string");
            sources.note(NoteKind::Corrected, at, message);
            let value = json!({ "name": name, "in": "path", "required": true, "type": "string" });
            parameters.push(SourceParameter {
                name: name.to_owned(),
                position: Position::Path,
                value: value.as_object().cloned().unwrap_or_default(),
                location: at.child("parameters"),
                is_shared: false,
            });
        }
    }
    parameters
}

/// Adds the parameters that are neither a body nor form fields.
fn add_parameters(
    context: &mut Context,
    out: &mut DraftObject,
    all: &[SourceParameter],
    hint: &str,
) {
    let mut converted = Vec::new();
    let mut seen: Vec<&SourceParameter> = Vec::new();
    for source in all {
        if matches!(source.position, Position::Body | Position::FormData) {
            continue;
        }
        if seen.iter().any(|other| other.is_same(source)) {
            let message = format!(
                "the {} parameter `{}` appears twice in one operation; remove one",
                source.position.as_str(),
                source.name
            );
            context.sources.problem(&source.location, message);
            continue;
        }
        seen.push(source);
        let hint = format!("{hint}{}", pascal(&source.name));
        converted.push(parameter(context, source, &hint));
    }
    if !converted.is_empty() {
        out.insert("parameters".to_owned(), Draft::List(converted));
    }
}

/// Adds the body, which is a parameter or a form.
fn add_body(
    context: &mut Context,
    out: &mut DraftObject,
    all: &[SourceParameter],
    consumes: &[String],
    hint: &str,
    at: &SourceLocation,
) {
    let of = |position| all.iter().filter(move |one| one.position == position);
    let body: Vec<&SourceParameter> = of(Position::Body).collect();
    let fields: Vec<&SourceParameter> = of(Position::FormData).collect();
    let body = match (body.as_slice(), fields.as_slice()) {
        ([], []) => return,
        ([body], []) => {
            let hint = format!("{hint}{}", pascal(&body.name));
            bodies::body(context, body, consumes, &hint)
        }
        ([], fields) => bodies::form(context, fields, consumes, hint),
        _ => {
            let message = "an operation can have only one body or form; remove the others";
            context.sources.problem(at, message);
            return;
        }
    };
    out.insert("requestBody".to_owned(), body);
}

/// Keeps examples as references to files, relative to the file that names them.
fn examples(sources: &mut Sources, value: &Value, at: &SourceLocation) -> Value {
    let mut out = Map::new();
    for (name, example) in value.as_object().into_iter().flatten() {
        match example.get("$ref").and_then(Value::as_str) {
            Some(path) => {
                let path = path.strip_prefix("./").unwrap_or(path);
                out.insert(name.clone(), json!(path));
            }
            None => sources.note(
                NoteKind::NotUnderstood,
                &at.child(name),
                "an inline example was left out",
            ),
        }
    }
    Value::Object(out)
}

fn long_running_options(context: &mut Context, options: &Value, at: &SourceLocation) -> Draft {
    const SCHEMA: &str = "final-state-schema";
    let Value::Object(members) = options else {
        return options.clone().into();
    };
    let members = members.iter().map(|(key, value)| {
        let target = (key == SCHEMA)
            .then(|| context.sources.follow(value, &at.child(SCHEMA)))
            .flatten();
        let draft = match target {
            Some(target) => Draft::Reference(context.request_definition(&target)),
            None => value.clone().into(),
        };
        (key.clone(), draft)
    });
    Draft::Object(members.collect())
}
