//! Finds the subtypes of discriminated schemas on all levels.

use super::origins::SchemaOrigin;
use crate::{note::NoteKind, swagger::read::Sources};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Writes `discriminator.mapping` into the schemas, which must have their final names.
pub(super) fn map(
    sources: &mut Sources,
    schemas: &mut Map<String, Value>,
    origins: &HashMap<String, SchemaOrigin>,
) {
    let mut children: HashMap<String, Vec<String>> = HashMap::new();
    for (name, schema) in schemas.iter() {
        for base in base_names(schema) {
            children.entry(base).or_default().push(name.clone());
        }
    }
    let discriminated: Vec<String> = schemas
        .iter()
        .filter(|(_, schema)| schema.get("discriminator").is_some())
        .map(|(name, _)| name.clone())
        .collect();
    for base in discriminated {
        let mut subtypes = descendants(&base, &children);
        subtypes.sort_by_key(|name| (name.to_lowercase(), name.clone()));
        let mapping = mapping(sources, schemas, &base, subtypes, origins);
        let schema = schemas.get_mut(&base);
        let discriminator = schema.and_then(|schema| schema.get_mut("discriminator"));
        if let Some(discriminator) = discriminator.filter(|_| !mapping.is_empty()) {
            discriminator["mapping"] = Value::Object(mapping);
        }
    }
}

/// Returns the mapping from discriminator values to subtypes.
fn mapping(
    sources: &mut Sources,
    schemas: &Map<String, Value>,
    base: &str,
    subtypes: Vec<String>,
    origins: &HashMap<String, SchemaOrigin>,
) -> Map<String, Value> {
    let mut mapping: Map<String, Value> = Map::new();
    for subtype in subtypes {
        let value = discriminator_value(&schemas[&subtype], &subtype, origins);
        let Some(other) = mapping.get(&value) else {
            let target = format!("#/components/schemas/{subtype}");
            mapping.insert(value, Value::String(target));
            continue;
        };
        let other = other.as_str().and_then(|other| other.rsplit('/').next());
        let other = other.unwrap_or_default();
        let message = format!(
            "{subtype} and {other} have the discriminator value {value}; the mapping of {base} refers to {other}"
        );
        if let Some(origin) = origins.get(&subtype) {
            sources.note(NoteKind::NotUnderstood, &origin.location, message);
        }
    }
    mapping
}

/// Reports schemas that are bases of themselves.
pub(super) fn refuse_cycles(
    sources: &mut Sources,
    schemas: &Map<String, Value>,
    origins: &HashMap<String, SchemaOrigin>,
) {
    let bases: HashMap<String, Vec<String>> = schemas
        .iter()
        .map(|(name, schema)| (name.clone(), base_names(schema)))
        .collect();
    for name in schemas.keys() {
        let direct = bases.get(name).into_iter().flatten();
        let is_own_base = direct
            .clone()
            .any(|base| base == name || descendants(base, &bases).contains(name));
        if let Some(origin) = origins.get(name).filter(|_| is_own_base) {
            let message = "this is its own base through `allOf`; remove one of the references";
            sources.problem(&origin.location, message);
        }
    }
}

/// Returns the schemas that a schema refers to in its `allOf`.
pub(super) fn base_names(schema: &Value) -> Vec<String> {
    let members = schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    members
        .filter_map(|member| {
            member
                .get("$ref")?
                .as_str()?
                .rsplit('/')
                .next()
                .map(str::to_owned)
        })
        .collect()
}

fn descendants(base: &str, children: &HashMap<String, Vec<String>>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = vec![base.to_owned()];
    while let Some(name) = open.pop() {
        for child in children.get(&name).into_iter().flatten() {
            if child != base && !found.contains(child) {
                found.push(child.clone());
                open.push(child.clone());
            }
        }
    }
    found
}

fn discriminator_value(
    schema: &Value,
    name: &str,
    origins: &HashMap<String, SchemaOrigin>,
) -> String {
    let explicit = schema
        .get("x-ms-discriminator-value")
        .and_then(Value::as_str);
    let original = origins.get(name).map(|origin| origin.name.as_str());
    explicit.or(original).unwrap_or(name).to_owned()
}
