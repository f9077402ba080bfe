//! Finds parts of a description for which no code is generated.
//!
//! The document is valid. Each note says what happens instead, so that nothing is dropped silently.
//! If the generator supports something new, its note here must be removed.

use crate::{
    http_method::HttpMethod,
    json_pointer::JsonPointer,
    note::{Note, NoteKind},
};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Returns notes on everything for which no code is generated.
pub(super) fn notes(file: &str, root: &Value, left_out: &HashSet<JsonPointer>) -> Vec<Note> {
    let mut finder = Finder {
        file,
        left_out,
        server_host: root
            .pointer("/servers/0/url")
            .and_then(Value::as_str)
            .map(host),
        notes: Vec::new(),
    };
    let top = JsonPointer::root();
    for (path, item, here) in members(root, "paths", &top) {
        finder.path_item(path, item, &here);
    }
    if let Some(components) = root.get("components") {
        finder.components(components, &top.child("components"));
    }
    finder.notes
}

/// Returns the scheme and the host of a URL.
fn host(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let host = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{host}")
}

/// The body of a request or of a response.
#[derive(Clone, Copy)]
enum BodyKind {
    Request,
    Response,
}

struct Finder<'a> {
    file: &'a str,
    left_out: &'a HashSet<JsonPointer>,
    /// Scheme and host of the document's server.
    server_host: Option<String>,
    notes: Vec<Note>,
}

/// Iterates over the members of an object that is a member of a value, with their pointers.
fn members<'a>(
    value: &'a Value,
    name: &str,
    pointer: &JsonPointer,
) -> impl Iterator<Item = (&'a str, &'a Value, JsonPointer)> {
    let here = pointer.child(name);
    let members = value.get(name).and_then(Value::as_object);
    members
        .into_iter()
        .flatten()
        .map(move |(key, member)| (key.as_str(), member, here.child(key)))
}

fn parameters<'a>(
    owner: &'a Value,
    pointer: &JsonPointer,
) -> impl Iterator<Item = (&'a Value, JsonPointer)> {
    let here = pointer.child("parameters");
    let list = owner.get("parameters").and_then(Value::as_array);
    let list = list.into_iter().flatten().enumerate();
    list.map(move |(index, parameter)| (parameter, here.child(index)))
}

