//! Turns parameters of Swagger 2.0 into parameters and request bodies of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::note::NoteKind;
use super::place::Place;
use super::text::pascal;

/// Keys of a parameter that belong into its schema now.
const SCHEMA_KEYS: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "enum",
    "x-ms-enum",
    "x-nullable",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
];

/// Whether a key of a parameter belongs into its schema.
pub(super) fn is_schema_key(key: &str) -> bool {
    SCHEMA_KEYS.contains(&key)
}

/// A parameter where it is defined.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Content.
    pub(super) value: Map<String, Value>,
    /// Where it is defined.
    pub(super) place: Place,
    /// Whether it is shared by reference.
    pub(super) shared: bool,
}

impl Found {
    /// Which kind of parameter it is.
    pub(super) fn location(&self) -> &str {
        self.value
            .get("in")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Its name on the wire.
    pub(super) fn name(&self) -> &str {
        self.value
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

impl Context {
    /// Finds the parameters of a list.
    pub(super) fn find_parameters(&mut self, list: Option<&Value>, at: &Place) -> Vec<Found> {
        let Some(list) = list else { return Vec::new() };
        let Some(list) = self.array(list, at) else {
            return Vec::new();
        };
        let places = list
            .iter()
            .enumerate()
            .map(|(index, value)| (at.child(index), value));
        places
            .filter_map(|(place, value)| self.find_parameter(value, place))
            .collect()
    }

    fn find_parameter(&mut self, value: &Value, at: Place) -> Option<Found> {
        let (place, shared) = match value.get("$ref") {
            Some(reference) => (self.follow(reference, &at)?, true),
            None => (at, false),
        };
        let root = self.root(place.file);
        let value = place.pointer.get(&root).and_then(Value::as_object);
        let found = value.map(|value| Found {
            value: value.clone(),
            place: place.clone(),
            shared,
        });
        let complete = found.as_ref().is_some_and(|found| {
            !found.name().is_empty()
                && matches!(
                    found.location(),
                    "path" | "query" | "header" | "body" | "formData"
                )
        });
        if !complete {
            self.problem(
                &place,
                "expected a parameter with a `name` and with `in` being path, query, header, body or formData",
            );
            return None;
        }
        found
    }

    /// Converts a parameter of an operation that is neither body nor form field.
    pub(super) fn parameter(&mut self, found: &Found, hint: &str) -> Value {
        if found.shared {
            let provisional = self.want_parameter(&found.place);
            return json!({ "$ref": provisional });
        }
        self.plain_parameter(&found.value, &found.place, hint)
    }

    /// Converts everything that was asked to become a parameter component.
    pub(super) fn convert_wanted_parameters(&mut self, from: usize) -> usize {
        for index in from..self.parameters.len() {
            let Some((place, _)) = self.parameters.get_index(index) else {
                continue;
            };
            let place = place.clone();
            let root = self.root(place.file);
            let Some(value) = place.pointer.get(&root).and_then(Value::as_object) else {
                continue;
            };
            let hint = value
                .get("name")
                .and_then(Value::as_str)
                .map(pascal)
                .unwrap_or_default();
            self.parameters[index].value = self.plain_parameter(value, &place, &hint);
        }
        self.parameters.len()
    }

    fn plain_parameter(&mut self, parameter: &Map<String, Value>, at: &Place, hint: &str) -> Value {
        let mut out = Map::new();
        let mut schema = Map::new();
        for (key, value) in parameter {
            let here = at.child(key);
            match key.as_str() {
                "name" | "in" | "description" => {
                    out.extend(self.string(value, &here).map(|text| (key.clone(), text)))
                }
                "required" | "allowEmptyValue" => {
                    if self.flag(value, &here) {
                        out.insert(key.clone(), Value::Bool(true));
                    }
                }
                "collectionFormat" => {}
                other if is_schema_key(other) => {
                    schema.insert(key.clone(), value.clone());
                }
                _ => self.extension(&mut out, key, value, &here),
            }
        }
        if parameter.get("in") == Some(&json!("path")) && !out.contains_key("required") {
            self.note(
                NoteKind::Corrected,
                at,
                "a path parameter is always required",
            );
            out.insert("required".to_owned(), Value::Bool(true));
        }
        self.collection_format(&mut out, parameter, at);
        if schema.get("type") == Some(&json!("file")) {
            self.note(
                NoteKind::NotUnderstood,
                at,
                "only a form field can be a file; taken for binary data",
            );
        }
        let schema = self.inline(&Value::Object(schema), at, hint);
        out.insert("schema".to_owned(), schema);
        Value::Object(out)
    }

    /// Says how several values of one parameter are joined.
    fn collection_format(
        &mut self,
        out: &mut Map<String, Value>,
        parameter: &Map<String, Value>,
        at: &Place,
    ) {
        let here = at.child("collectionFormat");
        if parameter
            .get("items")
            .and_then(|items| items.get("collectionFormat"))
            .is_some_and(|inner| inner != "csv")
        {
            self.note(
                NoteKind::NotUnderstood,
                &here,
                "OpenAPI cannot say how inner lists are joined",
            );
        }
        if parameter.get("type") != Some(&json!("array")) {
            if parameter.contains_key("collectionFormat") {
                self.note(
                    NoteKind::Corrected,
                    &here,
                    "only an array has a collection format",
                );
            }
            return;
        }
        let format = parameter
            .get("collectionFormat")
            .and_then(Value::as_str)
            .unwrap_or("csv");
        let in_query = parameter
            .get("in")
            .is_some_and(|location| location == "query");
        let (style, explode) = match format {
            "csv" if in_query => (None, Some(false)),
            "csv" => (None, None),
            "multi" if in_query => (None, Some(true)),
            "ssv" if in_query => (Some("spaceDelimited"), Some(false)),
            "pipes" if in_query => (Some("pipeDelimited"), Some(false)),
            other => {
                self.note(
                    NoteKind::NotUnderstood,
                    &here,
                    format!("OpenAPI cannot say `{other}` here; kept as x-collection-format"),
                );
                out.insert("x-collection-format".to_owned(), json!(other));
                (None, in_query.then_some(false))
            }
        };
        if let Some(style) = style {
            out.insert("style".to_owned(), json!(style));
        }
        if let Some(explode) = explode {
            out.insert("explode".to_owned(), json!(explode));
        }
    }

    /// Converts the body parameter of an operation.
    pub(super) fn body(&mut self, found: &Found, media_types: &[String], hint: &str) -> Value {
        let mut out = Map::new();
        let mut schema = json!({});
        let mut client_name = found.name().to_owned();
        for (key, value) in &found.value {
            let here = found.place.child(key);
            match key.as_str() {
                "name" | "in" => {}
                "description" => {
                    out.extend(self.string(value, &here).map(|text| (key.clone(), text)))
                }
                "required" => {
                    if self.flag(value, &here) {
                        out.insert(key.clone(), Value::Bool(true));
                    }
                }
                "schema" => schema = self.inline(value, &here, hint),
                "x-ms-client-name" => client_name = value.as_str().unwrap_or_default().to_owned(),
                _ => self.extension(&mut out, key, value, &here),
            }
        }
        if !found.value.contains_key("schema") {
            self.note(
                NoteKind::NotUnderstood,
                &found.place,
                "a body without `schema`; any content is accepted",
            );
        }
        let content: Map<String, Value> = media_types
            .iter()
            .map(|media_type| (media_type.clone(), json!({ "schema": schema })))
            .collect();
        out.insert("content".to_owned(), Value::Object(content));
        out.insert("x-ms-client-name".to_owned(), Value::String(client_name));
        Value::Object(out)
    }

    /// Gathers form fields into one body.
    pub(super) fn form(&mut self, fields: &[Found], consumes: &[String], hint: &str) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            let mut schema = Map::new();
            for (key, value) in &field.value {
                match key.as_str() {
                    "name" | "in" => {}
                    "required" => {
                        if self.flag(value, &field.place.child(key)) {
                            required.push(json!(field.name()));
                        }
                    }
                    "collectionFormat" | "allowEmptyValue" => self.note(
                        NoteKind::NotUnderstood,
                        &field.place.child(key),
                        "cannot be said of a form field and was left out",
                    ),
                    _ => {
                        schema.insert(key.clone(), value.clone());
                    }
                }
            }
            let field_hint = format!("{hint}{}", pascal(field.name()));
            let schema = self.inline(&Value::Object(schema), &field.place, &field_hint);
            properties.insert(field.name().to_owned(), schema);
        }
        let has_file = fields
            .iter()
            .any(|field| field.value.get("type") == Some(&json!("file")));
        let media_type = form_media_type(consumes, has_file);
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = Value::Array(required.clone());
        }
        let mut out = json!({ "content": { media_type: { "schema": schema } } });
        if !required.is_empty() {
            out["required"] = Value::Bool(true);
        }
        out
    }
}

fn form_media_type(consumes: &[String], has_file: bool) -> &'static str {
    let multipart = has_file
        || consumes
            .iter()
            .any(|media_type| media_type == "multipart/form-data");
    if multipart {
        "multipart/form-data"
    } else {
        "application/x-www-form-urlencoded"
    }
}
