//! Assigns models to modules.
//!
//! A model is in the module of the resource that refers to it through the fewest members. Models at
//! the same distance from several resources are in one common module.

use super::{
    schemas::{self, Pages},
    types::Types,
};
use crate::{
    http_method::HttpMethod,
    model::{
        groups::outlines::GroupOutline,
        service::{Module, ModuleItem},
    },
    parallel,
    resolve::api::{Api, Operation, Type},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A type that more than one in so many groups needs has no condition: such types are small, and a
/// list of all their groups would cost more than it saves.
const COMMON: usize = 5;

/// Names for the common module; the first that no group has is used.
const SHARED: [&str; 3] = ["common", "shared", "common_models"];

/// Builds the modules of all models, by name.
pub(crate) fn build(types: &Types<'_>, groups: &[GroupOutline<'_>]) -> Vec<Module> {
    let pages = Pages::new(types);
    let homes = homes(groups);
    let by_home: Vec<_> = by_home(types.api, groups, &homes).into_iter().collect();
    let mut modules = parallel::map(&by_home, |(home, schemas)| {
        let items = schemas.iter().flat_map(|own| {
            let items = schemas::items(types, &pages, own.schema).into_iter();
            items.map(|item| ModuleItem {
                item,
                features: own.features.clone(),
                is_preview: own.is_preview,
            })
        });
        module(*home, &homes, groups, items.collect())
    });
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    modules
}

/// A schema and the features of which any needs it; empty if it has no condition.
struct Conditional<'a> {
    schema: &'a str,
    features: Vec<String>,
    is_preview: bool,
}

/// Returns the schemas that operations reach, by the group in whose module they are; `None` is the
/// common module. All are in the order of the description.
fn by_home<'a>(
    api: &'a Api,
    groups: &[GroupOutline<'_>],
    homes: &[usize],
) -> BTreeMap<Option<usize>, Vec<Conditional<'a>>> {
    let roots = roots(api, groups);
    let reached = reached(api, &roots);
    let mut by_home: BTreeMap<Option<usize>, Vec<Conditional<'_>>> = BTreeMap::new();
    for schema in api.schemas.keys() {
        if let Some(reach) = reached.get(schema.as_str()) {
            let own = Conditional {
                schema,
                features: features_of(reach, &roots),
                is_preview: reach.keys().all(|&root| roots[root].is_preview),
            };
            let home = home(reach, &roots, homes);
            by_home.entry(home).or_default().push(own);
        }
    }
    let mut shared = by_home.remove(&None).unwrap_or_default();
    for schemas in by_home.values_mut() {
        let usual = usual_features(schemas);
        shared.extend(schemas.extract_if(.., |own| {
            own.features.is_empty() || !own.features.iter().all(|own| usual.contains(own))
        }));
    }
    by_home.retain(|_, schemas| !schemas.is_empty());
    if !shared.is_empty() {
        shared.sort_by_key(|own| api.schemas.get_index_of(own.schema));
        by_home.insert(None, shared);
    }
    by_home
}

