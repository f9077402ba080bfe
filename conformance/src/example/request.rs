//! The request of an example.

use super::{Builder, constant, plain};
use crate::{
    finding::{Finding, Part},
    json_schema::Direction,
    specification::{Located, percent_decode},
};
use serde_json::Value;

const API_VERSION: &str = "api-version";

impl Builder<'_, '_> {
    /// Reads the whole request.
    pub(super) fn read_request(&mut self) {
        self.request.method = self.operation.method.to_uppercase();
        self.read_path();
        self.read_query_and_headers();
        self.read_body();
        self.case.body.clone_from(&self.request.body);
        self.note_unknown_parameters();
    }

    fn read_path(&mut self) {
        let base = self.operation.root.text("basePath").unwrap_or_default();
        let key = self.operation.path;
        let (path, query) = key.split_once('?').unwrap_or((key, ""));
        let mut path_segments: Vec<String> = segments(base).map(str::to_owned).collect();
        for segment in segments(path) {
            let (text, is_raw) = self.fill(segment);
            if is_raw {
                path_segments.extend(segments(&text).map(percent_decode));
            } else {
                path_segments.push(text);
            }
        }
        let mut template = segments(base).chain(segments(path));
        if template.next() == Some("subscriptions")
            && template
                .next()
                .is_some_and(|segment| segment.starts_with('{'))
        {
            self.case.subscription = self.case.path.first().map(plain);
        }
        self.request.path = path_segments;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            self.read_fixed_query(pair);
        }
    }

    /// Returns a segment with its placeholders filled, and whether it may contain slashes.
    fn fill(&mut self, segment: &str) -> (String, bool) {
        let mut text = String::new();
        let mut rest = segment;
        let mut is_raw = false;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let (value, raw) = self.placeholder(name);
            text.push_str(before);
            text.push_str(&value);
            is_raw |= raw;
            rest = after;
        }
        text.push_str(rest);
        (text, is_raw)
    }

    /// Returns the value of a placeholder, and whether it is inserted without encoding.
    fn placeholder(&mut self, name: &str) -> (String, bool) {
        let mut all = self.operation.parameters.iter();
        let found = all.find(|p| p.text("in") == Some("path") && p.text("name") == Some(name));
        let Some(parameter) = found.copied() else {
            let value = self.parameters.get(name).cloned().unwrap_or_default();
            self.case.path.push(value.clone());
            return (plain(&value), false);
        };
        let value = self.value(parameter, "path");
        let value = value.or_else(|| constant(parameter)).unwrap_or_default();
        self.case.path.push(value.clone());
        (plain(&value), parameter.flag("x-ms-skip-url-encoding"))
    }

    /// Reads a query pair that is written in the key of the path.
    fn read_fixed_query(&mut self, pair: &str) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let placeholder = value
            .strip_prefix('{')
            .and_then(|value| value.strip_suffix('}'));
        let text = match placeholder {
            Some(placeholder) => {
                let (text, _) = self.placeholder(placeholder);
                // It is in the query, whatever location the description gives for it.
                let value = self.case.path.pop().unwrap_or_default();
                self.case.query.insert(name.to_owned(), value);
                text
            }
            None => value.to_owned(),
        };
        self.request.query.push((name.to_owned(), text));
    }

    fn read_query_and_headers(&mut self) {
        for parameter in self.operation.parameters.clone() {
            let name = parameter.text("name").unwrap_or_default().to_owned();
            match parameter.text("in") {
                Some("query") => self.read_query(parameter, name),
                Some("header") => self.read_header(parameter, name),
                _ => {}
            }
        }
        if self.is_declared(API_VERSION) && !self.has_query(API_VERSION) {
            let version = (API_VERSION.to_owned(), self.version());
            self.request.query.push(version);
        }
    }

    fn is_declared(&self, query: &str) -> bool {
        let mut all = self.operation.parameters.iter();
        all.any(|own| own.text("in") == Some("query") && own.text("name") == Some(query))
    }

    fn has_query(&self, name: &str) -> bool {
        self.request.query.iter().any(|(known, _)| known == name)
    }

    fn read_header(&mut self, parameter: Located<'_>, name: String) {
        if let Some(value) = self.sent(parameter, "header") {
            let text = texts(&value).join(separator(parameter).unwrap_or(","));
            self.request.headers.push((name.to_lowercase(), text));
            self.case.header.insert(name, value);
        }
    }

    fn read_query(&mut self, parameter: Located<'_>, name: String) {
        if name != API_VERSION && self.has_query(&name) {
            return;
        }
        let Some(value) = self.sent(parameter, "query") else {
            return;
        };
        if name == API_VERSION {
            self.read_version(parameter, &value);
            return;
        }
        let mut texts = texts(&value);
        if texts.is_empty() {
            texts.push(String::new());
        }
        match separator(parameter) {
            Some(separator) => {
                let text = texts.join(separator);
                self.request.query.push((name.clone(), text));
            }
            None => {
                let all = texts.into_iter().map(|text| (name.clone(), text));
                self.request.query.extend(all);
            }
        }
        self.case.query.insert(name, value);
    }

    fn read_version(&mut self, parameter: Located<'_>, value: &Value) {
        let own = plain(value);
        let version = constant(parameter).map_or_else(|| self.version(), |own| plain(&own));
        if own != version {
            let message = format!("the example has {own}, the description {version}");
            let part = Part::Parameter("query", API_VERSION.to_owned());
            self.contradict(Finding::new(part, message).harmless());
        }
        self.request.query.push((API_VERSION.to_owned(), own));
    }

    /// Returns the value that the request must have: the example's, or the only allowed value.
    fn sent(&mut self, parameter: Located<'_>, location: &'static str) -> Option<Value> {
        let value = self.value(parameter, location);
        value.or_else(|| constant(parameter).filter(|_| parameter.flag("required")))
    }

    fn version(&self) -> String {
        let info = self.operation.root.get("info");
        let version = info.and_then(|info| info.text("version"));
        version.unwrap_or_default().to_owned()
    }

    fn read_body(&mut self) {
        let mut all = self.operation.parameters.iter();
        let Some(body) = all.find(|p| p.text("in") == Some("body")).copied() else {
            return;
        };
        let name = body.text("name").unwrap_or_default();
        let value = self.parameters.get(name).filter(|value| !value.is_null());
        let value = value.cloned().or_else(|| self.misnamed_body(name));
        match &value {
            Some(value) => {
                if let Some(schema) = body.get("schema") {
                    self.check(Part::Body, schema, Direction::Request, value);
                }
            }
            None if body.flag("required") => {
                let finding = Finding::new(Part::Body, "required, but the example has none");
                self.contradict(finding);
            }
            None => {}
        }
        self.request.body = value;
        let consumes = self.operation.node.get("consumes");
        let consumes = consumes.or(self.operation.root.get("consumes"));
        let types = consumes.and_then(|consumes| consumes.value.as_array());
        let types = types.into_iter().flatten().filter_map(Value::as_str);
        self.request.content_types = types.map(str::to_owned).collect();
    }

    /// Returns the only object or list in the example whose name is that of no other parameter.
    fn misnamed_body(&mut self, name: &str) -> Option<Value> {
        let is_declared = |other: &str| {
            let mut all = self.operation.parameters.iter();
            all.any(|p| p.text("name") == Some(other) && p.text("in") != Some("body"))
        };
        let all = self.parameters.iter();
        let mut others = all.filter(|(other, value)| is_structured(value) && !is_declared(other));
        let (Some((other, only)), None) = (others.next(), others.next()) else {
            return None;
        };
        let only = only.clone();
        let message = format!("the example calls it {other:?}, the description {name:?}");
        self.contradict(Finding::new(Part::Body, message).harmless());
        Some(only)
    }

    fn note_unknown_parameters(&mut self) {
        let all = self.operation.parameters.iter();
        let names = all.flat_map(|p| [p.text("name"), p.text("x-ms-client-name")]);
        let known: Vec<String> = names.flatten().map(str::to_lowercase).collect();
        let has_body = self.request.body.is_some();
        let unknown: Vec<String> = self
            .parameters
            .iter()
            .filter(|(name, value)| {
                let is_body = has_body && is_structured(value);
                !known.contains(&name.to_lowercase()) && !is_body && *name != API_VERSION
            })
            .map(|(name, _)| name.clone())
            .collect();
        for name in unknown {
            let part = Part::Parameter("unknown", name);
            self.contradict(Finding::new(part, "the operation has no such parameter").harmless());
        }
    }
}

/// Returns the separator of list elements in the query; `None` if each element is a parameter.
fn separator(parameter: Located<'_>) -> Option<&'static str> {
    match parameter.text("collectionFormat") {
        Some("multi") => None,
        Some("ssv") => Some(" "),
        Some("tsv") => Some("\t"),
        Some("pipes") => Some("|"),
        _ => Some(","),
    }
}

fn is_structured(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Converts a value, or each element of a list, to text.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        other => vec![plain(other)],
    }
}
