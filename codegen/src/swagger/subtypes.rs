//! Finds the subtypes of discriminated schemas, over all levels and files.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::context::Context;
use super::note::NoteKind;
use super::place::Place;

/// Asks for every definition that extends a discriminated schema already asked for.
pub(super) fn want_subtypes(context: &mut Context) {
    let mut polymorphic: HashSet<Place> = context
        .schemas
        .iter()
        .filter(|(_, node)| node.value.get("discriminator").is_some())
        .map(|(place, _)| place.clone())
        .collect();
    let bases = bases_by_definition(context);
    loop {
        let more: Vec<&Place> = bases
            .iter()
            .filter(|(place, bases)| {
                !polymorphic.contains(place) && bases.iter().any(|base| polymorphic.contains(base))
            })
            .map(|(place, _)| place)
            .collect();
        if more.is_empty() {
            return;
        }
        for place in more {
            context.want_definition(place);
            polymorphic.insert(place.clone());
        }
    }
}

/// The bases of all definitions, as far as they are in files that were read; others nothing needs.
fn bases_by_definition(context: &Context) -> Vec<(Place, Vec<Place>)> {
    let mut found = Vec::new();
    for file in 0..context.files.len() {
        let root = context.root(file);
        let at = Place::root(file).child("definitions");
        for (name, schema) in root
            .get("definitions")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let mut bases = Vec::new();
            collect_bases(context, schema, file, &mut bases);
            found.push((at.child(name), bases));
        }
    }
    found
}

fn collect_bases(context: &Context, schema: &Value, file: usize, bases: &mut Vec<Place>) {
    for member in schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        match member.get("$ref").and_then(Value::as_str) {
            Some(reference) => bases.extend(context.target_in_sight(reference, file)),
            None => collect_bases(context, member, file, bases),
        }
    }
}

/// Writes `discriminator.mapping` into the schemas, which have their final names.
pub(super) fn map(
    context: &mut Context,
    schemas: &mut Map<String, Value>,
    origins: &HashMap<String, (Place, String)>,
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
        let mut mapping: Map<String, Value> = Map::new();
        for subtype in subtypes {
            let value = discriminator_value(&schemas[&subtype], &subtype, origins);
            let target = format!("#/components/schemas/{subtype}");
            if let Some(other) = mapping.get(&value) {
                let other = other
                    .as_str()
                    .and_then(|other| other.rsplit('/').next())
                    .unwrap_or_default();
                let message = format!(
                    "{subtype} and {other} have the discriminator value {value}; the mapping of {base} leads to {other}"
                );
                if let Some((place, _)) = origins.get(&subtype) {
                    context.note(NoteKind::NotUnderstood, place, message);
                }
                continue;
            }
            mapping.insert(value, Value::String(target));
        }
        if !mapping.is_empty()
            && let Some(discriminator) = schemas
                .get_mut(&base)
                .and_then(|schema| schema.get_mut("discriminator"))
        {
            discriminator["mapping"] = Value::Object(mapping);
        }
    }
}

/// Complains about schemas that are bases of themselves.
pub(super) fn refuse_cycles(
    context: &mut Context,
    schemas: &Map<String, Value>,
    origins: &HashMap<String, (Place, String)>,
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
        if let Some((place, _)) = origins.get(name).filter(|_| is_own_base) {
            let message =
                "this is a base of itself by way of `allOf`; take one of the references out";
            context.problem(place, message);
        }
    }
}

fn base_names(schema: &Value) -> Vec<String> {
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
    origins: &HashMap<String, (Place, String)>,
) -> String {
    let explicit = schema
        .get("x-ms-discriminator-value")
        .and_then(Value::as_str);
    let original = origins.get(name).map(|(_, original)| original.as_str());
    explicit.or(original).unwrap_or(name).to_owned()
}
