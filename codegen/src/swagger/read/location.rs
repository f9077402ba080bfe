//! Where something is in the files that were read.

use crate::json_pointer::JsonPointer;
use std::fmt;

/// A value in one of the files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SourceLocation {
    /// Index of the file among those that were read.
    pub(crate) file: usize,
    /// The value inside the file.
    pub(crate) pointer: JsonPointer,
}

/// What a value is, judged by where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// One of the file's `definitions`, which are schemas.
    Definition,
    /// One of the file's shared `parameters`.
    Parameter,
    /// One of the file's shared `responses`.
    Response,
    /// Something else, such as a value inside of one of these.
    Other,
}

impl SourceLocation {
    /// A file as a whole.
    pub(crate) const fn root(file: usize) -> Self {
        Self {
            file,
            pointer: JsonPointer::root(),
        }
    }

    /// The location of a member or an element of the value.
    pub(crate) fn child(&self, segment: impl fmt::Display) -> Self {
        Self {
            file: self.file,
            pointer: self.pointer.child(segment),
        }
    }

    /// The section of the file that the value is an entry of.
    pub(crate) fn section(&self) -> Section {
        let mut segments = self.pointer.segments();
        let (first, name, rest) = (segments.next(), segments.next(), segments.next());
        match (first.as_deref(), name, rest) {
            (Some("definitions"), Some(_), None) => Section::Definition,
            (Some("parameters"), Some(_), None) => Section::Parameter,
            (Some("responses"), Some(_), None) => Section::Response,
            _ => Section::Other,
        }
    }

    /// Whether this is a definition as a whole.
    pub(crate) fn is_definition(&self) -> bool {
        self.section() == Section::Definition
    }
}
