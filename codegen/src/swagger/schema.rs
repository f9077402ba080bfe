//! Turns schema objects of Swagger 2.0 into those of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::extension::is_known_extension;
use super::note::NoteKind;
use super::parameter::is_schema_key;
use super::place::Place;
use super::scalar;
use super::text::{capitalize, component_key, pascal};

/// Keys that say something about one use of a schema, not about the schema itself.
const USE_SITE: [&str; 12] = [
    "description",
    "title",
    "example",
    "externalDocs",
    "xml",
    "default",
    "readOnly",
    "x-nullable",
    "x-ms-mutability",
    "x-ms-secret",
    "x-ms-client-flatten",
    "x-ms-client-name",
];

/// Keys that mean the same in both formats.
const SAME: [&str; 17] = [
    "format",
    "default",
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
    "maxProperties",
    "minProperties",
    "example",
    "externalDocs",
    "xml",
];

impl Context {
    /// Converts everything that was asked to become a schema component, and what that asks for in turn.
    pub(super) fn convert_wanted_schemas(&mut self, from: usize) -> usize {
        let mut next = from;
        while let Some((place, node)) = self.schemas.get_index(next) {
            let (place, name) = (place.clone(), node.name.clone());
            let root = self.root(place.file);
            let value = place.pointer.get(&root).cloned().unwrap_or_default();
            let converted = self.component(&value, &place, &name);
            self.schemas[next].value = converted;
            next += 1;
        }
        next
    }

    fn component(&mut self, schema: &Value, at: &Place, name: &str) -> Value {
        let Some(schema) = self.object(schema, at) else {
            return json!({});
        };
        if at.is_definition() {
            return self.plain(&schema, at, &pascal(name), true);
        }
        let is_parameter = schema.contains_key("in") && schema.contains_key("name");
        let mut bare = schema;
        bare.retain(|key, _| !USE_SITE.contains(&key.as_str()));
        if is_parameter {
            bare.retain(|key, _| is_schema_key(key));
        }
        let hint = if bare.contains_key("enum") {
            pascal(name)
        } else {
            name.to_owned()
        };
        self.plain(&bare, at, &hint, true)
    }

    fn object(&mut self, value: &Value, at: &Place) -> Option<Map<String, Value>> {
        let object = value.as_object().cloned();
        if object.is_none() {
            self.problem(
                at,
                format!("expected a schema, which is an object, but found {value}"),
            );
        }
        object
    }

    /// Converts a schema that stands inside something else; `hint` names it should it need a name.
    pub(super) fn inline(&mut self, schema: &Value, at: &Place, hint: &str) -> Value {
        let Some(schema) = self.object(schema, at) else {
            return json!({});
        };
        if let Some(reference) = schema.get("$ref") {
            let Some(target) = self.follow(reference, at) else {
                return json!({});
            };
            let provisional = self.want_definition(&target);
            return self.refer(provisional, &schema, &["$ref"], at);
        }
        if let Some(reference) = sole_base(&schema) {
            let Some(target) = self.follow(reference, &at.child("allOf").child(0)) else {
                return json!({});
            };
            let provisional = self.want_definition(&target);
            return self.refer(provisional, &schema, &["allOf", "type"], at);
        }
        let Some(name) = component_name(&schema, hint) else {
            return self.plain(&schema, at, hint, false);
        };
        if !schema.contains_key("enum") {
            self.note(
                NoteKind::Named,
                at,
                format!("the object written in place became the schema {name}"),
            );
        }
        let provisional = self.want_schema(at, &name, hint);
        let mut rest = schema;
        rest.retain(|key, _| USE_SITE.contains(&key.as_str()));
        self.refer(provisional, &rest, &[], at)
    }

    /// A reference, with what stands beside it if that says anything.
    fn refer(
        &mut self,
        provisional: String,
        beside: &Map<String, Value>,
        skip: &[&str],
        at: &Place,
    ) -> Value {
        let mut kept = Map::new();
        for (key, value) in beside {
            if skip.contains(&key.as_str()) {
                continue;
            }
            if USE_SITE.contains(&key.as_str()) || key.starts_with("x-") {
                self.keyword(&mut kept, key, value, at, "");
            } else {
                self.note(
                    NoteKind::Corrected,
                    &at.child(key),
                    "means nothing beside a reference and was left out",
                );
            }
        }
        if kept.is_empty() {
            return json!({ "$ref": provisional });
        }
        kept.insert("allOf".to_owned(), json!([{ "$ref": provisional }]));
        Value::Object(kept)
    }

