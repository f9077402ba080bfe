//! What an import has to say.

use arm_codegen::swagger::{Imported, NoteKind};

const KINDS: [NoteKind; 5] = [
    NoteKind::NotUnderstood,
    NoteKind::Corrected,
    NoteKind::Named,
    NoteKind::Fixed,
    NoteKind::Undocumented,
];

/// Lists the notes of some kinds, and how many there are of every kind.
pub(crate) fn print(imported: &Imported, is_listed: impl Fn(NoteKind) -> bool) {
    for note in imported.notes.iter().filter(|note| is_listed(note.kind)) {
        eprintln!("{note}");
    }
    for kind in KINDS {
        let notes = imported.notes.iter();
        let number = notes.filter(|note| note.kind == kind).count();
        eprintln!("{kind:>16}: {number}");
    }
}
