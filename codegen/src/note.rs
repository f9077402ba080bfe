//! What the reader of a description should know about it, though nothing is wrong.

use crate::{json_pointer::JsonPointer, problem::Problem};
use std::fmt;

/// Why a note was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// Something is understood, but no code is generated for it; the message says what happens
    /// instead.
    NotSupported,
    /// Something was not understood; the message says what became of it.
    NotUnderstood,
    /// Something was wrong in a way that leaves no doubt what was meant, and was corrected.
    Corrected,
    /// Two items would have one name, and were told apart.
    ToldApart,
    /// A name was given or changed.
    Named,
    /// A fixup was applied.
    Fixed,
    /// Something has no description.
    Undocumented,
}

impl NoteKind {
    /// All kinds, those that matter most first.
    pub const ALL: [Self; 7] = [
        Self::NotSupported,
        Self::NotUnderstood,
        Self::Corrected,
        Self::ToldApart,
        Self::Named,
        Self::Fixed,
        Self::Undocumented,
    ];
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotSupported => "not supported",
            Self::NotUnderstood => "not understood",
            Self::Corrected => "corrected",
            Self::ToldApart => "told apart",
            Self::Named => "named",
            Self::Fixed => "fixed",
            Self::Undocumented => "undocumented",
        })
    }
}

/// One thing worth knowing about a part of a file.
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
    /// The problem that a note on a name is for those who choose the names of a crate.
    pub(crate) fn told_apart(&self) -> Option<Problem> {
        let is_told_apart = self.kind == NoteKind::ToldApart;
        is_told_apart.then(|| Problem::new(&self.file, self.pointer.clone(), &self.message))
    }
}

/// The notes by kind: how many there are of each, and those of the kinds that are listed.
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
