//! Definitions that lead to others: bases, and definitions that are another name for something.

use super::{Checker, schema_pointer};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many definitions may lead to each other in a row. Types that people write have a few; much
/// more would exhaust the stack of those who follow.
pub(super) const MAX_LENGTH: usize = 64;

/// How a chain of references ends.
enum ChainEnd {
    /// At a definition that refers to no other.
    Terminates,
    /// At the definition that it began with.
    Cycle,
    /// Not within [`MAX_LENGTH`] references.
    TooLong,
}

impl<'a> Checker<'a> {
    /// Reports definitions that are bases or names of themselves.
    pub(super) fn chains(&mut self) {
        let root = self.root;
        let schemas = root
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let mut too_long = Vec::new();
        let mut has_cycles = false;
        for (name, schema) in schemas.into_iter().flatten() {
            let pointer = schema_pointer(name);
            let own = format!("#{pointer}");
            let ends = [self.end(&own, bases), self.end(&own, names)];
            has_cycles |= ends.iter().any(|end| matches!(end, ChainEnd::Cycle));
            match ends {
                [ChainEnd::Cycle, _] if schema.get("$ref").is_some() => {
                    self.report(
                        pointer.child("$ref"),
                        "the schema is another name of itself",
                    );
                }
                [ChainEnd::Cycle, _] => self.report(
                    pointer.child("allOf"),
                    "the schema is its own base; break the cycle of `allOf`",
                ),
                [_, ChainEnd::Cycle] => self.report(
                    pointer,
                    "the list or map holds itself; put an object with properties between",
                ),
                [ChainEnd::TooLong, _] | [_, ChainEnd::TooLong] => too_long.push(pointer),
                _ => {}
            }
        }
        // A chain that runs into a cycle is too long as well; the cycle is the cause.
        if !has_cycles {
            for pointer in too_long {
                let message = format!("the schema leads to more than {MAX_LENGTH} others in a row");
                self.report(pointer, message);
            }
        }
    }

    /// Whether a definition has another among its bases.
    pub(super) fn derives(&self, schema: &str, base: &str) -> bool {
        self.reached(schema).contains(base)
    }

    pub(super) fn has_property(&self, schema: &'a Value, name: &str) -> bool {
        let own = |schema: &Value| declares(schema, name);
        let mut waiting = bases(schema);
        own(schema)
            || waiting.drain(..).any(|base| {
                let mut all = self.reached(base);
                all.insert(base);
                all.into_iter()
                    .filter_map(|base| self.target(base))
                    .any(own)
            })
    }

    /// All bases of a definition, and theirs.
    fn reached(&self, schema: &'a str) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![schema];
        while let Some(next) = waiting.pop() {
            for base in self.target(next).map(bases).unwrap_or_default() {
                if seen.insert(base) {
                    waiting.push(base);
                }
            }
        }
        seen
    }

    fn end(&self, own: &str, leads: fn(&'a Value) -> Vec<&'a str>) -> ChainEnd {
        let mut level: BTreeSet<&'a str> = self
            .target(own)
            .map(leads)
            .unwrap_or_default()
            .into_iter()
            .collect();
        for _ in 0..MAX_LENGTH {
            if level.is_empty() {
                return ChainEnd::Terminates;
            }
            if level.contains(own) {
                return ChainEnd::Cycle;
            }
            let next = level.iter().filter_map(|to| self.target(to));
            level = next.flat_map(leads).collect();
        }
        ChainEnd::TooLong
    }
}

/// Whether a schema, or a part of it in place, has a property.
fn declares(schema: &Value, name: &str) -> bool {
    let parts = schema.get("allOf").and_then(Value::as_array);
    schema
        .get("properties")
        .is_some_and(|all| all.get(name).is_some())
        || parts.into_iter().flatten().any(|part| declares(part, name))
}

/// What a schema is another name of, or the references in its `allOf`.
fn bases(schema: &Value) -> Vec<&str> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return vec![reference];
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    parts.into_iter().flatten().flat_map(bases).collect()
}

/// What a schema is another name of, or a list or map of; what has a type of its own is itself.
fn names(schema: &Value) -> Vec<&str> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return vec![reference];
    }
    let filled = |name: &&str| match schema.get(name) {
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        _ => false,
    };
    if ["properties", "allOf", "enum", "discriminator"]
        .iter()
        .any(filled)
    {
        return Vec::new();
    }
    let inner = ["items", "additionalProperties"];
    inner
        .iter()
        .filter_map(|name| schema.get(name))
        .flat_map(names)
        .collect()
}