    /// Converts the keywords of a schema that is no reference.
    fn plain(&mut self, schema: &Map<String, Value>, at: &Place, hint: &str, named: bool) -> Value {
        let mut out = Map::new();
        for (key, value) in schema {
            if key != "allOf" {
                self.keyword(&mut out, key, value, at, hint);
            }
        }
        if let Some(members) = schema.get("allOf") {
            self.members(&mut out, members, &at.child("allOf"), hint);
        }
        self.infer_type(&mut out, at, named);
        scalar::correct(self, &mut out, at);
        Value::Object(out)
    }

    fn keyword(
        &mut self,
        out: &mut Map<String, Value>,
        key: &str,
        value: &Value,
        at: &Place,
        hint: &str,
    ) {
        let here = at.child(key);
        match key {
            "type" => self.type_of(out, value, &here),
            "enum" => {
                if let Some(values) = self.array(value, &here) {
                    out.insert(key.to_owned(), Value::Array(values));
                }
            }
            "items" => {
                let items = self.items(value, &here, hint);
                out.insert(key.to_owned(), items);
            }
            "properties" => {
                let properties = self.properties(value, &here, hint);
                out.extend(properties.map(|properties| (key.to_owned(), properties)));
            }
            "additionalProperties" => {
                let others = self.additional_properties(value, &here, hint);
                out.extend(others.map(|others| (key.to_owned(), others)));
            }
            "required" => self.required(out, value, &here),
            "discriminator" => self.discriminator(out, value, &here),
            "readOnly"
            | "uniqueItems"
            | "x-ms-secret"
            | "x-ms-client-flatten"
            | "x-ms-azure-resource" => {
                if self.flag(value, &here) {
                    out.insert(key.to_owned(), Value::Bool(true));
                }
            }
            "x-nullable" => {
                if self.flag(value, &here) {
                    out.insert("nullable".to_owned(), Value::Bool(true));
                }
            }
            "x-ms-enum" => self.enum_extension(out, value, &here),
            // Said already where the outermost list is converted.
            "collectionFormat" if value == "csv" => {}
            "description" | "title" | "x-ms-discriminator-value" => {
                let text = value.as_str().map(str::to_owned).unwrap_or_else(|| {
                    self.note(NoteKind::Corrected, &here, "was no string and became one");
                    value.to_string()
                });
                out.insert(key.to_owned(), Value::String(text));
            }
            other if SAME.contains(&other) => {
                out.insert(key.to_owned(), value.clone());
            }
            _ => self.extension(out, key, value, &here),
        }
    }

    fn items(&mut self, value: &Value, here: &Place, hint: &str) -> Value {
        if value.is_array() {
            self.note(
                NoteKind::NotUnderstood,
                here,
                "a list of item schemas; any item is accepted",
            );
            return json!({});
        }
        self.inline(value, here, &format!("{hint}Item"))
    }

    fn properties(&mut self, value: &Value, here: &Place, hint: &str) -> Option<Value> {
        let mut converted = Map::new();
        for (name, property) in self.object(value, here)? {
            let property = self.inline(
                &property,
                &here.child(&name),
                &format!("{hint}{}", pascal(&name)),
            );
            converted.insert(name, property);
        }
        Some(Value::Object(converted))
    }

    fn additional_properties(&mut self, value: &Value, here: &Place, hint: &str) -> Option<Value> {
        match value {
            Value::Bool(others) => others.then(|| json!({})),
            schema => Some(self.inline(schema, here, &format!("{hint}Value"))),
        }
    }

