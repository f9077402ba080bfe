//! Step 2: converts documents to plain data, with references followed and inheritance flattened,
//! and merges the API versions of a service.

pub mod api;
mod bodies;
mod endpoint;
mod errors;
mod flat_schema;
mod middle_bases;
mod next_operations;
mod operations;
mod path;
mod results;
mod schemas;
mod versions;

use crate::{
    description::Description,
    note::{Note, NoteKind},
    parallel,
    problem::{self, Problems},
};
use api::{Api, Version};
pub(crate) use next_operations::is_twin;
use std::collections::BTreeMap;

/// Resolves the descriptions of a service, each with the API versions that it describes, oldest
/// first.
///
/// The newest stable version defines the shapes; items that only older ones and previews have are
/// added. If no version is stable, all are treated as stable.
///
/// # Errors
///
/// Parts of the documents that cannot be resolved, such as a path item in another file.
pub fn resolve(descriptions: &[(Version, &Description)]) -> Result<Api, Problems> {
    let has_stable = descriptions.iter().any(|(version, _)| !version.preview);
    let indexed: Vec<_> = descriptions.iter().enumerate().collect();
    let versions = parallel::map(&indexed, |&(index, (version, description))| {
        let version = Version {
            preview: version.preview && has_stable,
            ..version.clone()
        };
        one_version(version, index, description)
    });
    let mut api = versions::merge(problem::collect(versions)?);
    middle_bases::complete(&mut api);
    errors::keep_own(&mut api);
    Ok(api)
}

/// Resolves the description of one version, given its index.
fn one_version(version: Version, index: usize, description: &Description) -> Result<Api, Problems> {
    let mut problems = Problems::default();
    let mut types = schemas::Resolver::new(description, index, &mut problems);
    let mut operations = operations::resolve(description, &mut types);
    let (schemas, renamed) = types.finish();
    let mut findings = next_operations::link(&mut operations);
    findings.extend(results::check(&operations, &schemas));
    let (endpoint, endpoint_parameters) = endpoint::endpoint(&description.api);
    problems.into_result(Api {
        versions: vec![version],
        title: description.api.info.title.clone(),
        endpoint,
        endpoint_parameters,
        tags: tags(description),
        operations: operations.into_iter().map(|own| own.operation).collect(),
        schemas,
        renamed,
        notes: notes(&description.file, findings),
    })
}

/// Returns the tags that have a description.
fn tags(description: &Description) -> BTreeMap<String, String> {
    let tags = description.api.tags.iter();
    let described = tags.filter_map(|tag| Some((tag.name.clone(), tag.description.clone()?)));
    described.collect()
}

fn notes(file: &str, findings: Vec<results::Finding>) -> Vec<Note> {
    let notes = findings.into_iter().map(|(pointer, message)| Note {
        kind: NoteKind::NotSupported,
        file: file.to_owned(),
        pointer,
        message,
    });
    notes.collect()
}
