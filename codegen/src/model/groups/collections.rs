//! Groups operations by their collection of resources.
//!
//! Paths decide: `…/jobs` and `…/jobs/{id}` are operations on jobs, whatever their IDs are. If a
//! path does not decide, as for an action, the ID does: the part before the underscore, in the
//! singular, is its stem.

use crate::{
    http_method::HttpMethod,
    model::naming::{
        namer::Namer,
        operation_ids::{prefix, stem},
    },
    path_template,
    resolve::api::{Api, Operation},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Operations of one group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collection<'a> {
    /// The group name in the manifest, if it assigns operations to this group.
    pub(crate) given: Option<String>,
    /// The paths of the collections; empty if the operations are grouped only by their IDs.
    pub(crate) paths: BTreeSet<String>,
    /// The operations, in the order of the description.
    pub(crate) operations: Vec<&'a Operation>,
    /// The operations on the collection or on an element, without actions and others.
    pub(crate) own: Vec<&'a Operation>,
}

impl<'a> Collection<'a> {
    /// Adds operations that the manifest assigns to this group.
    pub(crate) fn add(&mut self, api: &'a Api, other: Self) {
        let is_here = |own: &&Operation| {
            let mut all = self.operations.iter().chain(&other.operations);
            all.any(|known| known.id == own.id)
        };
        self.operations = api.operations.iter().filter(is_here).collect();
    }
}

/// Returns the collections of an API: those that the manifest assigns come last.
pub(crate) fn collections<'a>(api: &'a Api, namer: &Namer<'_>) -> Vec<Collection<'a>> {
    let mut given: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut open = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        match namer.given(&["operations", &operation.id, "group"]) {
            Some(group) => given.entry(group).or_default().push(index),
            None => open.push(index),
        }
    }
    let mut sorter = Sorter::new(api);
    sorter.add_elements(&open);
    sorter.merge_scopes();
    sorter.add_others(&open);
    for (group, operations) in given {
        sorter.sorted.push(Sorted {
            given: Some(group.to_owned()),
            others: operations,
            ..Sorted::default()
        });
    }
    sorter.finish()
}

/// Returns whether the path of an operation is part of the hierarchy of Resource Manager.
pub(crate) fn is_hierarchical(operation: &Operation) -> bool {
    let segments = operation.path.segments();
    let first = segments.first().map(|segment| segment.text.as_str());
    first == Some("subscriptions") || segments.iter().any(|segment| segment.text == "providers")
}

/// Returns the path of the collection of an operation on an element.
fn collection_of_element(operation: &Operation) -> Option<String> {
    let shape = operation.path.shape();
    let collection = shape.strip_suffix("{}")?.trim_end_matches('/');
    (!collection.is_empty() && is_hierarchical(operation)).then(|| collection.to_owned())
}

/// Operations by index, while they are being grouped.
#[derive(Clone, Debug, Default)]
struct Sorted {
    given: Option<String>,
    paths: BTreeSet<String>,
    own: Vec<usize>,
    others: Vec<usize>,
}

struct Sorter<'a> {
    api: &'a Api,
    stems: Vec<String>,
    shapes: Vec<String>,
    sorted: Vec<Sorted>,
}

impl<'a> Sorter<'a> {
    fn new(api: &'a Api) -> Self {
        let operations = api.operations.iter();
        Self {
            api,
            stems: operations.clone().map(|own| stem(prefix(own))).collect(),
            shapes: operations
                .map(|own| own.path.shape().trim_end_matches('/').to_owned())
                .collect(),
            sorted: Vec::new(),
        }
    }

    /// Groups operations on elements, and those on their collections.
    fn add_elements(&mut self, open: &[usize]) {
        let mut by_path: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for &index in open {
            if let Some(collection) = collection_of_element(&self.api.operations[index]) {
                by_path.entry(collection).or_default().push(index);
            }
        }
        for &index in open {
            if let Some(own) = by_path.get_mut(&self.shapes[index]) {
                own.push(index);
            }
        }
        self.sorted = by_path
            .into_iter()
            .map(|(path, own)| Sorted {
                paths: BTreeSet::from([path]),
                own,
                ..Sorted::default()
            })
            .collect();
    }

    /// Merges collections with the same name whose operations have the same stem: the resources of
    /// a subscription and of a resource group, or of a tenant and of any scope.
    fn merge_scopes(&mut self) {
        let mut merged: Vec<Sorted> = Vec::new();
        for own in std::mem::take(&mut self.sorted) {
            let known = merged.iter_mut().find(|known| {
                let same_name = last_segment(&known.paths) == last_segment(&own.paths);
                same_name
                    && own
                        .own
                        .iter()
                        .any(|&at| has_stem(&self.stems, known, &self.stems[at]))
            });
            match known {
                Some(known) => {
                    known.paths.extend(own.paths);
                    known.own.extend(own.own);
                }
                None => merged.push(own),
            }
        }
        self.sorted = merged;
    }

