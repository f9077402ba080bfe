//! Sorts the keys of a document in the order of the descriptions in `specs`.

use crate::{http_method::HttpMethod, path_template::PathTemplate};
use serde_json::{Map, Value};

const ROOT: [&str; 7] = [
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "paths",
    "components",
];
const INFO: [&str; 4] = ["title", "version", "description", "x-arm-provider"];
const COMPONENTS: [&str; 3] = ["parameters", "schemas", "securitySchemes"];
const OPERATION: [&str; 12] = [
    "operationId",
    "tags",
    "description",
    "externalDocs",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "x-ms-long-running-operation",
    "x-ms-long-running-operation-options",
    "x-ms-pageable",
];
const PARAMETER: [&str; 8] = [
    "name",
    "in",
    "description",
    "required",
    "allowEmptyValue",
    "style",
    "explode",
    "schema",
];
const BODY: [&str; 4] = ["description", "content", "required", "x-ms-client-name"];
const RESPONSE: [&str; 3] = ["description", "headers", "content"];
const SECURITY_SCHEME: [&str; 6] = ["type", "description", "name", "in", "scheme", "flows"];
const LONG_RUNNING: [&str; 2] = ["final-state-via", "final-state-schema"];
const MUTABILITY: [&str; 3] = ["read", "create", "update"];
const SCHEMA: [&str; 33] = [
    "$ref",
    "description",
    "type",
    "format",
    "enum",
    "items",
    "map values",
    "nullable",
    "allOf",
    "required",
    "properties",
    "additionalProperties",
    "discriminator",
    "default",
    "multipleOf",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "readOnly",
    "example",
    "x-ms-enum",
    "x-ms-mutability",
    "x-ms-secret",
    "x-ms-identifiers",
];

/// Orders a whole document.
pub(super) fn arrange(document: &mut Value) {
    let Some(root) = document.as_object_mut() else {
        return;
    };
    sort(root, &ROOT);
    with(root, "info", |info| sort(info, &INFO));
    with(root, "paths", paths);
    with(root, "components", |components| {
        sort(components, &COMPONENTS);
        with(components, "parameters", |parameters| {
            each(parameters, parameter)
        });
        with(components, "schemas", |schemas| {
            sort_by_key(schemas, |key| (key.to_lowercase(), key.to_owned()));
            each(schemas, schema);
        });
        with(components, "securitySchemes", |schemes| {
            each(schemes, |scheme| sort(scheme, &SECURITY_SCHEME))
        });
    });
}

fn with(map: &mut Map<String, Value>, key: &str, arrange: impl FnOnce(&mut Map<String, Value>)) {
    if let Some(inner) = map.get_mut(key).and_then(Value::as_object_mut) {
        arrange(inner);
    }
}

fn each(map: &mut Map<String, Value>, arrange: impl Fn(&mut Map<String, Value>)) {
    map.values_mut()
        .filter_map(Value::as_object_mut)
        .for_each(arrange);
}

fn sort_by_key<K: Ord>(map: &mut Map<String, Value>, key_of: impl Fn(&str) -> K) {
    let mut entries: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
    entries.sort_by_cached_key(|(key, _)| key_of(key));
    map.extend(entries);
}

/// Sorts known keys in their order, and extensions after them by name.
fn sort(map: &mut Map<String, Value>, order: &[&str]) {
    let rank = |key: &str| {
        order
            .iter()
            .position(|known| *known == key)
            .unwrap_or(order.len())
    };
    sort_by_key(map, |key| (rank(key), key.to_owned()));
}

/// Sorts paths without regard to the names of parameters.
pub(super) fn path_key(path: &str) -> (String, String) {
    (PathTemplate::parse(path).shape(), path.to_owned())
}

fn paths(paths: &mut Map<String, Value>) {
    sort_by_key(paths, path_key);
    each(paths, |item| {
        sort(item, &HttpMethod::ALL.map(HttpMethod::key));
        each(item, operation);
    });
}

fn operation(operation: &mut Map<String, Value>) {
    sort(operation, &OPERATION);
    let parameters = operation
        .get_mut("parameters")
        .and_then(Value::as_array_mut);
    parameters
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
        .for_each(parameter);
    with(operation, "requestBody", |body| {
        sort(body, &BODY);
        with(body, "content", content);
    });
    with(operation, "responses", |responses| {
        sort_by_key(responses, |key| (key == "default", key.to_owned()));
        each(responses, |response| {
            sort(response, &RESPONSE);
            with(response, "headers", |headers| {
                sort_by_key(headers, |key| (key.to_lowercase(), key.to_owned()));
                each(headers, parameter);
            });
            with(response, "content", content);
        });
    });
    with(
        operation,
        "x-ms-long-running-operation-options",
        |options| sort(options, &LONG_RUNNING),
    );
}

fn content(content: &mut Map<String, Value>) {
    each(content, |media_type| with(media_type, "schema", schema));
}

fn parameter(parameter: &mut Map<String, Value>) {
    sort(parameter, &PARAMETER);
    with(parameter, "schema", schema);
}

fn schema(map: &mut Map<String, Value>) {
    let is_map = !map.contains_key("properties");
    let name = |key: &str| {
        if is_map && key == "additionalProperties" {
            "map values".to_owned()
        } else {
            key.to_owned()
        }
    };
    let rank = |key: &str| {
        let name = name(key);
        SCHEMA
            .iter()
            .position(|known| *known == name)
            .unwrap_or(SCHEMA.len())
    };
    sort_by_key(map, |key| (rank(key), key.to_owned()));
    if let Some(Value::Array(mutability)) = map.get_mut("x-ms-mutability") {
        mutability.sort_by_key(|value| MUTABILITY.iter().position(|known| value == known));
    }
    with(map, "properties", |properties| each(properties, schema));
    with(map, "items", schema);
    with(map, "additionalProperties", schema);
}
