//! The origins of the parts of the result.

use crate::{
    description,
    json_pointer::JsonPointer,
    note::{Note, NoteKind},
    problem::{Problem, Problems},
    resolve::{self, api::Version},
    swagger::read::{SourceLocation, Sources},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The name of the result in problems and notes.
pub(crate) const RESULT: &str = "result";

/// The origin of a schema of the result.
#[derive(Debug)]
pub(super) struct SchemaOrigin {
    /// The location where the schema is defined.
    pub(super) location: SourceLocation,
    /// The name that it requested.
    pub(super) name: String,
}

/// The files and pointers from which parts of the result come.
#[derive(Debug, Default)]
pub(super) struct Origins {
    by_pointer: BTreeMap<JsonPointer, (String, JsonPointer)>,
}

impl Origins {
    /// Records the origin of a part of the result.
    pub(super) fn insert(
        &mut self,
        sources: &Sources,
        pointer: impl Into<JsonPointer>,
        origin: &SourceLocation,
    ) {
        let file = sources.file_name(origin.file).to_owned();
        let origin = (file, origin.pointer.clone());
        self.by_pointer.insert(pointer.into(), origin);
    }

    /// Checks the result in the same way as a description before generation; notes the parts for
    /// which no code is generated.
    pub(super) fn check(&self, document: &Value) -> Result<Vec<Note>, Problems> {
        match description::from_value(RESULT, document.clone()) {
            Ok(description) => {
                let version = [(Version::default(), &description)];
                let api = resolve::resolve(&version).map_err(|problems| self.located(problems))?;
                let notes = description.notes.iter().chain(&api.notes);
                // Unknown extensions have a note where they are in the files.
                let notes = notes.filter(|note| note.kind != NoteKind::NotUnderstood);
                Ok(notes.map(|note| self.locate_note(note.clone())).collect())
            }
            Err(problems) => Err(self.located(problems)),
        }
    }

    fn located(&self, problems: Problems) -> Problems {
        let problems = problems.0.into_iter();
        problems.map(|one| self.locate_problem(one)).collect()
    }

    fn locate_problem(&self, problem: Problem) -> Problem {
        let Problem {
            file,
            pointer,
            message,
        } = problem;
        let (file, pointer, message) = self.locate(file, pointer, message);
        Problem::new(file, pointer, message)
    }

    fn locate_note(&self, note: Note) -> Note {
        let (file, pointer, message) = self.locate(note.file, note.pointer, note.message);
        Note {
            kind: note.kind,
            file,
            pointer,
            message,
        }
    }

    /// Converts a message about a part of the result to one about the origin of that part.
    fn locate(
        &self,
        file: String,
        pointer: JsonPointer,
        message: String,
    ) -> (String, JsonPointer, String) {
        let mut part = Some(pointer.clone());
        while let Some(candidate) = part {
            if let Some((file, origin)) = self.by_pointer.get(&candidate) {
                let message = if candidate == pointer {
                    message
                } else {
                    format!("{message} (at {pointer} of the result)")
                };
                return (file.clone(), origin.clone(), message);
            }
            part = candidate.parent();
        }
        (file, pointer, message)
    }
}
