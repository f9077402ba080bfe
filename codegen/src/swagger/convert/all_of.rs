//! Converts schemas that extend others.

use super::draft::{ComponentReference, Draft, DraftObject};
use crate::{
    note::NoteKind,
    swagger::read::{SourceLocation, Sources},
};
use indexmap::map::Entry;
use serde_json::{Map, Value, json};

/// Returns the reference of a schema that consists only of one base.
pub(super) fn sole_base(schema: &Map<String, Value>) -> Option<&Value> {
    let adds = [
        "properties",
        "required",
        "additionalProperties",
        "discriminator",
    ]
    .iter()
    .any(|key| schema.contains_key(*key));
    match schema.get("allOf")?.as_array()?.as_slice() {
        [only] if !adds && only.as_object()?.len() == 1 => only.get("$ref"),
        _ => None,
    }
}

/// Merges an inline member of an `allOf` into the surrounding schema.
pub(super) fn merge(
    sources: &mut Sources,
    out: &mut DraftObject,
    bases: &mut Vec<Draft>,
    member: DraftObject,
    here: &SourceLocation,
) {
    for (key, value) in member {
        match (key.as_str(), value) {
            ("properties", Draft::Object(properties)) => {
                merge_properties(sources, out, properties, &here.child("properties"));
            }
            ("required", Draft::Value(Value::Array(names))) => merge_required(out, names),
            ("allOf", Draft::List(inner)) => {
                let more: Vec<Draft> = inner
                    .into_iter()
                    .filter(|base| !bases.contains(base))
                    .collect();
                bases.extend(more);
            }
            (_, value) => match out.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(entry) if *entry.get() == value || entry.key() == "description" => {
                }
                Entry::Occupied(entry) => sources.note(
                    NoteKind::NotUnderstood,
                    &here.child(entry.key()),
                    "differs from the surrounding schema, which was kept",
                ),
            },
        }
    }
}

fn merge_properties(
    sources: &mut Sources,
    out: &mut DraftObject,
    properties: DraftObject,
    here: &SourceLocation,
) {
    let own = out
        .entry("properties".to_owned())
        .or_insert_with(|| Draft::Object(DraftObject::new()));
    let Draft::Object(own) = own else { return };
    for (name, property) in properties {
        match own.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(property);
            }
            Entry::Occupied(entry) if *entry.get() == property => {}
            Entry::Occupied(entry) => sources.note(
                NoteKind::NotUnderstood,
                &here.child(entry.key()),
                "differs from another property with the same name, which was kept",
            ),
        }
    }
}

fn merge_required(out: &mut DraftObject, names: Vec<Value>) {
    let own = out
        .entry("required".to_owned())
        .or_insert_with(|| json!([]).into());
    let Draft::Value(Value::Array(own)) = own else {
        return;
    };
    for name in names {
        if !own.contains(&name) {
            own.push(name);
        }
    }
}

/// Returns whether all bases of a schema are objects, so that it is one, too.
pub(super) fn extends_object(sources: &Sources, schema: &DraftObject) -> bool {
    let Some(Draft::List(bases)) = schema.get("allOf") else {
        return false;
    };
    bases.iter().all(|base| {
        base_location(base)
            .and_then(|location| sources.value(location))
            .is_some_and(|base| {
                base.get("type").is_none_or(|kind| kind == "object") && base.get("enum").is_none()
            })
    })
}

fn base_location(base: &Draft) -> Option<&SourceLocation> {
    let Draft::Object(members) = base else {
        return None;
    };
    match members.get("$ref")? {
        Draft::Reference(ComponentReference::Schema(location)) => Some(location),
        _ => None,
    }
}
