//! Builds the imports of the modules of the generated crate.

use crate::model::service::{
    Client, HeaderReader, Imports, Parameter, Scope, ScopePath, ServiceImports,
    lint::{Allow, Lint},
    rust_type::{RuntimeType, RustType},
};
use std::collections::BTreeMap;

/// Builds the imports of the modules that do not import everything.
pub(crate) fn service(
    client: &Client,
    scopes: &[Scope],
    parameters: &[Parameter],
    headers: &[&HeaderReader],
) -> ServiceImports {
    let has_scopes = !scopes.is_empty();
    let are_conditional = has_scopes && scopes.iter().all(|scope| !scope.features.is_empty());
    let allow = are_conditional
        .then(|| Allow::one(Lint::UnusedImports, "not every feature brings in scopes"));
    let reaches_scopes = scopes.iter().any(|scope| !scope.scopes.is_empty());
    let path = |&at: &usize| &scopes[at].path;
    let client_paths = client.subscription.iter();
    let client_paths = client_paths.chain(client.scopes.iter().map(path));
    let client_paths = client_paths.chain(&client.endpoint);
    let scope_paths = scopes.iter().flat_map(|scope| &scope.scopes).map(path);
    ServiceImports {
        client: Imports {
            scopes: has_scopes,
            parameters: have_constants(client_paths),
            runtime: chosen([
                (true, RuntimeType::ArmClientOptions),
                (true, RuntimeType::Client),
                (has_scopes, RuntimeType::ResourceId),
                (true, RuntimeType::Result),
                (true, RuntimeType::Scope),
                (true, RuntimeType::TokenCredential),
            ]),
            allow: allow.clone(),
        },
        scopes: Imports {
            scopes: false,
            parameters: have_constants(scope_paths),
            runtime: chosen([
                (reaches_scopes, RuntimeType::Result),
                (has_scopes, RuntimeType::Scope),
            ]),
            allow,
        },
        parameters: Imports {
            scopes: false,
            parameters: false,
            runtime: chosen([(!parameters.is_empty(), RuntimeType::Parameter)]),
            allow: parameters
                .iter()
                .all(|parameter| !parameter.features.is_empty())
                .then(|| Allow::one(Lint::UnusedImports, "not every feature uses parameters")),
        },
        headers: Imports {
            scopes: false,
            parameters: false,
            runtime: of_headers(headers),
            allow: None,
        },
    }
}

/// Returns the types that traits of header readers name.
fn of_headers(headers: &[&HeaderReader]) -> Vec<RuntimeType> {
    let types = headers.iter().filter_map(|reader| match reader.ty {
        RustType::Runtime(own) => Some(own),
        _ => None,
    });
    let types = types.chain([RuntimeType::HasHeaders, RuntimeType::Result]);
    let sorted: BTreeMap<&str, RuntimeType> = types.map(|own| (own.name(), own)).collect();
    sorted.into_values().collect()
}

fn chosen<const N: usize>(types: [(bool, RuntimeType); N]) -> Vec<RuntimeType> {
    let chosen = types.into_iter().filter(|(used, _)| *used);
    chosen.map(|(_, ty)| ty).collect()
}

fn have_constants<'a>(mut paths: impl Iterator<Item = &'a ScopePath>) -> bool {
    paths.any(|path| path.arguments.iter().any(|own| own.constant.is_some()))
}
