//! Operation groups and the names of their clients.

use super::{
    collections::{self, Collection, collections},
    steps::{self, TAKEN_ON_CLIENT},
};
use crate::{
    model::{
        docs,
        naming::{
            namer::{Namer, Subject, Taken},
            operation_ids::{default_method, prefix, stem},
        },
    },
    names,
    path_template::{PathStep, last_segment},
    resolve::api::{Api, Operation},
};
use std::collections::{BTreeSet, HashMap};

/// A group: its operations, and the names that are derived from its name.
pub(crate) struct GroupOutline<'a> {
    /// Name of the group, such as `BatchEndpoints`.
    pub(crate) name: String,
    /// Other names of the group in the description.
    pub(crate) aliases: Vec<String>,
    /// Name of the client type, such as `BatchEndpointsClient`.
    pub(crate) type_name: String,
    /// Name of the module, in snake case.
    pub(crate) module: String,
    /// Name of the Cargo feature, in kebab case.
    pub(crate) feature: String,
    /// Name of the method that returns the client, on the scope or on the service's client.
    pub(crate) accessor: String,
    /// Documentation in Markdown.
    pub(crate) docs: String,
    /// Number of steps of the paths that are in the scope of the group.
    pub(crate) depth: usize,
    /// Whether only previews have the group.
    pub(crate) is_preview: bool,
    /// Operations, in the order of the description.
    pub(crate) operations: Vec<&'a Operation>,
    /// Name that the group would have without the manifest, which is its key there.
    pub(crate) key: String,
}

impl<'a> GroupOutline<'a> {
    /// Returns the steps of the paths that are in the scope of the group.
    pub(crate) fn scope(&self) -> &'a [PathStep] {
        let first = self.operations.first();
        first.map_or(&[], |own| &own.path.steps()[..self.depth])
    }
}

/// Names of modules and features that have another meaning.
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

/// Maximum number of operations that the documentation of a group lists.
const LISTED: usize = 7;

/// Groups the operations of an API, by name.
pub(crate) fn outline<'a>(api: &'a Api, service: &str, namer: &Namer<'_>) -> Vec<GroupOutline<'a>> {
    let named = named(api, service, namer);
    let groups = named.into_iter().map(|(name, key, collection)| {
        let module = match names::snake_name(&name) {
            own if TAKEN_MODULES.contains(&own.as_str()) => format!("{own}_group"),
            own => own,
        };
        let type_name = names::type_name(&name);
        let (depth, accessor) = place(&collection, &name);
        GroupOutline {
            type_name: if type_name.ends_with("Client") {
                type_name
            } else {
                format!("{type_name}Client")
            },
            aliases: aliases(&collection, &name, &key),
            feature: module.trim_matches('_').replace('_', "-"),
            docs: docs(api, &collection, (&name, &key), namer),
            module,
            accessor,
            depth,
            is_preview: collection
                .operations
                .iter()
                .all(|own| api.is_preview(&own.presence)),
            operations: collection.operations,
            name,
            key,
        }
    });
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    name_accessors(&mut groups, namer);
    groups
}

/// Returns the documentation of a group: that in the manifest, or the description of its tag, or
/// else the names of its operations.
fn docs(
    api: &Api,
    collection: &Collection<'_>,
    (name, key): (&str, &str),
    namer: &Namer<'_>,
) -> String {
    if let Some(docs) = namer.given(&["groups", key, "docs"]) {
        return docs.to_owned();
    }
    let tags: BTreeSet<Option<&str>> = collection
        .operations
        .iter()
        .map(|own| own.tag.as_deref())
        .collect();
    let tag = tags.first().copied().flatten().filter(|_| tags.len() == 1);
    let described = tag.and_then(|tag| api.tags.get(tag));
    let described = described.and_then(|text| docs::prose(Some(text)));
    described.unwrap_or_else(|| {
        let operations = collection.operations.iter();
        let operations = operations.map(|own| docs::words(&default_method(own), namer));
        let mut operations: Vec<String> = operations.collect();
        if operations.len() > LISTED {
            operations.truncate(LISTED);
            operations.push("others".to_owned());
        }
        let operations = match operations.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            all => all.concat(),
        };
        format!("{}: {operations}.", docs::title(name, namer))
    })
}

