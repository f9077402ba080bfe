//! Builds the service model, in the order in which its parts are decided.

use super::{
    docs,
    groups::{
        outlines::{self, GroupOutline},
        scope_tree::{NodePath, ScopeNode, ScopeTree},
    },
    items::{modules, types::Types},
    methods::{
        examples::{Choices, Samples},
        headers,
        operations::{self, Context, OperationParameters},
        options_names,
        parameters::{ParameterTable, User},
        responses::Responses,
    },
    naming::namer::Namer,
    package::{cargo_manifest, endpoint, fake_table, imports, pages, prose},
    service::{
        Client, Group, Item, Module, Root, SchemaType, Scope, ScopeArgument, ScopePath, Service,
        ServiceLints, WireValue,
        lint::{Allow, Lint},
    },
};
use crate::{manifest::Manifest, note::Note, parallel, problem::Problems, resolve::api::Api};
use std::collections::HashMap;

/// Builds the service model, with notes about names that collide.
///
/// # Errors
///
/// If names in the manifest do not match an item, or collide.
pub fn build(api: &Api, manifest: &Manifest) -> Result<(Service, Vec<Note>), Problems> {
    let namer = Namer::new(&manifest.names);
    let service = service(api, manifest, &namer);
    Ok((service, namer.finish()?))
}

fn service(api: &Api, manifest: &Manifest, namer: &Namer<'_>) -> Service {
    let outlines = outlines::outline(api, &manifest.service, namer);
    let types = Types::new(api, &outlines, namer);
    let modules = modules::build(&types, &outlines);
    let tree = ScopeTree::new(&outlines, namer);
    let mut parameters = ParameterTable::default();
    // If constants would have the same name, those of methods take precedence over those of scopes.
    let own = outlines.iter();
    let own = own.map(|outline| operations::parameters(api, outline, &mut parameters));
    let own: Vec<_> = own.collect();
    let client = Client {
        endpoint: endpoint::endpoint(api, namer, &mut parameters),
        ..client(manifest, &tree, &mut parameters)
    };
    let scopes = tree.nodes.iter().enumerate();
    let scopes = scopes.map(|(index, node)| {
        scope(
            node,
            tree.features(index, &outlines),
            namer,
            &mut parameters,
        )
    });
    let scopes: Vec<_> = scopes.collect();
    let with_checks = outlines.iter().zip(own).enumerate();
    let with_checks = with_checks.map(|(index, (outline, own))| {
        operations::with_checks(
            api,
            own,
            outline,
            &tree.known_parameters(index),
            &mut parameters,
        )
    });
    let with_checks: Vec<_> = with_checks.collect();
    let mut groups = build_groups(manifest, &types, &outlines, &tree, &with_checks, &modules);
    options_names::shorten(&mut groups, &modules);
    let parameters = parameters.into_sorted();
    let schemas = schema_types(api, &types, &modules);
    let headers = headers::readers(&types, &modules);
    let operation_headers = headers::of_operations(&types, &modules, &groups);
    let own_headers = operation_headers.iter().flat_map(|own| &own.readers);
    let all_headers: Vec<_> = headers.iter().chain(own_headers).collect();
    Service {
        unreached: api.schemas.len() - schemas.len(),
        crate_name: manifest.crate_name.clone(),
        library: manifest.crate_name.replace('-', "_"),
        cargo_manifest: cargo_manifest::cargo_manifest(api, manifest, &outlines),
        name: manifest.service.clone(),
        provider: manifest.provider.clone(),
        api_versions: prose::api_versions(manifest),
        default_version: manifest.default.clone(),
        schemas,
        imports: imports::service(&client, &scopes, &parameters, &all_headers),
        headers,
        operation_headers,
        lints: lints(manifest, &client, &scopes),
        pages: pages::build(&pages::Context {
            api,
            manifest,
            client: &client,
            scopes: &scopes,
            groups: &groups,
            modules: &modules,
            namer,
        }),
        docs: prose::service(manifest, &tree, client.endpoint.as_ref()),
        fake: fake_table::build(api, manifest),
        parameters,
        client,
        scopes,
        modules,
        groups,
    }
}

