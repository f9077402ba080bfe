//! Checks values against the description.

use super::{
    catalog::{Catalog, Shape},
    limits::exceeded,
};
use crate::table::{Element, Object, Parameter, Text, Type};
use arm_runtime::IsoDuration;
use azure_core::{Uuid, base64, time};
use serde_json::Value;
use std::fmt;

/// Maximum number of violations in one response.
const MAX_VIOLATIONS: usize = 50;

/// A violation of the description: what is wrong with a value, and where.
#[derive(Debug)]
pub(crate) struct Violation {
    pub(crate) target: String,
    pub(crate) problem: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.target, self.problem)
    }
}

/// Checks the body of a request with an API version of a description. Without a version, items of
/// all versions are accepted. Members that only the service sets are ignored.
pub(crate) fn request(
    catalog: &Catalog,
    version: Option<usize>,
    ty: &Type,
    value: &Value,
    partial: bool,
) -> Vec<Violation> {
    run(catalog, ty, value, Author::Client { version, partial })
}

/// Checks the body of a response.
pub(crate) fn response(catalog: &Catalog, ty: &Type, value: &Value) -> Vec<Violation> {
    run(catalog, ty, value, Author::Service)
}

/// Checks text that represents the value of a parameter.
pub(crate) fn text(
    catalog: &Catalog,
    version: Option<usize>,
    parameter: &Parameter,
    text: &str,
) -> Option<String> {
    let ty = &parameter.ty;
    let plain = match catalog.shape(ty) {
        Shape::Choice(choice) => &choice.ty,
        Shape::Plain(plain) => plain,
        Shape::Object(..) => return None,
    };
    let value = match plain {
        Type::Integer(_) | Type::Number | Type::Boolean | Type::Text(Text::UnixTime) => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
        }
        // The syntax of lists differs; their items are not checked.
        Type::List(_) | Type::Map(_) => return None,
        _ => Value::from(text),
    };
    let author = Author::Client {
        version,
        partial: false,
    };
    let mut checker = Checker::new(catalog, author);
    checker.value(ty, &value, "");
    let found = checker.found.pop().map(|violation| violation.problem);
    found.or_else(|| exceeded(catalog, &parameter.limits, &value))
}

fn run(catalog: &Catalog, ty: &Type, value: &Value, author: Author) -> Vec<Violation> {
    let mut checker = Checker::new(catalog, author);
    checker.value(ty, value, "");
    checker.found.truncate(MAX_VIOLATIONS);
    checker.found
}

/// The author of a value.
#[derive(Clone, Copy, PartialEq)]
enum Author {
    /// A client that uses an API version of this description, or an unknown one. In a partial value
    /// no member is required.
    Client {
        version: Option<usize>,
        partial: bool,
    },
    Service,
}

struct Checker<'a> {
    catalog: &'a Catalog,
    author: Author,
    found: Vec<Violation>,
}

impl<'a> Checker<'a> {
    fn new(catalog: &'a Catalog, author: Author) -> Self {
        Self {
            catalog,
            author,
            found: Vec::new(),
        }
    }

    fn report(&mut self, target: &str, problem: impl Into<String>) {
        self.found.push(Violation {
            target: target.to_owned(),
            problem: problem.into(),
        });
    }

