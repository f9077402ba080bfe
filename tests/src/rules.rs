//! Checks strictly whether values follow their schemas.

use crate::{
    description::Description,
    pattern,
    shape::{Member, Object, Shape, nullable, secret},
};
use serde_json::{Map, Value};

/// Returns everything that is wrong with a value that a client sends.
pub fn problems(description: &Description, schema: &Value, value: &Value) -> Vec<String> {
    run(description, schema, value, |member| member.wanted())
}

/// Returns everything that is wrong with a value that a service sends; it may leave out secrets.
pub fn response_problems(description: &Description, schema: &Value, value: &Value) -> Vec<String> {
    run(description, schema, value, |member| {
        member.required && !secret(member.schema)
    })
}

/// Returns everything that is wrong with a value that a service stores, which need not have secrets
/// and members that only the service sets.
pub fn stored_problems(description: &Description, schema: &Value, value: &Value) -> Vec<String> {
    run(description, schema, value, |member| {
        member.wanted() && !secret(member.schema)
    })
}

fn run(
    description: &Description,
    schema: &Value,
    value: &Value,
    wanted: fn(&Member<'_>) -> bool,
) -> Vec<String> {
    let mut found = Found {
        description,
        wanted,
        problems: Vec::new(),
    };
    found.value(schema, value, "");
    found.problems
}

struct Found<'a> {
    description: &'a Description,
    /// Which members are required.
    wanted: fn(&Member<'_>) -> bool,
    problems: Vec<String>,
}

impl<'a> Found<'a> {
    fn report(&mut self, path: &str, problem: impl Into<String>) {
        self.problems.push(format!("{path}: {}", problem.into()));
    }

    fn value(&mut self, schema: &'a Value, value: &Value, path: &str) {
        if value.is_null() && nullable(schema) {
            return;
        }
        let description = self.description;
        match (description.shape(schema), value) {
            (Shape::Any(false), _)
            | (Shape::Any(true), Value::Object(_))
            | (Shape::Boolean, Value::Bool(_))
            | (Shape::Number(_), Value::Number(_)) => {}
            (Shape::Text(schema), Value::String(text)) => self.text(schema, text, path),
            (Shape::Integer(bits, schema), Value::Number(_)) => {
                self.integer(bits, schema, value, path);
            }
            (Shape::Choice(values, _), _) => {
                if !values.as_array().is_some_and(|all| all.contains(value)) {
                    self.report(path, format!("{value} is not one of {values}"));
                }
            }
            (Shape::List(items), Value::Array(all)) => {
                for (index, one) in all.iter().enumerate() {
                    self.value(items, one, &format!("{path}[{index}]"));
                }
            }
            (Shape::Map(values), Value::Object(all)) => {
                for (name, one) in all {
                    self.value(values, one, &format!("{path}.{name}"));
                }
            }
            (Shape::Object(object), Value::Object(members)) => self.object(&object, members, path),
            (Shape::Union(tag, kinds), Value::Object(members)) => {
                let kind = members.get(tag).and_then(Value::as_str);
                match kind.and_then(|kind| kinds.get(kind)) {
                    Some(name) => self.object(&description.object_of(name), members, path),
                    None => self.report(path, format!("{tag} is {kind:?}")),
                }
            }
            (shape, _) => self.report(path, format!("{value} is not {shape:?}")),
        }
    }

    fn object(&mut self, object: &Object<'a>, members: &Map<String, Value>, path: &str) {
        for (name, member) in &object.members {
            let there = members.contains_key(*name);
            if (self.wanted)(member) && !there {
                self.report(path, format!("{name} is required"));
            }
        }
        for (name, value) in members {
            let path = format!("{path}.{name}");
            let member = object
                .members
                .get(name.as_str())
                .map(|member| member.schema);
            match member.or(object.rest) {
                Some(schema) => self.value(schema, value, &path),
                None if object.tag.is_some_and(|(tag, _)| tag == name) => {}
                None => self.report(&path, "is unknown"),
            }
        }
    }

    fn text(&mut self, schema: &Value, text: &str, path: &str) {
        for problem in text_problems(schema, text) {
            self.report(path, problem);
        }
    }

    fn integer(&mut self, bits: u8, schema: &Value, value: &Value, path: &str) {
        let most = if bits == 32 {
            i64::from(i32::MAX)
        } else {
            i64::MAX
        };
        let range = -most - 1..=most;
        let below = |number: i64| {
            schema["minimum"]
                .as_i64()
                .is_some_and(|least| number < least)
        };
        let above = |number: i64| schema["maximum"].as_i64().is_some_and(|most| number > most);
        match value.as_i64() {
            Some(number) if range.contains(&number) && !below(number) && !above(number) => {}
            _ => self.report(path, format!("{value} is out of range")),
        }
    }
}

/// Returns everything that is wrong with a text.
pub fn text_problems(schema: &Value, text: &str) -> Vec<String> {
    let length = text.chars().count() as u64;
    let mut problems = Vec::new();
    if schema["minLength"]
        .as_u64()
        .is_some_and(|least| length < least)
    {
        problems.push(format!("{text:?} is too short"));
    }
    if schema["maxLength"]
        .as_u64()
        .is_some_and(|most| length > most)
    {
        problems.push(format!("{text:?} is too long"));
    }
    if let Some(pattern) = schema["pattern"].as_str()
        && !pattern::matches(pattern, text)
    {
        problems.push(format!("{text:?} does not match {pattern}"));
    }
    problems
}
