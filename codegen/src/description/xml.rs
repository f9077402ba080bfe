//! Operations whose bodies are XML, for which no code is generated: their models would be sent as
//! JSON.

use crate::{http_method::HttpMethod, json_pointer::JsonPointer};
use serde_json::Value;
use std::collections::HashSet;

/// The operations whose request or response of success is a model in XML only.
pub(super) fn operations(root: &Value) -> HashSet<JsonPointer> {
    let paths = root.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flatten();
    let operations = items.flat_map(|(path, item)| {
        let here = JsonPointer::from(["paths", path.as_str()]);
        let methods = HttpMethod::ALL.into_iter();
        methods.filter_map(move |method| Some((here.child(method.key()), item.get(method.key())?)))
    });
    let with_xml = operations.filter(|(_, operation)| has_xml(root, operation));
    with_xml.map(|(pointer, _)| pointer).collect()
}

fn has_xml(root: &Value, operation: &Value) -> bool {
    let responses = operation.get("responses").and_then(Value::as_object);
    let responses = responses.into_iter().flatten();
    let successes = responses.filter(|(status, _)| status.starts_with('2'));
    let mut bodies = successes
        .map(|(_, response)| response)
        .chain(operation.get("requestBody"));
    bodies.any(|body| is_xml(root, followed(root, body)))
}

/// Whether the content of a body is XML and nothing else that code is generated for.
fn is_xml(root: &Value, body: &Value) -> bool {
    let content = body.get("content").and_then(Value::as_object);
    let Some(content) = content else {
        return false;
    };
    let is_file = |media: &Value| {
        let schema = media.get("schema").map(|schema| followed(root, schema));
        schema.is_some_and(|schema| schema.get("format") == Some(&"binary".into()))
    };
    let has_json = content.keys().any(|name| name.contains("json"));
    let mut all = content.iter();
    !has_json && all.any(|(name, media)| name.contains("xml") && !is_file(media))
}

/// Returns the value itself, or the target of its reference.
fn followed<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    let reference = value.get("$ref").and_then(Value::as_str);
    let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
    pointer
        .and_then(|pointer| root.pointer(pointer))
        .unwrap_or(value)
}
