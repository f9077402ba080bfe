//! Bases in the middle of a hierarchy: kinds of a base that have kinds of their own.

use super::api::{Api, Discriminator, Object, Operation, Schema, Shape, Type};
use std::collections::HashSet;

/// Gives bases in the middle of a hierarchy that are used as types their own kinds, distinguished
/// by the discriminator of the base above.
pub(super) fn complete(api: &mut Api) {
    let used = used_types(api);
    let found: Vec<(String, Discriminator)> = api
        .schemas
        .iter()
        .filter(|(name, _)| used.contains(*name))
        .filter_map(|(name, schema)| Some((name.clone(), inherited(api, name, schema)?)))
        .collect();
    for (name, discriminator) in found {
        if let Some(Shape::Object(object)) = api.schemas.get_mut(&name).map(|own| &mut own.shape) {
            object.discriminator = Some(discriminator);
        }
    }
}

/// Returns the part of a base's discriminator for a schema without its own discriminator, and the
/// schemas that derive from it; `None` if there are none.
fn inherited(api: &Api, name: &str, schema: &Schema) -> Option<Discriminator> {
    let Shape::Object(own) = &schema.shape else {
        return None;
    };
    if own.discriminator.is_some() {
        return None;
    }
    let bases = own.ancestors.iter().filter_map(|base| object(api, base));
    let above = bases
        .filter_map(|base| base.discriminator.as_ref())
        .next()?;
    let derives = |kind: &str| {
        let kind = object(api, kind);
        kind.is_some_and(|kind| kind.ancestors.iter().any(|base| base == name))
    };
    let kinds = above.mapping.iter();
    let kinds = kinds.filter(|(_, kind)| *kind == name || derives(kind));
    let discriminator = Discriminator {
        property: above.property.clone(),
        mapping: kinds
            .map(|(value, kind)| (value.clone(), kind.clone()))
            .collect(),
    };
    let mut kinds = discriminator.mapping.values();
    kinds.any(|kind| kind != name).then_some(discriminator)
}

fn object<'a>(api: &'a Api, name: &str) -> Option<&'a Object> {
    match &api.schemas.get(name)?.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// Returns the schemas that are used as types.
fn used_types(api: &Api) -> HashSet<String> {
    let of_schemas = api.schemas.values().flat_map(Schema::types);
    let of_operations = api.operations.iter().flat_map(Operation::types);
    let all = of_schemas.chain(of_operations).filter_map(Type::schema);
    all.map(str::to_owned).collect()
}
