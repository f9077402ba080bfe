//! Arguments for operations, and the requests that must result from them.

use crate::{
    calls::Sample,
    compare,
    description::Description,
    documents::{Maker, Style},
    operations::{Operation, Parameter},
    rules,
    server::Recorded,
    shape::Shape,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const API_VERSION: &str = "api-version";

/// The arguments of an operation.
#[derive(Clone, Debug)]
pub struct Given {
    /// Values by the names of parameters on the wire.
    pub values: BTreeMap<String, Value>,
    /// The body.
    pub body: Option<Value>,
}

impl Given {
    /// Returns random values that follow all rules, for all parameters or only for the required
    /// ones.
    pub fn random(
        description: &Description,
        operation: &Operation<'_>,
        seed: &str,
        all: bool,
    ) -> Self {
        let style = if all { Style::SOME } else { Style::SPARSE };
        let mut maker = Maker::new(description, seed, style);
        let mut values = BTreeMap::new();
        for parameter in own(operation).filter(|own| all || own.required) {
            let mut value = maker.value(parameter.schema);
            if let ("path", Some(text)) = (parameter.place, value.as_str())
                && is_structure(text)
            {
                value = json!("name/?%20 #&=+ä");
            }
            if parameter.place == "header" {
                value = json!("plain text");
            }
            values.insert(parameter.name.to_owned(), value);
        }
        let body = operation.body.filter(|(_, needed)| all || *needed);
        let body = body.map(|(schema, _)| maker.value(schema));
        Self { values, body }
    }

    /// Returns the same values for the generated calls.
    pub fn sample(&self, operation: &Operation<'_>) -> Sample {
        let names = own(operation).map(|parameter| parameter.client_name);
        let placeholders = placeholders(operation.path).map(|name| {
            let mut all = own(operation).filter(|own| own.place == "path");
            let own = all.find(|own| own.name == name);
            own.map_or(name, |own| own.client_name)
        });
        let mut sample = Sample::new(names, placeholders);
        for parameter in own(operation) {
            if let Some(value) = self.values.get(parameter.name) {
                sample.set(parameter.client_name, value.clone());
            }
        }
        sample.set_body(self.body.clone());
        sample
    }
}

/// Returns the parameters that callers pass.
pub fn own<'o, 'a>(operation: &'o Operation<'a>) -> impl Iterator<Item = &'o Parameter<'a>> {
    let all = operation.parameters.iter();
    all.filter(|parameter| parameter.name != API_VERSION)
}

fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| part.split('}').next())
}

/// Returns whether a name would change the structure of a path.
pub fn is_structure(name: &str) -> bool {
    matches!(name, "" | "." | "..")
}

/// Returns everything that is wrong with a request.
pub fn problems(
    description: &Description,
    operation: &Operation<'_>,
    given: &Given,
    request: &Recorded,
) -> Vec<String> {
    let mut problems = Vec::new();
    if request.method != operation.method {
        problems.push(format!(
            "{} instead of {}",
            request.method, operation.method
        ));
    }
    problems.extend(path(operation, given, request).err());
    problems.extend(query(description, operation, given, request));
    for parameter in own(operation).filter(|own| own.place == "header") {
        let wanted = given.values.get(parameter.name).map(written);
        if request.header(parameter.name) != wanted.as_deref() {
            problems.push(format!("header {}", parameter.name));
        }
    }
    if request.header("accept") != Some("application/json") {
        problems.push(format!("accepts {:?}", request.header("accept")));
    }
    problems.extend(body(description, operation, given, request));
    problems
}

fn path(operation: &Operation<'_>, given: &Given, request: &Recorded) -> Result<(), String> {
    let template: Vec<&str> = operation.path.split('/').collect();
    let segments: Vec<&str> = request.path().split('/').collect();
    if template.len() != segments.len() {
        return Err(format!("{} is not {}", request.path(), operation.path));
    }
    for (wanted, segment) in template.into_iter().zip(segments) {
        let name = wanted
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        let same = match name {
            Some(name) => {
                let value = given.values.get(name).map(written);
                value.is_some() && decoded(segment) == value
            }
            None => segment == wanted,
        };
        if !same {
            return Err(format!(
                "the path segment {segment} is not the value for {wanted}"
            ));
        }
    }
    Ok(())
}

fn query(
    description: &Description,
    operation: &Operation<'_>,
    given: &Given,
    request: &Recorded,
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for pair in request.query().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name).unwrap_or_default();
        found.entry(name).or_default().push(value);
    }
    let version = found.remove(API_VERSION);
    if version != Some(vec![description.version]) {
        problems.push(format!("api-version {version:?}"));
    }
    for parameter in own(operation).filter(|own| own.place == "query") {
        let raw = found.remove(parameter.name);
        let wanted = given.values.get(parameter.name);
        let got = raw.and_then(|raw| values(description, parameter, &raw));
        if got != wanted.map(texts) {
            problems.push(format!("{}: {got:?} instead of {wanted:?}", parameter.name));
        }
        if let Some(value) = wanted {
            problems.extend(rules::problems(description, parameter.schema, value));
        }
    }
    problems.extend(
        found
            .keys()
            .map(|name| format!("unknown {name} in the query")),
    );
    problems
}

/// Returns the values in the query, decoded; `None` if the parameter is repeated although it must
/// not be.
fn values(
    description: &Description,
    parameter: &Parameter<'_>,
    raw: &[&str],
) -> Option<Vec<String>> {
    let list = matches!(description.shape(parameter.schema), Shape::List(_));
    match (list, raw) {
        (true, all) if parameter.explode => all.iter().map(|one| decoded(one)).collect(),
        (true, [one]) => one.split(',').map(decoded).collect(),
        (false, [one]) => decoded(one).map(|one| vec![one]),
        _ => None,
    }
}

/// Returns the form of values in a request; a list without items is an empty value.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) if all.is_empty() => vec![String::new()],
        Value::Array(all) => all.iter().map(written).collect(),
        other => vec![written(other)],
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn body(
    description: &Description,
    operation: &Operation<'_>,
    given: &Given,
    request: &Recorded,
) -> Vec<String> {
    let content_type = request.header("content-type");
    let (Some((schema, _)), Some(sent)) = (operation.body, &given.body) else {
        let none = request.body.is_empty() && content_type.is_none();
        let problem = format!("has a body of type {content_type:?}");
        return if none { Vec::new() } else { vec![problem] };
    };
    let Ok(got) = serde_json::from_slice(&request.body) else {
        return vec!["the body is not JSON".to_owned()];
    };
    let mut problems = rules::problems(description, schema, &got);
    problems.extend(compare::difference_by(description, schema, sent, &got));
    if content_type != Some("application/json") {
        problems.push(format!("content type {content_type:?}"));
    }
    problems
}

/// Decodes percent-encoding; `None` if a character that must be encoded is not.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else if byte.is_ascii_alphanumeric() || b"-._~$".contains(&byte) {
            bytes.push(byte);
        } else {
            return None;
        }
    }
    String::from_utf8(bytes).ok()
}
