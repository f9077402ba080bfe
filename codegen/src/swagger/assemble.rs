//! Puts one document together from the files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::context::Context;
use super::fixups::Fixup;
use super::names::{self, Names};
use super::note::{Note, NoteKind};
use super::operation::{Operation, operations};
use super::place::Place;
use super::{Imported, Inputs, demands, docs, fixups, host, load, order, subtypes};
use crate::description;
use crate::json_pointer::JsonPointer;
use crate::problem::Problem;

/// Imports the files; the descriptions of `documented` are used.
pub(super) fn assemble(
    inputs: &Inputs,
    documented: Option<&Value>,
    fixups: &[Fixup],
) -> Result<Imported, Vec<Problem>> {
    if inputs.files.is_empty() {
        let message = "no Swagger file was named; name at least one".to_owned();
        return Err(vec![Problem {
            file: "arguments".to_owned(),
            pointer: JsonPointer::root(),
            message,
        }]);
    }
    let mut context = Context::default();
    let files = load::open_inputs(&mut context.files, &inputs.files)?;
    let provider = provider(&context, &files);
    fixups::apply(&mut context, &files, provider.as_deref(), fixups);

    let found: Vec<Operation> = files
        .iter()
        .flat_map(|&file| {
            host::unknown_top_keys(&mut context, file);
            operations(&mut context, file)
        })
        .collect();
    files
        .iter()
        .for_each(|&file| want_definitions(&mut context, file));
    convert_wanted(&mut context);
    let root = root(&mut context, &files, provider.as_deref(), found);
    if !context.problems.is_empty() {
        return Err(context.problems);
    }
    let mut document = root;
    let mut missing = docs::settle(&mut document, documented, inputs.descriptions);
    order::arrange(&mut document);
    description::from_value("result", document.clone()).map_err(|problems| problems.0)?;
    let mut notes = context.notes;
    notes.append(&mut missing);
    Ok(Imported {
        document,
        notes: without_repeats(notes),
    })
}

fn without_repeats(notes: Vec<Note>) -> Vec<Note> {
    let mut seen = BTreeSet::new();
    notes
        .into_iter()
        .filter(|note| seen.insert(note.clone()))
        .collect()
}

/// Asks for all definitions of a file, except those that are but another name.
fn want_definitions(context: &mut Context, file: usize) {
    let root = context.root(file);
    let at = Place::root(file).child("definitions");
    for (name, schema) in root
        .get("definitions")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let place = at.child(name);
        match schema.get("$ref") {
            None => {
                context.want_definition(&place);
            }
            Some(reference) => {
                if let Some(target) = context.follow(reference, &place) {
                    context.want_definition(&target);
                    context.note(
                        NoteKind::Named,
                        &place,
                        "is but another name; references go to what it leads to",
                    );
                }
            }
        }
    }
}

fn convert_wanted(context: &mut Context) {
    let (mut schemas, mut parameters) = (0, 0);
    loop {
        schemas = context.convert_wanted_schemas(schemas);
        parameters = context.convert_wanted_parameters(parameters);
        subtypes::want_subtypes(context);
        if schemas == context.schemas.len() && parameters == context.parameters.len() {
            return;
        }
    }
}

/// The resource provider that most paths belong to.
fn provider(context: &Context, files: &[usize]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for &file in files {
        let root = context.root(file);
        for key in ["paths", "x-ms-paths"] {
            for (path, _) in root
                .get(key)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                if let Some(name) = provider_of(path) {
                    *counts.entry(name.to_owned()).or_default() += 1;
                }
            }
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(name, _)| name)
}

fn provider_of(path: &str) -> Option<&str> {
    let (_, rest) = path.rsplit_once("/providers/")?;
    rest.split('/')
        .next()
        .filter(|name| !name.is_empty() && !name.starts_with('{'))
}

