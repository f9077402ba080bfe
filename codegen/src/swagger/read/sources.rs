//! The files of one import, with the problems and notes about them.

use super::{
    SourceLocation,
    files::{File, Files},
    reference::Reference,
};
use crate::{
    note::{Note, NoteKind},
    problem::{Problem, Problems},
    swagger::text::pascal,
};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    rc::Rc,
};

/// The files of one import, which are read when they are first referred to, and the findings about
/// them.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    files: Files,
    problems: Problems,
    notes: Vec<Note>,
}

impl Sources {
    /// Reads the input files.
    pub(crate) fn open(paths: &[PathBuf]) -> Result<(Self, Vec<usize>), Problems> {
        let mut sources = Self::default();
        let indices = sources.files.open_inputs(paths)?;
        Ok((sources, indices))
    }

    /// Returns the notes, unless there were problems.
    pub(crate) fn finish(self) -> Result<Vec<Note>, Problems> {
        self.problems.into_result(self.notes)
    }

    /// Records a problem.
    pub(crate) fn problem(&mut self, at: &SourceLocation, message: impl Into<String>) {
        let problem = Problem::new(self.file_name(at.file), &at.pointer, message);
        if !self.problems.0.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Records a note.
    pub(crate) fn note(&mut self, kind: NoteKind, at: &SourceLocation, message: impl Into<String>) {
        self.notes.push(Note {
            kind,
            file: self.file_name(at.file).to_owned(),
            pointer: at.pointer.clone(),
            message: message.into(),
        });
    }

    /// Returns the content of a file.
    pub(crate) fn root(&self, file: usize) -> Rc<Value> {
        Rc::clone(&self.files.get(file).root)
    }

    /// Returns the value at a location.
    pub(crate) fn value(&self, at: &SourceLocation) -> Option<Value> {
        at.pointer.get(&self.files.get(at.file).root).cloned()
    }

    /// Returns a string of a file.
    pub(crate) fn text(&self, file: usize, segments: &[&str]) -> Option<&str> {
        let root = &self.files.get(file).root;
        let value = segments
            .iter()
            .try_fold(&**root, |value, name| value.get(name));
        value?.as_str()
    }

    /// Replaces the content of a file, for fixups.
    pub(crate) fn replace(&mut self, file: usize, root: Value) {
        self.files.replace(file, root);
    }

    /// Returns the files that were read so far.
    pub(crate) fn files(&self) -> std::ops::Range<usize> {
        0..self.files.len()
    }

    /// Returns the name of a file for messages.
    pub(crate) fn file_name(&self, file: usize) -> &str {
        &self.files.get(file).name
    }

    /// Returns whether the path of a file ends in another path.
    pub(crate) fn path_ends_with(&self, file: usize, end: &str) -> bool {
        self.files.get(file).path.ends_with(end)
    }

    /// Returns the name of a file without folder and extension, in a form that can end a type name.
    pub(crate) fn stem(&self, file: usize) -> String {
        let stem = self.files.get(file).path.file_stem().unwrap_or_default();
        pascal(&stem.to_string_lossy())
    }

    /// Returns the value of an entry that may be a `$ref`, and its location.
    pub(crate) fn dereference(
        &mut self,
        value: &Value,
        at: &SourceLocation,
    ) -> Option<(Value, SourceLocation)> {
        match value.get("$ref") {
            None => Some((value.clone(), at.clone())),
            Some(reference) => {
                let target = self.follow(reference, at)?;
                Some((self.value(&target)?, target))
            }
        }
    }

    /// Follows a `$ref` to the location of a value that is not a `$ref`.
    pub(crate) fn follow(
        &mut self,
        reference: &Value,
        at: &SourceLocation,
    ) -> Option<SourceLocation> {
        let target = self.try_follow(reference, at);
        target
            .map_err(|(location, message)| self.problem(&location, message))
            .ok()
    }

    /// As [`follow`](Self::follow), but the error says where the problem is and what it is.
    pub(crate) fn try_follow(
        &mut self,
        reference: &Value,
        at: &SourceLocation,
    ) -> Result<SourceLocation, (SourceLocation, String)> {
        let mut here = at.clone();
        let mut reference = reference.clone();
        let mut visited = Vec::new();
        loop {
            let target = self.target(&reference, &here);
            let target = target.map_err(|message| (here, message))?;
            if visited.contains(&target) {
                let message = "this `$ref` refers to itself; change it to a definition";
                return Err((at.clone(), message.to_owned()));
            }
            let value = self.value(&target).unwrap_or_default();
            let Some(next) = value.get("$ref") else {
                return Ok(target);
            };
            reference = next.clone();
            here = target.child("$ref");
            visited.push(target);
        }
    }

    /// Returns the target of a `$ref`. The error says what is wrong with it.
    fn target(&mut self, reference: &Value, at: &SourceLocation) -> Result<SourceLocation, String> {
        let text = reference
            .as_str()
            .ok_or_else(|| format!("expected `$ref` to be a string, found {reference}"))?;
        let (file, pointer) = match Reference::parse(text)? {
            Reference::Local(pointer) => (at.file, pointer),
            Reference::File(path, pointer) => {
                let path = self.folder(at.file).join(path);
                let file = self.files.open(&path);
                let file =
                    file.map_err(|error| format!("`{text}` refers to a file that {error}"))?;
                (file, pointer)
            }
        };
        let File { name, root, .. } = self.files.get(file);
        if pointer.get(root).is_none() {
            return Err(format!(
                "`{text}` has no target: {name} has no value at {pointer}; correct the reference"
            ));
        }
        Ok(SourceLocation { file, pointer })
    }

    /// Returns the target of a `$ref`, if that is in a file that was already read.
    pub(crate) fn target_if_read(&self, reference: &str, file: usize) -> Option<SourceLocation> {
        let (file, pointer) = match Reference::parse(reference).ok()? {
            Reference::Local(pointer) => (file, pointer),
            Reference::File(path, pointer) => {
                (self.files.find(&self.folder(file).join(path))?, pointer)
            }
        };
        Some(SourceLocation { file, pointer })
    }

    fn folder(&self, file: usize) -> PathBuf {
        let folder = self.files.get(file).path.parent();
        folder.map(Path::to_path_buf).unwrap_or_default()
    }
}
