//! Gives every component its final name: equal ones of one name are merged, different ones kept apart.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::context::{Nodes, PARAMETER, SCHEMA, parse_provisional};
use super::docs::is_documentation;
use super::place::Place;
use super::text::{capitalize, component_key};

/// Which component each place has become.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Final name by place.
    pub(super) by_place: HashMap<Place, String>,
    /// The places whose content stands for their name.
    pub(super) chosen: Vec<Place>,
    /// Places that could not have the name they asked for.
    pub(super) renamed: Vec<(Place, String, String)>,
}

/// Names the nodes; those of the files asked for have the first choice.
pub(super) fn assign(nodes: &Nodes, first_files: &BTreeSet<usize>) -> Names {
    let classes = classes(nodes);
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&index| rank(nodes, index, first_files));

    let mut names = Names::default();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut by_class: HashMap<usize, String> = HashMap::new();
    for index in order {
        let Some((place, node)) = nodes.get_index(index) else {
            continue;
        };
        let class = classes[index];
        if let Some(name) = by_class.get(&class) {
            names.by_place.insert(place.clone(), name.clone());
            continue;
        }
        let name = free_name(
            &wanted_name(&node.name),
            &wanted_name(&node.fallback),
            &taken,
        );
        if name != node.name {
            names
                .renamed
                .push((place.clone(), node.name.clone(), name.clone()));
        }
        taken.insert(name.clone(), class);
        by_class.insert(class, name.clone());
        names.by_place.insert(place.clone(), name);
        names.chosen.push(place.clone());
    }
    names
}

/// Definitions before what was written in place, the files asked for before those they lead to, names that can stay
/// before those that cannot.
fn rank<'a>(
    nodes: &'a Nodes,
    index: usize,
    first_files: &BTreeSet<usize>,
) -> (bool, bool, bool, Option<&'a Place>) {
    let place = nodes.get_index(index).map(|(place, _)| place);
    let is_inner = place.is_some_and(|place| !place.is_definition());
    let is_other = place.is_some_and(|place| !first_files.contains(&place.file));
    let is_changed = nodes
        .get_index(index)
        .is_some_and(|(_, node)| wanted_name(&node.name) != node.name);
    (is_inner, is_other, is_changed, place)
}

/// Names of schemas start with a capital letter, so that those that differ in it only are merged too.
fn wanted_name(name: &str) -> String {
    capitalize(&component_key(name))
}

fn free_name(wanted: &str, fallback: &str, taken: &HashMap<String, usize>) -> String {
    let numbered = (2..).map(|number| format!("{fallback}{number}"));
    [wanted.to_owned(), fallback.to_owned()]
        .into_iter()
        .chain(numbered)
        .find(|name| !taken.contains_key(name))
        .unwrap_or_default()
}

/// Numbers the nodes so that two have one number exactly if name and content are equal, following references.
fn classes(nodes: &Nodes) -> Vec<usize> {
    let mut classes = number(nodes.values().map(|node| wanted_name(&node.name)));
    let mut count = 0;
    loop {
        let found = classes.iter().collect::<BTreeSet<_>>().len();
        if found == count {
            return classes;
        }
        count = found;
        let signatures: Vec<String> = nodes
            .values()
            .map(|node| {
                let mut text = format!("{}\n", wanted_name(&node.name));
                signature(&node.value, nodes, &classes, false, &mut text);
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

/// A text that is equal for values that differ in documentation and order of keys only.
pub(super) fn fingerprint(value: &Value) -> String {
    let mut out = String::new();
    signature(value, &Nodes::new(), &[], false, &mut out);
    out
}

/// Writes a value with classes in place of references and without documentation and order of keys.
///
/// The keys of a map of names, such as `properties`, are no keywords.
fn signature(value: &Value, nodes: &Nodes, classes: &[usize], is_names: bool, out: &mut String) {
    match value {
        Value::Object(map) => {
            let is_ignored = |key: &str| !is_names && is_documentation(key);
            let mut keys: Vec<&String> = map.keys().filter(|key| !is_ignored(key)).collect();
            if let [only] = keys[..]
                && let Some(reference) = bare_reference(only, &map[only])
            {
                return signature(reference, nodes, classes, false, out);
            }
            keys.sort();
            out.push('{');
            for key in keys {
                out.push_str(&format!("{key:?}:"));
                signature(
                    &map[key],
                    nodes,
                    classes,
                    !is_names && key == "properties",
                    out,
                );
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                signature(item, nodes, classes, false, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::String(text) => {
            let class = parse_provisional(text, SCHEMA)
                .and_then(|place| nodes.get_index_of(&place))
                .map(|index| classes[index]);
            match class {
                Some(class) => out.push_str(&format!("#{class}")),
                None => out.push_str(&format!("{text:?}")),
            }
        }
        other => out.push_str(&other.to_string()),
    }
}

/// A description beside a reference wraps it into `allOf`, which must make no difference.
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

/// Puts final references in place of the provisional ones.
pub(super) fn finish(value: &mut Value, schemas: &Names, parameters: &Names) {
    match value {
        Value::Object(map) => map
            .values_mut()
            .for_each(|inner| finish(inner, schemas, parameters)),
        Value::Array(items) => items
            .iter_mut()
            .for_each(|inner| finish(inner, schemas, parameters)),
        Value::String(text) => {
            let found = [
                (SCHEMA, "schemas", schemas),
                (PARAMETER, "parameters", parameters),
            ]
            .into_iter()
            .find_map(|(mark, section, names)| {
                let place = parse_provisional(text, mark)?;
                Some(format!(
                    "#/components/{section}/{}",
                    names.by_place.get(&place)?
                ))
            });
            if let Some(found) = found {
                *text = found;
            }
        }
        _ => {}
    }
}