/// Returns the features that most schemas of a module need; of several such sets the greatest.
fn usual_features(schemas: &[Conditional<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
    for own in schemas {
        *counts.entry(&own.features).or_default() += 1;
    }
    let usual = counts
        .into_iter()
        .max_by_key(|(features, count)| (*count, features.len()));
    usual.map_or_else(Vec::new, |(features, _)| features.to_vec())
}

fn module(
    home: Option<usize>,
    homes: &[usize],
    groups: &[GroupOutline<'_>],
    mut items: Vec<ModuleItem>,
) -> Module {
    let own = homes
        .iter()
        .zip(groups)
        .filter(|(own, _)| Some(**own) == home);
    let clients: Vec<String> = own
        .map(|(_, group)| format!("[`{}`](crate::operations::{0})", group.type_name))
        .collect();
    let is_free = |name: &&&str| groups.iter().all(|group| group.module != **name);
    let shared = SHARED.iter().find(is_free).unwrap_or(&SHARED[0]);
    let features = module_features(&items);
    for item in &mut items {
        if item.features == features {
            item.features.clear();
        }
    }
    Module {
        name: home.map_or_else(|| (*shared).to_owned(), |home| groups[home].module.clone()),
        docs: match clients.as_slice() {
            [] => "Models that several resources share.".to_owned(),
            clients => format!("Models of {}.", clients.join(" and ")),
        },
        features,
        items,
    }
}

/// The features of which any needs an item; empty if it has no condition.
fn module_features(items: &[ModuleItem]) -> Vec<String> {
    if items.iter().any(|item| item.features.is_empty()) {
        return Vec::new();
    }
    let all = items.iter().flat_map(|item| &item.features);
    all.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}

/// Operations of a group that one feature enables.
struct Root<'a> {
    group: usize,
    feature: &'a str,
    is_preview: bool,
    operations: Vec<&'a Operation>,
}

/// Returns the groups; operations in preview of a stable group are separate.
fn roots<'a>(api: &Api, groups: &'a [GroupOutline<'_>]) -> Vec<Root<'a>> {
    let roots = groups.iter().enumerate().flat_map(|(group, own)| {
        let is_preview = |one: &&Operation| api.is_preview(&one.presence);
        let (previews, stable): (Vec<_>, Vec<_>) =
            own.operations.iter().copied().partition(is_preview);
        // The methods in preview of a stable group need its feature, too. That is enough for their
        // models, whose members may need that feature.
        let root = move |is_preview, operations| Root {
            group,
            feature: own.feature.as_str(),
            is_preview,
            operations,
        };
        let parts = [root(false, stable), root(true, previews)];
        parts.into_iter().filter(|one| !one.operations.is_empty())
    });
    roots.collect()
}

/// The roots from which something is reached, and the number of steps.
type Reach = BTreeMap<usize, usize>;

/// Returns the roots that decide the module of a type: the stable ones, unless all are previews.
fn deciding(reach: &Reach, roots: &[Root<'_>]) -> Reach {
    let has_stable = reach.keys().any(|&root| !roots[root].is_preview);
    let all = reach.iter().map(|(&root, &distance)| (root, distance));
    all.filter(|&(root, _)| !(has_stable && roots[root].is_preview))
        .collect()
}

/// Returns the features of which any needs a type.
fn features_of(reach: &Reach, roots: &[Root<'_>]) -> Vec<String> {
    let stable = reach.keys().filter(|&&root| !roots[root].is_preview);
    if is_common(stable.count(), roots, false) {
        return Vec::new();
    }
    let features: BTreeSet<&str> = reach.keys().map(|&root| roots[root].feature).collect();
    features.into_iter().map(str::to_owned).collect()
}

/// Returns whether the number of roots is more than one in [`COMMON`] of all that are in preview,
/// or stable.
fn is_common(count: usize, roots: &[Root<'_>], are_previews: bool) -> bool {
    let all = roots.iter().filter(|root| root.is_preview == are_previews);
    count * COMMON > all.count().max(COMMON)
}

/// Returns the home with the fewest steps to a type; `None` if there are several.
fn home(reach: &Reach, roots: &[Root<'_>], homes: &[usize]) -> Option<usize> {
    let reach = deciding(reach, roots);
    let home = |root: usize| homes[roots[root].group];
    let own: BTreeSet<usize> = reach.keys().map(|&root| home(root)).collect();
    let are_previews = reach.keys().all(|&root| roots[root].is_preview);
    if own.len() > 1 && is_common(reach.len(), roots, are_previews) {
        return None;
    }
    let nearest = reach.values().min()?;
    let near = reach.iter().filter(|(_, distance)| *distance == nearest);
    let near: BTreeSet<usize> = near.map(|(&root, _)| home(root)).collect();
    match near.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Returns, for each group, the group whose module its models are in: groups that put the same
/// resource share the module of the one with the shortest name, of the stable ones if there are
/// any.
fn homes(groups: &[GroupOutline<'_>]) -> Vec<usize> {
    let rank = |group: &GroupOutline<'_>| (group.is_preview, group.module.len());
    let mut by_resource: HashMap<&str, usize> = HashMap::new();
    for (index, group) in groups.iter().enumerate() {
        if let Some(resource) = resource(group) {
            let first = by_resource.entry(resource).or_insert(index);
            if rank(group) < rank(&groups[*first]) {
                *first = index;
            }
        }
    }
    let homes = groups.iter().enumerate().map(|(index, group)| {
        let home = resource(group).and_then(|resource| by_resource.get(resource));
        home.copied().unwrap_or(index)
    });
    homes.collect()
}

/// Returns the schema of the resource that a group puts.
fn resource<'a>(group: &GroupOutline<'a>) -> Option<&'a str> {
    let mut puts = group
        .operations
        .iter()
        .filter(|own| own.method == HttpMethod::Put);
    puts.find_map(|own| match &own.body.as_ref()?.ty {
        Type::Named(name) => Some(name.as_str()),
        _ => None,
    })
}

/// Returns the roots that reach each schema, with the number of steps.
fn reached<'a>(api: &'a Api, roots: &[Root<'_>]) -> HashMap<&'a str, Reach> {
    let mut reached: HashMap<&str, Reach> = HashMap::new();
    for (index, root) in roots.iter().enumerate() {
        let types = root.operations.iter().flat_map(|own| own.types());
        for (name, distance) in distances(api, types) {
            reached.entry(name).or_default().insert(index, distance);
        }
    }
    reached
}

/// Returns the schemas that types refer to, with the number of steps.
fn distances<'a: 'b, 'b>(
    api: &'a Api,
    roots: impl IntoIterator<Item = &'b Type>,
) -> HashMap<&'a str, usize> {
    let mut distances = HashMap::new();
    let mut level: Vec<&str> = roots.into_iter().filter_map(Type::schema).collect();
    for distance in 0.. {
        let mut next = Vec::new();
        for name in level {
            let Some((name, schema)) = api.schemas.get_key_value(name) else {
                continue;
            };
            if !distances.contains_key(name.as_str()) {
                distances.insert(name.as_str(), distance);
                next.extend(schema.types().filter_map(Type::schema));
                next.extend(schema.kinds());
            }
        }
        if next.is_empty() {
            break;
        }
        level = next;
    }
    distances
}
