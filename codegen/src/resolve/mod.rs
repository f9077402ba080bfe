//! Step 2: a document becomes plain data with references followed and inheritance flattened; the
//! API versions of a service become one.

pub mod api;
mod bodies;
mod errors;
mod flat_schema;
mod middle_bases;
mod operations;
mod path;
mod schemas;
mod versions;

use crate::{description::Description, problem::Problems};
use api::{Api, Version};
use std::collections::BTreeMap;

/// Resolves the descriptions of a service, each with the API versions that it describes, oldest
/// first.
///
/// The newest that is stable gives the shapes; what only older ones and previews have is added to
/// it. A service without a stable version is like one whose versions are all stable.
///
/// # Errors
///
/// What the documents leave open, such as a path item that stands elsewhere.
pub fn resolve(descriptions: &[(Version, &Description)]) -> Result<Api, Problems> {
    let mut problems = Problems::default();
    let mut versions = Vec::new();
    let has_stable = descriptions.iter().any(|(version, _)| !version.preview);
    for (index, (version, description)) in descriptions.iter().enumerate() {
        let mut types = schemas::Resolver::new(description, index, &mut problems);
        let operations = operations::resolve(description, &mut types);
        versions.push(Api {
            versions: vec![Version {
                preview: version.preview && has_stable,
                ..version.clone()
            }],
            title: description.api.info.title.clone(),
            endpoint: endpoint(description),
            tags: tags(description),
            operations,
            schemas: types.finish(),
        });
    }
    problems.into_result(())?;
    let mut api = versions::merge(versions);
    middle_bases::complete(&mut api);
    errors::keep_own(&mut api);
    Ok(api)
}

/// The tags that have a description.
fn tags(description: &Description) -> BTreeMap<String, String> {
    let tags = description.api.tags.iter();
    let described = tags.filter_map(|tag| Some((tag.name.clone(), tag.description.clone()?)));
    described.collect()
}

fn endpoint(description: &Description) -> String {
    let server = description.api.servers.first();
    server.map_or_else(String::new, |server| {
        server.url.trim_end_matches('/').to_owned()
    })
}
