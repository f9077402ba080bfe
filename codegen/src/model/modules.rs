//! Which module a model lives in.
//!
//! Types that the same operation groups reach live together: those of one group in a module named
//! after it, those that several share in a module named after the type that leads there.

use super::{models::Usage, types::Types};
use crate::resolve::api::{Api, Operation, Shape, Type};
use indexmap::IndexMap;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashSet},
};

/// What more than one in so many groups reaches is there for all of them: such types are small,
/// and naming all their groups would cost more than it spares.
const COMMON: usize = 5;

/// Schemas that live together.
#[derive(Clone, Debug)]
pub(super) struct Family<'a> {
    /// Name of the module.
    pub(super) module: String,
    /// The groups that reach the schemas; empty when none does.
    pub(super) groups: BTreeSet<usize>,
    /// The schemas, in the order of the description.
    pub(super) schemas: Vec<&'a str>,
}

/// Sorts all schemas into families, given the operations of each group and its module's name.
pub(super) fn families<'a>(
    types: &Types<'a>,
    groups: &[(String, Vec<&'a Operation>)],
    usage: &Usage<'_>,
) -> Vec<Family<'a>> {
    let api = types.api;
    let mut reached: IndexMap<&str, BTreeSet<usize>> = api
        .schemas
        .keys()
        .map(|name| (name.as_str(), BTreeSet::new()))
        .collect();
    for (index, (_, operations)) in groups.iter().enumerate() {
        let roots = operations
            .iter()
            .flat_map(|operation| operation_types(operation));
        for name in reachable(api, roots) {
            if let Some(groups) = reached.get_mut(name) {
                groups.insert(index);
            }
        }
    }
    let all_groups: BTreeSet<usize> = (0..groups.len()).collect();
    let mut families: BTreeMap<BTreeSet<usize>, Vec<&str>> = BTreeMap::new();
    for (name, own) in reached {
        let common = own.len() * COMMON > groups.len();
        let own = if common { all_groups.clone() } else { own };
        families.entry(own).or_default().push(name);
    }
    let mut taken: HashSet<String> = groups.iter().map(|(module, _)| module.clone()).collect();
    let mut all: Vec<_> = families
        .into_iter()
        .map(|(own, schemas)| {
            let module = match own.iter().collect::<Vec<_>>().as_slice() {
                [only] => groups[**only].0.clone(),
                [] => crate::names::unique("unused".to_owned(), &mut taken),
                several if several.len() == groups.len() => {
                    crate::names::unique("common".to_owned(), &mut taken)
                }
                _ => crate::names::unique(leader(types, &schemas, usage), &mut taken),
            };
            Family {
                module,
                groups: own,
                schemas,
            }
        })
        .collect();
    all.sort_by(|a, b| a.module.cmp(&b.module));
    all
}

/// The type that leads to most others of its family, in snake case; pages of a list lead nobody.
fn leader(types: &Types<'_>, schemas: &[&str], usage: &Usage<'_>) -> String {
    let own: HashSet<&str> = schemas.iter().copied().collect();
    let led = |name: &str| {
        let ty = Type::Named(name.to_owned());
        let all = reachable_owned(types.api, &ty);
        all.iter()
            .filter(|name| own.contains(name.as_str()))
            .count()
    };
    let best = schemas.iter().max_by_key(|name| {
        let page = usage.pages.contains_key(**name);
        (!page, led(name), Reverse(**name))
    });
    let name = best.map_or_else(|| "shared".to_owned(), |name| types.name(name));
    crate::names::snake_name(&name)
}

fn reachable_owned(api: &Api, ty: &Type) -> Vec<String> {
    reachable(api, [ty])
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// All types that an operation's signature names.
pub(super) fn operation_types(operation: &Operation) -> Vec<&Type> {
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
pub(super) fn reachable<'a: 'b, 'b>(
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
