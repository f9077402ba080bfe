//! Step 3: plain data becomes the service model, in which every name and type is decided.

mod docs;
mod examples;
mod fake_table;
mod models;
mod modules;
mod operations;
mod parameters;
pub mod program;
pub mod rust_type;
mod scopes;
pub mod service;
mod stricter;
mod tree;
mod types;

use crate::{
    manifest::Manifest,
    names,
    resolve::api::{Api, Operation, Pageable, Type},
};
use indexmap::IndexMap;
use models::Usage;
use operations::Outline;
use parameters::Parameters;
use rust_type::RustType;
use scopes::Step;
use service::{Feature, Group, HeaderReader, Item, Module, Service};
use std::collections::{BTreeMap, HashMap, HashSet};
use tree::{SUBSCRIPTIONS, Tree};
use types::Types;

/// Builds the service model.
pub fn build(api: &Api, manifest: &Manifest) -> Service {
    let types = Types::new(api);
    let by_group = operations_by_group(api);
    let outlines = outlines(&by_group);
    let mut parameters = Parameters::default();
    let groups: Vec<Group> = outlines
        .iter()
        .zip(&by_group)
        .map(|(outline, (_, operations))| {
            operations::group(&types, outline, operations, &mut parameters)
        })
        .collect();
    let tree = Tree::new(&outlines, &by_group, &mut parameters);
    let modules: Vec<(String, Vec<&Operation>)> = outlines
        .iter()
        .zip(&by_group)
        .map(|(outline, (_, operations))| (outline.module.clone(), operations.clone()))
        .collect();
    let mut service = Service {
        crate_name: manifest.crate_name.clone(),
        packaging: manifest.packaging.clone(),
        title: manifest.title.clone(),
        client: format!("{}Client", manifest.service),
        name: manifest.service.clone(),
        provider: manifest.provider.clone(),
        api_versions: manifest
            .versions
            .iter()
            .map(|version| version.version.clone())
            .collect(),
        default_version: manifest.default.clone(),
        parameters: parameters.clone().finish(),
        subscription: tree.subscription,
        scopes: tree.scopes,
        modules: build_modules(&types, &modules, &groups),
        schemas: api
            .schemas
            .keys()
            .map(|schema| (schema.clone(), types.name(schema)))
            .collect(),
        headers: headers(&types),
        features: features(&groups),
        front: service::FrontPage::default(),
        fake: fake_table::build(api, manifest),
        groups,
    };
    stricter::add_checks(&mut service, &by_group, parameters);
    examples::add(&mut service);
    service
}

type ByGroup<'a> = Vec<(String, Vec<&'a Operation>)>;

fn operations_by_group(api: &Api) -> ByGroup<'_> {
    let mut groups: IndexMap<String, Vec<&Operation>> = IndexMap::new();
    for operation in &api.operations {
        groups
            .entry(operations::group_name(operation))
            .or_default()
            .push(operation);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    groups
}

fn outlines(groups: &ByGroup<'_>) -> Vec<Outline> {
    let mut taken = HashSet::new();
    let mut taken_types = HashSet::new();
    let mut outlines: Vec<Outline> = groups
        .iter()
        .map(|(name, operations)| {
            let depth = scopes::depth(operations);
            let module = match names::snake_name(name) {
                own if TAKEN_MODULES.contains(&own.as_str()) => format!("{own}_group"),
                own => own,
            };
            let module = names::unique(module, &mut taken);
            let accessor = scopes::collection(operations, depth).map(|own| names::snake_name(&own));
            let type_name = names::unique(names::type_name(name), &mut taken_types);
            Outline {
                name: name.clone(),
                type_name: format!("{type_name}Client"),
                accessor: accessor.unwrap_or_else(|| names::snake_name(name)),
                module,
                depth,
            }
        })
        .collect();
    // Two groups on one collection go by their own names.
    let places: Vec<String> = outlines
        .iter()
        .zip(groups)
        .map(|(outline, (_, operations))| {
            let scope = scope_steps(operations, outline.depth);
            if hangs_on_client(&scope) {
                String::new()
            } else {
                key(&scope)
            }
        })
        .collect();
    let mut counts: HashMap<(&String, String), usize> = HashMap::new();
    for (place, outline) in places.iter().zip(&outlines) {
        *counts.entry((place, outline.accessor.clone())).or_default() += 1;
    }
    let mut taken: HashMap<&String, HashSet<String>> = HashMap::new();
    for (outline, place) in outlines.iter_mut().zip(&places) {
        if counts[&(place, outline.accessor.clone())] > 1 {
            outline.accessor = names::snake_name(&outline.name);
        }
        let taken = taken.entry(place).or_insert_with(|| {
            let client: &[&str] = if place.is_empty() {
                &TAKEN_ON_CLIENT
            } else {
                &[]
            };
            client.iter().map(|&name| name.to_owned()).collect()
        });
        outline.accessor = names::unique(outline.accessor.clone(), taken);
    }
    outlines
}

