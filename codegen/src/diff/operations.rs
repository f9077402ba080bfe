//! Compares operations.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, Body, Operation, OperationKey, Parameter, Response, Type, key_of};
use super::change::{Action, Breaks, Subject};
use super::rules::{self, BOTH, Direction, NONE, RUST, WIRE};
use super::types::Sides;
use super::{Changes, limits};

/// Compares the operations of two APIs.
pub(super) fn compare(sides: &Sides<'_>, changes: &mut Changes) {
    let matched = matched(sides.old, sides.new);
    for (old, new) in &matched {
        if key_of(old) != key_of(new) {
            let detail = format!("{} -> {}", request_line(old), request_line(new));
            changes.add(Subject::Operation, Action::Changed, &old.id, detail, WIRE);
        }
        operation(sides, old, new, changes);
    }
    let old_keys: BTreeSet<OperationKey> = matched.iter().map(|(old, _)| key_of(old)).collect();
    let new_keys: BTreeSet<OperationKey> = matched.iter().map(|(_, new)| key_of(new)).collect();
    for (_, old) in sides
        .old
        .operations
        .iter()
        .filter(|(key, _)| !old_keys.contains(*key))
    {
        changes.add(
            Subject::Operation,
            Action::Removed,
            &old.id,
            request_line(old),
            BOTH,
        );
    }
    for (_, new) in sides
        .new
        .operations
        .iter()
        .filter(|(key, _)| !new_keys.contains(*key))
    {
        changes.add(
            Subject::Operation,
            Action::Added,
            &new.id,
            request_line(new),
            NONE,
        );
    }
}

/// The operations of both that have the same method and path, or, failing that, the same id.
pub(super) fn matched<'a>(old: &'a Api, new: &'a Api) -> Vec<(&'a Operation, &'a Operation)> {
    let moved: BTreeMap<&str, &Operation> = new
        .operations
        .iter()
        .filter(|(key, _)| !old.operations.contains_key(*key))
        .map(|(_, operation)| (operation.id.as_str(), operation))
        .collect();
    let partner = |(key, operation): (&OperationKey, &'a Operation)| {
        let other = new
            .operations
            .get(key)
            .or_else(|| moved.get(operation.id.as_str()).copied())?;
        Some((operation, other))
    };
    old.operations.iter().filter_map(partner).collect()
}

fn request_line(operation: &Operation) -> String {
    format!("{} {}", operation.method.to_uppercase(), operation.path)
}

fn operation(sides: &Sides<'_>, old: &Operation, new: &Operation, changes: &mut Changes) {
    if old.id != new.id {
        changes.add(
            Subject::Operation,
            Action::Renamed,
            &old.id,
            format!("{} -> {}", old.id, new.id),
            RUST,
        );
    }
    parameters(sides, old, new, changes);
    body(
        sides,
        &new.id,
        old.body.as_ref(),
        new.body.as_ref(),
        changes,
    );
    responses(sides, old, new, changes);
    long_running(old, new, changes);
    pages(old, new, changes);
}

/// Path parameters are told by their position, the others by name.
fn parameter_key(operation: &Operation, parameter: &Parameter) -> String {
    if parameter.location != "path" {
        return format!("{} {}", parameter.location, parameter.name.to_lowercase());
    }
    let position = operation.path.find(&format!("{{{}}}", parameter.name));
    let before = position.map_or(0, |position| {
        operation.path[..position].matches('{').count()
    });
    format!("path {before}")
}

/// Parameters by what tells them from each other.
pub(super) fn parameters_by_key(operation: &Operation) -> BTreeMap<String, &Parameter> {
    let keyed = |parameter| (parameter_key(operation, parameter), parameter);
    operation.parameters.iter().map(keyed).collect()
}

