//! Changes, and what they break.

use std::fmt;

/// The subject of a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A constant for an API version.
    Version(String),
    /// A scope, by the name of its type.
    Scope(String),
    /// An operation group, by the name of its client type.
    Group(String),
    /// An operation, by its ID.
    Operation(String),
    /// A parameter of an operation.
    Parameter {
        /// ID of the operation.
        operation: String,
        /// Name on the wire.
        name: String,
    },
    /// The request body of an operation.
    Body {
        /// ID of the operation.
        operation: String,
    },
    /// A success response of an operation.
    Response {
        /// ID of the operation.
        operation: String,
        /// Status code.
        status: u16,
    },
    /// The method that reads a response header, by the header's name.
    Header(String),
    /// A model, by the name of its type.
    Model(String),
    /// A property of a model.
    Property {
        /// Name of the model's type.
        model: String,
        /// Name on the wire.
        name: String,
    },
    /// A subtype of a model with a discriminator.
    Kind {
        /// Name of the base's type.
        base: String,
        /// The discriminator's value.
        value: String,
    },
    /// An enum, by the name of its type.
    Enum(String),
    /// A value of an enum.
    Value {
        /// Name of the enum's type.
        of: String,
        /// The value on the wire.
        value: String,
    },
}

/// The kind of a [`Subject`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// A constant for an API version.
    Version,
    /// A scope.
    Scope,
    /// An operation group.
    Group,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A request body.
    Body,
    /// A success response.
    Response,
    /// The method that reads a header.
    Header,
    /// A model.
    Model,
    /// A property.
    Property,
    /// A subtype of a model.
    Kind,
    /// An enum.
    Enum,
    /// A value of an enum.
    Value,
}

/// What happened to the subject of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The subject was removed.
    Removed,
    /// The subject has another name.
    Renamed,
    /// The subject differs.
    Changed,
    /// The subject was added.
    Added,
}

/// What a change breaks: requests and responses, or Rust code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Breaks {
    /// A client generated from the old description would misunderstand a service of the new one, or
    /// be rejected by it.
    pub wire: bool,
    /// Rust code written against the old generated crate, within its contract, would not compile
    /// against the new one, or would have another meaning.
    pub rust: bool,
}

impl Breaks {
    /// Returns whether the change breaks anything.
    #[must_use]
    pub fn any(self) -> bool {
        self.wire || self.rust
    }
}

/// One difference between two APIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The part of the API that differs.
    pub subject: Subject,
    /// What happened to the subject.
    pub action: Action,
    /// Details of the difference; may be empty.
    pub detail: String,
    /// What the change breaks.
    pub breaks: Breaks,
    /// Whether the subject exists only in preview versions.
    pub preview: bool,
}

impl Subject {
    /// Returns the kind of the subject.
    #[must_use]
    pub fn kind(&self) -> SubjectKind {
        match self {
            Self::Version(_) => SubjectKind::Version,
            Self::Scope(_) => SubjectKind::Scope,
            Self::Group(_) => SubjectKind::Group,
            Self::Operation(_) => SubjectKind::Operation,
            Self::Parameter { .. } => SubjectKind::Parameter,
            Self::Body { .. } => SubjectKind::Body,
            Self::Response { .. } => SubjectKind::Response,
            Self::Header(_) => SubjectKind::Header,
            Self::Model(_) => SubjectKind::Model,
            Self::Property { .. } => SubjectKind::Property,
            Self::Kind { .. } => SubjectKind::Kind,
            Self::Enum(_) => SubjectKind::Enum,
            Self::Value { .. } => SubjectKind::Value,
        }
    }
}

/// Shows the name, such as `Widgets_List`, `Widgets_List(top)` or `Widget.size`.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(name)
            | Self::Scope(name)
            | Self::Group(name)
            | Self::Operation(name)
            | Self::Body { operation: name }
            | Self::Header(name)
            | Self::Model(name)
            | Self::Enum(name) => f.write_str(name),
            Self::Parameter { operation, name } => write!(f, "{operation}({name})"),
            Self::Response { operation, status } => write!(f, "{operation} {status}"),
            Self::Property { model, name } => write!(f, "{model}.{name}"),
            Self::Kind { base, value } => write!(f, "{base}::{value}"),
            Self::Value { of, value } => write!(f, "{of}::{value}"),
        }
    }
}

impl SubjectKind {
    /// All kinds, in the order in which changes are listed.
    pub const ALL: [Self; 13] = [
        Self::Version,
        Self::Scope,
        Self::Group,
        Self::Operation,
        Self::Parameter,
        Self::Body,
        Self::Response,
        Self::Header,
        Self::Model,
        Self::Property,
        Self::Kind,
        Self::Enum,
        Self::Value,
    ];
}

impl fmt::Display for SubjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Version => "version",
            Self::Scope => "scope",
            Self::Group => "group",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Response => "response",
            Self::Header => "header",
            Self::Model => "model",
            Self::Property => "property",
            Self::Kind => "kind",
            Self::Enum => "enum",
            Self::Value => "value",
        })
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::Added => "added",
        })
    }
}
