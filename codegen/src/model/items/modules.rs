//! Which module a model lives in.
//!
//! A model lives with the resource that leads to it most directly; what several resources lead to
//! equally is in one module for all of them.

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
    resolve::api::{Api, Operation, Type},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What more than one in so many groups reaches is there for all of them: such types are small,
/// and naming all their groups would cost more than it spares.
const COMMON: usize = 5;

/// Names for the module of what resources share, of which no group has the first that is free.
const SHARED: [&str; 3] = ["common", "shared", "common_models"];

/// Builds the modules of all models, by name.
pub(crate) fn build(types: &Types<'_>, groups: &[GroupOutline<'_>]) -> Vec<Module> {
    let pages = Pages::new(types);
    let homes = homes(groups);
    let modules = by_home(types.api, groups, &homes)
        .into_iter()
        .map(|(home, schemas)| {
            let items = schemas.into_iter().flat_map(|own| {
                let items = schemas::items(types, &pages, own.schema).into_iter();
                items.map(move |item| ModuleItem {
                    item,
                    features: own.features.clone(),
                    is_preview: own.is_preview,
                })
            });
            module(home, &homes, groups, items.collect())
        });
    let mut modules: Vec<_> = modules.collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    modules
}

/// A schema and the features any of which needs it; none when it is always there.
struct Conditional<'a> {
    schema: &'a str,
    features: Vec<String>,
    is_preview: bool,
}

/// The schemas that operations reach, by the group in whose module they live; those of no home
/// are what resources share. All are in the order of the description.
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

/// The features that most schemas of a module need, and of several such sets the greatest.
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

/// The features any of which needs some item; none when an item is always there.
fn module_features(items: &[ModuleItem]) -> Vec<String> {
    if items.iter().any(|item| item.features.is_empty()) {
        return Vec::new();
    }
    let all = items.iter().flat_map(|item| &item.features);
    all.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}

/// Operations of a group that one feature brings in.
struct Root<'a> {
    group: usize,
    feature: &'a str,
    is_preview: bool,
    operations: Vec<&'a Operation>,
}

/// The groups; what only previews have of one that is stable is apart.
fn roots<'a>(api: &Api, groups: &'a [GroupOutline<'_>]) -> Vec<Root<'a>> {
    let roots = groups.iter().enumerate().flat_map(|(group, own)| {
        let is_preview = |one: &&Operation| api.is_preview(&one.presence);
        let (previews, stable): (Vec<_>, Vec<_>) =
            own.operations.iter().copied().partition(is_preview);
        // The methods in preview of a stable group need its feature as well, which is enough for
        // their models: what these hold may be there with that feature only.
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

/// How something is reached: from which roots, and with how many steps.
type Reach = BTreeMap<usize, usize>;

/// What decides where a type lives: the roots that are stable, unless all are previews.
fn deciding(reach: &Reach, roots: &[Root<'_>]) -> Reach {
    let has_stable = reach.keys().any(|&root| !roots[root].is_preview);
    let all = reach.iter().map(|(&root, &distance)| (root, distance));
    all.filter(|&(root, _)| !(has_stable && roots[root].is_preview))
        .collect()
}

/// The features any of which needs a type.
fn features_of(reach: &Reach, roots: &[Root<'_>]) -> Vec<String> {
    let stable = reach.keys().filter(|&&root| !roots[root].is_preview);
    if is_common(stable.count(), roots, false) {
        return Vec::new();
    }
    let features: BTreeSet<&str> = reach.keys().map(|&root| roots[root].feature).collect();
    features.into_iter().map(str::to_owned).collect()
}

/// Whether so many roots are more than one in [`COMMON`] of those that are previews or not.
fn is_common(count: usize, roots: &[Root<'_>], are_previews: bool) -> bool {
    let all = roots.iter().filter(|root| root.is_preview == are_previews);
    count * COMMON > all.count().max(COMMON)
}

/// The home that leads to a type most directly; `None` when several do.
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

/// For each group the one whose module its models live in: groups that put the same resource
/// share the module of the one with the shortest name, of stable ones if there are any.
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

/// The schema of the resource that a group puts.
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

/// The roots that reach each schema, with how many steps lead there.
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

/// The schemas that types lead to, with how many steps lead there.
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
