//! Locations in the files that were read.

use crate::json_pointer::JsonPointer;
use std::fmt;

/// The location of a value in one of the files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SourceLocation {
    /// Index of the file.
    pub(crate) file: usize,
    /// JSON pointer in the file.
    pub(crate) pointer: JsonPointer,
}

/// The kind of a value, determined by its location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// An entry of the file's `definitions`, which are schemas.
    Definition,
    /// An entry of the file's shared `parameters`.
    Parameter,
    /// An entry of the file's shared `responses`.
    Response,
    /// Any other value, such as one inside such an entry.
    Other,
}

impl SourceLocation {
    /// Returns the location of a whole file.
    pub(crate) const fn root(file: usize) -> Self {
        Self {
            file,
            pointer: JsonPointer::root(),
        }
    }

    /// Returns the location of a member or an element of the value.
    pub(crate) fn child(&self, segment: impl fmt::Display) -> Self {
        Self {
            file: self.file,
            pointer: self.pointer.child(segment),
        }
    }

    /// Returns the section of the file that the value is an entry of.
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

    /// Returns whether this is a whole definition.
    pub(crate) fn is_definition(&self) -> bool {
        self.section() == Section::Definition
    }
}
