//! Removes duplicate operations and makes operation IDs unique.

use super::names::{ComponentNames, fingerprint};
use crate::{
    http_method::HttpMethod,
    names,
    note::NoteKind,
    swagger::{
        convert::{Operation, resolve_members},
        read::{SourceLocation, Sources},
    },
};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};

/// An operation that refers to components by their names.
#[derive(Debug)]
pub(super) struct NamedOperation {
    /// Path with its parameters in braces.
    pub(super) path: String,
    /// HTTP method.
    pub(super) method: HttpMethod,
    /// Location of the operation in the Swagger files.
    pub(super) location: SourceLocation,
    /// Whether its requests have an API version that the description does not fix.
    pub(super) has_free_version: bool,
    /// The operation object.
    pub(super) value: Map<String, Value>,
}

/// Leaves out operations that occur in several files, and makes operation IDs unique.
pub(super) fn keep_each_once(
    sources: &mut Sources,
    operations: Vec<Operation>,
    names: &ComponentNames,
) -> Vec<NamedOperation> {
    let mut seen: HashMap<(String, HttpMethod), (SourceLocation, String)> = HashMap::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut kept = Vec::new();
    for operation in operations {
        let mut value = resolve_members(&operation.draft, &|reference| names.text(reference));
        let content = fingerprint(&Value::Object(value.clone()));
        let Operation {
            path,
            method,
            id,
            location,
            has_free_version,
            ..
        } = operation;
        let key = (path.clone(), method);
        if let Some((first, other)) = seen.get(&key) {
            note_copy(sources, &location, first, *other == content);
            continue;
        }
        seen.insert(key, (location.clone(), content));
        let id = unique_id(sources, id, &location, &mut ids);
        value.insert("operationId".to_owned(), Value::String(id));
        kept.push(NamedOperation {
            path,
            method,
            location,
            has_free_version,
            value,
        });
    }
    kept
}

fn note_copy(
    sources: &mut Sources,
    location: &SourceLocation,
    first: &SourceLocation,
    is_equal: bool,
) {
    let name = sources.file_name(first.file).to_owned();
    if is_equal {
        let message = format!("is in {name} too; used once");
        sources.note(NoteKind::Named, location, message);
    } else {
        let message =
            format!("differs from the same operation in {name}; leave one of the files out");
        sources.problem(location, message);
    }
}

/// Returns the ID of an operation, changed if another operation already has it.
fn unique_id(
    sources: &mut Sources,
    id: String,
    location: &SourceLocation,
    ids: &mut BTreeSet<String>,
) -> String {
    if ids.insert(id.clone()) {
        return id;
    }
    let extended = format!("{id}{}", sources.stem(location.file));
    let mut unused = names::with_word([extended], "Other");
    let unique = unused.find(|id| !ids.contains(id)).unwrap_or_default();
    sources.note(
        NoteKind::Named,
        &location.child("operationId"),
        format!("`{id}` is also the ID of another operation; this one became {unique}"),
    );
    ids.insert(unique.clone());
    unique
}
