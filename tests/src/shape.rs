//! Shapes: what schemas allow, with references and inheritance resolved.

use crate::description::{Description, members, texts};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a schema allows.
#[derive(Debug)]
pub enum Shape<'a> {
    /// Any JSON, or any object if the flag is set.
    Any(bool),
    /// A string, within the limits of the schema.
    Text(&'a Value),
    /// A whole number with this many bits.
    Integer(u8, &'a Value),
    /// A number.
    Number(&'a Value),
    /// True or false.
    Boolean,
    /// One of some values, or others too if the flag is set.
    Choice(&'a Value, bool),
    /// A list with elements of a schema.
    List(&'a Value),
    /// A map with values of a schema.
    Map(&'a Value),
    /// An object with named members.
    Object(Object<'a>),
    /// An object whose discriminator value selects a schema.
    Union(&'a str, BTreeMap<&'a str, &'a str>),
}

/// Named members.
#[derive(Debug, Default)]
pub struct Object<'a> {
    /// Members, including those of bases.
    pub members: BTreeMap<&'a str, Member<'a>>,
    /// The schema of additional members, if they are allowed.
    pub rest: Option<&'a Value>,
    /// The discriminator and its value.
    pub tag: Option<(&'a str, &'a str)>,
}

/// A member.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Its schema.
    pub schema: &'a Value,
    /// Whether it is required.
    pub required: bool,
}

impl Member<'_> {
    /// Returns whether null is allowed.
    pub fn nullable(&self) -> bool {
        nullable(self.schema)
    }

    /// Returns whether a request needs it.
    pub fn wanted(&self) -> bool {
        self.required && !self.read_only()
    }

    /// Returns whether only the service sets it.
    pub fn read_only(&self) -> bool {
        let mutability = &self.schema["x-ms-mutability"];
        let only_read = mutability.is_array() && texts(mutability).all(|how| how == "read");
        self.schema["readOnly"] == true || only_read
    }
}

/// Returns whether null is allowed in place of a value.
pub fn nullable(schema: &Value) -> bool {
    schema["nullable"] == true
}

/// Returns whether a value must not be shown.
pub fn secret(schema: &Value) -> bool {
    schema["x-ms-secret"] == true || schema["format"] == "password"
}

impl Description {
    /// Returns the shape of a schema with a name.
    ///
    /// # Panics
    ///
    /// If there is no such schema.
    pub fn shape_of<'a>(&'a self, name: &'a str) -> Shape<'a> {
        let schema = self.schema(name).expect("a known schema");
        self.look(Some(name), schema)
    }

    /// Returns the shape of a schema.
    pub fn shape<'a>(&'a self, schema: &'a Value) -> Shape<'a> {
        self.look(None, schema)
    }

    fn look<'a>(&'a self, name: Option<&'a str>, schema: &'a Value) -> Shape<'a> {
        if let Some(reference) = schema["$ref"].as_str() {
            let (name, target) = self.at(reference);
            return self.look(Some(name), target);
        }
        if let (None, Some(reference)) = (name, only_base(schema)) {
            let (name, target) = self.at(reference);
            return self.look(Some(name), target);
        }
        if !schema["enum"].is_null() && schema["type"] != "boolean" {
            let open = schema["x-ms-enum"]["modelAsString"] != false;
            return Shape::Choice(&schema["enum"], open);
        }
        match schema["type"].as_str() {
            Some("string") => Shape::Text(schema),
            Some("integer") if schema["format"] == "int32" => Shape::Integer(32, schema),
            Some("integer") => Shape::Integer(64, schema),
            Some("number") => Shape::Number(schema),
            Some("boolean") => Shape::Boolean,
            Some("array") => Shape::List(&schema["items"]),
            kind => self.look_at_object(name, schema, kind.is_some()),
        }
    }

    fn look_at_object<'a>(
        &'a self,
        name: Option<&'a str>,
        schema: &'a Value,
        object: bool,
    ) -> Shape<'a> {
        let discriminator = &schema["discriminator"];
        if let Some(tag) = discriminator["propertyName"].as_str() {
            return Shape::Union(tag, kinds(discriminator).collect());
        }
        let additional = &schema["additionalProperties"];
        let open = additional.is_object() || *additional == true;
        if schema["properties"].is_null() && schema["allOf"].is_null() {
            return if open {
                Shape::Map(additional)
            } else {
                Shape::Any(object)
            };
        }
        let mut found = Object::default();
        self.gather(schema, name, &mut found);
        Shape::Object(found)
    }

    /// Returns the members of a kind of a union, or of any other object.
    pub fn object_of<'a>(&'a self, name: &'a str) -> Object<'a> {
        let mut found = Object::default();
        if let Some(schema) = self.schema(name) {
            self.gather(schema, Some(name), &mut found);
        }
        found
    }

    fn gather<'a>(&'a self, schema: &'a Value, own: Option<&'a str>, found: &mut Object<'a>) {
        for base in schema["allOf"].as_array().into_iter().flatten() {
            let base = self.follow(base);
            self.gather(base, own, found);
        }
        let discriminator = &schema["discriminator"];
        if let Some(tag) = discriminator["propertyName"].as_str()
            && let Some((kind, _)) = kinds(discriminator).find(|(_, name)| Some(*name) == own)
        {
            found.tag = Some((tag, kind));
        }
        for (name, schema) in members(&schema["properties"]) {
            let required = false;
            found.members.insert(name, Member { schema, required });
        }
        for name in texts(&schema["required"]) {
            if let Some(member) = found.members.get_mut(name) {
                member.required = true;
            }
        }
        let additional = &schema["additionalProperties"];
        if additional.is_object() || *additional == true {
            found.rest = Some(additional);
        }
    }
}

/// Returns the reference of a schema that only adds annotations to another.
fn only_base(schema: &Value) -> Option<&str> {
    let bases = schema["allOf"].as_array()?;
    let [base] = bases.as_slice() else {
        return None;
    };
    base["$ref"]
        .as_str()
        .filter(|_| schema["properties"].is_null())
}

fn kinds(discriminator: &Value) -> impl Iterator<Item = (&str, &str)> {
    let mapping = members(&discriminator["mapping"]);
    mapping.filter_map(|(kind, target)| Some((kind, target.as_str()?.rsplit('/').next()?)))
}
