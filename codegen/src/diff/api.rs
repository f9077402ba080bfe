//! An API as plain data, with bases resolved, for comparing.

use std::collections::BTreeMap;

use crate::swagger::path_shape;

/// Everything that is compared.
#[derive(Debug, Default)]
pub(super) struct Api {
    pub(super) operations: BTreeMap<OperationKey, Operation>,
    pub(super) models: BTreeMap<String, Model>,
    pub(super) enums: BTreeMap<String, Enum>,
}

/// Path without the names of its parameters and in lower case, as ARM compares paths; and method.
pub(super) type OperationKey = (String, String);

/// Stands for a way to the final state that is not told.
pub(super) const UNTOLD: &str = "default";

/// What tells an operation from the others.
pub(super) fn key_of(operation: &Operation) -> OperationKey {
    (
        path_shape(&operation.path).to_lowercase(),
        operation.method.clone(),
    )
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) method: String,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    pub(super) responses: BTreeMap<String, Response>,
    /// How the final state of a long-running operation is found.
    pub(super) long_running: Option<String>,
    pub(super) pages: Option<Pages>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) client_name: Option<String>,
    pub(super) location: String,
    pub(super) required: bool,
    /// Set once for the client instead of with each call.
    pub(super) of_client: bool,
    pub(super) joined: String,
    pub(super) kind: Type,
    pub(super) limits: Limits,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Body {
    pub(super) required: bool,
    pub(super) media_types: Vec<String>,
    pub(super) kind: Type,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Response {
    pub(super) kind: Option<Type>,
    pub(super) headers: BTreeMap<String, Type>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    pub(super) items: String,
    pub(super) next_link: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Model {
    pub(super) properties: BTreeMap<String, Property>,
    /// Type of the properties that have no name here.
    pub(super) others: Option<Element>,
    pub(super) discriminator: Option<Discriminator>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Discriminator {
    pub(super) property: String,
    pub(super) subtypes: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Property {
    /// Model that declares it: the one that has it or a base of it.
    pub(super) origin: String,
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) mutability: Vec<String>,
    pub(super) secret: bool,
    pub(super) flattened: bool,
    pub(super) client_name: Option<String>,
    pub(super) default: Option<String>,
    pub(super) kind: Type,
    pub(super) limits: Limits,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Enum {
    /// Type of the values on the wire.
    pub(super) base: Type,
    /// Name each value is given, by value.
    pub(super) values: BTreeMap<String, Option<String>>,
    pub(super) open: bool,
}

/// What a value can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    Any,
    Boolean,
    Integer(Option<String>),
    Number(Option<String>),
    Text(Option<String>),
    List(Box<Element>),
    Map(Box<Element>),
    /// A model or an enum.
    Named(String),
}

/// What stands in a list or map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) kind: Type,
    pub(super) nullable: bool,
}

/// What a value must fulfil besides its type.
pub(super) type Limits = BTreeMap<String, String>;

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let with_format =
            |f: &mut std::fmt::Formatter<'_>, name: &str, format: &Option<String>| match format {
                Some(format) => write!(f, "{name} ({format})"),
                None => write!(f, "{name}"),
            };
        match self {
            Self::Any => write!(f, "any"),
            Self::Boolean => write!(f, "boolean"),
            Self::Integer(format) => with_format(f, "integer", format),
            Self::Number(format) => with_format(f, "number", format),
            Self::Text(format) => with_format(f, "string", format),
            Self::List(element) => write!(f, "list of {element}"),
            Self::Map(element) => write!(f, "map of {element}"),
            Self::Named(name) => write!(f, "{name}"),
        }
    }
}

impl std::fmt::Display for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let nullable = if self.nullable { "nullable " } else { "" };
        write!(f, "{nullable}{}", self.kind)
    }
}
