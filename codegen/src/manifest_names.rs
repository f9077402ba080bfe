//! `names:` in a manifest: names that replace those derived from the description.

use crate::{
    json_pointer::JsonPointer,
    names,
    problem::{Problem, Problems},
    strict,
};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};

/// Names, by the name of the item in the description.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Names {
    /// Operation groups, by the names that they would have.
    pub groups: BTreeMap<String, GroupNames>,
    /// Operations, by their IDs.
    pub operations: BTreeMap<String, OperationNames>,
    /// Scopes, by the types of their resources without the provider, such as
    /// `workspaces/connections`.
    pub scopes: BTreeMap<String, ScopeNames>,
    /// Types, by the names of their schemas.
    pub types: BTreeMap<String, String>,
    /// Structs of unions that are kinds of other unions, by the names of their schemas.
    pub bases: BTreeMap<String, String>,
    /// Fields of structs and accessors of unions, by schema and name in JSON; `*` is the field of
    /// all other members.
    pub members: BTreeMap<String, BTreeMap<String, String>>,
    /// Variants of enums and of unions, by schema and value.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Methods that read response headers, by the names of the headers in lower case.
    pub headers: BTreeMap<String, String>,
    /// Texts that the documentation uses for words of names, such as abbreviations, by the words in
    /// lower case.
    pub words: BTreeMap<String, String>,
    /// Whether the names are those of other descriptions too, so that some may match no item.
    #[serde(skip)]
    pub is_shared: bool,
    /// The file that contains the names, for messages.
    #[serde(skip)]
    pub file: String,
    /// The JSON pointer of the names in that file.
    #[serde(skip)]
    pub pointer: JsonPointer,
}

/// The names and documentation of an operation group.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct GroupNames {
    /// Name in UpperCamelCase: `BatchEndpoints` gives `BatchEndpointsClient`, the module
    /// `batch_endpoints` and the feature `batch-endpoints`.
    pub name: Option<String>,
    /// Name of the method that returns the client.
    pub accessor: Option<String>,
    /// Documentation of the group, Markdown.
    pub docs: Option<String>,
}

/// The method name of an operation, and its group.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OperationNames {
    /// The group, by the name that it would have; a new one if no group has that name.
    pub group: Option<String>,
    /// Name of the method, without the `begin_` of long-running operations.
    pub method: Option<String>,
    /// Arguments and options, by the names of the parameters; `body` is the request body.
    pub arguments: BTreeMap<String, String>,
}

/// The names of a scope.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ScopeNames {
    /// Name in UpperCamelCase: `BatchEndpoint` gives `BatchEndpointScope` and
    /// `batch_endpoint_from_id`.
    pub name: Option<String>,
    /// Name of the method that returns the scope; by default derived from the name.
    pub method: Option<String>,
    /// Arguments, by the names of the parameters.
    pub arguments: BTreeMap<String, String>,
}

/// The required form of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// Types and variants.
    Upper,
    /// Methods, fields and arguments.
    Snake,
    /// Not a name in Rust but a name in the description, or text of the documentation.
    Any,
}

impl Names {
    /// Reads a file that contains only names.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or does not contain names.
    pub fn read(path: &Path) -> Result<Self, Problems> {
        let file = path.display().to_string();
        let of_file = |message: String| Problem::of_file(&file, message);
        let text = std::fs::read_to_string(path).map_err(|error| of_file(error.to_string()))?;
        strict::yaml(&text).map_err(|error| of_file(error.to_string()))?;
        let mut names: Self = serde_yaml::from_str(&text)
            .map_err(|error| of_file(format!("not a file of names: {error}")))?;
        names.file = file;
        names.check()?;
        Ok(names)
    }

    /// Checks that names are valid in Rust.
    ///
    /// # Errors
    ///
    /// If a name is not valid.
    pub(crate) fn check(&self) -> Result<(), Problems> {
        let unsound = self.all().into_iter().filter_map(|(pointer, name, case)| {
            let (is_sound, expected) = match case {
                Case::Upper => (is_upper(name), "a name in UpperCamelCase"),
                Case::Snake => (is_snake(name), "a name in snake_case that is no keyword"),
                Case::Any => (!name.trim().is_empty(), "a text"),
            };
            let message = format!("expected {expected}, found {name:?}");
            (!is_sound).then(|| Problem::new(&self.file, pointer, message))
        });
        unsound.collect::<Problems>().into_result(())
    }

    /// Returns all names, by their JSON pointers.
    pub(crate) fn entries(&self) -> BTreeMap<JsonPointer, &str> {
        let all = self.all().into_iter();
        all.map(|(pointer, name, _)| (pointer, name)).collect()
    }

    fn all(&self) -> Vec<Entry<'_>> {
        let at = |section: &str, key: &str| self.pointer.child(section).child(key);
        let mut all = Vec::new();
        for (key, own) in &self.groups {
            let at = at("groups", key);
            all.extend(given(&at, "name", own.name.as_ref(), Case::Upper));
            all.extend(given(&at, "accessor", own.accessor.as_ref(), Case::Snake));
            all.extend(given(&at, "docs", own.docs.as_ref(), Case::Any));
        }
        for (key, own) in &self.operations {
            let at = at("operations", key);
            all.extend(given(&at, "group", own.group.as_ref(), Case::Any));
            all.extend(given(&at, "method", own.method.as_ref(), Case::Snake));
            all.extend(each(&at.child("arguments"), &own.arguments, Case::Snake));
        }
        for (key, own) in &self.scopes {
            let at = at("scopes", key);
            all.extend(given(&at, "name", own.name.as_ref(), Case::Upper));
            all.extend(given(&at, "method", own.method.as_ref(), Case::Snake));
            all.extend(each(&at.child("arguments"), &own.arguments, Case::Snake));
        }
        all.extend(each(&self.pointer.child("types"), &self.types, Case::Upper));
        all.extend(each(&self.pointer.child("bases"), &self.bases, Case::Upper));
        for (key, own) in &self.members {
            all.extend(each(&at("members", key), own, Case::Snake));
        }
        for (key, own) in &self.values {
            all.extend(each(&at("values", key), own, Case::Upper));
        }
        let at = self.pointer.child("headers");
        all.extend(each(&at, &self.headers, Case::Snake));
        let at = self.pointer.child("words");
        all.extend(each(&at, &self.words, Case::Any));
        all
    }
}

type Entry<'a> = (JsonPointer, &'a str, Case);

fn given<'a>(
    at: &JsonPointer,
    key: &str,
    name: Option<&'a String>,
    case: Case,
) -> Option<Entry<'a>> {
    name.map(|name| (at.child(key), name.as_str(), case))
}

fn each<'a>(at: &JsonPointer, names: &'a BTreeMap<String, String>, case: Case) -> Vec<Entry<'a>> {
    let names = names.iter();
    let entries = names.map(|(key, name)| (at.child(key), name.as_str(), case));
    entries.collect()
}

/// Returns whether a name is valid for a type.
fn is_upper(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && name != "Self"
}

/// Returns whether a name is valid for a method.
fn is_snake(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(letter)
        && !names::is_keyword(name)
}
