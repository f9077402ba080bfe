//! Merges several API versions: the newest stable one defines the types, and items that only older
//! ones and previews have are added.

use super::api::{
    Api, Enumeration, Object, Operation, Parameter, ParameterLocation, Presence, Property, Schema,
    Shape, Version,
};

/// Merges the versions of a service, given oldest first.
pub(super) fn merge(versions: Vec<Api>) -> Api {
    let all = versions.iter().flat_map(|api| api.versions.clone());
    let all: Vec<Version> = all.collect();
    let is_preview = |api: &Api| api.versions.iter().any(|version| version.preview);
    let (previews, stable): (Vec<_>, Vec<_>) = versions.into_iter().partition(is_preview);
    let by_weight = stable.into_iter().rev().chain(previews.into_iter().rev());
    let mut merged = by_weight
        .reduce(|mut newer, older| {
            add(&mut newer, older);
            newer
        })
        .unwrap_or_default();
    merged.versions = all;
    merged
}

fn add(newer: &mut Api, older: Api) {
    newer.notes.extend(older.notes);
    newer.renamed.extend(older.renamed);
    for (tag, description) in older.tags {
        newer.tags.entry(tag).or_insert(description);
    }
    for (name, schema) in older.schemas {
        match newer.schemas.get_mut(&name) {
            Some(known) => add_schema(known, schema),
            None => {
                newer.schemas.insert(name, schema);
            }
        }
    }
    for operation in older.operations {
        let twin = newer
            .operations
            .iter_mut()
            .find(|known| known.id == operation.id);
        match twin {
            Some(known) => add_operation(known, operation),
            None => newer.operations.push(operation),
        }
    }
}

fn add_schema(newer: &mut Schema, older: Schema) {
    join(&mut newer.presence, &older.presence);
    match (&mut newer.shape, older.shape) {
        (Shape::Object(newer), Shape::Object(older)) => add_object(newer, older),
        (Shape::Enumeration(newer), Shape::Enumeration(older)) => add_values(newer, older),
        _ => {}
    }
}

fn add_object(newer: &mut Object, older: Object) {
    for (name, property) in older.properties {
        match newer.properties.get_mut(&name) {
            Some(known) => join(&mut known.presence, &property.presence),
            None => {
                // Requests of the version that defines the types do not need this parameter.
                let required = false;
                newer.properties.insert(
                    name,
                    Property {
                        required,
                        ..property
                    },
                );
            }
        }
    }
    if let (Some(newer), Some(older)) = (&mut newer.discriminator, older.discriminator) {
        for (kind, schema) in older.mapping {
            newer.mapping.entry(kind).or_insert(schema);
        }
    }
}

fn add_values(newer: &mut Enumeration, older: Enumeration) {
    newer.is_constant &= older.is_constant;
    for value in older.values {
        let twin = newer
            .values
            .iter_mut()
            .find(|known| known.value == value.value);
        match twin {
            Some(known) => join(&mut known.presence, &value.presence),
            None => newer.values.push(value),
        }
    }
}

fn add_operation(newer: &mut Operation, older: Operation) {
    join(&mut newer.presence, &older.presence);
    for parameter in older.parameters {
        let mut all = newer.parameters.iter_mut();
        let twin =
            all.find(|known| known.name == parameter.name && known.location == parameter.location);
        match twin {
            Some(known) => join(&mut known.presence, &parameter.presence),
            None => {
                let required = parameter.location == ParameterLocation::Path;
                newer.parameters.push(Parameter {
                    required,
                    ..parameter
                });
            }
        }
    }
    for response in older.responses {
        if !newer
            .responses
            .iter()
            .any(|known| known.status == response.status)
        {
            newer.responses.push(response);
        }
    }
}

fn join(presence: &mut Presence, older: &Presence) {
    presence.extend(older);
    presence.sort_unstable();
}
