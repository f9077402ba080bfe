//! Which module a model lives in.
//!
//! A model lives with the resource that leads to it most directly; what several resources lead to
//! equally is in one module for all of them.

use super::{
    cargo_manifest::Feature,
    groups::GroupOutline,
    items::{self, Pages},
    service::{Module, ModuleItem},
    types::Types,
};
use crate::{
    http_method::HttpMethod,
    resolve::api::{Api, Type},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What more than one in so many groups reaches is there for all of them: such types are small,
/// and naming all their groups would cost more than it spares.
const COMMON: usize = 5;

/// Names for the module of what resources share, of which no group has the first that is free.
const SHARED: [&str; 3] = ["common", "shared", "common_models"];

/// Builds the modules of all models, by name.
pub(super) fn build(types: &Types<'_>, groups: &[GroupOutline<'_>]) -> Vec<Module> {
    let pages = Pages::new(types);
    let homes = homes(groups);
    let modules = by_home(types.api, groups, &homes)
        .into_iter()
        .map(|(home, schemas)| {
            let items = schemas.into_iter().flat_map(|(schema, features)| {
                let items = items::items(types, &pages, schema).into_iter();
                items.map(move |item| ModuleItem {
                    item,
                    features: features.clone(),
                })
            });
            module(home, &homes, groups, items.collect())
        });
    let mut modules: Vec<_> = modules.collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    modules
}

/// A schema and the features any of which needs it; none when it is always there.
type Conditional<'a> = (&'a str, Vec<String>);

/// The schemas that operations reach, by the group in whose module they live; those of no home
/// are what resources share. All are in the order of the description.
fn by_home<'a>(
    api: &'a Api,
    groups: &[GroupOutline<'_>],
    homes: &[usize],
) -> BTreeMap<Option<usize>, Vec<Conditional<'a>>> {
    let reached = reached(api, groups);
    let mut by_home: BTreeMap<Option<usize>, Vec<Conditional<'_>>> = BTreeMap::new();
    for schema in api.schemas.keys() {
        if let Some(distances) = reached.get(schema.as_str()) {
            let home = home(distances, homes, groups.len());
            let own = (schema.as_str(), features_of(distances, groups));
            by_home.entry(home).or_default().push(own);
        }
    }
    let mut shared = by_home.remove(&None).unwrap_or_default();
    for schemas in by_home.values_mut() {
        let usual = usual_features(schemas);
        shared.extend(schemas.extract_if(.., |(_, features)| {
            features.is_empty() || !features.iter().all(|feature| usual.contains(feature))
        }));
    }
    by_home.retain(|_, schemas| !schemas.is_empty());
    if !shared.is_empty() {
        shared.sort_by_key(|(schema, _)| api.schemas.get_index_of(*schema));
        by_home.insert(None, shared);
    }
    by_home
}

/// The features that most schemas of a module need, and of several such sets the greatest.
fn usual_features(schemas: &[Conditional<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
    for (_, features) in schemas {
        *counts.entry(features).or_default() += 1;
    }
    let usual = counts
        .into_iter()
        .max_by_key(|(features, count)| (*count, features.len()));
    usual.map_or_else(Vec::new, |(features, _)| features.to_vec())
}

/// The Cargo features of groups.
pub(super) fn features(groups: &[GroupOutline<'_>]) -> Vec<Feature> {
    let own = groups.iter().map(|group| Feature {
        name: group.feature.clone(),
        needs: Vec::new(),
    });
    own.collect()
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

/// The features any of which needs a type that these groups reach.
fn features_of(distances: &BTreeMap<usize, usize>, groups: &[GroupOutline<'_>]) -> Vec<String> {
    if is_common(distances, groups.len()) {
        return Vec::new();
    }
    let groups = distances.keys().map(|&group| groups[group].feature.clone());
    groups.collect::<BTreeSet<_>>().into_iter().collect()
}

fn is_common(distances: &BTreeMap<usize, usize>, groups: usize) -> bool {
    distances.len() * COMMON > groups.max(COMMON)
}

/// The home that leads to a type most directly; `None` when several do.
fn home(distances: &BTreeMap<usize, usize>, homes: &[usize], groups: usize) -> Option<usize> {
    let own: BTreeSet<usize> = distances.keys().map(|&group| homes[group]).collect();
    if own.len() > 1 && is_common(distances, groups) {
        return None;
    }
    let nearest = distances.values().min()?;
    let near = distances
        .iter()
        .filter(|(_, distance)| *distance == nearest);
    let near: BTreeSet<usize> = near.map(|(&group, _)| homes[group]).collect();
    match near.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// For each group the one whose module its models live in: groups that put the same resource
/// share the module of the one with the shortest name.
fn homes(groups: &[GroupOutline<'_>]) -> Vec<usize> {
    let mut by_resource: HashMap<&str, usize> = HashMap::new();
    for (index, group) in groups.iter().enumerate() {
        if let Some(resource) = resource(group) {
            let first = by_resource.entry(resource).or_insert(index);
            if group.module.len() < groups[*first].module.len() {
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

/// The groups that reach each schema, with how many steps lead there.
fn reached<'a>(
    api: &'a Api,
    groups: &[GroupOutline<'_>],
) -> HashMap<&'a str, BTreeMap<usize, usize>> {
    let mut reached: HashMap<&str, BTreeMap<usize, usize>> = HashMap::new();
    for (index, group) in groups.iter().enumerate() {
        let roots = group.operations.iter().flat_map(|own| own.types());
        for (name, distance) in distances(api, roots) {
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
