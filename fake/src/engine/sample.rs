//! Samples: values that the description allows, the same in every run.

use super::{
    catalog::{Catalog, Shape},
    limits::{exceeded_by_text, number_of},
    template::{self, Subject, fnv},
};
use crate::table::{Limits, Member, Object, Schema, Text, Type};
use azure_core::time::{OffsetDateTime, to_rfc3339, to_rfc7231};
use serde_json::{Map, Number, Value};

/// The depth up to which optional members are included.
const DEPTH: usize = 4;
/// The depth up to which required members are included; only recursive schemas reach it.
const MAX_DEPTH: usize = 32;

/// The context of a sample.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sampler<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) now: OffsetDateTime,
    /// The description of the requested version.
    pub(crate) version: usize,
    /// The resource ID that keys are derived from.
    pub(crate) id: &'a str,
    /// Values whose kinds a sample adopts, in order of preference.
    pub(crate) hints: &'a [&'a Value],
}

impl Sampler<'_> {
    /// Returns a value of a type.
    pub(crate) fn sample(&self, ty: &Type) -> Value {
        self.value(ty, &Limits::default(), "", 0)
    }

    /// Returns a key, which differs by resource, member and generation.
    pub(crate) fn key(&self, member: &str, generation: u64) -> String {
        let text = format!("{}|{member}|{generation}", self.id.to_lowercase());
        format!("fake-{member}-{generation}-{:016x}", fnv(&text))
    }

    fn value(&self, ty: &Type, limits: &Limits, name: &str, depth: usize) -> Value {
        match self.catalog.shape(ty) {
            Shape::Object(name, object) => self.object((name, object), depth),
            Shape::Choice(choice) => choice.values.first().cloned().unwrap_or_default(),
            Shape::Plain(Type::List(element)) => {
                let least = limits.min_items.unwrap_or(usize::from(depth < DEPTH));
                let item = || self.value(&element.ty, &Limits::default(), name, depth + 1);
                (0..least).map(|_| item()).collect()
            }
            Shape::Plain(Type::Map(element)) if depth < DEPTH => {
                let value = self.value(&element.ty, &Limits::default(), name, depth + 1);
                Value::Object(Map::from_iter([("sample".to_owned(), value)]))
            }
            Shape::Plain(plain) => self.plain(plain, limits, name),
        }
    }

    fn object(&self, base: (&str, &Object), depth: usize) -> Value {
        let mut members = Map::new();
        let (mut name_of_schema, mut object) = base;
        // A subtype may have a discriminator of its own.
        for _ in 0..MAX_DEPTH {
            let Some(by) = &object.discriminator else {
                break;
            };
            let Some((kind, schema)) = self.kind(object) else {
                break;
            };
            members.insert(by.member.clone(), Value::from(kind));
            match self.catalog.table.schemas.get(schema) {
                Some(Schema::Object(derived)) if schema != name_of_schema => {
                    (name_of_schema, object) = (schema, derived);
                }
                _ => break,
            }
        }
        for (name, member) in &object.members {
            let wanted = (depth < DEPTH || member.required)
                && member.is_in(self.version)
                && (member.required || !self.catalog.is_next_link(name));
            if wanted && depth < MAX_DEPTH && !members.contains_key(name) {
                let value = self
                    .given(name_of_schema, name)
                    .unwrap_or_else(|| self.member(member, name, depth));
                members.insert(name.clone(), value);
            }
        }
        Value::Object(members)
    }

    /// Returns the value that the manifest gives for a member.
    fn given(&self, schema: &str, name: &str) -> Option<Value> {
        let samples = &self.catalog.table.behavior.samples;
        let template = samples.get(&format!("{schema}.{name}"))?;
        let subject = Subject {
            id: self.id,
            location: "westeurope".to_owned(),
            created: self.now,
            changed: self.now,
            now: self.now,
        };
        Some(template::fill(template, &subject))
    }

    fn member(&self, member: &Member, name: &str, depth: usize) -> Value {
        let shape = self.catalog.shape(&member.ty);
        if member.secret && matches!(shape, Shape::Plain(Type::Text(_))) {
            return Value::from(self.key(name, 1));
        }
        self.value(&member.ty, &member.limits, name, depth + 1)
    }

    /// Returns the kind of the hints, or else the first.
    fn kind<'b>(&self, object: &'b Object) -> Option<(&'b str, &'b str)> {
        let by = object.discriminator.as_ref()?;
        let mut hints = self.hints.iter();
        let hinted = hints.find_map(|hint| find(hint, &by.member));
        let own = hinted.and_then(|kind| by.kinds.get_key_value(kind));
        let (kind, schema) = own.or_else(|| by.kinds.iter().next())?;
        Some((kind, schema))
    }

    fn plain(&self, ty: &Type, limits: &Limits, name: &str) -> Value {
        match ty {
            Type::Integer(_) => {
                let least = number_of(&limits.minimum).unwrap_or(1.0).max(1.0);
                let step = number_of(&limits.multiple_of).unwrap_or(1.0);
                let number = (least / step).ceil() * step;
                Value::from(
                    number_of(&limits.maximum).map_or(number, |most| most.min(number)) as i64,
                )
            }
            Type::Number => {
                let number = number_of(&limits.minimum).unwrap_or(0.5).max(0.5);
                let number = number_of(&limits.maximum).map_or(number, |most| most.min(number));
                Number::from_f64(number).map_or(Value::Null, Value::Number)
            }
            Type::Boolean => Value::Bool(true),
            Type::Text(Text::UnixTime) => Value::from(self.now.unix_timestamp()),
            Type::Text(format) => Value::from(self.text(*format, limits, name)),
            _ => Value::Object(Map::new()),
        }
    }

    fn text(&self, format: Text, limits: &Limits, name: &str) -> String {
        match format {
            Text::Date => to_rfc3339(&self.now).chars().take(10).collect(),
            Text::DateTime => to_rfc3339(&self.now),
            Text::Rfc1123 => to_rfc7231(&self.now),
            Text::Duration => "PT1H".to_owned(),
            Text::Uuid => "00000000-0000-4000-8000-000000000001".to_owned(),
            Text::Uri => "https://sample.invalid/".to_owned(),
            Text::Base64 | Text::Base64Url => "c2FtcGxl".to_owned(),
            Text::ArmId => self.id.to_owned(),
            Text::Password => self.key(name, 1),
            Text::Plain | Text::UnixTime => plain_text(self.catalog, limits),
        }
    }
}

/// Returns a text within the limits, if one of a few candidates is.
fn plain_text(catalog: &Catalog, limits: &Limits) -> String {
    const CANDIDATES: &[&str] = &[
        "sample",
        "sample1",
        "Sample-1",
        "1",
        "1.0",
        "1g",
        "10.0.0.1",
        "10.0.0.0/16",
        "sample@example.com",
        "00000000-0000-4000-8000-000000000001",
        "https://sample.invalid/",
        "/subscriptions/sample",
    ];
    let mut candidates = CANDIDATES.iter();
    let fitting = candidates.find(|text| exceeded_by_text(catalog, limits, text).is_none());
    let long = || "s".repeat(limits.min_length.unwrap_or(1).min(4096));
    fitting.map_or_else(long, |text| (*text).to_owned())
}

/// Returns the first text with a member name anywhere in a value.
fn find<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    match value {
        Value::Object(members) => {
            let here = members.get(name).and_then(Value::as_str);
            here.or_else(|| members.values().find_map(|value| find(value, name)))
        }
        Value::Array(items) => items.iter().find_map(|value| find(value, name)),
        _ => None,
    }
}
