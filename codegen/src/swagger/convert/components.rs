//! Values that become components of the result.

use super::draft::Draft;
use crate::swagger::read::SourceLocation;
use indexmap::IndexMap;
use serde_json::Value;

/// A schema or parameter that becomes a component.
#[derive(Debug, Clone)]
pub(crate) struct Component {
    /// The name that it requests.
    pub(crate) name: String,
    /// The name that it gets if the first one is used.
    pub(crate) fallback: String,
    /// Content; null until it is converted.
    pub(crate) draft: Draft,
}

/// Components by their location, in the order in which they were requested.
pub(crate) type Components = IndexMap<SourceLocation, Component>;

/// Adds a component unless it was requested before.
pub(super) fn request(
    components: &mut Components,
    at: &SourceLocation,
    name: &str,
    fallback: &str,
) {
    components.entry(at.clone()).or_insert_with(|| Component {
        name: name.to_owned(),
        fallback: fallback.to_owned(),
        draft: Draft::Value(Value::Null),
    });
}
