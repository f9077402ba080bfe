//! Finds all that is unsound in a document, with the place of each fault.
//!
//! The checks walk the raw tree, because a typed parse stops at the first fault and cannot say
//! where it stands.

use crate::problem::{Problem, step};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const METHODS: [&str; 6] = ["get", "put", "post", "patch", "delete", "head"];
const TYPES: [&str; 6] = ["object", "array", "string", "integer", "number", "boolean"];

/// All problems of the document, in the order of the file.
pub(super) fn check(file: &str, root: &Value) -> Vec<Problem> {
    let mut checker = Checker {
        file,
        root,
        problems: Vec::new(),
    };
    checker.object(root, "info");
    checker.references(root, &mut String::new());
    if checker.object(root, "paths").is_some() {
        checker.paths();
    }
    checker.schemas();
    checker.problems
}

struct Checker<'a> {
    file: &'a str,
    root: &'a Value,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn report(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        self.problems
            .push(Problem::new(self.file, pointer, message));
    }

    fn object(&mut self, parent: &'a Value, name: &str) -> Option<&'a Map<String, Value>> {
        let found = parent.get(name).and_then(Value::as_object);
        if found.is_none() {
            self.report(format!("/{name}"), format!("expected an object `{name}`"));
        }
        found
    }

    fn target(&self, reference: &str) -> Option<&'a Value> {
        self.root.pointer(reference.strip_prefix('#')?)
    }

    /// The value itself, or what its `$ref` leads to.
    fn follow(&self, value: &'a Value) -> Option<&'a Value> {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.target(reference),
            None => Some(value),
        }
    }

    /// `pointer` is where `value` stands, and is so again afterwards.
    fn references(&mut self, value: &'a Value, pointer: &mut String) {
        let length = pointer.len();
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    pointer.push('/');
                    pointer.push_str(&step(name));
                    match member {
                        Value::String(reference) if name == "$ref" => {
                            self.reference(reference, pointer);
                        }
                        _ => self.references(member, pointer),
                    }
                    pointer.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    self.references(item, pointer);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, reference: &str, pointer: &str) {
        if !reference.starts_with("#/") {
            let message = format!("expected a reference inside this file, found {reference:?}");
            self.report(pointer, message);
        } else if self.target(reference).is_none() {
            self.report(pointer, format!("nothing stands at {reference:?}"));
        }
    }

    fn paths(&mut self) {
        let mut seen = BTreeMap::new();
        let root = self.root;
        let paths = root.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let pointer = format!("/paths/{}", step(path));
            let shared = item.get("parameters").and_then(Value::as_array);
            for method in METHODS {
                let Some(operation) = item.get(method) else {
                    continue;
                };
                let pointer = format!("{pointer}/{method}");
                self.operation_id(operation, &pointer, &mut seen);
                self.responses(operation, &pointer);
                let own = operation.get("parameters").and_then(Value::as_array);
                let parameters = shared.into_iter().chain(own).flatten();
                self.placeholders(path, parameters, &pointer);
                self.parameters(own, &pointer);
            }
        }
    }

    fn operation_id(
        &mut self,
        operation: &'a Value,
        pointer: &str,
        seen: &mut BTreeMap<&'a str, String>,
    ) {
        let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
            self.report(pointer, "expected an `operationId`");
            return;
        };
        if let Some(first) = seen.get(id) {
            let message = format!("operation id {id:?} is taken by {first}");
            self.report(format!("{pointer}/operationId"), message);
        } else {
            seen.insert(id, pointer.to_owned());
        }
    }

    fn responses(&mut self, operation: &Value, pointer: &str) {
        let responses = operation.get("responses").and_then(Value::as_object);
        if responses.is_none_or(Map::is_empty) {
            let message = "expected an object `responses` with at least one answer";
            self.report(format!("{pointer}/responses"), message);
        }
    }

    fn placeholders(
        &mut self,
        path: &str,
        parameters: impl Iterator<Item = &'a Value>,
        pointer: &str,
    ) {
        let declared: Vec<&str> = parameters
            .filter_map(|parameter| self.follow(parameter))
            .filter(|parameter| parameter.get("in").is_some_and(|place| place == "path"))
            .filter_map(|parameter| parameter.get("name")?.as_str())
            .collect();
        let used: Vec<&str> = placeholders(path).collect();
        for name in &used {
            if !declared.contains(name) {
                let message = format!("the path has {{{name}}}, but no parameter of that name");
                self.report(format!("{pointer}/parameters"), message);
            }
        }
        for name in declared {
            if !used.contains(&name) {
                let message = format!("path parameter {name:?} has no {{{name}}} in the path");
                self.report(format!("{pointer}/parameters"), message);
            }
        }
    }

    fn parameters(&mut self, parameters: Option<&'a Vec<Value>>, pointer: &str) {
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            let pointer = format!("{pointer}/parameters/{index}");
            if parameter.get("$ref").is_some() {
                continue;
            }
            if parameter.get("name").and_then(Value::as_str).is_none() {
                self.report(&*pointer, "expected a parameter with a `name`");
            }
            let place = parameter.get("in").and_then(Value::as_str).unwrap_or("");
            if !["path", "query", "header", "cookie"].contains(&place) {
                let message = format!("expected `in` path, query or header, found {place:?}");
                self.report(format!("{pointer}/in"), message);
            }
            match parameter.get("schema") {
                Some(schema) => self.schema(schema, &format!("{pointer}/schema")),
                None => self.report(&*pointer, "expected a parameter with a `schema`"),
            }
        }
    }

    fn schemas(&mut self) {
        let root = self.root;
        let schemas = root
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        for (name, schema) in schemas.into_iter().flatten() {
            let pointer = format!("/components/schemas/{}", step(name));
            self.schema(schema, &pointer);
            self.base_cycle(name, schema, &pointer);
            self.discriminator(schema, &pointer);
        }
    }

    fn schema(&mut self, schema: &'a Value, pointer: &str) {
        if !schema.is_object() {
            self.report(pointer, "expected a schema, which is an object");
            return;
        }
        self.schema_type(schema, pointer);
        for name in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(name).filter(|inner| !inner.is_boolean()) {
                self.schema(inner, &format!("{pointer}/{name}"));
            }
        }
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            for (name, inner) in properties {
                self.schema(inner, &format!("{pointer}/properties/{}", step(name)));
            }
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            let parts = schema.get(name).and_then(Value::as_array);
            for (index, inner) in parts.into_iter().flatten().enumerate() {
                self.schema(inner, &format!("{pointer}/{name}/{index}"));
            }
        }
    }

    fn schema_type(&mut self, schema: &Value, pointer: &str) {
        match schema.get("type") {
            None => {}
            Some(Value::String(name)) if name == "array" && schema.get("items").is_none() => {
                self.report(pointer, "expected an array schema with `items`");
            }
            Some(Value::String(name)) if TYPES.contains(&name.as_str()) => {}
            Some(other) => {
                let expected = TYPES.join(", ");
                let message = format!("unknown type {other}; expected one of {expected}");
                self.report(format!("{pointer}/type"), message);
            }
        }
    }

    fn base_cycle(&mut self, name: &str, schema: &'a Value, pointer: &str) {
        let own = format!("#/components/schemas/{}", step(name));
        let mut seen: Vec<&str> = Vec::new();
        let mut waiting = bases(schema);
        while let Some(base) = waiting.pop() {
            if base == own {
                self.report(
                    format!("{pointer}/allOf"),
                    "the schema is its own base; break the circle of allOf",
                );
                return;
            }
            if !seen.contains(&base) {
                seen.push(base);
                waiting.extend(self.target(base).map(bases).unwrap_or_default());
            }
        }
    }

    fn discriminator(&mut self, schema: &'a Value, pointer: &str) {
        let Some(discriminator) = schema.get("discriminator") else {
            return;
        };
        let pointer = format!("{pointer}/discriminator");
        let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else {
            self.report(pointer, "expected a discriminator with a `propertyName`");
            return;
        };
        if !self.has_property(schema, property, 0) {
            let message = format!("the schema has no property {property:?} to tell kinds apart by");
            self.report(format!("{pointer}/propertyName"), message);
        }
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        for (kind, target) in mapping.into_iter().flatten() {
            let target = target.as_str().unwrap_or("");
            self.reference(target, &format!("{pointer}/mapping/{}", step(kind)));
        }
    }

    fn has_property(&self, schema: &'a Value, name: &str, depth: usize) -> bool {
        // A circle of bases is reported elsewhere; the bound only keeps this from following it.
        depth < 32
            && (schema
                .get("properties")
                .is_some_and(|all| all.get(name).is_some())
                || bases(schema)
                    .into_iter()
                    .filter_map(|base| self.target(base))
                    .any(|base| self.has_property(base, name, depth + 1)))
    }
}

/// The references in a schema's `allOf`.
fn bases(schema: &Value) -> Vec<&str> {
    let parts = schema.get("allOf").and_then(Value::as_array);
    parts
        .into_iter()
        .flatten()
        .filter_map(|part| part.get("$ref")?.as_str())
        .collect()
}

/// The names between braces in a path template.
fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