/// Returns the schemas that have types.
fn schema_types(api: &Api, types: &Types<'_>, modules: &[Module]) -> Vec<SchemaType> {
    let items = modules.iter().flat_map(Module::types);
    let items: HashMap<&str, &Item> = items.map(|item| (item.name(), item)).collect();
    let schemas = api.schemas.keys().filter_map(|schema| {
        let type_name = types.name(schema);
        let item = *items.get(type_name.as_str())?;
        Some(SchemaType {
            schema: schema.clone(),
            is_alias: matches!(item, Item::Alias(_)),
            is_union: matches!(item, Item::Union(_)),
            accessors: match item {
                Item::Union(union) => union.members.clone(),
                _ => Vec::new(),
            },
            type_name,
        })
    });
    schemas.collect()
}

fn lints(manifest: &Manifest, client: &Client, scopes: &[Scope]) -> ServiceLints {
    let mut scopes = client.scopes.iter().map(|&at| &scopes[at]);
    let is_used = scopes.any(|own| own.root == Root::Subscription && own.features.is_empty());
    ServiceLints {
        root: cargo_manifest::root_allow(&manifest.packaging),
        subscription: (!is_used)
            .then(|| Allow::one(Lint::DeadCode, "not every feature uses the subscription")),
        calls: Allow::one(Lint::UnusedImports, "what bodies are made of differs"),
    }
}

fn build_groups(
    manifest: &Manifest,
    types: &Types<'_>,
    outlines: &[GroupOutline<'_>],
    tree: &ScopeTree<'_>,
    parameters: &[Vec<OperationParameters<'_>>],
    modules: &[Module],
) -> Vec<Group> {
    let context = Context {
        manifest,
        types,
        responses: &Responses::new(types, modules),
        samples: &Samples::new(modules, choices(manifest, types)),
    };
    let groups = outlines.iter().zip(&tree.routes).zip(parameters);
    let groups: Vec<_> = groups.collect();
    parallel::map(&groups, |((outline, route), parameters)| {
        operations::group(&context, outline, (*route).clone(), parameters)
    })
}

/// Returns what examples show of unions and enums.
fn choices(manifest: &Manifest, types: &Types<'_>) -> Choices {
    let kinds = manifest.examples.kinds.iter();
    let values = manifest.examples.values.iter();
    Choices {
        kinds: kinds
            .map(|(union, kind)| (types.name(union), types.name(kind)))
            .collect(),
        values: values
            .map(|(schema, value)| (types.name(schema), WireValue::Text(value.clone())))
            .collect(),
    }
}

fn client(manifest: &Manifest, tree: &ScopeTree<'_>, parameters: &mut ParameterTable) -> Client {
    let subscription = tree.subscription.as_ref();
    Client {
        type_name: format!("{}Client", manifest.service),
        subscription: subscription.map(|path| {
            let user = User {
                owner: "subscription".to_owned(),
                features: Vec::new(),
            };
            scope_path(path, &user, parameters)
        }),
        endpoint: None,
        groups: tree.groups.clone(),
        scopes: tree.children.clone(),
    }
}

fn scope(
    node: &ScopeNode<'_>,
    features: Vec<String>,
    namer: &Namer<'_>,
    parameters: &mut ParameterTable,
) -> Scope {
    let resource = docs::words(&node.resource, namer);
    let user = User {
        owner: node.resource.clone(),
        features: features.iter().map(|own| vec![own.clone()]).collect(),
    };
    let path = scope_path(&node.path, &user, parameters);
    let arguments = path.arguments.iter();
    let arguments: Vec<String> = arguments
        .map(|argument| format!("* `{}` - {}", argument.name, argument.docs))
        .collect();
    Scope {
        type_name: node.type_name.clone(),
        alias: node.alias.clone(),
        method: node.method.clone(),
        method_docs: format!(
            "Returns the scope of one {resource}. Fails if an argument is empty or violates a \
             limit.\n\n{}",
            arguments.join("\n")
        ),
        from_id: node.from_id.clone(),
        from_id_docs: format!(
            "Returns the scope of one {resource} by its ID. Fails if the ID is of another resource \
             type."
        ),
        root: node.root,
        path,
        template: node.template.clone(),
        docs: format!(
            "The scope of one {resource}, which returns the clients of its child resources."
        ),
        groups: node.groups.clone(),
        scopes: node.children.clone(),
        features,
    }
}

fn scope_path(path: &NodePath<'_>, user: &User, parameters: &mut ParameterTable) -> ScopePath {
    let arguments = path.arguments.iter().map(|argument| {
        let parameter = argument.parameter;
        ScopeArgument {
            name: argument.name.clone(),
            wire: parameter.name.clone(),
            docs: docs::argument(parameter),
            constant: parameters.constant(parameter, user),
        }
    });
    ScopePath {
        template: path.template.clone(),
        arguments: arguments.collect(),
    }
}
