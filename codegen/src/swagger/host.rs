//! Turns host, schemes, base path and security of Swagger 2.0 into what OpenAPI 3.0 has for them.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::note::NoteKind;
use super::place::Place;

/// The servers a file names, if it names any.
pub(super) fn servers(context: &mut Context, file: usize) -> Option<Value> {
    let root = context.root(file);
    let at = Place::root(file);
    if let Some(host) = root.get("x-ms-parameterized-host") {
        return parameterized(context, &root, host, &at.child("x-ms-parameterized-host"));
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

fn parameterized(context: &mut Context, root: &Value, host: &Value, at: &Place) -> Option<Value> {
    let Some(template) = host.get("hostTemplate").and_then(Value::as_str) else {
        context.problem(at, "expected a string at `hostTemplate`");
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
    for parameter in context.find_parameters(host.get("parameters"), &at.child("parameters")) {
        let (name, variable) = variable(context, &parameter.value, &parameter.place);
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
            _ => context.extension(&mut server, key, value, &at.child(key)),
        }
    }
    let server = |url: String| {
        let mut server = server.clone();
        server.shift_insert(0, "url".to_owned(), Value::String(url));
        Value::Object(server)
    };
    Some(Value::Array(urls.into_iter().map(server).collect()))
}

fn variable(context: &mut Context, parameter: &Map<String, Value>, at: &Place) -> (String, Value) {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let mut out = Map::new();
    // OpenAPI demands a default; the empty one stands for "none".
    out.insert(
        "default".to_owned(),
        json!(text("default").unwrap_or_default()),
    );
    for (key, value) in parameter {
        match key.as_str() {
            "name" | "in" | "default" | "type" | "required" => {}
            "description" => out.extend(
                context
                    .string(value, &at.child(key))
                    .map(|text| (key.clone(), text)),
            ),
            "enum" => out.extend(
                context
                    .strings(value, &at.child(key))
                    .map(|values| (key.clone(), values)),
            ),
            "format" | "pattern" | "minLength" | "maxLength" => {
                out.insert(format!("x-{}", key.to_ascii_lowercase()), value.clone());
            }
            _ => context.extension(&mut out, key, value, &at.child(key)),
        }
    }
    (
        text("name").unwrap_or_default().to_owned(),
        Value::Object(out),
    )
}

/// The security schemes a file defines.
pub(super) fn security_schemes(context: &mut Context, file: usize) -> Map<String, Value> {
    let root = context.root(file);
    let at = Place::root(file).child("securityDefinitions");
    let defined = root.get("securityDefinitions").and_then(Value::as_object);
    let mut out = Map::new();
    for (name, scheme) in defined.into_iter().flatten() {
        if let Some(converted) = security_scheme(context, scheme, &at.child(name)) {
            out.insert(name.clone(), converted);
        }
    }
    out
}

fn security_scheme(context: &mut Context, scheme: &Value, at: &Place) -> Option<Value> {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str);
    let mut out = Map::new();
    match text("type") {
        Some("basic") => {
            out.insert("type".to_owned(), json!("http"));
            out.insert("scheme".to_owned(), json!("basic"));
        }
        Some("apiKey") => {
            for key in ["type", "name", "in"] {
                let value =
                    context.string(scheme.get(key).unwrap_or(&Value::Null), &at.child(key))?;
                out.insert(key.to_owned(), value);
            }
        }
        Some("oauth2") => {
            out.insert("type".to_owned(), json!("oauth2"));
            out.insert("flows".to_owned(), flows(context, scheme, at)?);
        }
        _ => {
            context.problem(
                at,
                "expected a security scheme with `type` being basic, apiKey or oauth2",
            );
            return None;
        }
    }
    if let Some(description) = text("description") {
        out.insert("description".to_owned(), json!(description));
    }
    for (key, value) in scheme.as_object().into_iter().flatten() {
        if key.starts_with("x-") {
            context.extension(&mut out, key, value, &at.child(key));
        }
    }
    Some(Value::Object(out))
}

fn flows(context: &mut Context, scheme: &Value, at: &Place) -> Option<Value> {
    let name = match scheme.get("flow").and_then(Value::as_str) {
        Some("implicit") => "implicit",
        Some("password") => "password",
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        _ => {
            context.problem(
                &at.child("flow"),
                "expected `flow` to be implicit, password, application or accessCode",
            );
            return None;
        }
    };
    let mut flow = Map::new();
    for key in ["authorizationUrl", "tokenUrl"] {
        if let Some(url) = scheme.get(key) {
            flow.insert(key.to_owned(), context.string(url, &at.child(key))?);
        }
    }
    let scopes = scheme
        .get("scopes")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    for (scope, text) in &scopes {
        context.string(text, &at.child("scopes").child(scope))?;
    }
    flow.insert("scopes".to_owned(), Value::Object(scopes));
    Some(json!({ name: flow }))
}

/// Tells of keys at the top of a file that nothing else looks at.
pub(super) fn unknown_top_keys(context: &mut Context, file: usize) {
    const KNOWN: [&str; 17] = [
        "swagger",
        "info",
        "host",
        "basePath",
        "schemes",
        "consumes",
        "produces",
        "paths",
        "x-ms-paths",
        "definitions",
        "parameters",
        "responses",
        "security",
        "securityDefinitions",
        "tags",
        "externalDocs",
        "x-ms-parameterized-host",
    ];
    const INFO: [&str; 3] = ["title", "version", "description"];
    let root = context.root(file);
    let top = Place::root(file);
    let info = root.get("info").unwrap_or(&Value::Null);
    for (at, object, known) in [
        (&top, &*root, &KNOWN[..]),
        (&top.child("info"), info, &INFO[..]),
    ] {
        for key in object.as_object().into_iter().flatten().map(|(key, _)| key) {
            if !known.contains(&key.as_str()) {
                context.note(
                    NoteKind::NotUnderstood,
                    &at.child(key),
                    format!("`{key}` was left out"),
                );
            }
        }
    }
}
