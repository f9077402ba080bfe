//! Which operations belong together, and what their client is called.

use super::scopes::{self, TAKEN_ON_CLIENT};
use crate::{
    names,
    path_template::PathStep,
    resolve::api::{Api, Operation},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A group: its operations, and the names that are derived from its name in the description.
pub(super) struct GroupOutline<'a> {
    /// Name of the group in the description, such as `BatchEndpoints`.
    pub(super) name: String,
    /// Name of the client type, such as `BatchEndpointsClient`.
    pub(super) type_name: String,
    /// Name of the module, in snake case.
    pub(super) module: String,
    /// Name of the Cargo feature, in kebab case.
    pub(super) feature: String,
    /// Name of the method that returns the client, on the scope or on the service's client.
    pub(super) accessor: String,
    /// Number of steps of the paths that belong to the scope of the group.
    pub(super) depth: usize,
    /// Whether only previews have the group.
    pub(super) is_preview: bool,
    /// Operations, in the order of the description.
    pub(super) operations: Vec<&'a Operation>,
}

impl<'a> GroupOutline<'a> {
    /// The steps of the paths that belong to the scope of the group.
    pub(super) fn scope(&self) -> &'a [PathStep] {
        let first = self.operations.first();
        first.map_or(&[], |own| &own.path.steps()[..self.depth])
    }
}

/// Names of modules and features that mean something else.
const TAKEN_MODULES: [&str; 14] = [
    "all_groups",
    "alloc",
    "arm_runtime",
    "core",
    "default",
    "fake",
    "fake_server",
    "http",
    "mod",
    "models",
    "patterns",
    "preview",
    "scopes",
    "std",
];

/// Sorts the operations of an API into groups, by name.
pub(super) fn outline(api: &Api) -> Vec<GroupOutline<'_>> {
    let mut by_name: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        let name = group_name(operation);
        by_name.entry(name).or_default().push(operation);
    }
    let mut taken_modules = HashSet::new();
    let mut taken_types = HashSet::new();
    let groups = by_name.into_iter().map(|(name, operations)| {
        let module = match names::snake_name(&name) {
            own if TAKEN_MODULES.contains(&own.as_str()) => format!("{own}_group"),
            own => own,
        };
        let module = names::unique(module, &mut taken_modules);
        let type_name = names::unique(names::type_name(&name), &mut taken_types);
        let depth = scopes::depth(&operations);
        let collection = scopes::collection(&operations, depth);
        GroupOutline {
            type_name: format!("{type_name}Client"),
            feature: module.trim_matches('_').replace('_', "-"),
            module,
            accessor: names::snake_name(collection.unwrap_or(&name)),
            depth,
            is_preview: operations.iter().all(|own| api.is_preview(&own.presence)),
            operations,
            name,
        }
    });
    let mut groups: Vec<_> = groups.collect();
    name_accessors(&mut groups);
    groups
}

/// The group of an operation: what stands before the underscore of its id, else its tag.
fn group_name(operation: &Operation) -> String {
    match operation.id.split_once('_') {
        Some((group, _)) if !group.is_empty() => group.to_owned(),
        _ => {
            let tag = operation.tag.clone();
            tag.unwrap_or_else(|| "Service".to_owned())
        }
    }
}

/// Gives groups of one scope different accessors: two on one collection go by their own names.
fn name_accessors(groups: &mut [GroupOutline<'_>]) {
    let scopes: Vec<String> = groups
        .iter()
        .map(|group| match group.scope() {
            steps if scopes::is_on_client(steps) => String::new(),
            steps => scopes::shape(steps),
        })
        .collect();
    let mut counts: HashMap<(&str, String), usize> = HashMap::new();
    for (scope, group) in scopes.iter().zip(&*groups) {
        *counts.entry((scope, group.accessor.clone())).or_default() += 1;
    }
    let mut taken: HashMap<&str, HashSet<String>> = HashMap::new();
    for (scope, group) in scopes.iter().zip(groups) {
        if counts[&(scope.as_str(), group.accessor.clone())] > 1 {
            group.accessor = names::snake_name(&group.name);
        }
        let taken = taken.entry(scope).or_insert_with(|| {
            let on_client = scope.is_empty().then_some(TAKEN_ON_CLIENT);
            let names = on_client.into_iter().flatten();
            names.map(str::to_owned).collect()
        });
        group.accessor = names::unique(group.accessor.clone(), taken);
    }
}
