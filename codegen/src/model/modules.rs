//! Which module a model lives in.
//!
//! Types that the same operation groups reach live together: those of one group in a module named
//! after it, those that several share in a module named after the type that leads there.

use super::{
    groups::GroupOutline,
    items::{self, Pages},
    service::{Feature, Module},
    types::Types,
};
use crate::{
    names,
    resolve::api::{Api, Operation, Shape, Type},
};
use indexmap::IndexMap;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashSet},
};

/// What more than one in so many groups reaches is there for all of them: such types are small,
/// and naming all their groups would cost more than it spares.
const COMMON: usize = 5;

/// The feature for models that no operation uses. They name models of any group.
const UNUSED_MODELS: &str = "unused-models";

/// Builds the modules of all models, by name.
pub(super) fn build(types: &Types<'_>, groups: &[GroupOutline<'_>]) -> Vec<Module> {
    let pages = Pages::new(types);
    let modules = partition(types, groups, &pages).into_iter();
    let modules = modules.map(|module| {
        let schemas = module.schemas.iter();
        Module {
            docs: module_docs(&module, groups),
            features: module_features(&module, groups),
            items: schemas
                .flat_map(|schema| items::items(types, &pages, schema))
                .collect(),
            name: module.name,
        }
    });
    modules.collect()
}

/// The Cargo features of groups and models.
pub(super) fn features(groups: &[GroupOutline<'_>]) -> Vec<Feature> {
    let names: Vec<String> = groups.iter().map(|group| group.feature.clone()).collect();
    let own = names.iter().map(|name| Feature {
        name: name.clone(),
        needs: Vec::new(),
    });
    let unused = Feature {
        name: UNUSED_MODELS.to_owned(),
        needs: names.clone(),
    };
    own.chain([unused]).collect()
}

/// Schemas that live together.
struct ModelModule<'a> {
    /// Name of the module.
    name: String,
    /// The groups that reach the schemas, by index; empty when none does.
    groups: BTreeSet<usize>,
    /// The schemas, in the order of the description.
    schemas: Vec<&'a str>,
}

fn module_docs(module: &ModelModule<'_>, groups: &[GroupOutline<'_>]) -> String {
    match module.groups.iter().collect::<Vec<_>>().as_slice() {
        [] => "Models that no operation uses.".to_owned(),
        [only] => format!(
            "Models of [`{}`](crate::operations::{0}).",
            groups[**only].type_name
        ),
        all if all.len() == groups.len() => "Models of many operation groups.".to_owned(),
        several => format!("Models that {} operation groups share.", several.len()),
    }
}

fn module_features(module: &ModelModule<'_>, groups: &[GroupOutline<'_>]) -> Vec<String> {
    let own = module.groups.iter();
    match module.groups.len() {
        0 => vec![UNUSED_MODELS.to_owned()],
        all if all == groups.len() => Vec::new(),
        _ => own.map(|&group| groups[group].feature.clone()).collect(),
    }
}

/// Sorts all schemas into modules, by name.
fn partition<'a>(
    types: &Types<'a>,
    groups: &[GroupOutline<'_>],
    pages: &Pages<'_>,
) -> Vec<ModelModule<'a>> {
    let mut by_groups: BTreeMap<BTreeSet<usize>, Vec<&str>> = BTreeMap::new();
    for (schema, groups) in reaching_groups(types.api, groups) {
        by_groups.entry(groups).or_default().push(schema);
    }
    let mut taken: HashSet<String> = groups.iter().map(|group| group.module.clone()).collect();
    let modules = by_groups.into_iter().map(|(own, schemas)| {
        let wanted = match own.iter().collect::<Vec<_>>().as_slice() {
            [only] => Err(groups[**only].module.clone()),
            [] => Ok("unused".to_owned()),
            several if several.len() == groups.len() => Ok("common".to_owned()),
            _ => Ok(leader(types, &schemas, pages)),
        };
        ModelModule {
            name: wanted.map_or_else(|own| own, |shared| names::unique(shared, &mut taken)),
            groups: own,
            schemas,
        }
    });
    let mut modules: Vec<_> = modules.collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    modules
}

/// All schemas, with the groups that reach them.
fn reaching_groups<'a>(
    api: &'a Api,
    groups: &[GroupOutline<'_>],
) -> IndexMap<&'a str, BTreeSet<usize>> {
    let schemas = api.schemas.keys();
    let mut reached: IndexMap<&str, BTreeSet<usize>> = schemas
        .map(|name| (name.as_str(), BTreeSet::new()))
        .collect();
    for (index, group) in groups.iter().enumerate() {
        let operations = group.operations.iter();
        for name in reachable(api, operations.flat_map(|own| operation_types(own))) {
            if let Some(groups) = reached.get_mut(name) {
                groups.insert(index);
            }
        }
    }
    let all: BTreeSet<usize> = (0..groups.len()).collect();
    for own in reached.values_mut() {
        if own.len() * COMMON > groups.len() {
            own.clone_from(&all);
        }
    }
    reached
}

/// The type that leads to most others of its module, in snake case. Pages of a list are never used
/// to name a module.
fn leader(types: &Types<'_>, schemas: &[&str], pages: &Pages<'_>) -> String {
    let own: HashSet<&str> = schemas.iter().copied().collect();
    let led = |name: &str| {
        let all = reachable(types.api, [&Type::Named(name.to_owned())]);
        all.intersection(&own).count()
    };
    let best = schemas.iter().max_by_key(|name| {
        let page = pages.contains(name);
        (!page, led(name), Reverse(**name))
    });
    let name = best.map_or_else(|| "shared".to_owned(), |name| types.name(name));
    names::snake_name(&name)
}

/// All types that an operation's signature names.
fn operation_types(operation: &Operation) -> Vec<&Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let body = operation.body.iter().map(|body| &body.ty);
    let answers = operation
        .responses
        .iter()
        .filter_map(|response| response.body.as_ref());
    let result = operation
        .long_running
        .iter()
        .filter_map(|lro| lro.result.as_ref());
    parameters
        .chain(body)
        .chain(answers)
        .chain(result)
        .collect()
}

/// The schemas that types lead to, themselves included.
fn reachable<'a: 'b, 'b>(
    api: &'a Api,
    roots: impl IntoIterator<Item = &'b Type>,
) -> HashSet<&'a str> {
    let mut seen = HashSet::new();
    let mut waiting: Vec<&str> = Vec::new();
    for root in roots {
        named(api, root, &mut waiting);
    }
    while let Some(name) = waiting.pop() {
        let Some((name, schema)) = api.schemas.get_key_value(name) else {
            continue;
        };
        if !seen.insert(name.as_str()) {
            continue;
        }
        match &schema.shape {
            Shape::Object(object) => {
                let members = object.properties.values().map(|property| &property.ty);
                for ty in members.chain(&object.additional) {
                    named(api, ty, &mut waiting);
                }
                let kinds = object.discriminator.iter().flat_map(|d| d.mapping.values());
                waiting.extend(kinds.map(String::as_str));
            }
            Shape::Alias(ty) => named(api, ty, &mut waiting),
            Shape::Enumeration(_) => {}
        }
    }
    seen
}

fn named<'a>(api: &'a Api, ty: &Type, names: &mut Vec<&'a str>) {
    match ty {
        Type::Named(name) => names.extend(
            api.schemas
                .get_key_value(name)
                .map(|(name, _)| name.as_str()),
        ),
        Type::Array(element) | Type::Map(element) => named(api, &element.ty, names),
        _ => {}
    }
}
