//! Finds changes that a resource does not allow.

use super::{catalog::Catalog, member_path};
use crate::table::{Immutable, Type};
use serde_json::Value;

const LOCATION: &str = "location";

/// Returns the members that can only be set at creation and that differ in a new value.
pub(crate) fn of_create_only(
    catalog: &Catalog,
    ty: &Type,
    old: &Value,
    new: &Value,
) -> Vec<String> {
    let mut found = Vec::new();
    compare(catalog, ty, (old, new), "", &mut found);
    found
}

fn compare(
    catalog: &Catalog,
    ty: &Type,
    (old, new): (&Value, &Value),
    path: &str,
    found: &mut Vec<String>,
) {
    let Some(base) = catalog.object(ty) else {
        return;
    };
    let (Some((name, object)), Some((other, _))) =
        (catalog.kind_of(base, old), catalog.kind_of(base, new))
    else {
        return;
    };
    if name != other {
        return;
    }
    for (name, member) in &object.members {
        let (Some(after), false) = (new.get(name), member.read_only) else {
            continue;
        };
        let before = old.get(name).unwrap_or(&Value::Null);
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        if !member.create_only {
            compare(catalog, &member.ty, (before, after), &path, found);
        } else if before != after && !(path == LOCATION && is_same_location(before, after)) {
            found.push(path);
        }
    }
}

/// Returns whether two texts name the same location: `West Europe` equals `westeurope`.
fn is_same_location(one: &Value, other: &Value) -> bool {
    let name = |value: &Value| value.as_str().map(normal_location);
    name(one).is_some() && name(one) == name(other)
}

/// Returns a location in the form that is used for comparison.
pub(crate) fn normal_location(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_whitespace());
    letters.collect::<String>().to_lowercase()
}

/// Adds members of the old value to a new one that leaves them out: those that can only be set at
/// creation.
pub(crate) fn with_create_only(catalog: &Catalog, ty: &Type, old: &Value, new: &mut Value) {
    let Some((_, object)) = catalog
        .object(ty)
        .and_then(|base| catalog.kind_of(base, old))
    else {
        return;
    };
    let (Value::Object(old), Value::Object(new)) = (old, new) else {
        return;
    };
    for (name, member) in &object.members {
        match (old.get(name), new.get_mut(name)) {
            (Some(before), None) if member.create_only => {
                new.insert(name.clone(), before.clone());
            }
            (Some(before), Some(after)) if !member.create_only => {
                with_create_only(catalog, &member.ty, before, after);
            }
            _ => {}
        }
    }
}

/// Returns the first member that differs in a new value of a resource that cannot be changed.
/// Members that the new value leaves out do not count.
pub(crate) fn of_immutable(rules: &Immutable, old: &Value, new: &Value) -> Option<String> {
    let mut rest = new.clone();
    for path in &rules.except {
        member_path::remove(&mut rest, path);
    }
    difference(old, &rest, "")
}

fn difference(old: &Value, new: &Value, path: &str) -> Option<String> {
    match (old, new) {
        _ if path == LOCATION && is_same_location(old, new) => None,
        (Value::Object(old), Value::Object(new)) => new.iter().find_map(|(name, after)| {
            let path = match path {
                "" => name.clone(),
                path => format!("{path}.{name}"),
            };
            match old.get(name) {
                Some(before) => difference(before, after, &path),
                None if after.as_object().is_some_and(serde_json::Map::is_empty) => None,
                None => Some(path),
            }
        }),
        (old, new) => (old != new).then(|| path.to_owned()),
    }
}
