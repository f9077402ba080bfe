//! Selects the descriptions of the result: those of this repository if there are any, upstream's
//! only on demand.

use super::{
    known_descriptions::{KnownDescriptions, parameter_key, parameters_of, text_of},
    origins::RESULT,
};
use crate::{
    json_pointer::JsonPointer,
    note::{Note, NoteKind},
    swagger::text::is_documentation,
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The source of descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Descriptions {
    /// Only those of the given document.
    #[default]
    Ours,
    /// Those of the Swagger files where the given document has none.
    Upstream,
}

/// Sets all descriptions of a document; notes the parts without one.
pub(super) fn describe_all(
    document: &mut Value,
    documented: Option<&Value>,
    policy: Descriptions,
) -> Vec<Note> {
    let none = Value::Null;
    let documented = documented.unwrap_or(&none);
    let mut describer = Describer {
        policy,
        known: KnownDescriptions::read(documented),
        missing: Vec::new(),
    };
    describer.info(document, documented);
    describer.tags(document, documented);
    describer.security_schemes(document, documented);
    describer.component_parameters(document, documented);
    describer.schemas(document, documented);
    describer.operations(document);
    describer.missing
}

struct Describer<'a> {
    policy: Descriptions,
    known: KnownDescriptions<'a>,
    missing: Vec<Note>,
}