fn root(
    context: &mut Context,
    files: &[usize],
    provider: Option<&str>,
    mut found: Vec<Operation>,
) -> Value {
    let schemas = names::assign(&context.schemas, &files.iter().copied().collect());
    for node in context.parameters.values_mut() {
        names::finish(&mut node.value, &schemas, &Names::default());
    }
    let parameters = names::assign(&context.parameters, &files.iter().copied().collect());
    for operation in &mut found {
        operation
            .value
            .values_mut()
            .for_each(|value| names::finish(value, &schemas, &parameters));
    }
    tell_renamed(context, &schemas);
    tell_renamed(context, &parameters);

    let found = without_copies(context, found);
    let version = version(context, files, &found);
    let mut root = Map::new();
    root.insert("openapi".to_owned(), json!("3.0.3"));
    root.insert("info".to_owned(), info(context, files, provider, &version));
    let servers: Vec<Option<Value>> = files
        .iter()
        .map(|&file| host::servers(context, file))
        .collect();
    let first_servers = servers.iter().flatten().next().cloned();
    if let Some(servers) = &first_servers {
        root.insert("servers".to_owned(), servers.clone());
    }
    let security = files.iter().find_map(|&file| {
        let at = Place::root(file).child("security");
        context
            .root(file)
            .get("security")
            .and_then(|needs| context.security(needs, &at))
    });
    if let Some(security) = &security {
        root.insert("security".to_owned(), security.clone());
    }
    let defaults = Defaults {
        version,
        servers: files.iter().copied().zip(servers).collect(),
        first_servers,
        security,
    };
    let paths = paths(context, found, &defaults);
    let tags = tags(&paths);
    if !tags.is_empty() {
        root.insert("tags".to_owned(), Value::Array(tags));
    }
    root.insert("paths".to_owned(), Value::Object(paths));
    root.insert(
        "components".to_owned(),
        components(context, files, &schemas, &parameters),
    );
    Value::Object(root)
}

fn tell_renamed(context: &mut Context, names: &Names) {
    for (place, wanted, given) in &names.renamed {
        context.note(NoteKind::Named, place, format!("`{wanted}` became {given}"));
    }
}

fn info(context: &mut Context, files: &[usize], provider: Option<&str>, version: &str) -> Value {
    let root = context.root(files[0]);
    let at = Place::root(files[0]).child("info");
    let mut text = |key: &str| {
        let value = root.get("info")?.get(key)?;
        context.string(value, &at.child(key))
    };
    let mut info = Map::new();
    info.insert(
        "title".to_owned(),
        text("title").unwrap_or_else(|| json!(provider.unwrap_or("Untitled"))),
    );
    info.insert("version".to_owned(), json!(version));
    if let Some(description) = text("description") {
        info.insert("description".to_owned(), description);
    }
    if let Some(provider) = provider {
        info.insert("x-arm-provider".to_owned(), json!(provider));
    }
    Value::Object(info)
}

fn version_of(context: &Context, file: usize) -> String {
    let root = context.root(file);
    root.pointer("/info/version")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// The API version that most operations have, the latest of them in doubt.
fn version(context: &mut Context, files: &[usize], found: &[Operation]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for &file in files {
        let version = version_of(context, file);
        if version.is_empty() {
            context.problem(
                &Place::root(file).child("info").child("version"),
                "expected the API version",
            );
        }
        *counts.entry(version).or_default() += found
            .iter()
            .filter(|operation| operation.place.file == file)
            .count();
    }
    let version = counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(version, _)| version)
        .unwrap_or_default();
    for &file in files {
        let other = version_of(context, file);
        if other != version && !other.is_empty() {
            let at = Place::root(file).child("info").child("version");
            let message = format!(
                "the file is of version {other}, the result of {version}; its operations say so"
            );
            context.note(NoteKind::Named, &at, message);
        }
    }
    version
}

/// Leaves out operations that stand in several files, and makes operation ids unique.
fn without_copies(context: &mut Context, found: Vec<Operation>) -> Vec<Operation> {
    let mut by_place: HashMap<(String, &str), (Place, String)> = HashMap::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut kept: Vec<Operation> = Vec::new();
    for mut operation in found {
        let content = names::fingerprint(&Value::Object(operation.value.clone()));
        let key = (operation.path.clone(), operation.method);
        if let Some((first, other)) = by_place.get(&key) {
            let name = context.files.get(first.file).name.clone();
            if *other == content {
                context.note(
                    NoteKind::Named,
                    &operation.place,
                    format!("stands in {name} as well; taken once"),
                );
            } else {
                let message = format!(
                    "differs from the same operation in {name}; leave one of the files out"
                );
                context.problem(&operation.place, message);
            }
            continue;
        }
        by_place.insert(key, (operation.place.clone(), content));
        make_unique(context, &mut operation, &mut ids);
        kept.push(operation);
    }
    kept
}

