//! Reads parameters, from lists or through references.

use super::{SourceLocation, Sources};
use serde_json::{Map, Value};

/// The part of a request that a parameter is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    Path,
    Query,
    Header,
    Body,
    FormData,
}

impl Position {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "path" => Self::Path,
            "query" => Self::Query,
            "header" => Self::Header,
            "body" => Self::Body,
            "formData" => Self::FormData,
            _ => return None,
        })
    }

    /// Returns the position as the value of `in`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
            Self::FormData => "formData",
        }
    }
}

/// A parameter of Swagger 2.0.
#[derive(Debug, Clone)]
pub(crate) struct SourceParameter {
    /// Name on the wire.
    pub(crate) name: String,
    /// The part of the request that it is in.
    pub(crate) position: Position,
    /// The parameter object.
    pub(crate) value: Map<String, Value>,
    /// Location of the definition.
    pub(crate) location: SourceLocation,
    /// Whether it is shared by reference.
    pub(crate) is_shared: bool,
}

impl SourceParameter {
    /// Reads a parameter, if it has a name and a position.
    pub(crate) fn new(
        value: Map<String, Value>,
        location: SourceLocation,
        is_shared: bool,
    ) -> Option<Self> {
        let name = value.get("name").and_then(Value::as_str)?.to_owned();
        let position = Position::parse(value.get("in")?.as_str()?)?;
        (!name.is_empty()).then_some(Self {
            name,
            position,
            value,
            location,
            is_shared,
        })
    }

    /// Returns whether both are the same argument of a request.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.position == other.position
    }
}

impl Sources {
    /// Reads the parameters of a list.
    pub(crate) fn parameters(
        &mut self,
        list: Option<&Value>,
        at: &SourceLocation,
    ) -> Vec<SourceParameter> {
        let list = list.and_then(|list| self.array(list, at));
        let entries = list.iter().flatten().enumerate();
        entries
            .filter_map(|(index, value)| self.parameter(value, &at.child(index)))
            .collect()
    }

    fn parameter(&mut self, value: &Value, at: &SourceLocation) -> Option<SourceParameter> {
        let is_shared = value.get("$ref").is_some();
        let (value, location) = self.dereference(value, at)?;
        let parameter = match value {
            Value::Object(value) => SourceParameter::new(value, location.clone(), is_shared),
            _ => None,
        };
        if parameter.is_none() {
            self.problem(
                &location,
                "expected a parameter with a `name` and with `in` being path, query, header, body or formData",
            );
        }
        parameter
    }
}
