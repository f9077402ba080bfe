//! Chains of definitions that refer to each other: bases and aliases.

use super::{Checker, schema_pointer};
use crate::json_pointer::value_at;
use serde_json::Value;
use std::collections::BTreeSet;

/// Maximum number of definitions in a chain. Descriptions written by people have a few; many more
/// would overflow the stack of recursive code.
pub(super) const MAX_LENGTH: usize = 64;

/// The end of a chain of references.
enum ChainEnd {
    /// A definition that refers to no other.
    Terminates,
    /// The definition at its start.
    Cycle,
    /// Not reached within [`MAX_LENGTH`] references.
    TooLong,
}

impl<'a> Checker<'a> {
    /// Reports definitions that are bases or aliases of themselves.
    pub(super) fn chains(&mut self) {
        let schemas = value_at(self.root, "/components/schemas").and_then(Value::as_object);
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
                        "the schema refers to itself; define a type",
                    );
                }
                [ChainEnd::Cycle, _] => self.report(
                    pointer.child("allOf"),
                    "the schema is its own base; break the cycle of `allOf`",
                ),
                [_, ChainEnd::Cycle] => self.report(
                    pointer,
                    "the list or map contains itself; add an object with properties in between",
                ),
                [ChainEnd::TooLong, _] | [_, ChainEnd::TooLong] => too_long.push(pointer),
                _ => {}
            }
        }
        // A chain that ends in a cycle is too long as well; only the cycle is reported.
        if !has_cycles {
            for pointer in too_long {
                let message =
                    format!("the chain of references from this schema is longer than {MAX_LENGTH}");
                self.report(pointer, message);
            }
        }
    }

    /// Returns whether a definition has another one among its bases.
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

    /// Returns all bases of a definition, direct and indirect.
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

/// Returns whether a schema, or an inline part of it, has a property.
fn declares(schema: &Value, name: &str) -> bool {
    let parts = schema.get("allOf").and_then(Value::as_array);
    schema
        .get("properties")
        .is_some_and(|all| all.get(name).is_some())
        || parts.into_iter().flatten().any(|part| declares(part, name))
}

/// Returns the target of an alias, or the references in `allOf`.
fn bases(schema: &Value) -> Vec<&str> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return vec![reference];
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    parts.into_iter().flatten().flat_map(bases).collect()
}

/// Returns the definition that this one is an alias, list or map of; nothing for a type of its own.
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
