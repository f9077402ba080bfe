//! Notes on descriptions.

use arm_codegen::note::{self, Note, NoteKind};

/// Prints the number of notes of each kind, and the notes themselves of the kinds that are listed.
pub(crate) fn print(notes: &[Note], is_listed: impl Fn(NoteKind) -> bool) {
    eprint!("{}", note::report(notes, is_listed));
}
