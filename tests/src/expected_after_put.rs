//! The documents that a service returns after a PUT or PATCH.

use crate::{
    description::Description,
    shape::{Member, Object, Shape, secret},
};
use serde_json::{Map, Value, json};

/// Returns the part of a document that is returned after a PUT: without nulls, secrets, members
/// that only the service sets, and members that are not described.
pub fn expected_after_put(description: &Description, schema: &Value, value: &Value) -> Value {
    match (description.shape(schema), value) {
        (Shape::Object(object), Value::Object(members)) => {
            members_of(description, &object, members)
        }
        (Shape::Union(tag, kinds), Value::Object(members)) => {
            let kind = members.get(tag).and_then(Value::as_str);
            match kind.and_then(|kind| kinds.get(kind)) {
                Some(name) => {
                    let mut expected =
                        members_of(description, &description.object_of(name), members);
                    expected[tag] = members[tag].clone();
                    expected
                }
                None => value.clone(),
            }
        }
        (Shape::List(items), Value::Array(all)) => all
            .iter()
            .map(|one| expected_after_put(description, items, one))
            .collect(),
        (Shape::Map(values), Value::Object(all)) => {
            let all = all.iter();
            let all =
                all.map(|(name, one)| (name.clone(), expected_after_put(description, values, one)));
            Value::Object(all.collect())
        }
        _ => value.clone(),
    }
}

fn members_of(
    description: &Description,
    object: &Object<'_>,
    members: &Map<String, Value>,
) -> Value {
    let stays = |member: &Member<'_>| !member.read_only() && !secret(member.schema);
    let all = members.iter().filter(|(_, value)| !value.is_null());
    let all = all.filter_map(|(name, value)| {
        let schema = match object.members.get(name.as_str()) {
            Some(member) => stays(member).then_some(member.schema),
            None => object.rest,
        };
        Some((
            name.clone(),
            expected_after_put(description, schema?, value),
        ))
    });
    Value::Object(all.collect())
}

/// Returns a document without members that are empty objects, including those that become empty.
pub fn without_empty_objects(document: Value) -> Value {
    match document {
        Value::Object(members) => {
            let members = members.into_iter();
            let members = members.map(|(name, value)| (name, without_empty_objects(value)));
            Value::Object(members.filter(|(_, value)| *value != json!({})).collect())
        }
        Value::Array(all) => all.into_iter().map(without_empty_objects).collect(),
        other => other,
    }
}

/// Returns a document after a merge patch.
pub fn merge_patched(mut document: Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else {
        return patch.clone();
    };
    if !document.is_object() {
        document = Value::Object(Map::new());
    }
    for (name, change) in changes {
        let Some(members) = document.as_object_mut() else {
            break;
        };
        let old = members.remove(name).unwrap_or_default();
        if !change.is_null() {
            members.insert(name.clone(), merge_patched(old, change));
        }
    }
    document
}