/// Returns the number of steps to a group, and the name of its accessor unless that is used.
fn place(collection: &Collection<'_>, name: &str) -> (usize, String) {
    let own_name = || names::snake_name(name);
    let mut operations = collection.operations.iter();
    if !operations.any(|own| collections::is_hierarchical(own)) {
        return (0, own_name());
    }
    let depth = steps::depth(&collection.operations);
    let accessor = if collection.paths.is_empty() {
        steps::collection(&collection.operations, depth)
    } else {
        // Collections further down are accessed with arguments of the methods.
        let mut paths = collection.paths.iter();
        let near = paths.all(|path| path.matches("{}").count() == depth);
        let path = collection.paths.first().filter(|_| near);
        path.map(|path| last_segment(path))
    };
    let accessor = accessor.map(names::snake_name);
    let accessor = accessor.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    (depth, accessor.unwrap_or_else(own_name))
}

/// Returns the names of a group in the description that differ from its own.
fn aliases(collection: &Collection<'_>, name: &str, key: &str) -> Vec<String> {
    let prefixes = collection.operations.iter().map(|own| prefix(own));
    let all: BTreeSet<&str> = prefixes.chain([key]).collect();
    let own = names::snake_name(name);
    let others = all
        .into_iter()
        .filter(|alias| names::snake_name(alias) != own);
    others.filter_map(names::doc_alias).collect()
}

/// Returns collections with their names, and the names that they would have without the manifest.
fn named<'a>(
    api: &'a Api,
    service: &str,
    namer: &Namer<'_>,
) -> Vec<(String, String, Collection<'a>)> {
    let collections = collections(api, namer);
    let segments = collections.iter().flat_map(|own| &own.paths);
    let stems: BTreeSet<String> = segments.map(|path| stem(last_segment(path))).collect();
    let mut wanted: Vec<(String, Collection<'_>)> = Vec::new();
    for collection in collections {
        let name = description_name(&collection, &stems);
        match wanted.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) if collection.given.is_some() => known.add(api, collection),
            _ => wanted.push((name, collection)),
        }
    }
    wanted.sort_by_cached_key(|(name, collection)| precedence(name, collection));
    // The client of a group cannot be called like that of the service.
    let client = format!("{service}Client");
    let mut taken = Taken::reserved([service, client.as_str()], "the client of the service");
    // Names in the manifest are used first, so that no other group gets them.
    let mut keys = Taken::default();
    let keyed = wanted.into_iter().map(|(name, collection)| {
        let all = candidates(&name, &collection);
        let key = all
            .into_iter()
            .find(|key| keys.take(&names::snake_name(key), "").is_none());
        (key.unwrap_or_else(|| name.clone()), name, collection)
    });
    let (given, others): (Vec<_>, Vec<_>) = keyed
        .map(|(key, name, collection)| {
            let given = namer.given(&["groups", &key, "name"]);
            (given, key, name, collection)
        })
        .partition(|(given, ..)| given.is_some());
    let all = given.into_iter().chain(others);
    let named = all.map(|(given, key, name, collection)| {
        let what = format!("group `{key}`");
        let path = ["groups", &key, "name"];
        let subject = Subject {
            path: &path,
            what: &what,
        };
        let chosen = match given {
            Some(given) => {
                namer.take_given(&names::type_name(given), subject, &mut taken);
                given.to_owned()
            }
            None => {
                let all = candidates(&name, &collection);
                let types = all.iter().map(|name| names::type_name(name));
                let chosen = namer.name(subject, types, &mut taken);
                let mut all = all.into_iter();
                all.find(|name| names::type_name(name) == chosen)
                    .unwrap_or(chosen)
            }
        };
        (chosen, key, collection)
    });
    named.collect()
}

