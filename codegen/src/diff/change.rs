//! What changed.

use std::fmt;

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An operation as a whole.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// The request body of an operation.
    Body,
    /// A response of an operation.
    Response,
    /// A model.
    Model,
    /// A property of a model.
    Property,
    /// An enum.
    Enum,
    /// A value of an enum.
    Value,
}

/// What happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is gone.
    Removed,
    /// It is the same under another name.
    Renamed,
    /// It is different.
    Changed,
    /// It is new.
    Added,
}

/// Whom a change breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Breaks {
    /// A client made for the old description would misunderstand, or be refused by, a service of the new one.
    pub wire: bool,
    /// Rust code written against the old generated crate would not compile, or would mean something else.
    pub rust: bool,
}

impl Breaks {
    /// Whether it breaks anybody.
    #[must_use]
    pub fn any(self) -> bool {
        self.wire || self.rust
    }
}

/// One difference between two APIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// What happened to it.
    pub action: Action,
    /// Its name, such as `Widgets_List` or `Widget.size`.
    pub place: String,
    /// What exactly is different; empty when there is no more to say.
    pub detail: String,
    /// Whom it breaks.
    pub breaks: Breaks,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Response => "response",
            Self::Model => "model",
            Self::Property => "property",
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
