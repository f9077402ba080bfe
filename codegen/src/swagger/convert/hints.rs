//! The names that components request.

use crate::{
    json_pointer::JsonPointer,
    swagger::text::{capitalize, component_key, pascal},
};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Returns the name for the value at a pointer: that of the definition, followed by the path to it.
pub(super) fn name_of(pointer: &JsonPointer) -> String {
    let mut segments = pointer.segments().skip(1);
    let mut name = segments
        .next()
        .map_or_else(|| "Schema".to_owned(), Cow::into_owned);
    let mut is_key = false;
    for segment in segments {
        match &*segment {
            "properties" if !is_key => is_key = true,
            "allOf" | "schema" if !is_key => {}
            "items" if !is_key => name.push_str("Item"),
            "additionalProperties" if !is_key => name.push_str("Value"),
            key => {
                name.push_str(&pascal(key));
                is_key = false;
            }
        }
    }
    name
}

/// Returns the name that an inline schema requests, if such schemas become components.
pub(super) fn component_name(schema: &Map<String, Value>, hint: &str) -> Option<String> {
    if schema.contains_key("enum") {
        let name = schema.get("x-ms-enum")?.get("name")?.as_str()?;
        return Some(capitalized_key(name));
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let has_shape = properties.is_some_and(|properties| !properties.is_empty())
        || schema.contains_key("allOf")
        || schema.contains_key("discriminator");
    has_shape.then(|| hint.to_owned())
}

/// Returns the key of a component, with a capital first letter: names that differ only in it are
/// the same.
pub(crate) fn capitalized_key(name: &str) -> String {
    capitalize(&component_key(name))
}
