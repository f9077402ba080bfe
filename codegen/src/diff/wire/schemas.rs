//! Compares objects and enums.

use super::{
    super::{
        change::Subject,
        pairs::Pairs,
        rules::{self, Direction},
    },
    Aspect, Finding, from_to, optional_to_required, types, value_rules,
};
use crate::resolve::api::{Discriminator, Enumeration, Object, Property, Shape, Type};
use serde_json::Value;
use std::collections::HashMap;

/// Compares the objects and enums of two APIs.
pub(super) fn compare(pairs: &Pairs<'_>, names: &HashMap<&str, &str>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (old, new) in pairs.types() {
        let context = Context {
            pairs,
            name: names.get(new).copied().unwrap_or(new),
            direction: pairs.direction(old),
        };
        let old = pairs.old.schemas.get(old).map(|schema| &schema.shape);
        let new = pairs.new.schemas.get(new).map(|schema| &schema.shape);
        match (old, new) {
            (Some(Shape::Object(old)), Some(Shape::Object(new))) => {
                found.extend(context.object(old, new));
            }
            (Some(Shape::Enumeration(old)), Some(Shape::Enumeration(new))) => {
                found.extend(context.enumeration(old, new));
            }
            _ => {}
        }
    }
    found
}

/// A pair of types to compare.
struct Context<'a> {
    pairs: &'a Pairs<'a>,
    /// The new type's name in Rust.
    name: &'a str,
    /// Whether clients send or receive its values.
    direction: Direction,
}

