//! Assembles the document.

use super::{
    components::components,
    names::ComponentNames,
    operations::{NamedOperation, keep_each_once},
    order::path_key,
    origins::Origins,
};
use crate::{
    json_pointer::JsonPointer,
    note::NoteKind,
    swagger::{
        convert::{self, Context, Operation},
        read::{SourceLocation, Sources},
    },
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// The document, and the origins of its parts.
pub(super) fn assemble(
    context: Context,
    files: &[usize],
    provider: Option<&str>,
    operations: Vec<Operation>,
) -> (Sources, Value, Origins) {
    let Context {
        mut sources,
        schemas,
        parameters,
    } = context;
    let sources_mut = &mut sources;
    let names = ComponentNames::assign(&schemas, &parameters, files);
    note_renamed(sources_mut, &names);
    let operations = keep_each_once(sources_mut, operations, &names);
    let version = version(sources_mut, files, &operations);

    let mut origins = Origins::default();
    let mut root = Map::new();
    root.insert("openapi".to_owned(), json!("3.0.3"));
    let info = info(sources_mut, files, provider, &version);
    root.insert("info".to_owned(), info);
    origins.insert(
        sources_mut,
        ["info"],
        &SourceLocation::root(files[0]).child("info"),
    );
    let defaults = defaults(sources_mut, files, version);
    if let Some(servers) = &defaults.first_servers {
        root.insert("servers".to_owned(), servers.clone());
        let named = |file: &&usize| defaults.servers.get(*file).is_some_and(Option::is_some);
        if let Some(&file) = files.iter().find(named) {
            let key = convert::server_key(&sources_mut.root(file));
            origins.insert(
                sources_mut,
                ["servers"],
                &SourceLocation::root(file).child(key),
            );
        }
    }
    if let Some(security) = &defaults.security {
        root.insert("security".to_owned(), security.clone());
    }
    let paths = paths(sources_mut, operations, &defaults, &mut origins);
    let tags = tags(sources_mut, files, &paths);
    if !tags.is_empty() {
        root.insert("tags".to_owned(), Value::Array(tags));
    }
    root.insert("paths".to_owned(), Value::Object(paths));
    let components = components(
        sources_mut,
        files,
        (&schemas, &parameters),
        &names,
        &mut origins,
    );
    root.insert("components".to_owned(), components);
    (sources, Value::Object(root), origins)
}

fn note_renamed(sources: &mut Sources, names: &ComponentNames) {
    let renamed = names.schemas.renamed.iter();
    for (location, wanted, given) in renamed.chain(&names.parameters.renamed) {
        let message = format!("`{wanted}` became {given}");
        sources.note(NoteKind::Named, location, message);
    }
}

fn info(sources: &mut Sources, files: &[usize], provider: Option<&str>, version: &str) -> Value {
    let root = sources.root(files[0]);
    let at = SourceLocation::root(files[0]).child("info");
    let mut text = |key: &str| {
        let value = root.get("info")?.get(key)?;
        sources.string(value, &at.child(key))
    };
    let mut info = Map::new();
    let title = text("title").unwrap_or_else(|| json!(provider.unwrap_or("Untitled")));
    info.insert("title".to_owned(), title);
    info.insert("version".to_owned(), json!(version));
    if let Some(description) = text("description") {
        info.insert("description".to_owned(), description);
    }
    if let Some(provider) = provider {
        info.insert("x-arm-provider".to_owned(), json!(provider));
    }
    Value::Object(info)
}

/// Returns the API version of a file; empty if it has none.
fn version_of(sources: &Sources, file: usize) -> String {
    let version = sources.text(file, &["info", "version"]);
    version.unwrap_or_default().to_owned()
}

/// Returns the API version that most operations have; the latest one in a tie.
fn version(sources: &mut Sources, files: &[usize], operations: &[NamedOperation]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let at = |file| SourceLocation::root(file).child("info").child("version");
    for &file in files {
        let version = version_of(sources, file);
        if version.is_empty() {
            sources.problem(&at(file), "expected the API version");
        }
        *counts.entry(version).or_default() += operations
            .iter()
            .filter(|operation| operation.location.file == file)
            .count();
    }
    let version = counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(version, _)| version)
        .unwrap_or_default();
    for &file in files {
        let other = version_of(sources, file);
        if other != version && !other.is_empty() {
            let message = format!(
                "the file is of version {other}, the result of {version}; its operations say so"
            );
            sources.note(NoteKind::Named, &at(file), message);
        }
    }
    version
}

