//! Members that schemas require but that are not defined.

use super::{origins::SchemaOrigin, subtypes::base_names};
use crate::{note::NoteKind, swagger::read::Sources};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

/// Removes missing properties from `required`, and adds those that discriminators name.
///
/// Expects that no schema is a base of itself.
pub(super) fn correct(
    sources: &mut Sources,
    schemas: &mut Map<String, Value>,
    origins: &HashMap<String, SchemaOrigin>,
) {
    let mut corrector = Corrector { sources, origins };
    let names: Vec<String> = schemas.keys().cloned().collect();
    for name in &names {
        let own = properties(schemas, name);
        let Some(schema) = schemas.get_mut(name) else {
            continue;
        };
        corrector.discriminator(name, schema, &own);
        let own = properties(schemas, name);
        if let Some(schema) = schemas.get_mut(name) {
            corrector.required(name, schema, &own);
        }
    }
}

struct Corrector<'a> {
    sources: &'a mut Sources,
    origins: &'a HashMap<String, SchemaOrigin>,
}

impl Corrector<'_> {
    fn note(&mut self, name: &str, message: String) {
        if let Some(origin) = self.origins.get(name) {
            self.sources
                .note(NoteKind::Corrected, &origin.location, message);
        }
    }

    fn discriminator(&mut self, name: &str, schema: &mut Value, own: &HashSet<String>) {
        let Some(tag) = schema
            .pointer("/discriminator/propertyName")
            .and_then(Value::as_str)
            .map(str::to_owned)
        else {
            return;
        };
        if own.contains(&tag) {
            return;
        }
        self.note(
            name,
            format!("the discriminator `{tag}` is not a property; it was added as a string"),
        );
        let mut members = schema
            .get("properties")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        members.shift_insert(0, tag, json!({ "type": "string" }));
        schema["properties"] = Value::Object(members);
    }

    fn required(&mut self, name: &str, schema: &mut Value, own: &HashSet<String>) {
        let Some(required) = schema.get("required").and_then(Value::as_array).cloned() else {
            return;
        };
        let (kept, absent): (Vec<Value>, Vec<Value>) = required
            .into_iter()
            .partition(|wanted| wanted.as_str().is_some_and(|wanted| own.contains(wanted)));
        if absent.is_empty() {
            return;
        }
        for wanted in &absent {
            let message =
                format!("{wanted} is required but is not a property; the requirement was left out");
            self.note(name, message);
        }
        match schema.as_object_mut() {
            Some(schema) if kept.is_empty() => {
                schema.shift_remove("required");
            }
            _ => schema["required"] = Value::Array(kept),
        }
    }
}

/// Returns the names of the properties of a schema and its bases.
fn properties(schemas: &Map<String, Value>, name: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut open = vec![name.to_owned()];
    let mut seen: HashSet<String> = HashSet::new();
    while let Some(name) = open.pop() {
        let Some(schema) = schemas.get(&name) else {
            continue;
        };
        if !seen.insert(name) {
            continue;
        }
        let own = schema.get("properties").and_then(Value::as_object);
        found.extend(own.into_iter().flat_map(Map::keys).cloned());
        open.extend(base_names(schema));
    }
    found
}
