//! Gives every component its final name: equal components with the same name are merged, different
//! ones get different names.

use crate::{
    names,
    swagger::{
        convert::{Component, ComponentReference, Components, capitalized_key},
        read::SourceLocation,
        text::is_documentation,
    },
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// The names of one kind of components.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Final name by location.
    pub(super) by_location: HashMap<SourceLocation, String>,
    /// The locations whose content is used for their name.
    pub(super) chosen: Vec<SourceLocation>,
    /// Locations that did not get the name that they requested: that name and the final one.
    pub(super) renamed: Vec<(SourceLocation, String, String)>,
}

/// The names of all components.
#[derive(Debug)]
pub(super) struct ComponentNames {
    /// Names of schemas.
    pub(super) schemas: Names,
    /// Names of parameters.
    pub(super) parameters: Names,
}

impl ComponentNames {
    /// Names all components; those of the input files are named first.
    pub(super) fn assign(
        schemas: &Components,
        parameters: &Components,
        first_files: &[usize],
    ) -> Self {
        let classes = classes(schemas, |component, classes| {
            component.draft.resolve(&|reference| {
                // A name for the class makes references to equal components equal.
                let index = schemas.get_index_of(location(reference));
                index.map_or_else(String::new, |index| format!("class {}", classes[index]))
            })
        });
        let schemas = assign(schemas, &classes, first_files);
        let classes = self::classes(parameters, |component, _| {
            component
                .draft
                .resolve(&|reference| schemas.text("schemas", reference))
        });
        let parameters = assign(parameters, &classes, first_files);
        Self {
            schemas,
            parameters,
        }
    }

    /// Returns the text of a reference.
    pub(super) fn text(&self, reference: &ComponentReference) -> String {
        match reference {
            ComponentReference::Schema(_) => self.schemas.text("schemas", reference),
            ComponentReference::Parameter(_) => self.parameters.text("parameters", reference),
        }
    }
}

impl Names {
    fn text(&self, section: &str, reference: &ComponentReference) -> String {
        // Every target of a reference was requested, and everything requested has a name.
        let name = self.by_location.get(location(reference));
        let name = name.map(String::as_str).unwrap_or_default();
        format!("#/components/{section}/{name}")
    }
}

fn location(reference: &ComponentReference) -> &SourceLocation {
    match reference {
        ComponentReference::Schema(location) | ComponentReference::Parameter(location) => location,
    }
}

fn assign(components: &Components, classes: &[usize], first_files: &[usize]) -> Names {
    let mut order: Vec<usize> = (0..components.len()).collect();
    order.sort_by_key(|&index| rank(components, index, first_files));

    let mut names = Names::default();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut by_class: HashMap<usize, String> = HashMap::new();
    for index in order {
        let Some((location, component)) = components.get_index(index) else {
            continue;
        };
        let class = classes[index];
        if let Some(name) = by_class.get(&class) {
            names.by_location.insert(location.clone(), name.clone());
            continue;
        }
        let name = free_name(
            &capitalized_key(&component.name),
            &capitalized_key(&component.fallback),
            &taken,
        );
        if name != component.name {
            names
                .renamed
                .push((location.clone(), component.name.clone(), name.clone()));
        }
        taken.insert(name.clone(), class);
        by_class.insert(class, name.clone());
        names.by_location.insert(location.clone(), name);
        names.chosen.push(location.clone());
    }
    names
}

/// The order of naming: definitions before inline schemas, input files before those that they refer
/// to, names that can stay before those that cannot.
fn rank<'a>(
    components: &'a Components,
    index: usize,
    first_files: &[usize],
) -> (bool, bool, bool, Option<&'a SourceLocation>) {
    let location = components.get_index(index).map(|(location, _)| location);
    let is_inner = location.is_some_and(|location| !location.is_definition());
    let is_other = location.is_some_and(|location| !first_files.contains(&location.file));
    let is_changed = components
        .get_index(index)
        .is_some_and(|(_, component)| capitalized_key(&component.name) != component.name);
    (is_inner, is_other, is_changed, location)
}

fn free_name(wanted: &str, fallback: &str, taken: &HashMap<String, usize>) -> String {
    let mut names = names::with_word([wanted.to_owned(), fallback.to_owned()], "Other");
    names
        .find(|name| !taken.contains_key(name))
        .unwrap_or_default()
}

/// Numbers the components so that two have the same number exactly if their names and contents are
/// equal, following references.
fn classes(components: &Components, content: impl Fn(&Component, &[usize]) -> Value) -> Vec<usize> {
    let names = components.values().map(|one| capitalized_key(&one.name));
    let mut classes = number(names);
    let mut count = 0;
    loop {
        let found = classes.iter().collect::<BTreeSet<_>>().len();
        if found == count {
            return classes;
        }
        count = found;
        let signatures: Vec<String> = components
            .values()
            .map(|component| {
                let mut text = format!("{}\n", capitalized_key(&component.name));
                signature(&content(component, &classes), false, &mut text);
                text
            })
            .collect();
        classes = number(signatures.into_iter());
    }
}

fn number(keys: impl Iterator<Item = String>) -> Vec<usize> {
    let mut known: HashMap<String, usize> = HashMap::new();
    keys.map(|key| {
        let next = known.len();
        *known.entry(key).or_insert(next)
    })
    .collect()
}

/// Returns a text that is equal for values that differ only in documentation and the order of keys.
pub(super) fn fingerprint(value: &Value) -> String {
    let mut out = String::new();
    signature(value, false, &mut out);
    out
}

/// Writes a value without documentation and order of keys.
///
/// The keys of a map of names, such as `properties`, are not keywords.
fn signature(value: &Value, is_names: bool, out: &mut String) {
    match value {
        Value::Object(map) => {
            let is_ignored = |key: &str| !is_names && is_documentation(key);
            let mut keys: Vec<&String> = map.keys().filter(|key| !is_ignored(key)).collect();
            if let [only] = keys[..]
                && let Some(reference) = bare_reference(only, &map[only])
            {
                return signature(reference, false, out);
            }
            keys.sort();
            out.push('{');
            for key in keys {
                out.push_str(&format!("{key:?}:"));
                signature(&map[key], !is_names && key == "properties", out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                signature(item, false, out);
                out.push(',');
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}

/// A description next to a reference wraps it in `allOf`, which must make no difference.
fn bare_reference<'a>(key: &str, value: &'a Value) -> Option<&'a Value> {
    match (key, value) {
        ("$ref", Value::String(_)) => Some(value),
        ("allOf", Value::Array(members)) => match members.as_slice() {
            [only] => only.get("$ref"),
            _ => None,
        },
        _ => None,
    }
}
