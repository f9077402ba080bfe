//! Examples, in files of their own that the documentation takes in.

use super::format;
use crate::model::service::Service;

/// The Markdown of an example, given as statements.
///
/// # Errors
///
/// When the statements are not Rust.
pub(super) fn generate(service: &Service, statements: &str) -> syn::Result<String> {
    let code = format::statements(statements)?;
    let (crate_name, client) = (&service.crate_name, &service.client);
    let stream = if code.contains("try_next") {
        "TryStreamExt, "
    } else {
        ""
    };
    Ok(format!(
        "\n# Example\n\n\
         ```no_run\n\
         # use {crate_name}::{{{client}, arm_runtime::{{{stream}OffsetDateTime, Result, Value}}, models::*}};\n\
         # async fn example(client: {client}) -> Result<()> {{\n\
         {code}\
         # Ok(())\n\
         # }}\n\
         ```\n"
    ))
}
