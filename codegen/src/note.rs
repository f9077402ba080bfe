//! Notes on a description that are not problems.

use crate::{json_pointer::JsonPointer, problem::Problem};
use std::fmt;

/// The kind of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// A part is valid, but no code is generated for it. The message says what happens instead.
    NotSupported,
    /// A part was not recognized. The message says what happened to it.
    NotUnderstood,
    /// An error whose correction is unambiguous was corrected.
    Corrected,
    /// Two items would have the same name, and got different ones.
    Disambiguated,
    /// A name was given or changed.
    Named,
    /// A fixup was applied.
    Fixed,
    /// Something has no description.
    Undocumented,
    /// An extension or keyword does not change the generated code. The message says what is
    /// generated.
    NoEffect,
}

impl NoteKind {
    /// All kinds, the most important first.
    pub const ALL: [Self; 8] = [
        Self::NotSupported,
        Self::NotUnderstood,
        Self::Corrected,
        Self::Disambiguated,
        Self::Named,
        Self::Fixed,
        Self::Undocumented,
        Self::NoEffect,
    ];
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotSupported => "not supported",
            Self::NotUnderstood => "not understood",
            Self::Corrected => "corrected",
            Self::Disambiguated => "disambiguated",
            Self::Named => "named",
            Self::Fixed => "fixed",
            Self::Undocumented => "undocumented",
            Self::NoEffect => "no effect",
        })
    }
}

/// A note about a part of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The kind.
    pub kind: NoteKind,
    /// The file.
    pub file: String,
    /// The part of that file.
    pub pointer: JsonPointer,
    /// The message.
    pub message: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            file,
            pointer,
            message,
        } = self;
        write!(f, "{kind}: {file}: at {pointer}: {message}")
    }
}

impl Note {
    /// Returns the note as a problem if it is about a disambiguated name. Crates whose names are set
    /// in a manifest have no such notes.
    pub(crate) fn as_naming_problem(&self) -> Option<Problem> {
        let is_disambiguated = self.kind == NoteKind::Disambiguated;
        is_disambiguated.then(|| Problem::new(&self.file, self.pointer.clone(), &self.message))
    }
}

/// Formats the number of notes of each kind, and the notes themselves of the kinds that are listed.
#[must_use]
pub fn report(notes: &[Note], is_listed: impl Fn(NoteKind) -> bool) -> String {
    let mut text = String::new();
    for kind in NoteKind::ALL {
        let of_kind: Vec<&Note> = notes.iter().filter(|note| note.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        text.push_str(&format!("{kind}: {}\n", of_kind.len()));
        for note in of_kind.iter().filter(|_| is_listed(kind)) {
            let Note {
                file,
                pointer,
                message,
                ..
            } = note;
            text.push_str(&format!("  {file}: at {pointer}: {message}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_reported_by_kind() {
        let note = |kind, name: &str| Note {
            kind,
            file: "a.json".to_owned(),
            pointer: [name].into(),
            message: "look".to_owned(),
        };
        let notes = [
            note(NoteKind::Named, "x"),
            note(NoteKind::NotSupported, "y"),
            note(NoteKind::Undocumented, "u"),
            note(NoteKind::Named, "z"),
        ];
        assert_eq!(
            report(&notes, |kind| kind != NoteKind::Undocumented),
            "not supported: 1\n  a.json: at /y: look\n\
             named: 2\n  a.json: at /x: look\n  a.json: at /z: look\n\
             undocumented: 1\n"
        );
        assert_eq!(report(&[], |_| true), "");
    }
}
