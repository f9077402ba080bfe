//! The converted document before its components have names.

use crate::swagger::read::SourceLocation;
use indexmap::IndexMap;
use serde_json::{Map, Value};

/// A reference to a component by its location.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum ComponentReference {
    /// To a schema.
    Schema(SourceLocation),
    /// To a parameter.
    Parameter(SourceLocation),
}

/// A value of the converted document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Draft {
    /// A reference, which becomes text when the components have names.
    Reference(ComponentReference),
    /// An object that may contain references.
    Object(DraftObject),
    /// A list that may contain references.
    List(Vec<Draft>),
    /// A value without references.
    Value(Value),
}

/// The members of an object.
pub(crate) type DraftObject = IndexMap<String, Draft>;

impl Draft {
    /// Creates an object that consists only of a reference.
    pub(crate) fn reference(reference: ComponentReference) -> Self {
        Self::object([("$ref", Self::Reference(reference))])
    }

    /// Creates an object with some members.
    pub(crate) fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        let members = members.map(|(name, member)| (name.to_owned(), member));
        Self::Object(members.into_iter().collect())
    }

    /// Returns the value, if it contains no references.
    pub(crate) fn as_value(&self) -> Option<&Value> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Returns whether the value is this text.
    pub(crate) fn is_text(&self, text: &str) -> bool {
        self.as_value().is_some_and(|value| value == text)
    }

    /// Returns whether the value is an object with a member of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        match self {
            Self::Object(members) => members.contains_key(name),
            Self::Value(value) => value.get(name).is_some(),
            Self::Reference(_) | Self::List(_) => false,
        }
    }

    /// Returns the value with references as texts.
    pub(crate) fn resolve(&self, name: &dyn Fn(&ComponentReference) -> String) -> Value {
        match self {
            Self::Reference(reference) => Value::String(name(reference)),
            Self::Object(members) => Value::Object(resolve_members(members, name)),
            Self::List(items) => items.iter().map(|item| item.resolve(name)).collect(),
            Self::Value(value) => value.clone(),
        }
    }
}

/// Returns the members of an object with references as texts.
pub(crate) fn resolve_members(
    members: &DraftObject,
    name: &dyn Fn(&ComponentReference) -> String,
) -> Map<String, Value> {
    let members = members.iter();
    members
        .map(|(key, member)| (key.clone(), member.resolve(name)))
        .collect()
}

impl From<Value> for Draft {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

impl From<String> for Draft {
    fn from(text: String) -> Self {
        Self::Value(text.into())
    }
}

impl From<bool> for Draft {
    fn from(flag: bool) -> Self {
        Self::Value(flag.into())
    }
}
