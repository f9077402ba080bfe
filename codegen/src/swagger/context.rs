//! What one import gathers while it works.

use std::borrow::Cow;
use std::path::Path;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::load::Files;
use super::note::{Note, NoteKind};
use super::place::{Place, percent_decode};
use super::schema::component_name;
use super::text::pascal;
use crate::json_pointer::JsonPointer;
use crate::problem::Problem;

/// Marks a reference to a schema that has no final name yet.
pub(super) const SCHEMA: &str = "import-schema:";
/// Marks a reference to a parameter that has no final name yet.
pub(super) const PARAMETER: &str = "import-parameter:";

/// Something that becomes a component.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The name it asks for.
    pub(super) name: String,
    /// The name it gets when another has taken the first.
    pub(super) fallback: String,
    /// Its content, once converted.
    pub(super) value: Value,
}

/// Components keyed by where they come from, in the order in which they were asked for.
pub(super) type Nodes = IndexMap<Place, Node>;

/// The state of one import.
#[derive(Debug, Default)]
pub(super) struct Context {
    pub(super) files: Files,
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<Note>,
    pub(super) schemas: Nodes,
    pub(super) parameters: Nodes,
}

impl Context {
    /// Records something wrong.
    pub(super) fn problem(&mut self, at: &Place, message: impl Into<String>) {
        let file = self.files.get(at.file).name.clone();
        let problem = Problem {
            file,
            pointer: at.pointer.clone(),
            message: message.into(),
        };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Records something worth knowing.
    pub(super) fn note(&mut self, kind: NoteKind, at: &Place, message: impl Into<String>) {
        let file = self.files.get(at.file).name.clone();
        self.notes.push(Note {
            kind,
            file,
            pointer: at.pointer.clone(),
            message: message.into(),
        });
    }

    /// Content of a file.
    pub(super) fn root(&self, file: usize) -> Rc<Value> {
        Rc::clone(&self.files.get(file).root)
    }

    /// Follows a `$ref` to the place that holds something else than another `$ref`.
    pub(super) fn follow(&mut self, reference: &Value, at: &Place) -> Option<Place> {
        let mut target = self.step(reference, at)?;
        let mut trail = vec![target.clone()];
        loop {
            let root = self.root(target.file);
            let value = target.pointer.get(&root)?;
            let Some(next) = value.get("$ref") else {
                return Some(target);
            };
            let here = target.clone();
            target = self.step(next, &here.child("$ref"))?;
            if trail.contains(&target) {
                self.problem(
                    at,
                    "this `$ref` leads back to itself; point it at a definition",
                );
                return None;
            }
            trail.push(target.clone());
        }
    }

    fn step(&mut self, reference: &Value, at: &Place) -> Option<Place> {
        let Some(reference) = reference.as_str() else {
            self.problem(
                at,
                format!("expected `$ref` to be a string, found {reference}"),
            );
            return None;
        };
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if path.contains("://") {
            self.problem(
                at,
                format!("`{reference}` is remote; download it and refer to the local file"),
            );
            return None;
        }
        let file = self.file_of(path, reference, at)?;
        let pointer = match JsonPointer::parse(&percent_decode(fragment.trim_end_matches('/'))) {
            Ok(pointer) => pointer,
            Err(error) => {
                self.problem(at, format!("`{reference}` leads nowhere: {error}"));
                return None;
            }
        };
        if pointer.get(&self.root(file)).is_none() {
            let name = self.files.get(file).name.clone();
            self.problem(
                at,
                format!("`{reference}` leads nowhere: {name} has nothing at {pointer}; correct the reference"),
            );
            return None;
        }
        Some(Place { file, pointer })
    }

    /// Where a `$ref` leads, if that is in a file that was read already.
    pub(super) fn target_in_sight(&self, reference: &str, file: usize) -> Option<Place> {
        let (path, fragment) = reference.split_once('#')?;
        let pointer = JsonPointer::parse(&percent_decode(fragment)).ok()?;
        if path.is_empty() {
            return Some(Place { file, pointer });
        }
        let folder = self.files.get(file).path.parent()?;
        let file = self.files.find(&folder.join(percent_decode(path)))?;
        Some(Place { file, pointer })
    }

    fn file_of(&mut self, path: &str, reference: &str, at: &Place) -> Option<usize> {
        if path.is_empty() {
            return Some(at.file);
        }
        let folder = self
            .files
            .get(at.file)
            .path
            .parent()
            .map(Path::to_path_buf)
            .unwrap_or_default();
        match self.files.open(&folder.join(percent_decode(path))) {
            Ok(file) => Some(file),
            Err(error) => {
                self.problem(at, format!("`{reference}` leads to a file that {error}"));
                None
            }
        }
    }

    /// Makes the schema at a place a component and returns the provisional reference to it.
    pub(super) fn want_schema(&mut self, place: &Place, name: &str, fallback: &str) -> String {
        want(&mut self.schemas, place, name, fallback);
        format!("{SCHEMA}{}#{}", place.file, place.pointer)
    }

    /// Makes the definition at a place, or what stands inside of one, a component under the name it has there.
    pub(super) fn want_definition(&mut self, place: &Place) -> String {
        let hint = name_of(&place.pointer);
        if place.is_definition() {
            let fallback = format!("{}{}", pascal(&hint), self.stem(place.file));
            return self.want_schema(place, &hint, &fallback);
        }
        let root = self.root(place.file);
        let schema = place.pointer.get(&root).and_then(Value::as_object);
        let name = schema.and_then(|schema| component_name(schema, &hint));
        self.want_schema(place, &name.unwrap_or_else(|| hint.clone()), &hint)
    }

    /// Makes the parameter at a place a component and returns the provisional reference to it.
    pub(super) fn want_parameter(&mut self, place: &Place) -> String {
        let name = name_of(&place.pointer);
        let fallback = format!("{}{}", pascal(&name), self.stem(place.file));
        want(&mut self.parameters, place, &name, &fallback);
        format!("{PARAMETER}{}#{}", place.file, place.pointer)
    }

    /// Name of a file without folder and extension, fit for the end of a type name.
    pub(super) fn stem(&self, file: usize) -> String {
        let stem = self.files.get(file).path.file_stem().unwrap_or_default();
        pascal(&stem.to_string_lossy())
    }
}

fn want(nodes: &mut Nodes, place: &Place, name: &str, fallback: &str) {
    nodes.entry(place.clone()).or_insert_with(|| Node {
        name: name.to_owned(),
        fallback: fallback.to_owned(),
        value: Value::Null,
    });
}

/// Reads a provisional reference back.
pub(super) fn parse_provisional(text: &str, mark: &str) -> Option<Place> {
    let (file, pointer) = text.strip_prefix(mark)?.split_once('#')?;
    Some(Place {
        file: file.parse().ok()?,
        pointer: JsonPointer::parse(pointer).ok()?,
    })
}

/// Name for whatever stands at a pointer: that of the definition, followed by the way into it.
pub(super) fn name_of(pointer: &JsonPointer) -> String {
    let mut segments = pointer.segments().skip(1);
    let mut name = segments
        .next()
        .map_or_else(|| "Schema".to_owned(), Cow::into_owned);
    let mut is_key = false;
    for segment in segments {
        match &*segment {
            "properties" if !is_key => is_key = true,
            "allOf" | "schema" if !is_key => {}
            "items" if !is_key => name.push_str("Item"),
            "additionalProperties" if !is_key => name.push_str("Value"),
            key => {
                name.push_str(&pascal(key));
                is_key = false;
            }
        }
    }
    name
}
