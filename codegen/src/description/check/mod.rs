//! Finds everything that is not valid in a document, with the JSON pointer of each problem.
//!
//! The checks walk the raw tree, because a typed parser stops at the first error and does not
//! report its JSON pointer.

mod chains;
mod paths;
mod schemas;

use crate::{
    json_pointer::{JsonPointer, value_at},
    problem::{Problem, Problems},
};
use serde_json::{Map, Value};

const PARAMETERS: &str = "#/components/parameters/";
const REQUEST_BODIES: &str = "#/components/requestBodies/";
const RESPONSES: &str = "#/components/responses/";
const SCHEMAS: &str = "#/components/schemas/";

/// Returns all problems of the document.
pub(super) fn check(file: &str, root: &Value) -> Problems {
    let mut checker = Checker {
        file,
        root,
        problems: Problems::default(),
    };
    let top = JsonPointer::root();
    if let Some(info) = checker.object(root, &top, "info") {
        for name in ["title", "version"] {
            if !info.get(name).is_some_and(Value::is_string) {
                checker.report(["info"], format!("expected a string `{name}`"));
            }
        }
    }
    checker.references(root, &top);
    if let Some(paths) = checker.object(root, &top, "paths") {
        checker.paths(paths);
    }
    checker.components();
    checker.problems
}

struct Checker<'a> {
    file: &'a str,
    root: &'a Value,
    problems: Problems,
}

/// The type of value that a member may have.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Flag,
    Number,
    Count,
    List,
    Object,
    ObjectOrFlag,
}

impl<'a> Checker<'a> {
    fn report(&mut self, pointer: impl Into<JsonPointer>, message: impl Into<String>) {
        self.problems
            .push(Problem::new(self.file, pointer, message));
    }

    fn object(
        &mut self,
        parent: &'a Value,
        pointer: &JsonPointer,
        name: &str,
    ) -> Option<&'a Map<String, Value>> {
        let found = parent.get(name).and_then(Value::as_object);
        if found.is_none() {
            let message = format!("expected an object `{name}`");
            self.report(pointer.child(name), message);
        }
        found
    }

    /// Checks members that are present but have the wrong type.
    fn members(&mut self, value: &Value, members: &[(&str, Kind)], pointer: &JsonPointer) -> bool {
        let before = self.problems.0.len();
        for (name, member) in value.as_object().into_iter().flatten() {
            let Some((_, kind)) = members.iter().find(|(known, _)| known == name) else {
                continue;
            };
            let (right, expected) = match kind {
                Kind::Text => (member.is_string(), "text"),
                Kind::Flag => (member.is_boolean(), "true or false"),
                Kind::Number => (member.is_number(), "a number"),
                Kind::Count => (member.is_u64(), "a whole number that is not negative"),
                Kind::List => (member.is_array(), "a list"),
                Kind::Object => (member.is_object(), "an object"),
                Kind::ObjectOrFlag => (member.is_object() || member.is_boolean(), "an object"),
            };
            if !right {
                let message = format!("expected {expected}, found {}", shown(member));
                self.report(pointer.child(name), message);
            }
        }
        self.problems.0.len() == before
    }

    fn target(&self, reference: &str) -> Option<&'a Value> {
        value_at(self.root, reference.strip_prefix('#')?)
    }

    /// Returns the value itself, or the target of its `$ref`.
    fn follow(&self, mut value: &'a Value) -> Option<&'a Value> {
        // Cyclic references are reported where they are defined.
        for _ in 0..chains::MAX_LENGTH {
            match value.get("$ref").and_then(Value::as_str) {
                Some(reference) => value = self.target(reference)?,
                None => return Some(value),
            }
        }
        None
    }

    fn references(&mut self, value: &'a Value, pointer: &JsonPointer) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(reference) if name == "$ref" => {
                            self.reference(reference, pointer.child(name));
                        }
                        Value::Object(_) | Value::Array(_) => {
                            self.references(member, &pointer.child(name));
                        }
                        _ => {}
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.references(item, &pointer.child(index));
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, reference: &str, pointer: JsonPointer) {
        if !reference.starts_with("#/") {
            let message = format!("expected a reference inside this file, found {reference:?}");
            self.report(pointer, message);
        } else if self.target(reference).is_none() {
            self.report(
                pointer,
                format!("the target of the reference {reference:?} does not exist"),
            );
        }
    }

    /// Returns whether a value is a reference; its target must be in a section of the components.
    fn leads_to(&mut self, value: &Value, section: &str, pointer: &JsonPointer) -> bool {
        let Some(reference) = value.get("$ref") else {
            return false;
        };
        match reference.as_str() {
            None => self.report(
                pointer.child("$ref"),
                "expected a reference, which is a string",
            ),
            Some(reference) => self.leads_into(reference, section, pointer.child("$ref")),
        }
        true
    }

    /// Checks that the target of a reference is in a section of the components.
    fn leads_into(&mut self, reference: &str, section: &str, pointer: JsonPointer) {
        let name = reference.strip_prefix(section);
        if name.is_none_or(|name| name.contains('/')) && self.target(reference).is_some() {
            let message = format!("expected a reference to `{section}NAME`, found {reference:?}");
            self.report(pointer, message);
        }
    }

    fn components(&mut self) {
        let Some(components) = self.root.get("components") else {
            return;
        };
        let sections = ["parameters", "requestBodies", "responses", "schemas"];
        self.members(
            components,
            &sections.map(|name| (name, Kind::Object)),
            &["components"].into(),
        );
        for name in sections {
            let section = components.get(name).and_then(Value::as_object);
            for (key, value) in section.into_iter().flatten() {
                let pointer = JsonPointer::from(["components", name, key]);
                match name {
                    "parameters" => self.parameter(value, &pointer),
                    "requestBodies" => self.body(value, &pointer),
                    "responses" => self.response(value, &pointer),
                    _ => self.definition(key, value, &pointer),
                }
            }
            if name != "schemas" {
                self.reference_cycles(name, section);
            }
        }
        self.chains();
    }

    /// Reports references between components that form a cycle.
    fn reference_cycles(&mut self, name: &str, section: Option<&'a Map<String, Value>>) {
        for (key, value) in section.into_iter().flatten() {
            if value.get("$ref").is_some()
                && self.follow(value).is_none()
                && value["$ref"]
                    .as_str()
                    .is_some_and(|to| self.target(to).is_some())
            {
                let pointer = JsonPointer::from(["components", name, key, "$ref"]);
                self.report(
                    pointer,
                    "the reference has no value, only other references; define a value",
                );
            }
        }
    }
}

/// Returns the JSON pointer to the definition of a schema.
fn schema_pointer(name: &str) -> JsonPointer {
    JsonPointer::from(["components", "schemas", name])
}

/// Formats a value for a message: its type, or the value itself if it is short.
fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        other => other.to_string(),
    }
}
