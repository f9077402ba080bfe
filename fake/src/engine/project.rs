//! Selects parts of values: what a client may set, and what it may see.

use super::catalog::{Catalog, Shape};
use crate::table::{Member, Object, Type};
use serde_json::{Map, Value};

/// Which members of a value are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// What a client may set; nulls are dropped.
    Settable,
    /// What a client may change; nulls remove members.
    Patch,
    /// What clients may see with the API versions of a description; with any, if absent.
    Visible(Option<usize>),
    /// Everything in the description.
    Known,
}

/// Returns the part of a value that is to be kept. Members that are not in the description are
/// dropped.
pub(crate) fn project(catalog: &Catalog, ty: &Type, value: &Value, keep: Keep) -> Value {
    match (catalog.shape(ty), value) {
        (Shape::Object(name, object), Value::Object(members)) => {
            match catalog.kind_of((name, object), value) {
                Some((_, object)) => Value::Object(members_of(catalog, object, members, keep)),
                None => value.clone(),
            }
        }
        (Shape::Plain(Type::List(element)), Value::Array(items)) => {
            let items = items.iter();
            items
                .map(|item| project(catalog, &element.ty, item, keep))
                .collect()
        }
        (Shape::Plain(Type::Map(element)), Value::Object(entries)) => {
            let entries = entries.iter();
            let entries = entries
                .map(|(key, value)| (key.clone(), project(catalog, &element.ty, value, keep)));
            Value::Object(entries.collect())
        }
        _ => value.clone(),
    }
}

fn members_of(
    catalog: &Catalog,
    object: &Object,
    members: &Map<String, Value>,
    keep: Keep,
) -> Map<String, Value> {
    let kept = members.iter().filter_map(|(name, value)| {
        let ty = match object.members.get(name) {
            Some(member) if keeps(member, value, keep) => &member.ty,
            Some(_) => return None,
            None => object.additional.as_ref()?,
        };
        Some((name.clone(), project(catalog, ty, value, keep)))
    });
    kept.collect()
}

fn keeps(member: &Member, value: &Value, keep: Keep) -> bool {
    match keep {
        Keep::Settable => !member.read_only && !value.is_null(),
        Keep::Patch => !member.read_only,
        Keep::Visible(version) => {
            !member.secret && version.is_none_or(|version| member.is_in(version))
        }
        Keep::Known => true,
    }
}

/// Applies a merge patch (RFC 7386).
pub(crate) fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(target) = target {
        for (name, value) in patch {
            if value.is_null() {
                target.remove(name);
            } else {
                merge(target.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
    }
}
