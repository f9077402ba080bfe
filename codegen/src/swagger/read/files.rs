//! Reads Swagger files, each once, when they are needed.

use crate::{
    problem::{self, Problem, Problems},
    strict,
};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    path::{Component, Path, PathBuf},
    rc::Rc,
};

/// A file that was read, which is a Swagger 2.0 document or a fragment of one.
#[derive(Debug)]
pub(crate) struct File {
    /// Name in messages.
    pub(crate) name: String,
    /// Normalised path.
    pub(crate) path: PathBuf,
    /// Content.
    pub(crate) root: Rc<Value>,
}

/// The files read so far.
#[derive(Debug, Default)]
pub(crate) struct Files {
    loaded: Vec<File>,
    seen: HashMap<PathBuf, Result<usize, String>>,
}

impl Files {
    /// Reads the file unless it was already read. The error says what is wrong with it.
    pub(crate) fn open(&mut self, path: &Path) -> Result<usize, String> {
        let path = normalize(path);
        if let Some(known) = self.seen.get(&path) {
            return known.clone();
        }
        let result = read_json(&path).map(|root| {
            self.loaded.push(File {
                name: path.display().to_string(),
                path: path.clone(),
                root: Rc::new(root),
            });
            self.loaded.len() - 1
        });
        self.seen.insert(path, result.clone());
        result
    }

    /// Returns the index of a file that was already read.
    pub(crate) fn find(&self, path: &Path) -> Option<usize> {
        self.seen.get(&normalize(path))?.as_ref().ok().copied()
    }

    /// Returns a file by its index.
    pub(crate) fn get(&self, index: usize) -> &File {
        &self.loaded[index]
    }

    /// Replaces the content of a file, for fixups.
    pub(crate) fn replace(&mut self, index: usize, root: Value) {
        self.loaded[index].root = Rc::new(root);
    }

    /// Returns the number of files that were read.
    pub(crate) fn len(&self) -> usize {
        self.loaded.len()
    }
}

fn read_json(path: &Path) -> Result<Value, String> {
    let bytes = std::fs::read(path).map_err(|error| {
        format!("cannot be read ({error}); check the path and that the whole tree was checked out")
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("is not UTF-8 ({error}); save it as UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    strict::json(text).map_err(|error| format!("is not valid JSON ({error}); fix the file"))
}

impl Files {
    /// Reads the input files, each once. All of them must be Swagger 2.0 documents.
    pub(crate) fn open_inputs(&mut self, paths: &[PathBuf]) -> Result<Vec<usize>, Problems> {
        let mut indices = problem::collect(paths.iter().map(|path| self.open_input(path)))?;
        let mut seen = HashSet::new();
        indices.retain(|index| seen.insert(*index));
        Ok(indices)
    }

    fn open_input(&mut self, path: &Path) -> Result<usize, Problem> {
        let name = path.display().to_string();
        let index = self
            .open(path)
            .map_err(|message| Problem::of_file(&name, message))?;
        let expected = "expected a Swagger 2.0 document";
        let Some(root) = self.get(index).root.as_object() else {
            let message = format!("{expected}, which is an object");
            return Err(Problem::of_file(name, message));
        };
        match root.get("swagger") {
            Some(Value::String(version)) if version == "2.0" => Ok(index),
            Some(other) => {
                let message =
                    format!("expected \"2.0\" but found {other}; only Swagger 2.0 can be imported");
                Err(Problem::new(name, ["swagger"], message))
            }
            None if root.contains_key("openapi") => {
                let message =
                    "this is an OpenAPI 3 document already; only Swagger 2.0 can be imported";
                Err(Problem::new(name, ["openapi"], message))
            }
            None => {
                let message = format!("{expected} with `\"swagger\": \"2.0\"` at its top");
                Err(Problem::of_file(name, message))
            }
        }
    }
}

/// Removes `.` and `..` from a path without access to the file system.
fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}
