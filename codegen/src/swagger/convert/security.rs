//! Converts security schemes.

use super::members;
use crate::swagger::read::{SourceLocation, Sources};
use serde_json::{Map, Value, json};

/// Returns the security schemes that a file defines.
pub(crate) fn security_schemes(sources: &mut Sources, file: usize) -> Map<String, Value> {
    let root = sources.root(file);
    let at = SourceLocation::root(file).child("securityDefinitions");
    let defined = root.get("securityDefinitions").and_then(Value::as_object);
    let mut out = Map::new();
    for (name, scheme) in defined.into_iter().flatten() {
        if let Some(converted) = security_scheme(sources, scheme, &at.child(name)) {
            out.insert(name.clone(), converted);
        }
    }
    out
}

fn security_scheme(sources: &mut Sources, scheme: &Value, at: &SourceLocation) -> Option<Value> {
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
                    sources.string(scheme.get(key).unwrap_or(&Value::Null), &at.child(key))?;
                out.insert(key.to_owned(), value);
            }
        }
        Some("oauth2") => {
            out.insert("type".to_owned(), json!("oauth2"));
            out.insert("flows".to_owned(), flows(sources, scheme, at)?);
        }
        _ => {
            sources.problem(
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
        if key.starts_with("x-") && members::is_kept(sources, key, &at.child(key)) {
            out.insert(key.clone(), value.clone());
        }
    }
    Some(Value::Object(out))
}

fn flows(sources: &mut Sources, scheme: &Value, at: &SourceLocation) -> Option<Value> {
    let name = match scheme.get("flow").and_then(Value::as_str) {
        Some("implicit") => "implicit",
        Some("password") => "password",
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        _ => {
            sources.problem(
                &at.child("flow"),
                "expected `flow` to be implicit, password, application or accessCode",
            );
            return None;
        }
    };
    let mut flow = Map::new();
    for key in ["authorizationUrl", "tokenUrl"] {
        if let Some(url) = scheme.get(key) {
            flow.insert(key.to_owned(), sources.string(url, &at.child(key))?);
        }
    }
    let scopes = scheme
        .get("scopes")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    for (scope, text) in &scopes {
        sources.string(text, &at.child("scopes").child(scope))?;
    }
    flow.insert("scopes".to_owned(), Value::Object(scopes));
    Some(json!({ name: flow }))
}
