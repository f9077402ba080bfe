//! The parts of an operation's ID, such as `Jobs_Get`.

use crate::{names, resolve::api::Operation};

/// Returns the part of an operation's ID that names its group, or else its tag.
pub(crate) fn prefix(operation: &Operation) -> &str {
    match operation.id.split_once('_') {
        Some((group, _)) if !group.is_empty() => group,
        _ => operation.tag.as_deref().unwrap_or("Service"),
    }
}

/// Returns the name of an operation's method, unless the manifest sets another one: the part of its
/// ID after the underscore.
pub(crate) fn default_method(operation: &Operation) -> String {
    let own = operation.id.split_once('_');
    names::snake_name(own.map_or(operation.id.as_str(), |(_, own)| own))
}

/// Returns a name in snake case and in the singular.
pub(crate) fn stem(name: &str) -> String {
    names::singular(&names::snake_name(name))
}