fn parameters(sides: &Sides<'_>, old: &Operation, new: &Operation, changes: &mut Changes) {
    let old_parameters = parameters_by_key(old);
    let new_parameters = parameters_by_key(new);
    for (key, parameter) in &old_parameters {
        let place = format!("{}({})", new.id, parameter.name);
        if let Some(other) = new_parameters.get(key) {
            self::parameter(sides, &place, parameter, other, changes);
            continue;
        }
        let elsewhere = new
            .parameters
            .iter()
            .find(|other| other.name == parameter.name);
        match elsewhere {
            Some(other) => {
                let detail = format!("{} -> {}", parameter.location, other.location);
                let breaks = Breaks {
                    wire: true,
                    rust: parameter.required != other.required,
                };
                changes.add(Subject::Parameter, Action::Changed, &place, detail, breaks);
                self::parameter(sides, &place, parameter, other, changes);
            }
            None => {
                let detail = format!("{}, {}", parameter.location, parameter.kind);
                changes.add(
                    Subject::Parameter,
                    Action::Removed,
                    &place,
                    detail,
                    rules::PARAMETER_REMOVED,
                );
            }
        }
    }
    for (key, parameter) in &new_parameters {
        let is_known = old_parameters.contains_key(key)
            || old
                .parameters
                .iter()
                .any(|other| other.name == parameter.name);
        if !is_known {
            let required = if parameter.required { ", required" } else { "" };
            changes.add(
                Subject::Parameter,
                Action::Added,
                &format!("{}({})", new.id, parameter.name),
                format!("{}, {}{required}", parameter.location, parameter.kind),
                rules::parameter_added(parameter.required),
            );
        }
    }
    argument_order(old, new, changes);
}

/// The order of those arguments that both have.
fn argument_order(old: &Operation, new: &Operation, changes: &mut Changes) {
    let keys = |operation: &Operation| -> Vec<String> {
        let arguments = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required && !parameter.of_client);
        arguments
            .map(|parameter| parameter_key(operation, parameter))
            .collect()
    };
    let (old_keys, new_keys) = (keys(old), keys(new));
    let common = |keys: &[String], others: &[String]| -> Vec<String> {
        keys.iter()
            .filter(|key| others.contains(key))
            .cloned()
            .collect()
    };
    if common(&old_keys, &new_keys) != common(&new_keys, &old_keys) {
        let detail = "order of the required parameters";
        changes.add(Subject::Operation, Action::Changed, &new.id, detail, RUST);
    }
}

fn parameter(
    sides: &Sides<'_>,
    place: &str,
    old: &Parameter,
    new: &Parameter,
    changes: &mut Changes,
) {
    let mut changed = |detail: String, breaks: Breaks| {
        changes.add(Subject::Parameter, Action::Changed, place, detail, breaks);
    };
    let required = |flag: bool| if flag { "required" } else { "optional" };
    if old.required != new.required {
        let detail = format!("{} -> {}", required(old.required), required(new.required));
        changed(detail, rules::parameter_required(new.required));
    }
    if let Some(breaks) = sides.compare(&old.kind, &new.kind, Direction::SENT) {
        changed(format!("type {} -> {}", old.kind, new.kind), breaks);
    }
    if old.joined != new.joined {
        changed(
            format!("joined as `{}` -> `{}`", old.joined, new.joined),
            WIRE,
        );
    }
    if old.of_client != new.of_client {
        let whose = |flag: bool| if flag { "client" } else { "method" };
        changed(
            format!(
                "of the {} -> {}",
                whose(old.of_client),
                whose(new.of_client)
            ),
            RUST,
        );
    }
    let rust_name = |parameter: &Parameter| {
        parameter
            .client_name
            .clone()
            .unwrap_or_else(|| parameter.name.clone())
    };
    if rust_name(old) != rust_name(new) {
        let detail = format!("name {} -> {}", rust_name(old), rust_name(new));
        changed(
            detail,
            rules::parameter_renamed_in_rust(old.required && new.required),
        );
    }
    for (detail, breaks) in limits(&old.limits, &new.limits, Direction::SENT) {
        changed(detail, breaks);
    }
}

fn body(
    sides: &Sides<'_>,
    id: &str,
    old: Option<&Body>,
    new: Option<&Body>,
    changes: &mut Changes,
) {
    let mut add =
        |action, detail: String, breaks| changes.add(Subject::Body, action, id, detail, breaks);
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => {
            add(
                Action::Added,
                new.kind.to_string(),
                rules::parameter_added(new.required),
            );
        }
        (Some(old), None) => add(
            Action::Removed,
            old.kind.to_string(),
            rules::PARAMETER_REMOVED,
        ),
        (Some(old), Some(new)) => {
            if old.required != new.required {
                let detail = if new.required {
                    "optional -> required"
                } else {
                    "required -> optional"
                };
                add(
                    Action::Changed,
                    detail.to_owned(),
                    rules::parameter_required(new.required),
                );
            }
            if let Some(breaks) = sides.compare(&old.kind, &new.kind, Direction::SENT) {
                add(
                    Action::Changed,
                    format!("type {} -> {}", old.kind, new.kind),
                    breaks,
                );
            }
            if old.media_types != new.media_types {
                let lost = old
                    .media_types
                    .iter()
                    .any(|media_type| !new.media_types.contains(media_type));
                let detail = format!(
                    "{} -> {}",
                    old.media_types.join(", "),
                    new.media_types.join(", ")
                );
                add(Action::Changed, detail, rules::wire_if(lost));
            }
        }
    }
}