    fn value(&mut self, ty: &Type, value: &Value, path: &str) {
        if self.found.len() >= MAX_VIOLATIONS {
            return;
        }
        match self.catalog.shape(ty) {
            Shape::Object(name, object) => self.object((name, object), value, path),
            Shape::Choice(choice) => {
                self.plain(&choice.ty, value, path);
                let versions = value.as_str().and_then(|text| choice.versions.get(text));
                if self.lacks(versions) {
                    self.too_new(path, &format!("be {value}"), versions);
                } else if !choice.open && !choice.values.contains(value) {
                    let known: Vec<String> = choice.values.iter().map(Value::to_string).collect();
                    let problem = format!("must be one of {}, but is {value}", known.join(", "));
                    self.report(path, problem);
                }
            }
            Shape::Plain(Type::List(element)) => match value {
                Value::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.element(element, item, &format!("{path}[{index}]"));
                    }
                }
                other => self.wrong(path, "a list", other),
            },
            Shape::Plain(Type::Map(element)) => match value {
                Value::Object(entries) => {
                    for (key, entry) in entries {
                        self.element(element, entry, &join(path, key));
                    }
                }
                other => self.wrong(path, "an object", other),
            },
            Shape::Plain(plain) => self.plain(plain, value, path),
        }
    }

    fn element(&mut self, element: &Element, value: &Value, path: &str) {
        if !(value.is_null() && (element.nullable || self.is_partial())) {
            self.value(&element.ty, value, path);
        }
    }

    fn object(&mut self, base: (&str, &Object), value: &Value, path: &str) {
        let Value::Object(members) = value else {
            return self.wrong(path, "an object", value);
        };
        let Some((_, object)) = self.catalog.kind_of(base, value) else {
            return self.unknown_kind(base.1, value, path);
        };
        if self.lacks(kind_versions(base.1, value)) {
            return self.kind_too_new(base.1, value, path);
        }
        for (name, member) in &object.members {
            if member.read_only && self.author != Author::Service {
                continue;
            }
            let path = join(path, name);
            if self.lacks(member.versions.as_ref()) {
                if members.get(name).is_some_and(|value| !value.is_null()) {
                    self.too_new(&path, "be given", member.versions.as_ref());
                }
                continue;
            }
            match members.get(name) {
                Some(Value::Null) if member.nullable || !member.required || self.is_partial() => {}
                None if !member.required || self.is_partial() || self.may_hide(member.secret) => {}
                None | Some(Value::Null) => self.report(&path, "must be given"),
                Some(value) => {
                    self.value(&member.ty, value, &path);
                    if let Some(problem) = exceeded(self.catalog, &member.limits, value) {
                        self.report(&path, problem);
                    }
                }
            }
        }
        if let Some(additional) = &object.additional {
            for (name, value) in members {
                if !object.members.contains_key(name) {
                    self.value(additional, value, &join(path, name));
                }
            }
        }
    }

    fn unknown_kind(&mut self, object: &Object, value: &Value, path: &str) {
        if let Some(by) = &object.discriminator {
            let kinds: Vec<&str> = by.kinds.keys().map(String::as_str).collect();
            let shown = value.get(&by.member).map(Value::to_string);
            let problem = format!(
                "must be one of {}, but is {}",
                kinds.join(", "),
                shown.unwrap_or_default()
            );
            self.report(&join(path, &by.member), problem);
        }
    }

    fn kind_too_new(&mut self, object: &Object, value: &Value, path: &str) {
        if let Some(by) = &object.discriminator {
            let kind = value.get(&by.member).unwrap_or(&Value::Null);
            let path = join(path, &by.member);
            self.too_new(&path, &format!("be {kind}"), kind_versions(object, value));
        }
    }

    /// Returns whether something that only these descriptions have is not in the requested
    /// version.
    fn lacks(&self, versions: Option<&Vec<usize>>) -> bool {
        match (self.author, versions) {
            (
                Author::Client {
                    version: Some(version),
                    ..
                },
                Some(versions),
            ) => !versions.contains(&version),
            _ => false,
        }
    }

    /// Reports something that the requested version does not have.
    fn too_new(&mut self, path: &str, what: &str, versions: Option<&Vec<usize>>) {
        let names = self
            .catalog
            .version_names(versions.map_or(&[], Vec::as_slice));
        self.report(path, format!("must not {what}, which is only in {names}"));
    }

    fn plain(&mut self, ty: &Type, value: &Value, path: &str) {
        let (fits, what) = match ty {
            Type::Integer(32) => (
                value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
                "a whole number of 32 bits",
            ),
            Type::Integer(_) => (value.is_i64(), "a whole number"),
            Type::Number => (value.is_number(), "a number"),
            Type::Boolean => (value.is_boolean(), "true or false"),
            Type::Text(Text::UnixTime) => (value.is_i64(), "seconds since 1970"),
            Type::Text(format) => match value.as_str() {
                Some(text) => text_fits(*format, text),
                None => (false, "text"),
            },
            Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Any | Type::Binary => (true, ""),
        };
        if !fits {
            self.wrong(path, what, value);
        }
    }

    fn wrong(&mut self, path: &str, what: &str, value: &Value) {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        let kind = if what == kind { "something else" } else { kind };
        self.report(path, format!("must be {what}, but is {kind}"));
    }

    fn is_partial(&self) -> bool {
        matches!(self.author, Author::Client { partial: true, .. })
    }

    /// Returns whether the service may leave a member out of responses.
    fn may_hide(&self, secret: bool) -> bool {
        secret && self.author == Author::Service
    }
}

/// Returns the descriptions that have the kind of a value, if not all have it that have the object.
fn kind_versions<'a>(object: &'a Object, value: &Value) -> Option<&'a Vec<usize>> {
    let by = object.discriminator.as_ref()?;
    by.versions.get(value.get(&by.member)?.as_str()?)
}

fn text_fits(format: Text, text: &str) -> (bool, &'static str) {
    match format {
        Text::Date => (
            time::parse_rfc3339(&format!("{text}T00:00:00Z")).is_ok(),
            "a date such as 2025-01-31",
        ),
        Text::DateTime => (
            time::parse_rfc3339(text).is_ok(),
            "a time such as 2025-01-31T12:00:00Z",
        ),
        Text::Rfc1123 => (time::parse_rfc7231(text).is_ok(), "a time of RFC 1123"),
        Text::Duration => (
            IsoDuration::from(text.to_owned()).components().is_some(),
            "an ISO 8601 duration such as PT1H",
        ),
        Text::Uuid => (Uuid::parse_str(text).is_ok(), "a UUID"),
        Text::Base64 => (base64::decode(text).is_ok(), "Base64"),
        Text::Base64Url => (base64::decode_url_safe(text).is_ok(), "URL-safe Base64"),
        Text::Plain | Text::UnixTime | Text::Uri | Text::ArmId | Text::Password => (true, "text"),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
