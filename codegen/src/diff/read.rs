//! Reads an OpenAPI 3.0 document into plain data.

use std::collections::BTreeMap;

use serde_json::Value;

use super::api::{
    Api, Body, Discriminator, Element, Enum, Limits, Model, Operation, Pages, Parameter, Property,
    Response, Type, UNTOLD, key_of,
};
use crate::swagger::{capitalize, pascal};

const METHODS: [&str; 8] = [
    "get", "head", "put", "patch", "post", "delete", "options", "trace",
];
const LIMITS: [&str; 12] = [
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];
/// Chains of references longer than this are taken for loops.
const MAX_DEPTH: usize = 64;

/// Reads a document whose references are known to lead somewhere.
pub(super) fn read(document: &Value) -> Api {
    let mut reader = Reader {
        document,
        api: Api::default(),
    };
    reader.schemas();
    reader.operations();
    reader.api
}

struct Reader<'a> {
    document: &'a Value,
    api: Api,
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).is_some_and(|flag| flag == true)
}

fn entries<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value
        .get(key)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// A schema name as it is in Rust, so that a difference in the first letter is none.
fn schema_name(reference: &str) -> String {
    capitalize(reference.rsplit('/').next().unwrap_or_default())
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn limits(schema: &Value) -> Limits {
    let limit = |key: &&str| Some(((*key).to_owned(), plain(schema.get(*key)?)));
    LIMITS.iter().filter_map(limit).collect()
}

impl<'a> Reader<'a> {
    /// Follows `$ref`s.
    fn resolve(&self, mut value: &'a Value) -> &'a Value {
        for _ in 0..MAX_DEPTH {
            let target = value
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix('#'));
            match target.and_then(|target| self.document.pointer(target)) {
                Some(next) => value = next,
                None => return value,
            }
        }
        &Value::Null
    }

    fn schemas(&mut self) {
        let document = self.document;
        let Some(components) = document.get("components") else {
            return;
        };
        for (name, schema) in entries(components, "schemas") {
            let name = capitalize(name);
            match self.role(schema) {
                Role::Enum => {
                    let found = self.enumeration(schema);
                    self.api.enums.insert(name, found);
                }
                Role::Model => self.model(name, schema),
                Role::Alias => {}
            }
        }
    }

    fn role(&self, schema: &Value) -> Role {
        let is_object = schema.get("type").is_some_and(|kind| kind == "object");
        let has_shape = schema.get("properties").is_some() || schema.get("discriminator").is_some();
        if schema.get("enum").is_some() {
            Role::Enum
        } else if has_shape
            || (is_object
                && (schema.get("allOf").is_some() || schema.get("additionalProperties").is_none()))
        {
            Role::Model
        } else {
            Role::Alias
        }
    }

    fn enumeration(&self, schema: &'a Value) -> Enum {
        let extension = schema.get("x-ms-enum").unwrap_or(&Value::Null);
        let name_of = |value: &Value| {
            let entry =
                items(extension, "values").find(|entry| entry.get("value") == Some(value))?;
            text(entry, "name")
        };
        Enum {
            base: scalar(schema),
            values: items(schema, "enum")
                .map(|value| (plain(value), name_of(value)))
                .collect(),
            open: flag(extension, "modelAsString"),
        }
    }

    fn model(&mut self, name: String, schema: &'a Value) {
        let mut model = Model::default();
        self.add_to_model(&mut model, schema, &name, 0);
        if let Some(discriminator) = schema.get("discriminator") {
            model.discriminator = Some(Discriminator {
                property: text(discriminator, "propertyName").unwrap_or_default(),
                subtypes: entries(discriminator, "mapping")
                    .filter_map(|(value, target)| {
                        Some((value.clone(), schema_name(target.as_str()?)))
                    })
                    .collect(),
            });
        }
        self.api.models.insert(name, model);
    }

    /// Bases come first, so that what is nearer replaces what is farther.
    fn add_to_model(&mut self, model: &mut Model, schema: &'a Value, name: &str, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for base in items(schema, "allOf") {
            let base_name = text(base, "$ref")
                .map_or_else(|| name.to_owned(), |reference| schema_name(&reference));
            let base = self.resolve(base);
            self.add_to_model(model, base, &base_name, depth + 1);
        }
        for (key, property) in entries(schema, "properties") {
            let property = self.property(property, name, &format!("{name}{}", pascal(key)));
            model.properties.insert(key.clone(), property);
        }
        if let Some(others) = schema
            .get("additionalProperties")
            .filter(|others| **others != false)
        {
            model.others = Some(self.element(others, &format!("{name}Value")));
        }
        for required in items(schema, "required").filter_map(Value::as_str) {
            if let Some(property) = model.properties.get_mut(required) {
                property.required = true;
            }
        }
    }

    fn property(&mut self, schema: &'a Value, origin: &str, hint: &str) -> Property {
        let uses: Vec<String> = items(schema, "x-ms-mutability").map(plain).collect();
        let read_only = flag(schema, "readOnly") || uses == ["read"];
        Property {
            origin: origin.to_owned(),
            required: false,
            nullable: flag(schema, "nullable"),
            read_only,
            // What is read-only has no other uses, whatever is said of them.
            mutability: if read_only { Vec::new() } else { uses },
            secret: flag(schema, "x-ms-secret"),
            flattened: flag(schema, "x-ms-client-flatten"),
            client_name: text(schema, "x-ms-client-name"),
            default: schema.get("default").map(plain),
            limits: limits(schema),
            kind: self.kind(schema, hint, 0),
        }
    }

    fn element(&mut self, schema: &'a Value, hint: &str) -> Element {
        Element {
            nullable: flag(schema, "nullable"),
            kind: self.kind(schema, hint, 0),
        }
    }

    /// The type a schema stands for; one with a shape of its own is given a name.
    fn kind(&mut self, schema: &'a Value, hint: &str, depth: usize) -> Type {
        if depth > MAX_DEPTH {
            return Type::Any;
        }
        let mut bases = items(schema, "allOf");
        let sole = match (bases.next(), bases.next()) {
            (Some(base), None) if schema.get("properties").is_none() => base.get("$ref"),
            _ => None,
        };
        if let Some(reference) = schema.get("$ref").or(sole).and_then(Value::as_str) {
            let target = reference
                .strip_prefix('#')
                .and_then(|target| self.document.pointer(target));
            let target = target.unwrap_or(&Value::Null);
            return match self.role(target) {
                Role::Alias => self.kind(target, &schema_name(reference), depth + 1),
                Role::Enum | Role::Model => Type::Named(schema_name(reference)),
            };
        }
        let kind = text(schema, "type").unwrap_or_default();
        match kind.as_str() {
            _ if schema.get("enum").is_some() => {
                let found = self.enumeration(schema);
                self.api.enums.insert(hint.to_owned(), found);
                Type::Named(hint.to_owned())
            }
            "array" => {
                let element = match schema.get("items") {
                    Some(items) => self.element(items, &format!("{hint}Item")),
                    None => Element {
                        kind: Type::Any,
                        nullable: false,
                    },
                };
                Type::List(Box::new(element))
            }
            _ if schema.get("properties").is_some() || schema.get("allOf").is_some() => {
                self.model(hint.to_owned(), schema);
                Type::Named(hint.to_owned())
            }
            "object" => match schema.get("additionalProperties") {
                Some(others) if others.is_object() => {
                    Type::Map(Box::new(self.element(others, &format!("{hint}Value"))))
                }
                _ => Type::Map(Box::new(Element {
                    kind: Type::Any,
                    nullable: false,
                })),
            },
            _ => scalar(schema),
        }
    }

    fn operations(&mut self) {
        let document = self.document;
        for (path, item) in entries(document, "paths") {
            let shared = item.get("parameters").unwrap_or(&Value::Null);
            for method in METHODS {
                let Some(operation) = item.get(method) else {
                    continue;
                };
                let operation = self.operation(path, method, operation, shared);
                self.api.operations.insert(key_of(&operation), operation);
            }
        }
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        operation: &'a Value,
        shared: &'a Value,
    ) -> Operation {
        let id = text(operation, "operationId").unwrap_or_else(|| format!("{method} {path}"));
        let hint = pascal(&id);
        let listed = shared
            .as_array()
            .into_iter()
            .flatten()
            .chain(items(operation, "parameters"));
        let mut parameters: Vec<Parameter> = Vec::new();
        for parameter in listed {
            let found = self.parameter(parameter, &hint);
            parameters
                .retain(|other| (&other.name, &other.location) != (&found.name, &found.location));
            parameters.push(found);
        }
        let body = operation
            .get("requestBody")
            .map(|body| self.body(body, &hint));
        let responses: BTreeMap<String, Response> = entries(operation, "responses")
            .map(|(code, response)| {
                (
                    code.clone(),
                    self.response(response, &format!("{hint}{}", pascal(code))),
                )
            })
            .collect();
        let options = operation
            .get("x-ms-long-running-operation-options")
            .unwrap_or(&Value::Null);
        let via = || text(options, "final-state-via").unwrap_or_else(|| UNTOLD.to_owned());
        let pages = operation.get("x-ms-pageable").map(|pages| Pages {
            items: text(pages, "itemName").unwrap_or_else(|| "value".to_owned()),
            next_link: text(pages, "nextLinkName").unwrap_or_else(|| "none".to_owned()),
        });
        Operation {
            id,
            path: path.to_owned(),
            method: method.to_owned(),
            parameters,
            body,
            responses,
            long_running: flag(operation, "x-ms-long-running-operation").then(via),
            pages,
        }
    }

    fn parameter(&mut self, parameter: &'a Value, hint: &str) -> Parameter {
        let is_shared = parameter.get("$ref").is_some();
        let parameter = self.resolve(parameter);
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        let name = text(parameter, "name").unwrap_or_default();
        let of_client = match text(parameter, "x-ms-parameter-location").as_deref() {
            Some("client") => true,
            Some(_) => false,
            None => is_shared,
        };
        let style = text(parameter, "style").or_else(|| text(parameter, "x-collection-format"));
        let explode = parameter.get("explode").map(plain);
        Parameter {
            client_name: text(parameter, "x-ms-client-name"),
            location: text(parameter, "in").unwrap_or_default(),
            required: flag(parameter, "required"),
            of_client,
            joined: [style, explode]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            kind: self.kind(schema, &format!("{hint}{}", pascal(&name)), 0),
            limits: limits(schema),
            name,
        }
    }

    fn body(&mut self, body: &'a Value, hint: &str) -> Body {
        let body = self.resolve(body);
        Body {
            required: flag(body, "required"),
            media_types: entries(body, "content")
                .map(|(media_type, _)| media_type.clone())
                .collect(),
            kind: self
                .content(body, &format!("{hint}Body"))
                .unwrap_or(Type::Any),
        }
    }

    fn response(&mut self, response: &'a Value, hint: &str) -> Response {
        let response = self.resolve(response);
        Response {
            kind: self.content(response, &format!("{hint}Response")),
            headers: entries(response, "headers")
                .map(|(name, header)| {
                    let schema = self.resolve(header).get("schema").unwrap_or(&Value::Null);
                    (
                        name.to_lowercase(),
                        self.kind(schema, &format!("{hint}{}", pascal(name)), 0),
                    )
                })
                .collect(),
        }
    }

    fn content(&mut self, holder: &'a Value, hint: &str) -> Option<Type> {
        let (_, content) = entries(holder, "content").next()?;
        content
            .get("schema")
            .map(|schema| self.kind(schema, hint, 0))
    }
}

enum Role {
    Enum,
    Model,
    Alias,
}

fn scalar(schema: &Value) -> Type {
    let format = text(schema, "format");
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => Type::Boolean,
        Some("integer") => Type::Integer(format),
        Some("number") => Type::Number(format),
        Some("string") => Type::Text(format),
        _ => Type::Any,
    }
}