fn make_unique(context: &mut Context, operation: &mut Operation, ids: &mut BTreeSet<String>) {
    let id = operation
        .value
        .get("operationId")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    if ids.insert(id.clone()) {
        return;
    }
    let extended = format!("{id}{}", context.stem(operation.place.file));
    let numbered = (2..).map(|number| format!("{extended}{number}"));
    let unique = std::iter::once(extended.clone())
        .chain(numbered)
        .find(|id| !ids.contains(id))
        .unwrap_or_default();
    context.note(
        NoteKind::Named,
        &operation.place.child("operationId"),
        format!("`{id}` is the id of another operation as well; this one became {unique}"),
    );
    ids.insert(unique.clone());
    operation
        .value
        .insert("operationId".to_owned(), Value::String(unique));
}

/// What holds for an operation unless it says something else.
struct Defaults {
    version: String,
    servers: HashMap<usize, Option<Value>>,
    first_servers: Option<Value>,
    security: Option<Value>,
}

fn paths(context: &Context, found: Vec<Operation>, defaults: &Defaults) -> Map<String, Value> {
    let mut paths: BTreeMap<(String, String), Map<String, Value>> = BTreeMap::new();
    for operation in found {
        let file = operation.place.file;
        let mut value = operation.value;
        let version = version_of(context, file);
        if version != defaults.version {
            value
                .entry("x-ms-api-version")
                .or_insert_with(|| json!(version));
        }
        let security = context.root(file).get("security").cloned();
        if security.is_some() && security != defaults.security && !value.contains_key("security") {
            value.insert("security".to_owned(), security.unwrap_or_default());
        }
        let servers = defaults.servers.get(&file).cloned().flatten();
        if servers.is_some() && servers != defaults.first_servers {
            value.insert("servers".to_owned(), servers.unwrap_or_default());
        }
        let item = paths.entry(order::path_key(&operation.path)).or_default();
        item.insert(operation.method.to_owned(), Value::Object(value));
    }
    paths
        .into_iter()
        .map(|((_, path), item)| (path, Value::Object(item)))
        .collect()
}

fn tags(paths: &Map<String, Value>) -> Vec<Value> {
    let mut names: Vec<&str> = Vec::new();
    let operations = paths
        .values()
        .filter_map(Value::as_object)
        .flat_map(Map::values);
    for operation in operations {
        let tags = operation
            .get("tags")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for tag in tags.filter_map(Value::as_str) {
            if !names.contains(&tag) {
                names.push(tag);
            }
        }
    }
    names
        .into_iter()
        .map(|name| json!({ "name": name }))
        .collect()
}

fn components(
    context: &mut Context,
    files: &[usize],
    schemas: &Names,
    parameters: &Names,
) -> Value {
    let mut schema_map = Map::new();
    let mut origins = HashMap::new();
    for place in &schemas.chosen {
        let node = &context.schemas[place];
        let name = schemas.by_place[place].clone();
        let mut value = node.value.clone();
        names::finish(&mut value, schemas, parameters);
        origins.insert(name.clone(), (place.clone(), node.name.clone()));
        schema_map.insert(name, value);
    }
    subtypes::refuse_cycles(context, &schema_map, &origins);
    subtypes::map(context, &mut schema_map, &origins);
    demands::correct(context, &mut schema_map, &origins);

    let mut parameter_map = Map::new();
    // In the order of their first use, which is that of the nodes.
    for (place, node) in &context.parameters {
        let name = parameters.by_place[place].clone();
        parameter_map
            .entry(name)
            .or_insert_with(|| node.value.clone());
    }
    let mut security = Map::new();
    for &file in files {
        for (name, scheme) in host::security_schemes(context, file) {
            let same = security
                .get(&name)
                .is_none_or(|known| names::fingerprint(known) == names::fingerprint(&scheme));
            if !same {
                let at = Place::root(file).child("securityDefinitions").child(&name);
                context.note(
                    NoteKind::NotUnderstood,
                    &at,
                    "differs from the one of the same name that was kept",
                );
            }
            security.entry(name).or_insert(scheme);
        }
    }
    let mut components = Map::new();
    for (key, map) in [
        ("parameters", parameter_map),
        ("schemas", schema_map),
        ("securitySchemes", security),
    ] {
        if !map.is_empty() {
            components.insert(key.to_owned(), Value::Object(map));
        }
    }
    Value::Object(components)
}
