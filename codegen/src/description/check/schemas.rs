//! Schemas, wherever they are used.

use super::{Checker, Kind, SCHEMAS, schema_pointer, shown};
use crate::json_pointer::JsonPointer;
use serde_json::Value;

const TYPES: [&str; 6] = ["object", "array", "string", "integer", "number", "boolean"];

const MEMBERS: [(&str, Kind); 24] = [
    ("additionalProperties", Kind::ObjectOrFlag),
    ("allOf", Kind::List),
    ("anyOf", Kind::List),
    ("description", Kind::Text),
    ("discriminator", Kind::Object),
    ("enum", Kind::List),
    ("exclusiveMaximum", Kind::Flag),
    ("exclusiveMinimum", Kind::Flag),
    ("format", Kind::Text),
    ("items", Kind::Object),
    ("maxItems", Kind::Count),
    ("maxLength", Kind::Count),
    ("maximum", Kind::Number),
    ("minItems", Kind::Count),
    ("minLength", Kind::Count),
    ("minimum", Kind::Number),
    ("multipleOf", Kind::Number),
    ("nullable", Kind::Flag),
    ("oneOf", Kind::List),
    ("pattern", Kind::Text),
    ("properties", Kind::Object),
    ("readOnly", Kind::Flag),
    ("required", Kind::List),
    ("uniqueItems", Kind::Flag),
];

impl<'a> Checker<'a> {
    /// Checks a schema with a name.
    pub(super) fn definition(&mut self, name: &str, schema: &'a Value, pointer: &JsonPointer) {
        self.schema(schema, pointer);
        self.discriminator(name, schema, pointer);
    }

    pub(super) fn schema(&mut self, schema: &'a Value, pointer: &JsonPointer) {
        self.parts(schema, pointer);
        let required = schema.get("required").and_then(Value::as_array);
        for (index, name) in required.into_iter().flatten().enumerate() {
            let pointer = pointer.child("required").child(index);
            match name.as_str() {
                None => {
                    let found = shown(name);
                    self.report(
                        pointer,
                        format!("expected a property's name, found {found}"),
                    );
                }
                Some(name) if !self.has_property(schema, name) => {
                    let message = format!("{name:?} is required, but no property has that name");
                    self.report(pointer, message);
                }
                Some(_) => {}
            }
        }
    }

    /// Checks a schema. Parts of `allOf` may require properties of their siblings.
    fn parts(&mut self, schema: &'a Value, pointer: &JsonPointer) {
        if !schema.is_object() {
            self.report(pointer, "expected a schema, which is an object");
            return;
        }
        if self.leads_to(schema, SCHEMAS, pointer) {
            return;
        }
        let sound = self.members(schema, &MEMBERS, pointer);
        self.schema_type(schema, pointer);
        if sound {
            self.enum_values(schema, pointer);
        }
        for name in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(name).filter(|inner| inner.is_object()) {
                self.schema(inner, &pointer.child(name));
            }
        }
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            for (name, inner) in properties {
                self.schema(inner, &pointer.child("properties").child(name));
            }
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            let Some(parts) = schema.get(name).and_then(Value::as_array) else {
                continue;
            };
            if parts.is_empty() {
                let message = "expected at least one schema in the list";
                self.report(pointer.child(name), message);
            }
            for (index, inner) in parts.iter().enumerate() {
                self.parts(inner, &pointer.child(name).child(index));
            }
        }
    }

    fn schema_type(&mut self, schema: &Value, pointer: &JsonPointer) {
        match schema.get("type") {
            None => {}
            Some(Value::String(name)) if name == "array" && schema.get("items").is_none() => {
                self.report(pointer, "expected an array schema with `items`");
            }
            Some(Value::String(name)) if TYPES.contains(&name.as_str()) => {}
            Some(other) => {
                let expected = TYPES.join(", ");
                let message = format!("unknown type {}; expected one of {expected}", shown(other));
                self.report(pointer.child("type"), message);
            }
        }
    }

    /// Checks the values of an enum.
    fn enum_values(&mut self, schema: &Value, pointer: &JsonPointer) {
        let Some(values) = schema.get("enum").and_then(Value::as_array) else {
            return;
        };
        let pointer = pointer.child("enum");
        if values.iter().all(Value::is_null) {
            self.report(&pointer, "expected at least one value");
        }
        let kind = schema.get("type").and_then(Value::as_str);
        let small = schema.get("format").is_some_and(|format| format == "int32");
        for (index, value) in values.iter().enumerate() {
            let pointer = pointer.child(index);
            let (fits, expected) = match kind {
                None | Some("string") => (value.is_string(), "a string, in quotes if necessary"),
                Some("integer") if small => (
                    value
                        .as_i64()
                        .is_some_and(|value| i32::try_from(value).is_ok()),
                    "a whole number of 32 bits",
                ),
                Some("integer") => (value.is_i64(), "a whole number of 64 bits"),
                Some("number") => (value.is_number(), "a number"),
                Some("boolean") => (value.is_boolean(), "true or false"),
                Some(_) => (false, "no enum on a schema of this type"),
            };
            if !fits && !value.is_null() {
                self.report(
                    pointer,
                    format!("expected {expected}, found {}", shown(value)),
                );
            } else if values[..index].contains(value) {
                self.report(pointer, format!("the value {} appears twice", shown(value)));
            }
        }
    }

    fn discriminator(&mut self, name: &str, schema: &'a Value, pointer: &JsonPointer) {
        let discriminator = schema
            .get("discriminator")
            .filter(|found| found.is_object());
        let Some(discriminator) = discriminator else {
            return;
        };
        let pointer = pointer.child("discriminator");
        let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else {
            self.report(pointer, "expected a discriminator with a `propertyName`");
            return;
        };
        if !self.has_property(schema, property) {
            let message = format!("the schema has no property {property:?} for its discriminator");
            self.report(pointer.child("propertyName"), message);
        }
        self.members(discriminator, &[("mapping", Kind::Object)], &pointer);
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        for (kind, target) in mapping.into_iter().flatten() {
            let pointer = pointer.child("mapping").child(kind);
            let target = target.as_str().unwrap_or("");
            let before = self.problems.0.len();
            self.reference(target, pointer.clone());
            self.leads_into(target, SCHEMAS, pointer.clone());
            let own = format!("#{}", schema_pointer(name));
            if self.problems.0.len() == before && target != own && !self.derives(target, &own) {
                let message = format!("{target:?} must derive from this schema with `allOf`");
                self.report(pointer, message);
            }
        }
    }
}