    /// Keeps an extension, telling of it when it is none we know; tells of anything else.
    pub(super) fn extension(
        &mut self,
        out: &mut Map<String, Value>,
        key: &str,
        value: &Value,
        here: &Place,
    ) {
        if !key.starts_with("x-") {
            self.note(
                NoteKind::NotUnderstood,
                here,
                format!("`{key}` is no keyword here and was left out"),
            );
            return;
        }
        if !is_known_extension(key) {
            self.note(
                NoteKind::NotUnderstood,
                here,
                format!("`{key}` is an unknown extension and was kept as it is"),
            );
        }
        out.insert(key.to_owned(), value.clone());
    }

    fn type_of(&mut self, out: &mut Map<String, Value>, value: &Value, here: &Place) {
        let named = match value {
            Value::String(name) => Some(name.clone()),
            Value::Array(names) => {
                let mut rest: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                if rest.contains(&"null") {
                    out.insert("nullable".to_owned(), Value::Bool(true));
                }
                rest.retain(|name| *name != "null");
                match rest[..] {
                    [only] => {
                        self.note(NoteKind::Corrected, here, "a list of types became one type");
                        Some(only.to_owned())
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        match named.as_deref() {
            Some("file") => {
                out.insert("type".to_owned(), json!("string"));
                out.insert("format".to_owned(), json!("binary"));
            }
            Some(name @ ("string" | "integer" | "number" | "boolean" | "array" | "object")) => {
                out.insert("type".to_owned(), json!(name));
            }
            _ => self.note(
                NoteKind::NotUnderstood,
                here,
                format!("{value} is no type of Swagger 2.0; any value is accepted"),
            ),
        }
    }

    fn required(&mut self, out: &mut Map<String, Value>, value: &Value, here: &Place) {
        let Some(names) = value.as_array() else {
            self.note(
                NoteKind::NotUnderstood,
                here,
                "expected the list of required properties; it was left out",
            );
            return;
        };
        let mut kept: Vec<Value> = Vec::new();
        for name in names {
            if name.is_string() && !kept.contains(name) {
                kept.push(name.clone());
            } else {
                self.note(
                    NoteKind::Corrected,
                    here,
                    format!("{name} is no name or stands here twice"),
                );
            }
        }
        if !kept.is_empty() {
            out.insert("required".to_owned(), Value::Array(kept));
        }
    }

    fn discriminator(&mut self, out: &mut Map<String, Value>, value: &Value, here: &Place) {
        let name = value
            .as_str()
            .or_else(|| value.get("propertyName")?.as_str());
        match name {
            Some(name) => {
                out.insert("discriminator".to_owned(), json!({ "propertyName": name }));
            }
            None => self.problem(
                here,
                format!("expected the name of a property but found {value}"),
            ),
        }
    }

    fn enum_extension(&mut self, out: &mut Map<String, Value>, value: &Value, here: &Place) {
        let Some(mut extension) = self.object(value, here) else {
            return;
        };
        if let Some(text) = extension
            .get("modelAsString")
            .filter(|value| !value.is_boolean())
            .cloned()
        {
            let flag = self.flag(&text, &here.child("modelAsString"));
            extension.insert("modelAsString".to_owned(), Value::Bool(flag));
        }
        out.insert("x-ms-enum".to_owned(), Value::Object(extension));
    }

    /// Keeps references among the members of an `allOf` and takes over what stands there in place.
    fn members(&mut self, out: &mut Map<String, Value>, members: &Value, at: &Place, hint: &str) {
        let Some(members) = self.array(members, at) else {
            return;
        };
        let mut bases = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let here = at.child(index);
            let Some(member) = self.object(member, &here) else {
                continue;
            };
            if let Some(reference) = member.get("$ref") {
                let Some(target) = self.follow(reference, &here) else {
                    continue;
                };
                let provisional = self.want_definition(&target);
                let base = json!({ "$ref": provisional });
                if !bases.contains(&base) {
                    bases.push(base);
                }
            } else if let Value::Object(converted) = self.plain(&member, &here, hint, true) {
                self.take_over(out, &mut bases, converted, &here);
            }
        }
        if !bases.is_empty() {
            out.insert("allOf".to_owned(), Value::Array(bases));
        }
    }

    fn take_over(
        &mut self,
        out: &mut Map<String, Value>,
        bases: &mut Vec<Value>,
        member: Map<String, Value>,
        here: &Place,
    ) {
        for (key, value) in member {
            match (key.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    let own = out.entry("properties").or_insert_with(|| json!({}));
                    let Some(own) = own.as_object_mut() else {
                        continue;
                    };
                    for (name, property) in properties {
                        match own.get(&name) {
                            Some(existing) if *existing != property => self.note(
                                NoteKind::NotUnderstood,
                                &here.child("properties").child(&name),
                                "differs from the property of the same name beside it, which was kept",
                            ),
                            Some(_) => {}
                            None => {
                                own.insert(name, property);
                            }
                        }
                    }
                }
                ("required", Value::Array(names)) => {
                    let own = out.entry("required").or_insert_with(|| json!([]));
                    let Some(own) = own.as_array_mut() else {
                        continue;
                    };
                    for name in names {
                        if !own.contains(&name) {
                            own.push(name);
                        }
                    }
                }
                ("allOf", Value::Array(inner)) => {
                    let more: Vec<Value> = inner
                        .into_iter()
                        .filter(|base| !bases.contains(base))
                        .collect();
                    bases.extend(more);
                }
                (_, value) => match out.get(&key) {
                    Some(existing) if *existing != value && key != "description" => self.note(
                        NoteKind::NotUnderstood,
                        &here.child(&key),
                        "differs from what the schema around it says, which was kept",
                    ),
                    Some(_) => {}
                    None => {
                        out.insert(key, value);
                    }
                },
            }
        }
    }

    fn infer_type(&mut self, out: &mut Map<String, Value>, at: &Place, named: bool) {
        if out.get("type") == Some(&json!("object")) && out.get("format") == Some(&json!("file")) {
            out.insert("type".to_owned(), json!("string"));
            out.insert("format".to_owned(), json!("binary"));
        }
        if out.get("type") == Some(&json!("array")) && !out.contains_key("items") {
            self.note(
                NoteKind::NotUnderstood,
                at,
                "an array without `items`; any item is accepted",
            );
            out.insert("items".to_owned(), json!({}));
        }
        if out.contains_key("type") {
            return;
        }
        let looks_like_object = ["properties", "additionalProperties", "discriminator"]
            .iter()
            .any(|key| out.contains_key(*key));
        if looks_like_object || (named && self.extends_object(out)) {
            out.insert("type".to_owned(), json!("object"));
        } else if let Some(inferred) = scalar::type_of_values(out.get("enum")) {
            self.note(
                NoteKind::Corrected,
                at,
                format!("values without a type were taken for type {inferred}"),
            );
            out.insert("type".to_owned(), json!(inferred));
        }
    }

    fn extends_object(&self, out: &Map<String, Value>) -> bool {
        let Some(bases) = out.get("allOf").and_then(Value::as_array) else {
            return false;
        };
        bases.iter().all(|base| {
            let place = base
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|text| super::context::parse_provisional(text, super::context::SCHEMA));
            place.is_some_and(|place| {
                let root = self.root(place.file);
                place.pointer.get(&root).is_some_and(|schema| {
                    schema.get("type").is_none_or(|kind| kind == "object")
                        && schema.get("enum").is_none()
                })
            })
        })
    }
}

/// The reference of a schema that is nothing but one base.
fn sole_base(schema: &Map<String, Value>) -> Option<&Value> {
    let adds = [
        "properties",
        "required",
        "additionalProperties",
        "discriminator",
    ]
    .iter()
    .any(|key| schema.contains_key(*key));
    match schema.get("allOf")?.as_array()?.as_slice() {
        [only] if !adds && only.as_object()?.len() == 1 => only.get("$ref"),
        _ => None,
    }
}

/// The name a schema written in place asks for, if its like are components.
pub(super) fn component_name(schema: &Map<String, Value>, hint: &str) -> Option<String> {
    if schema.contains_key("enum") {
        let name = schema.get("x-ms-enum")?.get("name")?.as_str()?;
        return Some(capitalize(&component_key(name)));
    }
    let has_shape = schema
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|properties| !properties.is_empty());
    (has_shape || schema.contains_key("allOf") || schema.contains_key("discriminator"))
        .then(|| hint.to_owned())
}
