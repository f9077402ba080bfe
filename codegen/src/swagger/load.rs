//! Reads Swagger files once each, as they are asked for.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use serde_json::Value;

use crate::problem::Problem;

/// A file that was read and is a Swagger 2.0 document (or a fragment of one).
#[derive(Debug)]
pub(super) struct File {
    /// Name for people.
    pub(super) name: String,
    /// Normalised path.
    pub(super) path: PathBuf,
    /// Content.
    pub(super) root: Rc<Value>,
}

/// The files read so far.
#[derive(Debug, Default)]
pub(super) struct Files {
    loaded: Vec<File>,
    seen: HashMap<PathBuf, Result<usize, String>>,
}

impl Files {
    /// Reads the file unless that was done before; the error says what is wrong with it.
    pub(super) fn open(&mut self, path: &Path) -> Result<usize, String> {
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

    /// The index of a file that was read already.
    pub(super) fn find(&self, path: &Path) -> Option<usize> {
        self.seen.get(&normalize(path))?.as_ref().ok().copied()
    }

    /// A file by its index.
    pub(super) fn get(&self, index: usize) -> &File {
        &self.loaded[index]
    }

    /// Exchanges the content of a file, as fixups do.
    pub(super) fn replace(&mut self, index: usize, root: Value) {
        self.loaded[index].root = Rc::new(root);
    }

    /// How many files were read.
    pub(super) fn len(&self) -> usize {
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
    crate::strict::json(text).map_err(|error| format!("is not valid JSON ({error}); mend the file"))
}

/// Opens the inputs, complaining about each that is not a Swagger 2.0 document.
pub(super) fn open_inputs(
    files: &mut Files,
    paths: &[PathBuf],
) -> Result<Vec<usize>, Vec<Problem>> {
    let mut indices = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match open_input(files, path) {
            Ok(index) if indices.contains(&index) => {}
            Ok(index) => indices.push(index),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(indices)
    } else {
        Err(problems)
    }
}

fn open_input(files: &mut Files, path: &Path) -> Result<usize, Problem> {
    let problem = |pointer: &[&str], message: String| Problem {
        file: path.display().to_string(),
        pointer: pointer.iter().collect(),
        message,
    };
    let index = files.open(path).map_err(|message| problem(&[], message))?;
    let root = &files.get(index).root;
    let Some(root) = root.as_object() else {
        return Err(problem(
            &[],
            "expected a Swagger 2.0 document, which is an object".to_owned(),
        ));
    };
    match root.get("swagger") {
        Some(Value::String(version)) if version == "2.0" => Ok(index),
        Some(other) => Err(problem(
            &["swagger"],
            format!("expected \"2.0\" but found {other}; only Swagger 2.0 can be imported"),
        )),
        None if root.contains_key("openapi") => Err(problem(
            &["openapi"],
            "this is an OpenAPI 3 document already; only Swagger 2.0 can be imported".to_owned(),
        )),
        None => Err(problem(
            &[],
            "expected a Swagger 2.0 document with `\"swagger\": \"2.0\"` at its top".to_owned(),
        )),
    }
}

/// Takes `.` and `..` out of a path without asking the file system.
pub(super) fn normalize(path: &Path) -> PathBuf {
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
