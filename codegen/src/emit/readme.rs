//! The crate's front page, on registries and in its documentation.

use super::format;
use crate::model::{program::Program, service::Service};

/// `README.md`.
///
/// # Errors
///
/// When an example is not Rust.
pub(super) fn generate(service: &Service) -> syn::Result<String> {
    let Service {
        crate_name,
        title,
        provider,
        default_version,
        ..
    } = service;
    let (operations, models) = (service.operation_count(), service.model_count());
    let list = example(service, service.front.list.as_ref())?;
    let begin = example(service, service.front.begin.as_ref())?;
    let versions = service.api_versions.join(", ");
    let feature = service.groups.first().map_or("", |group| &group.feature);
    let client = &service.client.type_name;
    let subscription = service
        .client
        .subscription
        .as_ref()
        .map_or("", |_| "\"subscription-id\", ");
    Ok(format!(
        "# {crate_name}\n\n\
         Client for the management API of {title} (`{provider}`): {operations} operations, \
         {models} models. Everything here is generated; do not edit it by hand.\n\n\
         ## Authentication\n\n\
         `{client}` takes any credential of `azure_identity`, or of your own:\n\n\
         ```rust,no_run\n\
         # use {crate_name}::{{{client}, arm_runtime::{{Result, TokenCredential}}}};\n\
         # use std::sync::Arc;\n\
         # fn example(credential: Arc<dyn TokenCredential>) -> Result<()> {{\n\
         let client = {client}::new({subscription}credential, None)?;\n\
         # Ok(()) }}\n\
         ```\n\n\
         Other clouds, retries, proxies and tracing are set in `ArmClientOptions`, which is the \
         last argument.\n\n\
         ## Scopes\n\n\
         Names are given once: a method of the client leads to a scope, such as one resource, and \
         the scope's methods lead to operation groups and to scopes below. A scope can also be made \
         from a resource ID, with the client's methods that end in `_from_id`.\n\n\
         ## Lists\n\n\
         A list is a stream of items that fetches pages as it is read:\n\n{list}\n\
         `into_pages` gives whole pages; a pager's continuation lets another one go on.\n\n\
         ## Long-running operations\n\n\
         Methods that begin with `begin_` give a poller. Awaiting it gives the result; as a stream \
         it tells the progress; its continuation token lets another process go on with \
         `{client}::resume`.\n\n{begin}\n\
         ## Models\n\n\
         Every member is optional: `None` is not written, and what is absent or null reads as \
         `None`. `new` takes the members that a request needs; the others have their defaults. \
         Values and kinds that this crate does not know are kept and written back. Raw JSON \
         (`serde_json::Value`) can be passed wherever a model can; `arm_runtime::merge_patch` \
         computes one with the nulls that remove members.\n\n\
         ## Compatibility\n\n\
         A newer version of this crate may have more members, options, values, kinds, methods and \
         types. Code that keeps to these rules still compiles then:\n\n\
         * Struct literals of models and options end in `..Default::default()`, patterns in `..`.\n\
         * Matches on enums and unions have a wildcard arm; all of them are `#[non_exhaustive]`.\n\
         * Options are named by the type of their method, or passed as `None`.\n\
         * No name is brought into scope by two glob imports.\n\
         * The default features are on.\n\n\
         Everything else that changes a signature, a field or a name is a breaking change.\n\n\
         ## Errors\n\n\
         Arguments and bodies are checked against the description before anything is sent. What the \
         service refuses is an `azure_core` error that shows ARM's code, message, target and \
         details; `arm_runtime::ArmErrorExt` gives them as data.\n\n\
         ## Testing without Azure\n\n\
         With the feature `fake`, `fake::Server::new().client(…)` is a client of an in-memory \
         Resource Manager: it keeps state, validates requests against the description, runs \
         long-running operations by a clock that tests control, fails on demand and logs what it \
         was asked.\n\n\
         ## API versions\n\n\
         {versions}; {default_version} unless `ArmClientOptions::api_version` says otherwise, which \
         takes any other string too. What only some versions have says so in its documentation.\n\n\
         ## Features\n\n\
         Each operation group is a Cargo feature, all on by default. With \
         `default-features = false, features = [\"{feature}\", \"http\"]` only that group and the \
         models it reaches are compiled. Without `http` the crate has no HTTP stack of its own: \
         `ClientOptions::transport` says what to send with. Without `patterns` texts are not checked \
         against the description's patterns before they are sent.\n"
    ))
}

/// A block of code that the documentation's tests compile.
fn example(service: &Service, program: Option<&Program>) -> syn::Result<String> {
    let (crate_name, client) = (&service.crate_name, &service.client.type_name);
    let code = program.map_or_else(|| Ok(String::new()), format::statements)?;
    Ok(format!(
        "```rust,no_run\n\
         # use {crate_name}::{{{client}, arm_runtime::{{OffsetDateTime, Result, TryStreamExt, Value}}, models::*}};\n\
         # async fn example(client: {client}) -> Result<()> {{\n\
         {code}\
         # Ok(()) }}\n\
         ```\n"
    ))
}