    /// Groups the remaining operations: actions, and lists without elements.
    fn add_others(&mut self, open: &[usize]) {
        let known: BTreeSet<usize> = self.sorted.iter().flat_map(|own| own.own.clone()).collect();
        // Operations on one path stay in one group.
        let mut by_path: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &index in open.iter().filter(|index| !known.contains(index)) {
            by_path.entry(&self.shapes[index]).or_default().push(index);
        }
        let with_elements = self.sorted.len();
        let mut by_prefix: HashMap<&str, usize> = HashMap::new();
        let by_path: Vec<(String, Vec<usize>)> = by_path
            .into_iter()
            .map(|(path, indices)| (path.to_owned(), indices))
            .collect();
        for (path, indices) in by_path {
            let home = self.home(&path, &indices, with_elements);
            let api = self.api;
            let prefixes = indices.iter().map(|&index| prefix(&api.operations[index]));
            let home = home.or_else(|| {
                let mut prefixes = prefixes.clone();
                prefixes.find_map(|prefix| by_prefix.get(prefix).copied())
            });
            let home = home.unwrap_or_else(|| {
                self.sorted.push(Sorted::default());
                self.sorted.len() - 1
            });
            if home >= with_elements {
                by_prefix.extend(prefixes.map(|prefix| (prefix, home)));
            }
            self.sorted[home].others.extend(indices);
        }
    }

    /// Returns the collection of operations on a path, among those that have elements.
    fn home(&self, path: &str, indices: &[usize], with_elements: usize) -> Option<usize> {
        let all = self.sorted[..with_elements].iter().enumerate();
        let nearest = |is_home: &dyn Fn(&Sorted) -> bool| {
            let homes = all.clone().filter(|(_, own)| is_home(own));
            // The first one in a tie.
            let homes = homes.rev();
            let nearest = homes.max_by_key(|(_, own)| nearness(path, &own.paths));
            nearest.map(|(index, _)| index)
        };
        let stems = || indices.iter().map(|&index| &self.stems[index]);
        let by_stem = || nearest(&|own| stems().any(|stem| has_stem(&self.stems, own, stem)));
        // The ID names a collection next to or above the path.
        let by_name = nearest(&|own| {
            let mut paths = own.paths.iter();
            paths.any(|own| {
                let (parent, name) = own.rsplit_once('/').unwrap_or(("", own));
                is_below(path, parent) && {
                    let name = stem(name);
                    stems().any(|own| *own == name)
                }
            })
        });
        let is_action = indices
            .iter()
            .all(|&index| self.api.operations[index].method == HttpMethod::Post);
        let by_action = || {
            let (element, _) = path.rsplit_once('/')?;
            let collection = element.strip_suffix("/{}").filter(|_| is_action)?;
            nearest(&|own| own.paths.contains(collection))
        };
        by_name.or_else(by_stem).or_else(by_action)
    }

    fn finish(self) -> Vec<Collection<'a>> {
        let in_order = |mut indices: Vec<usize>| -> Vec<&'a Operation> {
            indices.sort_unstable();
            let operations = indices.into_iter();
            operations
                .map(|index| &self.api.operations[index])
                .collect()
        };
        let collections = self.sorted.into_iter().map(|sorted| Collection {
            operations: in_order([&sorted.own[..], &sorted.others].concat()),
            own: in_order(sorted.own),
            given: sorted.given,
            paths: sorted.paths,
        });
        collections.collect()
    }
}

fn has_stem(stems: &[String], sorted: &Sorted, stem: &str) -> bool {
    sorted.own.iter().any(|&index| stems[index] == stem)
}

fn last_segment(paths: &BTreeSet<String>) -> Option<&str> {
    paths.first().map(|path| path_template::last_segment(path))
}

/// Returns whether a path is that of an element or below it.
fn is_below(path: &str, parent: &str) -> bool {
    let rest = path.strip_prefix(parent);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns how close a path is to a collection: first whether it is below an element, then the
/// number of common segments.
fn nearness(path: &str, collection: &BTreeSet<String>) -> (bool, usize) {
    let paths = collection.iter().map(|other| {
        let pairs = path.split('/').zip(other.split('/'));
        let common = pairs.take_while(|(own, other)| own == other).count();
        (is_below(path, &format!("{other}/{{}}")), common)
    });
    paths.max().unwrap_or_default()
}
