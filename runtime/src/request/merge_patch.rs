//! JSON merge patches (RFC 7386) from two versions of a model.

use azure_core::{Error, Result, error::ErrorKind};
use serde::Serialize;
use serde_json::{Map, Value};

/// Returns the JSON merge patch (RFC 7386) that turns `before` into `after`.
///
/// It contains the members that differ, and an explicit `null` for members that were removed.
/// Arrays are replaced completely, as the format defines. For equal values it is an empty object.
///
/// # Errors
///
/// If a value cannot be serialized.
///
/// ```
/// # fn main() -> azure_core::Result<()> {
/// use serde_json::json;
/// let before = json!({"tags": {"env": "dev", "team": "a"}, "sku": {"name": "S1"}});
/// let after = json!({"tags": {"env": "prod"}, "sku": {"name": "S1"}});
/// let patch = arm_runtime::merge_patch(&before, &after)?;
/// assert_eq!(patch, json!({"tags": {"env": "prod", "team": null}}));
/// # Ok(()) }
/// ```
pub fn merge_patch<T: Serialize + ?Sized>(before: &T, after: &T) -> Result<Value> {
    Ok(patch(
        serde_json::to_value(before).map_err(unserializable)?,
        serde_json::to_value(after).map_err(unserializable)?,
    ))
}

fn unserializable(error: serde_json::Error) -> Error {
    let message = format!("a merge patch needs two values that can be JSON: {error}");
    Error::with_error(ErrorKind::DataConversion, error, message)
}

fn patch(before: Value, after: Value) -> Value {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => Value::Object(patch_object(before, after)),
        (_, after) => after,
    }
}

fn patch_object(mut before: Map<String, Value>, after: Map<String, Value>) -> Map<String, Value> {
    let mut out = Map::new();
    for (name, new) in after {
        match before.remove(&name) {
            Some(old) if old == new => {}
            Some(old) => {
                out.insert(name, patch(old, new));
            }
            // A `null` for a member that did not exist has no effect.
            None if new.is_null() => {}
            None => {
                out.insert(name, new);
            }
        }
    }
    out.extend(before.into_iter().map(|(name, _)| (name, Value::Null)));
    out
}