/// Returns the name of a collection in the IDs of operations: the prefix that most of them have, in
/// the plural if some operation uses it. If that is the name of another collection, its own name is
/// appended; `stems` are those of all collections.
fn description_name(collection: &Collection<'_>, stems: &BTreeSet<String>) -> String {
    if let Some(given) = &collection.given {
        return given.clone();
    }
    let operations = if collection.own.is_empty() {
        &collection.operations
    } else {
        &collection.own
    };
    let mut counts: Vec<(String, Vec<(&str, usize)>)> = Vec::new();
    for prefix in operations.iter().map(|own| prefix(own)) {
        let stem = stem(prefix);
        let at = counts.iter().position(|(known, _)| *known == stem);
        let at = at.unwrap_or_else(|| {
            counts.push((stem, Vec::new()));
            counts.len() - 1
        });
        match counts[at].1.iter_mut().find(|(known, _)| *known == prefix) {
            Some((_, count)) => *count += 1,
            None => counts[at].1.push((prefix, 1)),
        }
    }
    let total = |forms: &[(&str, usize)]| forms.iter().map(|(_, count)| count).sum::<usize>();
    // The first one in a tie.
    let most = counts.iter().rev().max_by_key(|(_, forms)| total(forms));
    let forms = most.map_or(&[][..], |(_, forms)| forms);
    let is_plural = |prefix: &str| names::singular(prefix) != prefix;
    let best = forms
        .iter()
        .rev()
        .max_by_key(|(prefix, count)| (is_plural(prefix), *count));
    let name = best.map_or("Service", |(prefix, _)| prefix);
    if let Some(path) = collection.paths.first()
        && stems.contains(&stem(name))
        && stem(last_segment(path)) != stem(name)
    {
        return with_segment(name, last_segment(path));
    }
    if names::snake_name(name).starts_with('_') {
        format!("Group{name}")
    } else {
        name.to_owned()
    }
}

/// Returns which of several collections gets a name: the one with that name in paths, then the one
/// nearest to the root, then the first.
fn precedence(name: &str, collection: &Collection<'_>) -> (String, bool, usize, String) {
    let mut paths = collection.paths.iter();
    let is_its_own = paths.any(|path| stem(last_segment(path)) == stem(name));
    let lengths = collection
        .paths
        .iter()
        .map(|path| path.matches('/').count());
    (
        names::snake_name(name),
        !is_its_own,
        lengths.min().unwrap_or_default(),
        collection.paths.first().cloned().unwrap_or_default(),
    )
}

/// Returns names for a group: its own, then longer ones with more of its path.
fn candidates(name: &str, collection: &Collection<'_>) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    let path = collection.paths.first().map_or("", String::as_str);
    // The part before it is the same for all groups of a provider.
    let (_, below) = path.rsplit_once("/providers/").unwrap_or(("", path));
    let segments = below.split('/').skip(usize::from(below != path));
    let segments = segments.filter(|segment| !segment.is_empty() && *segment != "{}");
    let mut segments: Vec<&str> = segments.collect();
    if let Some(last) = segments.pop()
        && stem(last) != stem(name)
    {
        all.push(with_segment(name, last));
    }
    let mut long = names::type_name(name);
    for segment in segments.into_iter().rev() {
        long = names::type_name(&names::singular(segment)) + &long;
        all.push(long.clone());
    }
    all.push(format!("{}Group", names::type_name(name)));
    all
}

/// Joins a name and a path segment: `Connection` and `deployments` become `ConnectionDeployments`.
fn with_segment(name: &str, segment: &str) -> String {
    names::type_name(&names::singular(name)) + &names::type_name(segment)
}

/// Names the accessors of groups. Two groups on one collection use the names of the groups.
fn name_accessors(groups: &mut [GroupOutline<'_>], namer: &Namer<'_>) {
    let scopes: Vec<String> = groups
        .iter()
        .map(|group| match group.scope() {
            steps if steps::is_on_client(steps) => String::new(),
            steps => steps::shape(steps),
        })
        .collect();
    let mut counts: HashMap<(&str, String), usize> = HashMap::new();
    for (scope, group) in scopes.iter().zip(&*groups) {
        *counts.entry((scope, group.accessor.clone())).or_default() += 1;
    }
    let mut taken: HashMap<&str, Taken> = HashMap::new();
    for (scope, group) in scopes.iter().zip(groups) {
        let own = names::snake_name(&group.name);
        if counts[&(scope.as_str(), group.accessor.clone())] > 1 {
            group.accessor.clone_from(&own);
        }
        let taken = taken.entry(scope).or_insert_with(|| {
            let on_client = scope.is_empty().then_some(TAKEN_ON_CLIENT);
            Taken::reserved(on_client.into_iter().flatten(), "every client")
        });
        let longer = format!("{}_group", own.trim_end_matches('_'));
        let subject = Subject {
            path: &["groups", &group.key, "accessor"],
            what: &format!("the accessor of group `{}`", group.key),
        };
        group.accessor = namer.name(subject, [group.accessor.clone(), own, longer], taken);
    }
}