impl Finder<'_> {
    fn note(&mut self, pointer: JsonPointer, message: impl Into<String>) {
        self.notes.push(Note {
            kind: NoteKind::NotSupported,
            file: self.file.to_owned(),
            pointer,
            message: message.into(),
        });
    }

    fn path_item(&mut self, path: &str, item: &Value, here: &JsonPointer) {
        if path.starts_with("x-") {
            return;
        }
        for (parameter, here) in parameters(item, here) {
            self.parameter(parameter, &here);
        }
        for method in HttpMethod::ALL {
            let Some(operation) = item.get(method.key()) else {
                continue;
            };
            let here = here.child(method.key());
            if self.left_out.contains(&here) {
                let message = "models are neither written as XML nor read from it; the operation \
                               is left out";
                self.note(here, message);
            } else if HttpMethod::GENERATED.contains(&method) {
                self.operation(operation, &here);
            } else {
                let message = format!(
                    "no code is generated for {method}: `azure_core` has no such method; send the \
                     request with another HTTP client"
                );
                self.note(here, message);
            }
        }
    }

    fn operation(&mut self, operation: &Value, here: &JsonPointer) {
        for (parameter, here) in parameters(operation, here) {
            self.parameter(parameter, &here);
        }
        if let Some(body) = operation.get("requestBody") {
            self.content(body, &here.child("requestBody"), BodyKind::Request);
        }
        for (status, response, here) in members(operation, "responses", here) {
            if status.ends_with("XX") && status.starts_with(['2', '3']) {
                let message =
                    "only single status codes are supported; list those that the service returns";
                self.note(here.clone(), message);
            }
            // Errors are read in the form of Resource Manager's, whatever the description says.
            if status.starts_with(['2', '3']) {
                self.response(response, &here);
            }
        }
        if operation.get("callbacks").is_some() {
            let message = "requests from the service to the client are not supported";
            self.note(here.child("callbacks"), message);
        }
        self.servers(operation, here);
    }

    /// Servers of an operation that are at another host than those of the document.
    fn servers(&mut self, operation: &Value, here: &JsonPointer) {
        let url = |owner: &Value| owner.pointer("/servers/0/url")?.as_str().map(host);
        if let (Some(own), others) = (url(operation), self.server_host.clone())
            && others != Some(own.clone())
        {
            let message = format!(
                "requests go to the client's endpoint, whatever it is, and not to {own}; use another \
                 client for this operation if its host differs"
            );
            self.note(here.child("servers"), message);
        }
    }

    fn parameter(&mut self, parameter: &Value, here: &JsonPointer) {
        let text = |name: &str| parameter.get(name).and_then(Value::as_str);
        let is_repeated = text("x-collection-format") == Some("multi");
        if is_repeated && text("in") != Some("query") {
            let message = "lists outside of the query are joined by commas, not repeated";
            self.note(here.child("x-collection-format"), message);
        }
        if text("style") == Some("deepObject") {
            self.note(here.child("style"), "objects are not sent as parameters");
        }
        self.schema_of(parameter, here);
    }

    fn response(&mut self, response: &Value, here: &JsonPointer) {
        self.content(response, here, BodyKind::Response);
        for (_, header, here) in members(response, "headers", here) {
            if header.get("schema").is_none() {
                self.note(
                    here.clone(),
                    "only headers with an inline `schema` are read",
                );
            }
            if header.get("x-collection-format").is_some() {
                let message = "lists in headers are separated by commas";
                self.note(here.child("x-collection-format"), message);
            }
            self.schema_of(header, &here);
        }
        if response.get("links").is_some() {
            self.note(
                here.child("links"),
                "links between operations are not followed",
            );
        }
    }

    fn content(&mut self, owner: &Value, here: &JsonPointer, kind: BodyKind) {
        let content: Vec<_> = members(owner, "content", here).collect();
        let names: Vec<&str> = content.iter().map(|(name, ..)| *name).collect();
        let is_response = matches!(kind, BodyKind::Response);
        if is_response && names.len() > 1 && !names.iter().all(|name| name.contains("json")) {
            let names = names.join(", ");
            let message = format!("bodies are requested as one of {names}, JSON if possible");
            self.note(here.child("content"), message);
        }
        for (name, media_type, here) in content {
            let format = media_type.pointer("/schema/format");
            if name.contains("xml") && format != Some(&"binary".into()) {
                let message = match kind {
                    BodyKind::Request => "models are not written as XML, but as JSON",
                    BodyKind::Response => "models are not read from XML, but from JSON",
                };
                self.note(here.clone(), message);
            }
            self.schema_of(media_type, &here);
        }
    }

    fn components(&mut self, components: &Value, here: &JsonPointer) {
        for (_, parameter, here) in members(components, "parameters", here) {
            self.parameter(parameter, &here);
        }
        for (_, body, here) in members(components, "requestBodies", here) {
            self.content(body, &here, BodyKind::Request);
        }
        for (_, response, here) in members(components, "responses", here) {
            self.response(response, &here);
        }
        for (_, schema, here) in members(components, "schemas", here) {
            self.schema(schema, &here);
        }
        for (_, scheme, here) in members(components, "securitySchemes", here) {
            let kind = scheme.get("type").and_then(Value::as_str);
            if let Some(kind) = kind.filter(|kind| matches!(*kind, "apiKey" | "http")) {
                let name = scheme.get("name").and_then(Value::as_str);
                let name = name.unwrap_or("Authorization");
                let message = format!(
                    "no {kind} credential is sent; make the client with `without_credential`, and add \
                     `{name}` with a policy in `ClientOptions::per_call_policies`"
                );
                self.note(here, message);
            }
        }
    }

    fn schema_of(&mut self, owner: &Value, here: &JsonPointer) {
        if let Some(schema) = owner.get("schema") {
            self.schema(schema, &here.child("schema"));
        }
    }

    fn schema(&mut self, schema: &Value, here: &JsonPointer) {
        let Value::Object(keywords) = schema else {
            return;
        };
        for name in ["oneOf", "anyOf", "not"] {
            if keywords.contains_key(name) {
                let message = "any value is accepted; use `allOf` with a discriminator for choices";
                self.note(here.child(name), message);
            }
        }
        self.inner_schemas(schema, keywords, here);
    }

    fn inner_schemas(&mut self, schema: &Value, keywords: &Map<String, Value>, here: &JsonPointer) {
        for name in ["items", "additionalProperties"] {
            if let Some(inner) = keywords.get(name) {
                self.schema(inner, &here.child(name));
            }
        }
        for (_, property, here) in members(schema, "properties", here) {
            self.schema(property, &here);
        }
        let parts = keywords.get("allOf").and_then(Value::as_array);
        for (index, part) in parts.into_iter().flatten().enumerate() {
            self.schema(part, &here.child("allOf").child(index));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESCRIPTION: &str = "openapi: 3.0.3
info: {title: Small, version: v1}
paths:
  /xml:
    get:
      operationId: Things_Xml
      responses: {'200': {description: Found., content: {application/xml: {schema: {type: object}}}}}
    put:
      operationId: Things_XmlFile
      requestBody: {content: {application/xml: {schema: {type: string, format: binary}}}}
      responses: {'200': {description: Fine.}}
    post:
      operationId: Things_XmlOrJson
      requestBody: {content: {application/xml: {schema: {type: object}}, application/json: {schema: {type: object}}}}
      responses: {'200': {description: Fine.}}
  /things:
    options: {operationId: Things_Options, responses: {'200': {description: Fine.}}}
    get:
      operationId: Things_List
      parameters:
        - {name: ids, in: header, schema: {type: array, items: {type: string}}, x-collection-format: multi}
        - {name: filter, in: query, style: deepObject, schema: {type: object}}
      x-ms-pageable: {nextLinkName: nextLink, operationName: Things_ListNext}
      responses:
        '200':
          description: Found.
          content: {application/json: {schema: {oneOf: [{type: string}]}}, application/xml: {}}
          headers: {ids: {schema: {type: array, items: {type: string}}, x-collection-format: pipes}}
          links: {}
        2XX: {description: Fine.}
        default: {description: Error., content: {application/xml: {}}}
    post:
      operationId: Things_Add
      callbacks: {}
      requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
      responses: {'200': {description: Fine.}}
components:
  schemas:
    Thing: {type: object, properties: {size: {anyOf: [{type: string}]}, parts: {type: array, items: {not: {type: string}}}}}
  securitySchemes:
    key: {type: apiKey, name: key, in: header}
    token: {type: oauth2, flows: {}}
";

    #[test]
    fn everything_without_code_is_noted() {
        let description = crate::description::read("a.yaml", DESCRIPTION).unwrap();
        let notes: Vec<String> = description.notes.iter().map(Note::to_string).collect();
        insta::assert_snapshot!(notes.join("\n"));
    }
}