/// The defaults that apply to an operation.
struct Defaults {
    version: String,
    servers: HashMap<usize, Option<Value>>,
    first_servers: Option<Value>,
    security: Option<Value>,
}

fn defaults(sources: &mut Sources, files: &[usize], version: String) -> Defaults {
    let servers: Vec<Option<Value>> = files
        .iter()
        .map(|&file| convert::servers(sources, file))
        .collect();
    let security = files.iter().find_map(|&file| {
        let at = SourceLocation::root(file).child("security");
        let root = sources.root(file);
        sources.security(root.get("security")?, &at)
    });
    Defaults {
        version,
        first_servers: servers.iter().flatten().next().cloned(),
        servers: files.iter().copied().zip(servers).collect(),
        security,
    }
}

fn paths(
    sources: &Sources,
    operations: Vec<NamedOperation>,
    defaults: &Defaults,
    origins: &mut Origins,
) -> Map<String, Value> {
    let mut paths: BTreeMap<(String, String), Map<String, Value>> = BTreeMap::new();
    for operation in operations {
        let NamedOperation {
            path,
            method,
            location,
            has_free_version,
            mut value,
        } = operation;
        add_own(sources, location.file, defaults, &mut value);
        let version = version_of(sources, location.file);
        if has_free_version && version != defaults.version {
            value
                .entry("x-ms-api-version")
                .or_insert_with(|| json!(version));
        }
        let pointer = JsonPointer::from(["paths", &*path, method.key()]);
        origins.insert(sources, pointer, &location);
        let item = paths.entry(path_key(&path)).or_default();
        item.insert(method.key().to_owned(), Value::Object(value));
    }
    paths
        .into_iter()
        .map(|((_, path), item)| (path, Value::Object(item)))
        .collect()
}

/// Adds the properties of an operation's file that differ from those of the result to the
/// operation.
fn add_own(sources: &Sources, file: usize, defaults: &Defaults, value: &mut Map<String, Value>) {
    let security = sources.root(file).get("security").cloned();
    if let Some(security) = security.filter(|_| !value.contains_key("security"))
        && Some(&security) != defaults.security.as_ref()
    {
        value.insert("security".to_owned(), security);
    }
    let servers = defaults.servers.get(&file).cloned().flatten();
    if let Some(servers) = servers
        && Some(&servers) != defaults.first_servers.as_ref()
    {
        value.insert("servers".to_owned(), servers);
    }
}

/// Returns the tags that operations have, with the descriptions that the files give them.
fn tags(sources: &mut Sources, files: &[usize], paths: &Map<String, Value>) -> Vec<Value> {
    let mut names: Vec<&str> = Vec::new();
    let operations = paths
        .values()
        .filter_map(Value::as_object)
        .flat_map(Map::values);
    for operation in operations {
        let tags = operation.get("tags").and_then(Value::as_array);
        for tag in tags.into_iter().flatten().filter_map(Value::as_str) {
            if !names.contains(&tag) {
                names.push(tag);
            }
        }
    }
    let described = tag_descriptions(sources, files);
    let tags = names.into_iter().map(|name| match described.get(name) {
        Some(description) => json!({ "name": name, "description": description }),
        None => json!({ "name": name }),
    });
    tags.collect()
}

/// Returns the descriptions of tags at the top level of files; the first one of a tag counts.
fn tag_descriptions(sources: &mut Sources, files: &[usize]) -> HashMap<String, Value> {
    let mut described = HashMap::new();
    for &file in files {
        let root = sources.root(file);
        let tags = root.get("tags").and_then(Value::as_array);
        for (index, tag) in tags.into_iter().flatten().enumerate() {
            let at = SourceLocation::root(file).child("tags").child(index);
            let mut text = |key: &str| sources.string(tag.get(key)?, &at.child(key));
            if let (Some(Value::String(name)), Some(description)) =
                (text("name"), text("description"))
            {
                described.entry(name).or_insert(description);
            }
        }
    }
    described
}