impl Describer<'_> {
    /// Sets the description of an object. Returns whether it has one now.
    fn describe(&self, object: &mut Map<String, Value>, ours: Option<&str>, or: &[&str]) -> bool {
        let theirs = or
            .iter()
            .filter_map(|key| object.get(*key)?.as_str())
            .find(|text| !text.trim().is_empty())
            .filter(|_| self.policy == Descriptions::Upstream)
            .map(str::trim);
        let text = ours.or(theirs).map(str::to_owned);
        object.retain(|key, _| !matches!(key.as_str(), "description" | "title" | "summary"));
        if self.policy == Descriptions::Ours {
            object.retain(|key, _| !is_documentation(key));
        }
        let found = text.is_some();
        if let Some(text) = text {
            object.insert("description".to_owned(), Value::String(text));
        }
        found
    }

    fn note_missing(&mut self, pointer: JsonPointer, what: &str) {
        self.missing.push(Note {
            kind: NoteKind::Undocumented,
            file: RESULT.to_owned(),
            pointer,
            message: format!("this {what} has no description"),
        });
    }

    fn info(&mut self, document: &mut Value, documented: &Value) {
        let Some(info) = document.get_mut("info").and_then(Value::as_object_mut) else {
            return;
        };
        let old = documented.get("info").unwrap_or(&Value::Null);
        let provider = info
            .get("x-arm-provider")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let own_title = text_of(old, "title").map(str::to_owned);
        let title = match self.policy {
            Descriptions::Ours => own_title.or(provider),
            Descriptions::Upstream => own_title,
        };
        let title = title.map_or_else(
            || info.get("title").cloned().unwrap_or_default(),
            Value::String,
        );
        self.describe(info, text_of(old, "description"), &["description"]);
        info.insert("title".to_owned(), title);
    }

    fn tags(&mut self, document: &mut Value, documented: &Value) {
        let tags_of = |value: &'_ Value| value.get("tags").and_then(Value::as_array).cloned();
        let known = tags_of(documented).unwrap_or_default();
        let tags = document.get_mut("tags").and_then(Value::as_array_mut);
        let tags = tags.into_iter().flatten().filter_map(Value::as_object_mut);
        for tag in tags {
            let mut known = known.iter();
            let old = known.find(|old| old.get("name") == tag.get("name"));
            let ours = old.and_then(|old| text_of(old, "description"));
            // The manifest can have documentation of the tag's group instead.
            self.describe(tag, ours, &["description"]);
        }
    }

    fn security_schemes(&mut self, document: &mut Value, documented: &Value) {
        let schemes = document
            .pointer_mut("/components/securitySchemes")
            .and_then(Value::as_object_mut);
        for (name, scheme) in schemes.into_iter().flatten() {
            let old = documented
                .pointer(JsonPointer::from(["components", "securitySchemes", name]).as_str());
            let old = old.unwrap_or(&Value::Null);
            let Some(scheme) = scheme.as_object_mut() else {
                continue;
            };
            self.describe(scheme, text_of(old, "description"), &["description"]);
            let flows = scheme.get_mut("flows").and_then(Value::as_object_mut);
            for (flow, content) in flows.into_iter().flatten() {
                let scopes = content.get_mut("scopes").and_then(Value::as_object_mut);
                for (scope, text) in scopes.into_iter().flatten() {
                    let pointer = JsonPointer::from(["flows", flow, "scopes", scope]);
                    let ours = pointer.get(old).cloned();
                    let theirs = (self.policy == Descriptions::Upstream).then(|| text.take());
                    *text = ours.or(theirs).unwrap_or_else(|| json!(""));
                }
            }
        }
    }

    fn component_parameters(&mut self, document: &mut Value, documented: &Value) {
        let parameters = document
            .pointer_mut("/components/parameters")
            .and_then(Value::as_object_mut);
        for (name, parameter) in parameters.into_iter().flatten() {
            let pointer = JsonPointer::from(["components", "parameters", name]);
            let old = pointer
                .get(documented)
                .filter(|old| parameter_key(old) == parameter_key(parameter));
            let ours = old
                .and_then(|old| text_of(old, "description"))
                .or_else(|| self.known.usual(parameter));
            self.parameter(parameter, ours, pointer);
        }
    }

    fn parameter(&mut self, parameter: &mut Value, ours: Option<&str>, pointer: JsonPointer) {
        let Some(parameter) = parameter.as_object_mut() else {
            return;
        };
        let found = self.describe(parameter, ours, &["description"]);
        if let Some(schema) = parameter.get_mut("schema") {
            self.schema(schema, None, &pointer.child("schema"), false);
        }
        if !found {
            self.note_missing(pointer, "parameter");
        }
    }

    fn schemas(&mut self, document: &mut Value, documented: &Value) {
        let known = documented
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let by_lower_case: HashMap<String, &Value> = known
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.to_lowercase(), schema))
            .collect();
        let schemas = document
            .pointer_mut("/components/schemas")
            .and_then(Value::as_object_mut);
        for (name, schema) in schemas.into_iter().flatten() {
            let pointer = JsonPointer::from(["components", "schemas", name]);
            let old = pointer
                .get(documented)
                .or_else(|| by_lower_case.get(&name.to_lowercase()).copied());
            if !self.schema(schema, old, &pointer, true) {
                self.note_missing(pointer, "schema");
            }
        }
    }

    /// Sets the descriptions of a schema and its contents. Returns whether it has one.
    fn schema(
        &mut self,
        schema: &mut Value,
        old: Option<&Value>,
        pointer: &JsonPointer,
        named: bool,
    ) -> bool {
        let Some(object) = schema.as_object_mut() else {
            return false;
        };
        if let Some(reference) = object.shift_remove("$ref") {
            object.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
        }
        let ours = old.and_then(|old| text_of(old, "description"));
        let found = self.describe(object, ours, &["description", "title"]);
        self.enum_values(object);
        let below = |key: &str| old.and_then(|old| old.get(key));
        if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
            for (name, property) in properties {
                let pointer = pointer.child("properties").child(name);
                let old = below("properties").and_then(|old| old.get(name));
                if !self.schema(property, old, &pointer, false) {
                    self.note_missing(pointer, "property");
                }
            }
        }
        for key in ["items", "additionalProperties"] {
            if let Some(inner) = object.get_mut(key) {
                self.schema(inner, below(key), &pointer.child(key), false);
            }
        }
        if !named {
            unwrap_reference(object);
        }
        found
    }

    fn enum_values(&self, schema: &mut Map<String, Value>) {
        if self.policy == Descriptions::Upstream {
            return;
        }
        let values = schema
            .get_mut("x-ms-enum")
            .and_then(|extension| extension.get_mut("values"));
        for value in values.and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(value) = value.as_object_mut() {
                value.shift_remove("description");
            }
        }
    }

    fn operations(&mut self, document: &mut Value) {
        let paths = document.get_mut("paths").and_then(Value::as_object_mut);
        for (path, item) in paths.into_iter().flatten() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                if operation.is_object() {
                    let old = self.known.operation(path, method, operation);
                    let pointer = JsonPointer::from(["paths", path, method]);
                    self.operation(operation, old.unwrap_or(&Value::Null), pointer);
                }
            }
        }
    }

    fn operation(&mut self, operation: &mut Value, old: &Value, pointer: JsonPointer) {
        let Some(operation) = operation.as_object_mut() else {
            return;
        };
        let found = self.describe(
            operation,
            text_of(old, "description"),
            &["description", "summary"],
        );
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            if parameter.get("$ref").is_some() {
                continue;
            }
            let same = |old: &&Value| parameter_key(old) == parameter_key(parameter);
            let ours = parameters_of(old)
                .find(same)
                .and_then(|old| text_of(old, "description"));
            let ours = ours.or_else(|| self.known.usual(parameter));
            self.parameter(parameter, ours, pointer.child("parameters").child(index));
        }
        if let Some(body) = operation
            .get_mut("requestBody")
            .and_then(Value::as_object_mut)
        {
            let pointer = pointer.child("requestBody");
            let ours = old
                .get("requestBody")
                .and_then(|old| text_of(old, "description"));
            let found = self.describe(body, ours, &["description"]);
            self.content(body, &pointer);
            if !found {
                self.note_missing(pointer, "request body");
            }
        }
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for (code, response) in responses.into_iter().flatten() {
            let old = old
                .pointer(JsonPointer::from(["responses", code]).as_str())
                .unwrap_or(&Value::Null);
            self.response(code, response, old, &pointer.child("responses").child(code));
        }
        if !found {
            self.note_missing(pointer, "operation");
        }
    }

    fn response(&mut self, code: &str, response: &mut Value, old: &Value, pointer: &JsonPointer) {
        let Some(response) = response.as_object_mut() else {
            return;
        };
        if !self.describe(response, text_of(old, "description"), &["description"]) {
            response.insert("description".to_owned(), Value::String(usual_phrase(code)));
        }
        let headers = response.get_mut("headers").and_then(Value::as_object_mut);
        for (name, header) in headers.into_iter().flatten() {
            let ours = old.pointer(JsonPointer::from(["headers", name]).as_str());
            let ours = ours.and_then(|old| text_of(old, "description"));
            let Some(header) = header.as_object_mut() else {
                continue;
            };
            self.describe(header, ours, &["description"]);
            if let Some(schema) = header.get_mut("schema") {
                self.schema(schema, None, pointer, false);
            }
        }
        self.content(response, pointer);
    }

    fn content(&mut self, holder: &mut Map<String, Value>, pointer: &JsonPointer) {
        let content = holder.get_mut("content").and_then(Value::as_object_mut);
        for (media_type, content) in content.into_iter().flatten() {
            if let Some(schema) = content.get_mut("schema") {
                let pointer = pointer.child("content").child(media_type).child("schema");
                self.schema(schema, None, &pointer, false);
            }
        }
    }
}

fn unwrap_reference(schema: &mut Map<String, Value>) {
    if schema.len() != 1 {
        return;
    }
    let sole = match schema
        .get("allOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) => only.get("$ref").cloned(),
        _ => None,
    };
    if let Some(reference) = sole {
        schema.clear();
        schema.insert("$ref".to_owned(), reference);
    }
}

fn usual_phrase(code: &str) -> String {
    match code {
        "200" => "Success.".to_owned(),
        "201" => "Created.".to_owned(),
        "202" => "Accepted; the operation continues.".to_owned(),
        "204" => "No content to return.".to_owned(),
        "default" => "Error.".to_owned(),
        other => format!("Response with status {other}."),
    }
}
