//! What the reader of an import should know.

use crate::json_pointer::JsonPointer;
use std::fmt;

/// Why a note was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// Something was not understood, or OpenAPI cannot say it; the message tells what became of it.
    NotUnderstood,
    /// Something was wrong in a way that leaves no doubt what was meant, and was put right.
    Corrected,
    /// A name was given or changed.
    Named,
    /// A fixup was applied.
    Fixed,
    /// Something has no description.
    Undocumented,
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotUnderstood => "not understood",
            Self::Corrected => "corrected",
            Self::Named => "named",
            Self::Fixed => "fixed",
            Self::Undocumented => "undocumented",
        })
    }
}

/// One thing worth knowing about one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Why it was written.
    pub kind: NoteKind,
    /// File it is about.
    pub file: String,
    /// The part of that file.
    pub pointer: JsonPointer,
    /// What there is to know.
    pub message: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}: at {}: {}",
            self.kind, self.file, self.pointer, self.message
        )
    }
}
