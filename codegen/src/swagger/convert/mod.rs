//! Step 2: converts operations, parameters, schemas, responses and hosts of Swagger 2.0 to OpenAPI
//! 3.0.
//!
//! Components are collected while the parts that refer to them are converted. The results are
//! drafts, in which references are typed: components get their names at the end, when all of them
//! are known.

mod all_of;
mod bodies;
mod components;
mod context;
mod draft;
mod hints;
mod keywords;
mod members;
mod operation_ids;
mod operations;
mod parameters;
mod responses;
mod scalars;
mod schemas;
mod security;
mod servers;
mod subtypes;
mod top_level;

pub(crate) use self::{
    components::{Component, Components},
    context::Context,
    draft::{ComponentReference, resolve_members},
    hints::capitalized_key,
    operations::Operation,
    security::security_schemes,
    servers::{server_key, servers},
};
use super::read::Sources;

/// Converts the operations of some files, and all components that they need or that the files
/// define.
pub(crate) fn convert(sources: Sources, files: &[usize]) -> (Context, Vec<Operation>) {
    let mut context = Context::new(sources);
    let operations = files
        .iter()
        .flat_map(|&file| {
            top_level::note_unknown_keys(&mut context.sources, file);
            operations::operations(&mut context, file)
        })
        .collect();
    for &file in files {
        schemas::request_definitions(&mut context, file);
    }
    convert_requested(&mut context);
    (context, operations)
}

/// Converts components until no component refers to another one that is not converted.
fn convert_requested(context: &mut Context) {
    let (mut schemas, mut parameters) = (0, 0);
    loop {
        schemas = schemas::convert_requested(context, schemas);
        parameters = parameters::convert_requested(context, parameters);
        subtypes::request_subtypes(context);
        if schemas == context.schemas.len() && parameters == context.parameters.len() {
            return;
        }
    }
}
