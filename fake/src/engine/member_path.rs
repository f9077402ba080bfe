//! Reads and changes members by paths such as `properties.status`.

use super::catalog::Catalog;
use crate::table::Type;
use serde_json::{Map, Value};

/// Returns the member at a path.
pub(crate) fn get<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.')
        .try_fold(value, |value, name| value.get(name))
}

/// Sets the member at a path; missing objects on the path are created.
pub(crate) fn set(value: &mut Value, path: &str, member: Value) {
    let mut at = value;
    for name in path.split('.') {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Value::Object(members) = at else {
            return;
        };
        at = members.entry(name.to_owned()).or_insert(Value::Null);
    }
    *at = member;
}

/// Removes the member at a path.
pub(crate) fn remove(value: &mut Value, path: &str) {
    let (parent, name) = match path.rsplit_once('.') {
        Some((parent, name)) => (parent.replace('.', "/"), name),
        None => (String::new(), path),
    };
    let pointer = if parent.is_empty() {
        String::new()
    } else {
        format!("/{parent}")
    };
    if let Some(Value::Object(members)) = value.pointer_mut(&pointer) {
        members.remove(name);
    }
}

/// Returns whether the description has a path, for the kinds that the value has; null has any kind.
pub(crate) fn is_described(catalog: &Catalog, ty: &Type, value: &Value, path: &str) -> bool {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let object = catalog.object(ty).filter(|(_, object)| {
        // A value without a discriminator value has no members of any kind.
        let by = object.discriminator.as_ref();
        by.is_none_or(|by| value.is_null() || value.get(&by.member).is_some())
    });
    let Some((_, object)) = object.and_then(|base| catalog.kind_of(base, value)) else {
        return false;
    };
    match (object.members.get(name), rest) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(member), Some(rest)) => {
            let nothing = Value::Object(Map::new());
            let value = match value {
                Value::Null => &Value::Null,
                value => value.get(name).unwrap_or(&nothing),
            };
            is_described(catalog, &member.ty, value, rest)
        }
    }
}
