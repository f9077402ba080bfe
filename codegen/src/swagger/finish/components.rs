//! The components of the result.

use super::{
    names::{ComponentNames, fingerprint},
    origins::{Origins, SchemaOrigin},
    required_members, subtypes,
};
use crate::note::NoteKind;
use crate::swagger::{
    convert::{Components, security_schemes},
    read::{SourceLocation, Sources},
};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Creates the components object from schemas and parameters.
pub(super) fn components(
    sources: &mut Sources,
    files: &[usize],
    (schemas, parameters): (&Components, &Components),
    names: &ComponentNames,
    origins: &mut Origins,
) -> Value {
    let schemas = named_schemas(sources, schemas, names, origins);
    let parameters = named_parameters(sources, parameters, names, origins);
    let security = security(sources, files, origins);
    let mut components = Map::new();
    for (key, map) in [
        ("parameters", parameters),
        ("schemas", schemas),
        ("securitySchemes", security),
    ] {
        if !map.is_empty() {
            components.insert(key.to_owned(), Value::Object(map));
        }
    }
    Value::Object(components)
}

fn named_schemas(
    sources: &mut Sources,
    schemas: &Components,
    names: &ComponentNames,
    origins: &mut Origins,
) -> Map<String, Value> {
    let mut named = Map::new();
    let mut schema_origins = HashMap::new();
    for location in &names.schemas.chosen {
        let component = &schemas[location];
        let name = names.schemas.by_location[location].clone();
        origins.insert(sources, ["components", "schemas", &*name], location);
        let origin = SchemaOrigin {
            location: location.clone(),
            name: component.name.clone(),
        };
        schema_origins.insert(name.clone(), origin);
        let value = component.draft.resolve(&|reference| names.text(reference));
        named.insert(name, value);
    }
    subtypes::refuse_cycles(sources, &named, &schema_origins);
    subtypes::map(sources, &mut named, &schema_origins);
    required_members::correct(sources, &mut named, &schema_origins);
    named
}

/// Returns the parameters in the order of their first use, which is the order in which they were
/// requested.
fn named_parameters(
    sources: &Sources,
    parameters: &Components,
    names: &ComponentNames,
    origins: &mut Origins,
) -> Map<String, Value> {
    let mut named = Map::new();
    for (location, component) in parameters {
        let name = &names.parameters.by_location[location];
        if !named.contains_key(name) {
            origins.insert(sources, ["components", "parameters", &**name], location);
            let value = component.draft.resolve(&|reference| names.text(reference));
            named.insert(name.clone(), value);
        }
    }
    named
}

fn security(sources: &mut Sources, files: &[usize], origins: &mut Origins) -> Map<String, Value> {
    let mut security = Map::new();
    for &file in files {
        for (name, scheme) in security_schemes(sources, file) {
            let at = SourceLocation::root(file)
                .child("securityDefinitions")
                .child(&name);
            let Some(known) = security.get(&name) else {
                origins.insert(sources, ["components", "securitySchemes", &*name], &at);
                security.insert(name, scheme);
                continue;
            };
            if fingerprint(known) != fingerprint(&scheme) {
                let message = "differs from the one of the same name that was kept";
                sources.note(NoteKind::NotUnderstood, &at, message);
            }
        }
    }
    security
}
