//! Reads Swagger files without the importer, so that mistakes of the importer are found.

use crate::error::Error;
use arm_codegen::{http_method::HttpMethod, json_pointer::JsonPointer};
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path, PathBuf},
};

/// Swagger files and all files that they refer to, except examples.
#[derive(Debug, Default)]
pub(crate) struct Specification {
    files: BTreeMap<PathBuf, Value>,
    inputs: Vec<PathBuf>,
}

/// A value and the file that contains it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located<'a> {
    pub(crate) file: &'a Path,
    pub(crate) value: &'a Value,
}

impl<'a> Located<'a> {
    /// Returns a member of the value.
    pub(crate) fn get(self, name: &str) -> Option<Self> {
        let value = self.value.get(name)?;
        Some(Self { value, ..self })
    }

    /// Returns a member that is a string.
    pub(crate) fn text(self, name: &str) -> Option<&'a str> {
        self.value.get(name)?.as_str()
    }

    /// Returns whether a member is true.
    pub(crate) fn flag(self, name: &str) -> bool {
        self.value.get(name).is_some_and(|value| *value == true)
    }

    /// Returns the elements of a member that is a list.
    pub(crate) fn list(self, name: &str) -> impl Iterator<Item = Self> {
        let list = self.value.get(name).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .map(move |value| Self { value, ..self })
    }

    /// Returns the members of a member that is an object.
    pub(crate) fn members(self, name: &str) -> impl Iterator<Item = (&'a str, Self)> {
        let members = self.value.get(name).and_then(Value::as_object);
        members
            .into_iter()
            .flatten()
            .map(move |(name, value)| (name.as_str(), Self { value, ..self }))
    }
}

/// An operation and where it is defined.
#[derive(Clone, Debug)]
pub(crate) struct Operation<'a> {
    /// The file as a whole.
    pub(crate) root: Located<'a>,
    /// Key of the path.
    pub(crate) path: &'a str,
    /// HTTP method in lower case.
    pub(crate) method: &'a str,
    /// The operation itself.
    pub(crate) node: Located<'a>,
    /// Parameters, including those of the path item.
    pub(crate) parameters: Vec<Located<'a>>,
}

impl Specification {
    /// Reads files and all files that they refer to.
    pub(crate) fn open(inputs: &[PathBuf]) -> Result<Self, Error> {
        let mut specification = Self {
            inputs: inputs.iter().map(|path| normal(path)).collect(),
            ..Self::default()
        };
        let mut waiting = specification.inputs.clone();
        while let Some(path) = waiting.pop() {
            if specification.files.contains_key(&path) {
                continue;
            }
            let root = read_json(&path)?;
            let folder = path.parent().unwrap_or(Path::new(""));
            let mut found = Vec::new();
            references(&root, &mut found);
            let files = found
                .iter()
                .filter_map(|reference| reference.split('#').next())
                .filter(|file| !file.is_empty());
            waiting.extend(files.map(|file| normal(&folder.join(file))));
            specification.files.insert(path, root);
        }
        Ok(specification)
    }

    /// Follows a value's `$ref`s.
    pub(crate) fn resolve<'a>(&'a self, node: Located<'a>) -> Located<'a> {
        let mut at = node;
        // The importer rejects circular references.
        for _ in 0..32 {
            match at.text("$ref").and_then(|to| self.target(at.file, to)) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// Returns the target of a reference.
    pub(crate) fn target<'a>(&'a self, from: &Path, reference: &str) -> Option<Located<'a>> {
        let (file, pointer) = self.location(from, reference)?;
        let (file, root) = self.files.get_key_value(&file)?;
        let value = root.pointer(&pointer)?;
        Some(Located { file, value })
    }

    /// Returns the file and JSON pointer of a reference.
    pub(crate) fn location(&self, from: &Path, reference: &str) -> Option<(PathBuf, String)> {
        let (file, pointer) = reference.split_once('#')?;
        let file = match file {
            "" => from.to_owned(),
            file => normal(&from.parent()?.join(file)),
        };
        Some((file, percent_decode(pointer)))
    }

    /// Returns all definitions of all files.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = (PathBuf, String, Located<'_>)> {
        self.files.iter().flat_map(|(file, root)| {
            let root = Located { file, value: root };
            root.members("definitions").map(|(name, schema)| {
                let pointer = JsonPointer::from(["definitions", name]);
                (file.clone(), pointer.to_string(), schema)
            })
        })
    }

    /// Returns all operations of the input files.
    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        let inputs = self.inputs.iter();
        let roots = inputs.filter_map(|path| self.files.get_key_value(path));
        let roots = roots.map(|(file, value)| Located { file, value });
        roots.flat_map(|root| self.operations_of(root)).collect()
    }

    fn operations_of<'a>(&'a self, root: Located<'a>) -> Vec<Operation<'a>> {
        let mut found = Vec::new();
        let paths = root.members("paths").chain(root.members("x-ms-paths"));
        for (path, item) in paths {
            let item = self.resolve(item);
            let methods = HttpMethod::GENERATED.map(HttpMethod::key).into_iter();
            let present = methods.filter_map(|name| Some((name, item.get(name)?)));
            found.extend(present.map(|(method, node)| Operation {
                root,
                path,
                method,
                node,
                parameters: self.parameters(item, node),
            }));
        }
        found
    }

    fn parameters<'a>(&'a self, item: Located<'a>, operation: Located<'a>) -> Vec<Located<'a>> {
        let mut all: Vec<Located<'a>> = operation
            .list("parameters")
            .map(|parameter| self.resolve(parameter))
            .collect();
        for shared in item.list("parameters").map(|shared| self.resolve(shared)) {
            let same = |own: &Located<'_>| {
                own.text("name") == shared.text("name") && own.text("in") == shared.text("in")
            };
            if !all.iter().any(same) {
                all.push(shared);
            }
        }
        all
    }
}

/// Reads a file of JSON.
pub(crate) fn read_json(path: &Path) -> Result<Value, Error> {
    let text = fs::read_to_string(path).map_err(Error::io(path))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str(text).map_err(|error| Error::file(path, error))
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(reference) if name == "$ref" => found.push(reference),
                    _ if name == "x-ms-examples" => {}
                    _ => references(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// Returns the path without `.` and `..` segments.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        let inside = matches!(out.components().next_back(), Some(Component::Normal(_)));
        match component {
            Component::CurDir => {}
            Component::ParentDir if inside => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Decodes percent-encoding; invalid sequences are kept.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = text_of(after.get(..2));
        match u8::from_str_radix(digits, 16) {
            Ok(byte) if *first == b'%' => {
                out.push(byte);
                rest = &after[2..];
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn text_of(bytes: Option<&[u8]>) -> &str {
    bytes
        .and_then(|bytes| str::from_utf8(bytes).ok())
        .unwrap_or("")
}

/// Returns the members of an object, if it is one.
pub(crate) fn object(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object)
}
