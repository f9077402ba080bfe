//! Emits examples, in separate files that the documentation includes.

use super::format;
use crate::model::service::{Service, program::Program, rust_type::RuntimeType};

/// Emits an example as Markdown.
///
/// # Errors
///
/// If the program is not valid Rust.
pub(super) fn generate(service: &Service, program: &Program) -> syn::Result<String> {
    let code = format::statements(program)?;
    let (library, client) = (&service.library, &service.client.type_name);
    let stream = if program.reads_stream() {
        "TryStreamExt, "
    } else {
        ""
    };
    let uuid = if program.names(RuntimeType::Uuid) {
        ", Uuid"
    } else {
        ""
    };
    Ok(format!(
        "\n# Example\n\n\
         ```no_run\n\
         # use {library}::{{{client}, arm_runtime::{{{stream}OffsetDateTime, Result{uuid}, Value}}, models::*}};\n\
         # async fn example(client: {client}) -> Result<()> {{\n\
         {code}\
         # Ok(())\n\
         # }}\n\
         ```\n"
    ))
}
