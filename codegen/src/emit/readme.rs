//! The crate's front page on registries.

use crate::model::service::Service;

/// `README.md`.
pub(super) fn generate(service: &Service) -> String {
    let Service {
        crate_name,
        title,
        provider,
        client,
        ..
    } = service;
    let operations: usize = service.groups.iter().map(|group| group.methods.len()).sum();
    let models: usize = service
        .modules
        .iter()
        .map(|module| module.items.len())
        .sum();
    format!(
        "# {crate_name}\n\n\
         Rust client for the management API of {title} (`{provider}`): {operations} operations, \
         {models} models, API versions {}.\n\n\
         Start at `{client}`. Everything here is generated; do not edit it by hand.\n",
        service.api_versions.join(", ")
    )
}