/// Names of modules and features that mean something else.
const TAKEN_MODULES: [&str; 13] = [
    "all_groups",
    "alloc",
    "arm_runtime",
    "core",
    "default",
    "fake",
    "http",
    "mod",
    "models",
    "patterns",
    "scopes",
    "std",
    "unused_models",
];

/// Methods that every client has.
const TAKEN_ON_CLIENT: [&str; 5] = ["client", "new", "over", "resume", "without_credential"];

/// Whether what hangs on a place is reached from the client at once.
fn hangs_on_client(steps: &[Step]) -> bool {
    match steps {
        [] => true,
        [only] => only.literal == SUBSCRIPTIONS,
        _ => false,
    }
}

fn scope_steps(operations: &[&Operation], depth: usize) -> Vec<Step> {
    let first = operations
        .first()
        .map(|operation| scopes::split(&operation.path));
    first.map_or_else(Vec::new, |path| path.steps[..depth].to_vec())
}

/// What makes a place the same for two groups that name its placeholders differently.
fn key(steps: &[Step]) -> String {
    let literals: Vec<&str> = steps.iter().map(|step| step.literal.as_str()).collect();
    literals.join("{}")
}

fn build_modules<'a>(
    types: &Types<'a>,
    by_module: &[(String, Vec<&'a Operation>)],
    groups: &[Group],
) -> Vec<Module> {
    let usage = usage(types);
    let families = modules::families(types, by_module, &usage);
    let modules = families.into_iter().map(|family| {
        let names = family.schemas.iter();
        let items: Vec<Item> = names
            .flat_map(|name| models::items(types, &usage, name))
            .collect();
        let everywhere = family.groups.len() == groups.len();
        let own = family.groups.iter();
        let features = own.map(|&group| groups[group].feature.clone());
        Module {
            docs: match family.groups.iter().collect::<Vec<_>>().as_slice() {
                [] => "Models that no operation uses.".to_owned(),
                [only] => format!(
                    "Models of [`{}`](crate::operations::{0}).",
                    groups[**only].type_name
                ),
                _ if everywhere => "Models of many operation groups.".to_owned(),
                several => format!("Models that {} operation groups share.", several.len()),
            },
            features: match family.groups.len() {
                0 => vec![UNUSED_MODELS.to_owned()],
                _ if everywhere => Vec::new(),
                _ => features.collect(),
            },
            name: family.module,
            items,
        }
    });
    modules.collect()
}

/// The feature for models that no operation uses. They name models of any group.
const UNUSED_MODELS: &str = "unused-models";

fn features(groups: &[Group]) -> Vec<Feature> {
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

fn usage<'a>(types: &Types<'a>) -> Usage<'a> {
    let operations = &types.api.operations;
    let mut pages: HashMap<&str, &Pageable> = HashMap::new();
    for operation in operations {
        let Some(pageable) = &operation.pageable else {
            continue;
        };
        for response in &operation.responses {
            if let Some(Type::Named(name)) = response.body.as_ref().map(|ty| types.resolved(ty))
                && let Some((name, _)) = types.api.schemas.get_key_value(name)
            {
                pages.insert(name, pageable);
            }
        }
    }
    Usage { pages }
}

/// One reader for each header that some answer declares.
fn headers(types: &Types<'_>) -> Vec<HeaderReader> {
    let mut readers: BTreeMap<String, HeaderReader> = BTreeMap::new();
    // The trait that the readers' builds on has methods of these names.
    let mut taken = HashSet::from(["header", "headers"].map(str::to_owned));
    let operations = types.api.operations.iter();
    for header in operations
        .flat_map(|o| &o.responses)
        .flat_map(|response| &response.headers)
    {
        readers
            .entry(header.name.to_lowercase())
            .or_insert_with(|| {
                let name = header.name.trim_start_matches("x-ms-");
                let what = docs::prose(header.description.as_deref());
                HeaderReader {
                    name: names::unique(names::snake_name(name), &mut taken),
                    wire: header.name.to_lowercase(),
                    ty: match types.resolved(&header.ty) {
                        ty @ (Type::Integer(_) | Type::Number | Type::Boolean) => types.rust(ty),
                        _ => RustType::String,
                    },
                    docs: docs::sentences([
                        Some(format!("Header {}.", docs::code(&header.name))),
                        what,
                    ]),
                }
            });
    }
    readers.into_values().collect()
}
