//! Decides which steps of the paths of a group are its scope.
//!
//! The steps that all operations of a group begin with are the group's scope: callers pass their
//! names once, and methods take only the rest.

use crate::{
    path_template::{self, PathStep, PathTemplate},
    resolve::api::{Operation, ParameterLocation},
};

/// The beginning of paths in a subscription.
pub(crate) const SUBSCRIPTIONS: &str = "/subscriptions/";

/// Methods that every client has.
pub(crate) const TAKEN_ON_CLIENT: [&str; 5] = [
    "client",
    "endpoint_url",
    "new",
    "over",
    "without_credential",
];

/// Returns whether the client returns groups and scopes at these steps directly.
pub(crate) fn is_on_client(steps: &[PathStep]) -> bool {
    match steps {
        [] => true,
        [only] => only.literal == SUBSCRIPTIONS,
        _ => false,
    }
}

/// Returns the text between placeholders, which is the same for scopes whose placeholders differ
/// only in name.
pub(crate) fn shape(steps: &[PathStep]) -> String {
    let literals: Vec<&str> = steps.iter().map(|step| step.literal.as_str()).collect();
    literals.join("{}")
}

/// Returns the number of steps in the scope of a group.
pub(crate) fn depth(operations: &[&Operation]) -> usize {
    let paths: Vec<&PathTemplate> = operations.iter().map(|own| &own.path).collect();
    let Some((first, others)) = paths.split_first() else {
        return 0;
    };
    let mut depth = first.steps().len();
    for path in others {
        let same = first.steps().iter().zip(path.steps());
        depth = depth.min(same.take_while(|(a, b)| a.literal == b.literal).count());
    }
    // The group's own resource is an argument, not a scope: `get("name")`, not `x("name")?.get()`.
    let own = paths
        .iter()
        .any(|path| path.steps().len() == depth && path.tail().is_empty());
    let depth = if own { depth.saturating_sub(1) } else { depth };
    let is_text = |step: &&PathStep| {
        let mut all = operations.iter().flat_map(|own| &own.parameters);
        all.all(|parameter| {
            parameter.location != ParameterLocation::Path
                || parameter.name != step.placeholder
                || (parameter.is_text() && parameter.constant.is_none())
        })
    };
    first.steps()[..depth].iter().take_while(is_text).count()
}

/// Returns the text after the scope that all operations of a group share, if it is a collection.
pub(crate) fn collection<'a>(operations: &[&'a Operation], depth: usize) -> Option<&'a str> {
    let mut found: Option<&str> = None;
    for operation in operations {
        let next = operation.path.steps().get(depth);
        let next = next.map_or(operation.path.tail(), |step| &step.literal);
        let next = next.trim_matches('/');
        if next.is_empty() || found.is_some_and(|found| found != next) {
            return None;
        }
        found = Some(next);
    }
    found.map(path_template::last_segment)
}
