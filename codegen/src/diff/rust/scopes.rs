//! Compares the methods that create scopes and the clients of operation groups.

use super::super::{
    change::Subject,
    finding::{Aspect, Finding},
};
use crate::model::service::Service;
use std::{collections::BTreeMap, iter};

/// Compares clients, scopes, and the methods that create scopes and group clients.
pub(super) fn compare(old: &Service, new: &Service) -> Vec<Finding> {
    let mut found = Vec::new();
    let (names, new_names) = (client_arguments(old), client_arguments(new));
    if names != new_names {
        let subject = Subject::Scope(new.client.type_name.clone());
        let detail = format!("constructed from {names} names -> {new_names}");
        found.push(Finding::changed(subject, Aspect::Other, detail, true));
    }
    let scope = |name: &str| Subject::Scope(name.to_owned());
    found.extend(compare_access_paths(&scopes(old), &scopes(new), scope));
    let group = |name: &str| Subject::Group(name.to_owned());
    found.extend(compare_access_paths(&groups(old), &groups(new), group));
    found
}

/// Returns the number of names that the constructors of a client take.
fn client_arguments(service: &Service) -> usize {
    let subscription = service.client.subscription.as_ref();
    subscription.map_or(0, |path| path.arguments.len())
}

/// The methods that return a type, by the name of the type.
type AccessPaths<'a> = BTreeMap<&'a str, Vec<String>>;

fn compare_access_paths(
    old: &AccessPaths<'_>,
    new: &AccessPaths<'_>,
    subject: impl Fn(&str) -> Subject,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, paths) in old {
        match new.get(name) {
            None => found.push(Finding::removed(subject(name), "", true)),
            Some(others) => {
                for (path, other) in paths.iter().zip(others) {
                    if path != other {
                        let detail = format!("reached by {path} -> {other}");
                        let aspect = Aspect::Other;
                        found.push(Finding::changed(subject(name), aspect, detail, true));
                    }
                }
            }
        }
    }
    for name in new.keys().filter(|name| !old.contains_key(*name)) {
        found.push(Finding::added(subject(name), "", false));
    }
    found
}

/// The client or a scope, whose methods return other scopes and clients.
struct Parent<'a> {
    type_name: &'a str,
    groups: &'a [usize],
    scopes: &'a [usize],
}

fn parents(service: &Service) -> impl Iterator<Item = Parent<'_>> {
    let client = Parent {
        type_name: &service.client.type_name,
        groups: &service.client.groups,
        scopes: &service.client.scopes,
    };
    let scopes = service.scopes.iter().map(|scope| Parent {
        type_name: &scope.type_name,
        groups: &scope.groups,
        scopes: &scope.scopes,
    });
    iter::once(client).chain(scopes)
}

/// Returns the scopes; each is created from its parent or from a resource ID.
fn scopes(service: &Service) -> AccessPaths<'_> {
    let mut paths = AccessPaths::new();
    for parent in parents(service) {
        let children = parent.scopes.iter();
        for child in children.filter_map(|&index| service.scopes.get(index)) {
            let names = child.path.arguments.len();
            let method = format!("{}::{}", parent.type_name, child.method);
            let from_parent = format!("`{method}` with {names} names");
            let from_id = format!("`{}::{}`", service.client.type_name, child.from_id);
            paths.insert(&child.type_name, vec![from_parent, from_id]);
        }
    }
    paths
}

/// Returns the clients of groups; each is created from its scope.
fn groups(service: &Service) -> AccessPaths<'_> {
    let mut paths = AccessPaths::new();
    for parent in parents(service) {
        let groups = parent.groups.iter();
        for group in groups.filter_map(|&index| service.groups.get(index)) {
            let path = format!("`{}::{}`", parent.type_name, group.accessor);
            paths.insert(&group.type_name, vec![path]);
        }
    }
    paths
}