fn is_success(code: &str) -> bool {
    code.starts_with('2')
}

fn responses(sides: &Sides<'_>, old: &Operation, new: &Operation, changes: &mut Changes) {
    let bodies = |operation: &Operation| -> Vec<Option<Type>> {
        let successes = operation
            .responses
            .iter()
            .filter(|(code, _)| is_success(code));
        successes
            .map(|(_, response)| response.kind.clone())
            .collect()
    };
    let (old_bodies, new_bodies) = (bodies(old), bodies(new));
    for (code, response) in &old.responses {
        let place = format!("{} {code}", new.id);
        match new.responses.get(code) {
            Some(other) => self::response(sides, &place, code, response, other, changes),
            None => {
                let alone = is_success(code)
                    && response.kind.is_some()
                    && !new_bodies.contains(&response.kind);
                let detail = detail_of(response);
                let breaks = rules::success_code_removed(alone);
                changes.add(Subject::Response, Action::Removed, &place, detail, breaks);
            }
        }
    }
    for (code, response) in &new.responses {
        if !old.responses.contains_key(code) {
            let different =
                is_success(code) && response.kind.is_some() && !old_bodies.contains(&response.kind);
            let breaks = rules::success_code_added(different);
            let place = format!("{} {code}", new.id);
            changes.add(
                Subject::Response,
                Action::Added,
                &place,
                detail_of(response),
                breaks,
            );
        }
    }
}

fn detail_of(response: &Response) -> String {
    response
        .kind
        .as_ref()
        .map_or_else(|| "no body".to_owned(), ToString::to_string)
}

fn response(
    sides: &Sides<'_>,
    place: &str,
    code: &str,
    old: &Response,
    new: &Response,
    changes: &mut Changes,
) {
    let mut changed = |detail: String, breaks: Breaks| {
        changes.add(Subject::Response, Action::Changed, place, detail, breaks);
    };
    let breaks = match (&old.kind, &new.kind) {
        (Some(old), Some(new)) => sides.compare(old, new, Direction::RECEIVED),
        (None, None) => None,
        (None, Some(_)) => Some(RUST),
        (Some(_), None) => Some(BOTH),
    };
    if let Some(breaks) = breaks {
        // The error of a method is not of a type that the description names.
        let breaks = Breaks {
            rust: breaks.rust && is_success(code),
            ..breaks
        };
        changed(
            format!("type {} -> {}", detail_of(old), detail_of(new)),
            breaks,
        );
    }
    for (name, kind) in &old.headers {
        match new.headers.get(name) {
            None => changed(format!("header {name} removed"), BOTH),
            Some(other) => {
                if let Some(breaks) = sides.compare(kind, other, Direction::RECEIVED) {
                    changed(format!("header {name} {kind} -> {other}"), breaks);
                }
            }
        }
    }
    for name in new
        .headers
        .keys()
        .filter(|name| !old.headers.contains_key(*name))
    {
        changed(format!("header {name} added"), NONE);
    }
}

fn long_running(old: &Operation, new: &Operation, changes: &mut Changes) {
    if old.long_running == new.long_running {
        return;
    }
    let text = |via: &Option<String>| {
        via.as_ref()
            .map_or_else(|| "no".to_owned(), |via| format!("via {via}"))
    };
    let detail = format!(
        "long-running: {} -> {}",
        text(&old.long_running),
        text(&new.long_running)
    );
    let breaks = match (&old.long_running, &new.long_running) {
        (Some(old), Some(new)) => rules::final_state(old, new),
        (old, new) => rules::long_running(old.is_some(), new.is_some()),
    };
    changes.add(Subject::Operation, Action::Changed, &new.id, detail, breaks);
}

fn pages(old: &Operation, new: &Operation, changes: &mut Changes) {
    let (detail, breaks) = match (&old.pages, &new.pages) {
        (None, Some(_)) => ("pageable: no -> yes".to_owned(), RUST),
        (Some(_), None) => ("pageable: yes -> no".to_owned(), RUST),
        (Some(old), Some(new)) if old != new => {
            let text = |items: &str, next_link: &str| {
                format!("items in `{items}`, next page in `{next_link}`")
            };
            let old_text = text(&old.items, &old.next_link);
            (
                format!("{old_text} -> {}", text(&new.items, &new.next_link)),
                WIRE,
            )
        }
        _ => return,
    };
    changes.add(Subject::Operation, Action::Changed, &new.id, detail, breaks);
}
