//! The front page of the crate.

use super::format;
use crate::model::service::{ReadmeBlock, Service};

/// `README.md`.
///
/// # Errors
///
/// When an example is not Rust.
pub(super) fn generate(service: &Service) -> syn::Result<String> {
    let blocks = service
        .readme
        .iter()
        .map(|block| self::block(service, block));
    let blocks: Vec<String> = blocks.collect::<syn::Result<_>>()?;
    Ok(format!("{}\n", blocks.join("\n\n")))
}

/// Text, or code that the documentation's tests compile.
fn block(service: &Service, block: &ReadmeBlock) -> syn::Result<String> {
    let (library, client) = (&service.library, &service.client.type_name);
    let (program, before) = match block {
        ReadmeBlock::Text(text) => return Ok(text.clone()),
        ReadmeBlock::WithCredential(program) => (
            program,
            format!(
                "# use {library}::{{{client}, arm_runtime::{{Result, TokenCredential}}}};\n\
                 # use std::sync::Arc;\n\
                 # fn example(credential: Arc<dyn TokenCredential>) -> Result<()> {{\n"
            ),
        ),
        ReadmeBlock::WithClient(program) => (
            program,
            format!(
                "# use {library}::{{{client}, arm_runtime::{{OffsetDateTime, Result, TryStreamExt, Value}}, models::*}};\n\
                 # async fn example(client: {client}) -> Result<()> {{\n"
            ),
        ),
    };
    let code = format::statements(program)?;
    Ok(format!("```rust,no_run\n{before}{code}# Ok(()) }}\n```"))
}
