//! Chooses the names of methods and of their arguments.

use super::{
    namer::{Namer, Subject, Taken},
    operation_ids::{default_method, prefix},
};
use crate::{
    names,
    path_template::last_segment,
    resolve::api::{Operation, Parameter, ParameterLocation},
};
use std::iter;

/// The names of an operation's methods.
#[derive(Clone, Debug, Default)]
pub(crate) struct MethodNames {
    /// Name of the method that calls the operation.
    pub(crate) call: String,
    /// Name of the method that resumes it, if it is long-running.
    pub(crate) resume: Option<String>,
}

/// Names the methods of a group, given the name that the group has in the description. Operations
/// whose IDs begin with that name come first.
pub(crate) fn methods(
    namer: &Namer<'_>,
    group: &str,
    operations: &[&Operation],
) -> Vec<MethodNames> {
    let mut taken = Taken::default();
    let mut names = vec![MethodNames::default(); operations.len()];
    let is_own = |at: &usize| prefix(operations[*at]) == group;
    let (own, others): (Vec<_>, Vec<_>) = (0..operations.len()).partition(is_own);
    for at in own.into_iter().chain(others) {
        let operation = operations[at];
        let is_long_running = operation.long_running.is_some();
        let before = if is_long_running { "begin_" } else { "" };
        names[at] = MethodNames {
            call: method(namer, group, operation, before, &mut taken),
            resume: is_long_running.then(|| method(namer, group, operation, "resume_", &mut taken)),
        };
    }
    names
}

/// Names a method of an operation; `before` is the prefix of its name, such as `begin_`.
/// If another operation of the group has the name, a word is added: the group in the ID, the last
/// word of the path, or the HTTP method.
fn method(
    namer: &Namer<'_>,
    group: &str,
    operation: &Operation,
    before: &str,
    taken: &mut Taken,
) -> String {
    let path = ["operations", &operation.id, "method"];
    let subject = Subject {
        path: &path,
        what: &format!("a method of operation `{}`", operation.id),
    };
    let with = |own: &str| names::snake_name(&format!("{before}{}", own.trim_end_matches('_')));
    if let Some(given) = namer.given(&path) {
        return namer.take_given(&with(given), subject, taken);
    }
    let own = default_method(operation);
    let usual = with(&own);
    let own = own.trim_end_matches('_');
    let action = last_segment(operation.path.tail());
    let http_method = format!("with_{}", operation.method.key());
    let words = [
        Some(prefix(operation)).filter(|prefix| *prefix != group),
        Some(action).filter(|action| !action.is_empty()),
        Some(&http_method),
    ];
    let longer = words.into_iter().flatten().filter_map(|word| {
        let word = names::snake_name(word);
        let word = word.trim_matches('_');
        (!own.ends_with(word)).then(|| with(&format!("{own}_{word}")))
    });
    let distinct = names::distinct(&operation.id, names::snake_name);
    let candidates = iter::once(usual).chain(longer).chain(distinct);
    namer.choose(subject, candidates, taken)
}

/// Returns the ID of an operation, if its method has another name.
pub(crate) fn alias(operation: &Operation, method: &str) -> Option<String> {
    let wanted = default_method(operation);
    let wanted = wanted.trim_end_matches('_');
    let method = method.trim_end_matches('_');
    let is_renamed = method != wanted && method.strip_prefix("begin_") != Some(wanted);
    is_renamed
        .then(|| names::doc_alias(&operation.id))
        .flatten()
}

/// Names the argument or option for a parameter.
pub(crate) fn parameter(
    namer: &Namer<'_>,
    operation: &Operation,
    parameter: &Parameter,
    taken: &mut Taken,
) -> String {
    let wire = &parameter.name;
    let wanted = names::snake_name(parameter.client_name.as_deref().unwrap_or(wire));
    let place = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Form => "form",
    };
    let placed = format!("{place}_{}", wanted.trim_matches('_'));
    let distinct = names::distinct(wire, names::snake_name);
    let candidates = [wanted, placed].into_iter().chain(distinct);
    let subject = Subject {
        path: &["operations", &operation.id, "arguments", wire],
        what: &format!("{place} parameter `{wire}` of operation `{}`", operation.id),
    };
    namer.name(subject, candidates, taken)
}

/// Names the argument or option for the request body.
pub(crate) fn body(
    namer: &Namer<'_>,
    operation: &Operation,
    name: &str,
    taken: &mut Taken,
) -> String {
    let wanted = names::snake_name(name);
    let longer = format!("{}_body", wanted.trim_end_matches('_'));
    let subject = Subject {
        path: &["operations", &operation.id, "arguments", "body"],
        what: &format!("the body of operation `{}`", operation.id),
    };
    namer.name(subject, [wanted, longer], taken)
}
