//! Paths, operations and their parts.

use super::{Checker, Kind, PARAMETERS, REQUEST_BODIES, RESPONSES, SCHEMAS};
use crate::{http_method::HttpMethod, json_pointer::JsonPointer, path_template::PathTemplate};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Checker<'a> {
    pub(super) fn paths(&mut self, paths: &'a Map<String, Value>) {
        let mut seen = BTreeMap::new();
        for (path, item) in paths {
            let pointer = JsonPointer::from(["paths", path]);
            if path.starts_with("x-") {
                continue;
            }
            if !item.is_object() {
                self.report(pointer, "expected an object with the path's operations");
                continue;
            }
            self.template(path, &pointer);
            let shared = self.parameters(item, &pointer);
            for method in HttpMethod::ALL {
                let Some(operation) = item.get(method.key()) else {
                    continue;
                };
                let pointer = pointer.child(method.key());
                if !operation.is_object() {
                    self.report(pointer, "expected an operation, which is an object");
                    continue;
                }
                self.operation_id(operation, &pointer, &mut seen);
                let own = self.parameters(operation, &pointer);
                let parameters = shared.iter().chain(own);
                self.placeholders(path, parameters, &pointer);
                if let Some(body) = operation.get("requestBody") {
                    self.body(body, &pointer.child("requestBody"));
                }
                self.responses(operation, &pointer);
                self.final_state(operation, &pointer);
            }
        }
    }

    fn template(&mut self, path: &str, pointer: &JsonPointer) {
        if !path.starts_with('/') {
            self.report(pointer, "expected a path that begins with a slash");
        }
        let mut open = false;
        let balanced = path.chars().all(|letter| match letter {
            '{' => !std::mem::replace(&mut open, true),
            '}' => std::mem::replace(&mut open, false),
            _ => true,
        });
        if !balanced || open {
            self.report(pointer, "expected as many opening as closing braces");
        }
        let mut seen = BTreeSet::new();
        let template = PathTemplate::parse(path);
        for name in template.placeholders() {
            if !seen.insert(name) {
                self.report(pointer, format!("{{{name}}} appears twice in the path"));
            }
        }
    }

    fn operation_id(
        &mut self,
        operation: &'a Value,
        pointer: &JsonPointer,
        seen: &mut BTreeMap<&'a str, JsonPointer>,
    ) {
        let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
            self.report(pointer, "expected an `operationId`");
            return;
        };
        if let Some(first) = seen.get(id) {
            let message = format!("operation ID {id:?} is already used by {first}");
            self.report(pointer.child("operationId"), message);
        } else {
            seen.insert(id, pointer.clone());
        }
    }

    fn responses(&mut self, operation: &'a Value, pointer: &JsonPointer) {
        let pointer = pointer.child("responses");
        let responses = operation.get("responses").and_then(Value::as_object);
        if responses.is_none_or(Map::is_empty) {
            let message = "expected an object `responses` with at least one response";
            self.report(&pointer, message);
        }
        for (status, response) in responses.into_iter().flatten() {
            let pointer = pointer.child(status);
            let digits = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
            let range = status
                .strip_suffix("XX")
                .map(|hundreds| format!("{hundreds}00"));
            if status.starts_with("x-") {
                continue;
            }
            if status != "default" && !digits(status) && !range.is_some_and(|all| digits(&all)) {
                self.report(
                    &pointer,
                    format!("expected a status code, 2XX or default, found {status:?}"),
                );
            }
            self.response(response, &pointer);
        }
    }

    pub(super) fn response(&mut self, response: &'a Value, pointer: &JsonPointer) {
        if self.leads_to(response, RESPONSES, pointer) {
            return;
        }
        if !response.get("description").is_some_and(Value::is_string) {
            self.report(pointer, "expected a response with a `description`");
        }
        self.members(response, &[("headers", Kind::Object)], pointer);
        self.content(response, pointer);
        let headers = response.get("headers").and_then(Value::as_object);
        for (name, header) in headers.into_iter().flatten() {
            let pointer = pointer.child("headers").child(name);
            if let Some(schema) = header.get("schema") {
                self.schema(schema, &pointer.child("schema"));
            }
        }
    }

    pub(super) fn body(&mut self, body: &'a Value, pointer: &JsonPointer) {
        if self.leads_to(body, REQUEST_BODIES, pointer) {
            return;
        }
        if body
            .get("content")
            .and_then(Value::as_object)
            .is_none_or(Map::is_empty)
        {
            self.report(pointer, "expected a request body with `content`");
            return;
        }
        self.members(body, &[("required", Kind::Flag)], pointer);
        self.content(body, pointer);
    }

    fn content(&mut self, owner: &'a Value, pointer: &JsonPointer) {
        self.members(owner, &[("content", Kind::Object)], pointer);
        let content = owner.get("content").and_then(Value::as_object);
        for (name, media) in content.into_iter().flatten() {
            if let Some(schema) = media.get("schema") {
                let pointer = pointer.child("content").child(name).child("schema");
                self.schema(schema, &pointer);
            }
        }
    }

    fn final_state(&mut self, operation: &'a Value, pointer: &JsonPointer) {
        let options = operation.get("x-ms-long-running-operation-options");
        let Some(schema) = options.and_then(|options| options.get("final-state-schema")) else {
            return;
        };
        let pointer = pointer
            .child("x-ms-long-running-operation-options")
            .child("final-state-schema");
        let reference = schema.as_str().unwrap_or("");
        self.reference(reference, pointer.clone());
        self.leads_into(reference, SCHEMAS, pointer);
    }

    fn placeholders<'b>(
        &mut self,
        path: &str,
        parameters: impl Iterator<Item = &'a Value> + 'b,
        pointer: &JsonPointer,
    ) where
        'a: 'b,
    {
        let declared: BTreeSet<&str> = parameters
            .filter_map(|parameter| self.follow(parameter))
            .filter(|parameter| parameter.get("in").is_some_and(|place| place == "path"))
            .filter_map(|parameter| parameter.get("name")?.as_str())
            .collect();
        let template = PathTemplate::parse(path);
        let used: Vec<&str> = template.placeholders().collect();
        for name in &used {
            if !declared.contains(name) {
                let message = format!("the path has {{{name}}}, but no parameter of that name");
                self.report(pointer.child("parameters"), message);
            }
        }
        for name in declared {
            if !used.contains(&name) {
                let message = format!("path parameter {name:?} has no {{{name}}} in the path");
                self.report(pointer.child("parameters"), message);
            }
        }
    }

    /// Checks the parameters of a path or operation and returns them.
    fn parameters(&mut self, owner: &'a Value, pointer: &JsonPointer) -> &'a [Value] {
        self.members(owner, &[("parameters", Kind::List)], pointer);
        let all = owner.get("parameters").and_then(Value::as_array);
        let all = all.map_or(&[][..], Vec::as_slice);
        for (index, parameter) in all.iter().enumerate() {
            self.parameter(parameter, &pointer.child("parameters").child(index));
        }
        all
    }

    pub(super) fn parameter(&mut self, parameter: &'a Value, pointer: &JsonPointer) {
        if self.leads_to(parameter, PARAMETERS, pointer) {
            return;
        }
        if parameter.get("name").and_then(Value::as_str).is_none() {
            self.report(pointer, "expected a parameter with a `name`");
        }
        let place = parameter.get("in").and_then(Value::as_str).unwrap_or("");
        if !["path", "query", "header"].contains(&place) {
            let message = format!("expected `in` path, query or header, found {place:?}");
            self.report(pointer.child("in"), message);
        }
        let members = [("required", Kind::Flag), ("explode", Kind::Flag)];
        self.members(parameter, &members, pointer);
        match parameter.get("schema") {
            Some(schema) => self.schema(schema, &pointer.child("schema")),
            None => self.report(pointer, "expected a parameter with a `schema`"),
        }
    }
}
