//! Changes that a resource does not allow.

use super::{catalog::Catalog, member_path};
use crate::table::{Immutable, Type};
use serde_json::Value;

const LOCATION: &str = "location";

/// The members that can be set at creation only and that a new value has otherwise.
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
        } else if before != after && !(path == LOCATION && is_same_place(before, after)) {
            found.push(path);
        }
    }
}

/// Whether two texts name one location: `West Europe` is `westeurope`.
fn is_same_place(one: &Value, other: &Value) -> bool {
    let name = |value: &Value| value.as_str().map(normal_location);
    name(one).is_some() && name(one) == name(other)
}

/// A location as it is compared.
pub(crate) fn normal_location(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_whitespace());
    letters.collect::<String>().to_lowercase()
}

/// A new value with the members of the old one that it leaves out and that cannot be changed.
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

/// The first member that a new value of a resource that cannot be changed has otherwise. What it
/// leaves out is not changed.
pub(crate) fn of_immutable(rules: &Immutable, old: &Value, new: &Value) -> Option<String> {
    let mut rest = new.clone();
    for path in &rules.except {
        member_path::remove(&mut rest, path);
    }
    difference(old, &rest, "")
}

fn difference(old: &Value, new: &Value, path: &str) -> Option<String> {
    match (old, new) {
        _ if path == LOCATION && is_same_place(old, new) => None,
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
