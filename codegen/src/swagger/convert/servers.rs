//! Converts host, schemes and base path to servers.

use super::members;
use crate::swagger::read::{SourceLocation, Sources};
use serde_json::{Map, Value, json};

const PARAMETERIZED: &str = "x-ms-parameterized-host";

/// Returns the key of a file that names its servers.
pub(crate) fn server_key(root: &Value) -> &'static str {
    match root.get(PARAMETERIZED) {
        Some(_) => PARAMETERIZED,
        None => "host",
    }
}

/// Returns the servers that a file names, if it names any.
pub(crate) fn servers(sources: &mut Sources, file: usize) -> Option<Value> {
    let root = sources.root(file);
    let at = SourceLocation::root(file);
    if let Some(host) = root.get(PARAMETERIZED) {
        return parameterized(sources, &root, host, &at.child(PARAMETERIZED));
    }
    let host = root.get("host").and_then(Value::as_str)?;
    let base = root
        .get("basePath")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim_end_matches('/');
    let servers: Vec<Value> = schemes(&root)
        .into_iter()
        .map(|scheme| json!({ "url": format!("{scheme}://{host}{base}") }))
        .collect();
    Some(Value::Array(servers))
}

fn schemes(root: &Value) -> Vec<String> {
    let listed = root
        .get("schemes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let schemes: Vec<String> = listed
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    if schemes.is_empty() {
        vec!["https".to_owned()]
    } else {
        schemes
    }
}

fn parameterized(
    sources: &mut Sources,
    root: &Value,
    host: &Value,
    at: &SourceLocation,
) -> Option<Value> {
    let Some(template) = host.get("hostTemplate").and_then(Value::as_str) else {
        sources.problem(at, "expected a string at `hostTemplate`");
        return None;
    };
    let base = root
        .get("basePath")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim_end_matches('/');
    let prefixed = host.get("useSchemePrefix").is_none_or(|flag| flag != false);
    let urls = if prefixed {
        schemes(root)
            .into_iter()
            .map(|scheme| format!("{scheme}://{template}{base}"))
            .collect()
    } else {
        vec![format!("{template}{base}")]
    };
    let mut variables = Map::new();
    for parameter in sources.parameters(host.get("parameters"), &at.child("parameters")) {
        let (name, variable) = variable(sources, &parameter.value, &parameter.location);
        variables.insert(name, variable);
    }
    let mut server = Map::new();
    server.insert("variables".to_owned(), Value::Object(variables));
    for (key, value) in host.as_object().into_iter().flatten() {
        match key.as_str() {
            "hostTemplate" | "useSchemePrefix" | "parameters" => {}
            "positionInOperation" => {
                server.insert("x-ms-position-in-operation".to_owned(), value.clone());
            }
            _ => {
                if members::is_kept(sources, key, &at.child(key)) {
                    server.insert(key.clone(), value.clone());
                }
            }
        }
    }
    let server = |url: String| {
        let mut server = server.clone();
        server.shift_insert(0, "url".to_owned(), Value::String(url));
        Value::Object(server)
    };
    Some(Value::Array(urls.into_iter().map(server).collect()))
}

fn variable(
    sources: &mut Sources,
    parameter: &Map<String, Value>,
    at: &SourceLocation,
) -> (String, Value) {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let mut out = Map::new();
    // OpenAPI requires a default; an empty one means "none".
    out.insert(
        "default".to_owned(),
        json!(text("default").unwrap_or_default()),
    );
    for (key, value) in parameter {
        match key.as_str() {
            "name" | "in" | "default" | "type" | "required" => {}
            "description" => out.extend(
                sources
                    .string(value, &at.child(key))
                    .map(|text| (key.clone(), text)),
            ),
            "enum" => out.extend(
                sources
                    .strings(value, &at.child(key))
                    .map(|values| (key.clone(), values)),
            ),
            "format" | "pattern" | "minLength" | "maxLength" => {
                out.insert(format!("x-{}", key.to_ascii_lowercase()), value.clone());
            }
            _ => {
                if members::is_kept(sources, key, &at.child(key)) {
                    out.insert(key.clone(), value.clone());
                }
            }
        }
    }
    (
        text("name").unwrap_or_default().to_owned(),
        Value::Object(out),
    )
}
