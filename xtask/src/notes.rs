//! Notes on descriptions.

use arm_codegen::note::{self, Note, NoteKind};

/// Prints the notes by kind: how many there are of each, and those of the kinds that are listed.
pub(crate) fn print(notes: &[Note], is_listed: impl Fn(NoteKind) -> bool) {
    eprint!("{}", note::report(notes, is_listed));
}