type Flag = (Aspect, (bool, bool), [&'static str; 2], bool);

impl Context<'_> {
    fn object(&self, old: &Object, new: &Object) -> Vec<Finding> {
        let mut found = Vec::new();
        for (name, property) in &old.properties {
            let subject = self.property_subject(name);
            match new.properties.get(name) {
                Some(other) => found.extend(self.property(&subject, property, other)),
                None => {
                    let detail = types::text(&property.ty);
                    let breaks = rules::property_removed(self.direction);
                    found.push(Finding::removed(subject, detail, breaks));
                }
            }
        }
        let added = new.properties.iter();
        let added = added.filter(|(name, _)| !old.properties.contains_key(*name));
        found.extend(added.map(|(name, property)| self.property_added(name, property)));
        found.extend(self.additional(old.additional.as_ref(), new.additional.as_ref()));
        found.extend(self.discriminators(old.discriminator.as_ref(), new.discriminator.as_ref()));
        found
    }

    fn property_subject(&self, name: &str) -> Subject {
        Subject::Property {
            model: self.name.to_owned(),
            name: name.to_owned(),
        }
    }

    fn model(&self, aspect: Aspect, detail: String, breaks: bool) -> Finding {
        Finding::changed(Subject::Model(self.name.to_owned()), aspect, detail, breaks)
    }

    fn property_added(&self, name: &str, property: &Property) -> Finding {
        let mut detail = types::text(&property.ty);
        if property.required {
            detail.push_str(", required");
        }
        if property.read_only {
            detail.push_str(", read-only");
        }
        let breaks = rules::property_added(property.required, property.read_only, self.direction);
        Finding::added(self.property_subject(name), detail, breaks)
    }

    fn property(&self, subject: &Subject, old: &Property, new: &Property) -> Vec<Finding> {
        let direction = self.direction;
        let mut found = Vec::new();
        let mut changed = |aspect, detail: String, breaks| {
            found.push(Finding::changed(subject.clone(), aspect, detail, breaks));
        };
        if let Some(breaks) = types::compare(self.pairs, &old.ty, &new.ty, direction) {
            let detail = types::change(self.pairs, Some(&old.ty), Some(&new.ty));
            changed(Aspect::Type, detail, breaks);
        }
        if old.required != new.required {
            let detail = optional_to_required(new.required).to_owned();
            let breaks = rules::property_required(new.required, new.read_only, direction);
            changed(Aspect::Required, detail, breaks);
        }
        for (aspect, (old, new), [set, unset], breaks) in self.flags(old, new) {
            if old != new {
                let detail = if new { set } else { unset };
                changed(aspect, detail.to_owned(), breaks);
            }
        }
        if let Some(detail) = value_rules::defaults(old.default.as_ref(), new.default.as_ref()) {
            changed(Aspect::Other, detail, false);
        }
        for (detail, breaks) in value_rules::compare(&old.rules, &new.rules, direction) {
            changed(Aspect::Other, detail, breaks);
        }
        found
    }

    /// Returns the flags of a property: both values, the texts for a flag that was set or cleared,
    /// and whether the change breaks.
    fn flags(&self, old: &Property, new: &Property) -> [Flag; 4] {
        let direction = self.direction;
        [
            (
                Aspect::Other,
                (old.nullable, new.nullable),
                ["may be null", "may no longer be null"],
                rules::nullable(new.nullable, direction),
            ),
            (
                Aspect::Other,
                (old.read_only, new.read_only),
                ["has become read-only", "is no longer read-only"],
                rules::read_only(new.read_only, new.required, direction),
            ),
            (
                Aspect::Other,
                (old.create_only, new.create_only),
                ["can only be set at creation", "can be set in updates too"],
                rules::create_only(new.create_only, direction),
            ),
            (
                Aspect::Secret,
                (old.secret, new.secret),
                ["has become a secret", "is no longer a secret"],
                false,
            ),
        ]
    }

    fn additional(&self, old: Option<&Type>, new: Option<&Type>) -> Option<Finding> {
        let (detail, breaks) = match (old, new) {
            (None, None) => return None,
            (None, Some(new)) => {
                let detail = format!("accepts additional properties of {}", types::text(new));
                (detail, rules::additional_added())
            }
            (Some(_), None) => (
                "accepts no additional properties".to_owned(),
                rules::additional_removed(self.direction),
            ),
            (Some(old), Some(new)) => {
                let breaks = types::compare(self.pairs, old, new, self.direction)?;
                let detail = types::change(self.pairs, Some(old), Some(new));
                (format!("additional properties: {detail}"), breaks)
            }
        };
        Some(self.model(Aspect::Additional, detail, breaks))
    }

    fn discriminators(
        &self,
        old: Option<&Discriminator>,
        new: Option<&Discriminator>,
    ) -> Vec<Finding> {
        match (old, new) {
            (None, None) => Vec::new(),
            (None, Some(new)) => {
                let detail = format!("has become a base with discriminator `{}`", new.property);
                vec![self.model(Aspect::Whole, detail, false)]
            }
            (Some(old), None) => {
                let detail = format!("is no longer a base with discriminator `{}`", old.property);
                vec![self.model(Aspect::Whole, detail, rules::incompatible(self.direction))]
            }
            (Some(old), Some(new)) => self.kinds(old, new),
        }
    }

    fn kinds(&self, old: &Discriminator, new: &Discriminator) -> Vec<Finding> {
        let subject = |value: &str| Subject::Kind {
            base: self.name.to_owned(),
            value: value.to_owned(),
        };
        let mut found = Vec::new();
        if old.property != new.property {
            let detail = format!("discriminator `{}` -> `{}`", old.property, new.property);
            found.push(self.model(Aspect::Other, detail, rules::incompatible(self.direction)));
        }
        for (value, schema) in &old.mapping {
            if !new.mapping.contains_key(value) {
                let breaks = rules::kind_removed(self.direction);
                found.push(Finding::removed(subject(value), schema, breaks));
            }
        }
        for (value, schema) in &new.mapping {
            if !old.mapping.contains_key(value) {
                found.push(Finding::added(subject(value), schema, rules::kind_added()));
            }
        }
        found
    }

    fn enumeration(&self, old: &Enumeration, new: &Enumeration) -> Vec<Finding> {
        let enumeration = Subject::Enum(self.name.to_owned());
        let value_subject = |value: &Value| Subject::Value {
            of: self.name.to_owned(),
            value: value_text(value),
        };
        let mut found = Vec::new();
        if old.ty != new.ty {
            let detail = format!(
                "values of {}",
                types::change(self.pairs, Some(&old.ty), Some(&new.ty))
            );
            found.push(Finding::changed(
                enumeration.clone(),
                Aspect::Type,
                detail,
                rules::incompatible(self.direction),
            ));
        }
        if old.open != new.open {
            let text = |open| Some(if open { "open" } else { "closed" });
            let detail = from_to(text(old.open), text(new.open));
            let breaks = rules::openness(new.open, self.direction);
            found.push(Finding::changed(
                enumeration,
                Aspect::Openness,
                detail,
                breaks,
            ));
        }
        let has = |choice: &Enumeration, value: &Value| {
            choice.values.iter().any(|known| known.value == *value)
        };
        for value in old.values.iter().filter(|value| !has(new, &value.value)) {
            let breaks = rules::value_removed(self.direction);
            found.push(Finding::removed(value_subject(&value.value), "", breaks));
        }
        for value in new.values.iter().filter(|value| !has(old, &value.value)) {
            let breaks = rules::value_added(old.open, self.direction);
            found.push(Finding::added(value_subject(&value.value), "", breaks));
        }
        found
    }
}

/// Returns a value as text, without the quotes of strings.
fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
