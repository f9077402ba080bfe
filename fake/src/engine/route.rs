//! Finds the operation for a path.

use super::catalog::Catalog;
use crate::table::{HttpMethod, Operation, ParameterLocation};
use std::collections::BTreeSet;

/// An operation and the path of a request for it.
#[derive(Clone, Debug)]
pub(crate) struct Routed<'a> {
    pub(crate) operation: &'a Operation,
    /// Segments of the template with the decoded segments of the path.
    pub(crate) parts: Vec<(&'a str, String)>,
}

/// The result of a search for an operation.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    Operation(Routed<'a>),
    /// The path exists only with these methods.
    Methods(BTreeSet<HttpMethod>),
    /// The operation exists only in these versions.
    Versions(Vec<&'a str>, Routed<'a>),
    Nothing,
}

/// Finds the operation for a method, a path and the description of an API version.
pub(crate) fn find<'a>(
    catalog: &'a Catalog,
    method: Option<HttpMethod>,
    segments: &[String],
    version: usize,
) -> Found<'a> {
    let mut matches: Vec<Routed<'a>> = catalog
        .table
        .operations
        .iter()
        .filter_map(|operation| matched(catalog, operation, segments))
        .collect();
    // `/settings/default` is more specific than `/settings/{name}`.
    let best = matches.iter().map(literals).max().unwrap_or_default();
    matches.retain(|one| literals(one) == best);
    if matches.is_empty() {
        return Found::Nothing;
    }
    let methods = matches.iter().map(|one| one.operation.method);
    let methods: BTreeSet<HttpMethod> = methods.collect();
    matches.retain(|one| Some(one.operation.method) == method);
    let position = matches.iter().position(|one| has(one.operation, version));
    if let Some(position) = position {
        return Found::Operation(matches.swap_remove(position));
    }
    match matches.pop() {
        Some(other) => {
            let described = other.operation.versions.as_deref();
            Found::Versions(names(catalog, described.unwrap_or_default()), other)
        }
        None => Found::Methods(methods),
    }
}

/// Returns whether the description has a path, with any method.
pub(crate) fn is_described(catalog: &Catalog, segments: &[String]) -> bool {
    let mut operations = catalog.table.operations.iter();
    operations.any(|operation| matched(catalog, operation, segments).is_some())
}

/// Returns the operation that a request is for, in any version.
pub(crate) fn operation_of<'a>(
    catalog: &'a Catalog,
    method: Option<HttpMethod>,
    segments: &[String],
) -> Option<&'a Operation> {
    match find(catalog, method, segments, usize::MAX) {
        Found::Operation(routed) | Found::Versions(_, routed) => Some(routed.operation),
        Found::Methods(_) | Found::Nothing => None,
    }
}

fn has(operation: &Operation, version: usize) -> bool {
    let versions = operation.versions.as_ref();
    versions.is_none_or(|versions| versions.contains(&version))
}

fn names<'a>(catalog: &'a Catalog, shapes: &[usize]) -> Vec<&'a str> {
    let versions = catalog.table.versions.iter();
    let versions = versions.filter(|version| shapes.contains(&version.shape));
    versions.map(|version| version.name.as_str()).collect()
}

fn literals(routed: &Routed<'_>) -> usize {
    let parts = routed.parts.iter();
    parts.filter(|(part, _)| !part.starts_with('{')).count()
}

fn matched<'a>(
    catalog: &'a Catalog,
    operation: &'a Operation,
    segments: &[String],
) -> Option<Routed<'a>> {
    let template: Vec<&str> = operation.path.split('/').skip(1).collect();
    // Compares the last segment first, because it distinguishes most paths.
    let (last, own) = (*template.last()?, segments.last()?);
    if !last.starts_with('{') && !last.eq_ignore_ascii_case(own) {
        return None;
    }
    let is_raw = |placeholder: &str| {
        let name = placeholder.trim_matches(['{', '}']);
        let mut all = catalog.parameters(operation);
        all.any(|one| one.raw && one.location == ParameterLocation::Path && one.name == name)
    };
    let values = align(&template, segments, &is_raw)?;
    let parts = template.into_iter().zip(values).collect();
    Some(Routed { operation, parts })
}

/// Pairs each segment of the template with a segment of the path.
fn align(
    template: &[&str],
    segments: &[String],
    is_raw: &impl Fn(&str) -> bool,
) -> Option<Vec<String>> {
    let Some((&first, rest)) = template.split_first() else {
        return segments.is_empty().then(Vec::new);
    };
    let is_placeholder = first.starts_with('{');
    let most = if is_placeholder && is_raw(first) {
        segments.len().checked_sub(rest.len())?
    } else {
        1
    };
    (1..=most).find_map(|count| {
        let (own, others) = segments.split_at_checked(count)?;
        let own = own.join("/");
        if !is_placeholder && !own.eq_ignore_ascii_case(first) {
            return None;
        }
        let mut values = align(rest, others, is_raw)?;
        values.insert(0, own);
        Some(values)
    })
}

impl Routed<'_> {
    /// Returns the value of a placeholder.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let mut parts = self.parts.iter();
        let found = parts.find(|(part, _)| part.trim_matches(['{', '}']) == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the name after a literal, such as that after `resourceGroups`.
    pub(crate) fn named(&self, literal: &str) -> Option<&str> {
        let mut pairs = self.parts.windows(2);
        pairs.find_map(|pair| match pair {
            [(part, _), (_, name)] if part.eq_ignore_ascii_case(literal) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Returns the path up to a segment; literals have the letter case of the description.
    pub(crate) fn path(&self, segments: usize) -> String {
        let parts = self.parts.iter().take(segments);
        parts.fold(String::new(), |mut path, (part, value)| {
            path.push('/');
            path.push_str(if part.starts_with('{') { value } else { part });
            path
        })
    }

    /// Returns the template up to a segment.
    pub(crate) fn template(&self, segments: usize) -> String {
        let parts = self.parts.iter().take(segments);
        parts.fold(String::new(), |mut path, (part, _)| {
            path.push('/');
            path.push_str(part);
            path
        })
    }

    /// Returns the number of segments before the resources of a list: all of its own path or, at
    /// the top level of a provider, everything up to the provider.
    pub(crate) fn list_prefix(&self) -> usize {
        let provider = self
            .parts
            .iter()
            .rposition(|(part, _)| *part == "providers");
        match provider {
            Some(position) if position + 3 == self.parts.len() => position,
            _ => self.parts.len().saturating_sub(1),
        }
    }
}
