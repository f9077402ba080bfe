//! Compares operations.

use super::{
    super::{
        change::Subject,
        pairs::{self, Pairs},
        rules::{self, Direction},
    },
    Aspect, Finding, from_to, optional_to_required, types, value_rules,
};
use crate::{
    http_method::HttpMethod,
    resolve::api::{
        ApiVersion, Body, Header, ListStyle, LongRunning, Operation, Pageable, Parameter,
        ParameterLocation, Response, Type,
    },
};
use std::collections::HashSet;

/// Compares the operations of two APIs.
pub(super) fn compare(pairs: &Pairs<'_>) -> Vec<Finding> {
    let subject = |operation: &Operation| Subject::Operation(operation.id.clone());
    let mut found = Vec::new();
    for (old, new) in &pairs.operations {
        found.extend(Context { pairs, id: &new.id }.operation(old, new));
    }
    let ids = |side: fn(&(&Operation, &Operation)) -> String| -> HashSet<String> {
        pairs.operations.iter().map(side).collect()
    };
    let (kept, known) = (
        ids(|(old, _)| old.id.clone()),
        ids(|(_, new)| new.id.clone()),
    );
    let gone = pairs.old.operations.iter();
    let gone = gone.filter(|operation| !kept.contains(&operation.id));
    found.extend(gone.map(|old| Finding::removed(subject(old), request_line(old), true)));
    let added = pairs.new.operations.iter();
    let added = added.filter(|operation| !known.contains(&operation.id));
    found.extend(added.map(|new| Finding::added(subject(new), request_line(new), false)));
    found
}

fn request_line(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// A pair of operations to compare.
struct Context<'a> {
    pairs: &'a Pairs<'a>,
    /// The new operation ID.
    id: &'a str,
}

impl Context<'_> {
    fn operation(&self, old: &Operation, new: &Operation) -> Vec<Finding> {
        let mut found = Vec::new();
        if !pairs::same_request(old, new) {
            let detail = format!("{} -> {}", request_line(old), request_line(new));
            found.push(self.changed(Aspect::Other, detail, true));
        }
        if old.api_version != new.api_version {
            let (old, new) = (api_version(&old.api_version), api_version(&new.api_version));
            let detail = format!("API version {old} -> {new}");
            found.push(self.changed(Aspect::Other, detail, false));
        }
        if old.deprecated != new.deprecated {
            let detail = if new.deprecated {
                "has become deprecated"
            } else {
                "is no longer deprecated"
            };
            found.push(self.changed(Aspect::Other, detail.to_owned(), false));
        }
        found.extend(self.parameters(old, new));
        found.extend(self.body(old.body.as_ref(), new.body.as_ref()));
        found.extend(self.responses(old, new));
        found.extend(self.long_running(old.long_running.as_ref(), new.long_running.as_ref()));
        found.extend(self.pages(old.pageable.as_ref(), new.pageable.as_ref()));
        found
    }

    fn changed(&self, aspect: Aspect, detail: String, breaks: bool) -> Finding {
        Finding::changed(
            Subject::Operation(self.id.to_owned()),
            aspect,
            detail,
            breaks,
        )
    }

    fn parameters(&self, old: &Operation, new: &Operation) -> Vec<Finding> {
        let mut found = Vec::new();
        let (old_parameters, new_parameters) = (pairs::parameters(old), pairs::parameters(new));
        for (key, parameter) in &old_parameters {
            let subject = self.parameter_subject(parameter);
            let elsewhere = || {
                let mut all = new_parameters.iter();
                let moved = |key| !old_parameters.contains_key(key);
                all.find(|(key, other)| moved(key) && other.name == parameter.name)
                    .map(|(_, other)| other)
            };
            match new_parameters.get(key).or_else(elsewhere) {
                Some(other) => found.extend(self.parameter(&subject, parameter, other)),
                None => {
                    let detail = format!(
                        "{}, {}",
                        location(parameter.location),
                        types::text(&parameter.ty)
                    );
                    let breaks = rules::parameter_removed();
                    found.push(Finding::removed(subject, detail, breaks));
                }
            }
        }
        for (key, parameter) in &new_parameters {
            let known = old_parameters.contains_key(key)
                || (old_parameters.iter()).any(|(key, other)| {
                    !new_parameters.contains_key(key) && other.name == parameter.name
                });
            if !known {
                let required = if parameter.required { ", required" } else { "" };
                let detail = format!(
                    "{}, {}{required}",
                    location(parameter.location),
                    types::text(&parameter.ty)
                );
                let breaks = rules::parameter_added(parameter.required);
                let subject = self.parameter_subject(parameter);
                found.push(Finding::added(subject, detail, breaks));
            }
        }
        found
    }

    fn parameter_subject(&self, parameter: &Parameter) -> Subject {
        Subject::Parameter {
            operation: self.id.to_owned(),
            name: parameter.name.clone(),
        }
    }

    fn parameter(&self, subject: &Subject, old: &Parameter, new: &Parameter) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut changed = |aspect, detail: String, breaks| {
            found.push(Finding::changed(subject.clone(), aspect, detail, breaks));
        };
        if old.location != new.location {
            let detail = format!("{} -> {}", location(old.location), location(new.location));
            changed(Aspect::Other, detail, true);
        }
        if old.location == ParameterLocation::Path && old.name != new.name {
            changed(
                Aspect::Other,
                format!("placeholder {} -> {}", old.name, new.name),
                false,
            );
        }
        if old.required != new.required {
            let detail = optional_to_required(new.required).to_owned();
            let breaks = rules::required(new.required, Direction::SENT);
            changed(Aspect::Required, detail, breaks);
        }
        if let Some(breaks) = types::compare(self.pairs, &old.ty, &new.ty, Direction::SENT) {
            let detail = types::change(self.pairs, Some(&old.ty), Some(&new.ty));
            changed(Aspect::Type, detail, breaks);
        }
        if old.constant != new.constant {
            let (old, new) = (old.constant.as_deref(), new.constant.as_deref());
            let detail = format!("fixed value {}", from_to(old, new));
            changed(Aspect::Type, detail, new.is_some());
        }
        let is_list = matches!(pairs::actual(self.pairs.new, &new.ty), Type::Array(_));
        if is_list && old.list_style != new.list_style {
            let (old, new) = (list_style(old.list_style), list_style(new.list_style));
            changed(Aspect::Other, format!("elements {old} -> {new}"), true);
        }
        if let Some(detail) = value_rules::defaults(old.default.as_ref(), new.default.as_ref()) {
            changed(Aspect::Other, detail, false);
        }
        for (detail, breaks) in value_rules::compare(&old.rules, &new.rules, Direction::SENT) {
            changed(Aspect::Other, detail, breaks);
        }
        found
    }

    fn body(&self, old: Option<&Body>, new: Option<&Body>) -> Vec<Finding> {
        let subject = Subject::Body {
            operation: self.id.to_owned(),
        };
        let (old, new) = match (old, new) {
            (Some(old), Some(new)) => (old, new),
            (None, None) => return Vec::new(),
            (None, Some(new)) => {
                let breaks = rules::parameter_added(new.required);
                return vec![Finding::added(subject, types::text(&new.ty), breaks)];
            }
            (Some(old), None) => {
                let breaks = rules::parameter_removed();
                return vec![Finding::removed(subject, types::text(&old.ty), breaks)];
            }
        };
        let mut found = Vec::new();
        let mut changed = |aspect, detail, breaks| {
            found.push(Finding::changed(subject.clone(), aspect, detail, breaks));
        };
        if old.required != new.required {
            let breaks = rules::required(new.required, Direction::SENT);
            let detail = optional_to_required(new.required).to_owned();
            changed(Aspect::Required, detail, breaks);
        }
        if let Some(breaks) = types::compare(self.pairs, &old.ty, &new.ty, Direction::SENT) {
            let detail = types::change(self.pairs, Some(&old.ty), Some(&new.ty));
            changed(Aspect::Type, detail, breaks);
        }
        if old.content_type != new.content_type {
            let detail = from_to(Some(&old.content_type), Some(&new.content_type));
            changed(Aspect::Other, detail, true);
        }
        found
    }

    fn responses(&self, old: &Operation, new: &Operation) -> Vec<Finding> {
        let subject = |response: &Response| Subject::Response {
            operation: self.id.to_owned(),
            status: response.status,
        };
        let mut found = Vec::new();
        for response in &old.responses {
            match with_status(&new.responses, response.status) {
                Some(other) => found.extend(self.response(&subject(response), response, other)),
                None => found.push(Finding::removed(
                    subject(response),
                    body_text(response),
                    rules::success_code_removed(),
                )),
            }
        }
        for response in &new.responses {
            if with_status(&old.responses, response.status).is_none() {
                found.push(Finding::added(
                    subject(response),
                    body_text(response),
                    self.is_refused(old, response),
                ));
            }
        }
        found
    }

    /// Returns whether a client of the old operation treats a response with a new code as an error,
    /// or reads it as another type.
    fn is_refused(&self, old: &Operation, response: &Response) -> bool {
        let known = old.responses.iter().filter_map(|other| other.body.as_ref());
        let brings_something_else = response.body.as_ref().is_some_and(|body| {
            let mut known = known;
            !known.any(|other| self.pairs.correspond(other, body))
        });
        let takes_any = old.method == HttpMethod::Head || old.responses.is_empty();
        let takes_it = takes_any || (old.long_running.is_some() && is_polled(response.status));
        rules::success_code_added(takes_it, brings_something_else)
    }

    fn response(&self, subject: &Subject, old: &Response, new: &Response) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut changed = |detail: String, breaks| {
            let finding = Finding::changed(subject.clone(), Aspect::Other, detail, breaks);
            found.push(finding);
        };
        let breaks = match (&old.body, &new.body) {
            (Some(old), Some(new)) => types::compare(self.pairs, old, new, Direction::RECEIVED),
            (None, None) => None,
            (old, _) => Some(rules::response_body(old.is_some())),
        };
        if let Some(breaks) = breaks {
            changed(
                types::change(self.pairs, old.body.as_ref(), new.body.as_ref()),
                breaks,
            );
        }
        for header in &old.headers {
            match same_header(&new.headers, header) {
                None => changed(
                    format!("header {} removed", header.name),
                    rules::header_removed(),
                ),
                Some(other) => {
                    let (old, new) = (&header.ty, &other.ty);
                    if let Some(breaks) = types::compare(self.pairs, old, new, Direction::RECEIVED)
                    {
                        let detail = types::change(self.pairs, Some(old), Some(new));
                        changed(format!("header {}: {detail}", header.name), breaks);
                    }
                }
            }
        }
        for header in &new.headers {
            if same_header(&old.headers, header).is_none() {
                changed(format!("header {} added", header.name), false);
            }
        }
        found
    }

    fn long_running(&self, old: Option<&LongRunning>, new: Option<&LongRunning>) -> Vec<Finding> {
        let yes_or_no = |long_running: bool| Some(if long_running { "yes" } else { "no" });
        let (Some(old), Some(new)) = (old, new) else {
            if old.is_none() && new.is_none() {
                return Vec::new();
            }
            let detail = from_to(yes_or_no(old.is_some()), yes_or_no(new.is_some()));
            let breaks = rules::long_running(new.is_some());
            let detail = format!("long-running: {detail}");
            return vec![self.changed(Aspect::LongRunning, detail, breaks)];
        };
        let mut found = Vec::new();
        let (from, to) = (old.final_state.as_deref(), new.final_state.as_deref());
        if from != to {
            let breaks = rules::final_state(from, to);
            let detail = format!("final state via {}", from_to(from, to));
            found.push(self.changed(Aspect::Other, detail, breaks));
        }
        let breaks = match (&old.result, &new.result) {
            (Some(old), Some(new)) => types::compare(self.pairs, old, new, Direction::RECEIVED),
            (None, None) => None,
            _ => Some(false),
        };
        if let Some(breaks) = breaks {
            let detail = types::change(self.pairs, old.result.as_ref(), new.result.as_ref());
            found.push(self.changed(Aspect::Other, format!("final result: {detail}"), breaks));
        }
        found
    }

    fn pages(&self, old: Option<&Pageable>, new: Option<&Pageable>) -> Option<Finding> {
        let (detail, breaks) = match (old, new) {
            (None, None) => return None,
            (None, Some(_)) => ("pageable: no -> yes".to_owned(), false),
            (Some(_), None) => ("pageable: yes -> no".to_owned(), false),
            (Some(old), Some(new)) => {
                let (old, new) = (pages_text(old), pages_text(new));
                if old == new {
                    return None;
                }
                let detail = format!("{old} -> {new}");
                return Some(self.changed(Aspect::Other, detail, true));
            }
        };
        Some(self.changed(Aspect::Pages, detail, breaks))
    }
}

fn with_status(responses: &[Response], status: u16) -> Option<&Response> {
    responses.iter().find(|response| response.status == status)
}

/// Returns whether a long-running operation may start with a response of this status.
fn is_polled(status: u16) -> bool {
    matches!(status, 200 | 201 | 202 | 204)
}

fn body_text(response: &Response) -> String {
    let body = response.body.as_ref();
    body.map_or_else(|| "no body".to_owned(), types::text)
}

fn same_header<'a>(headers: &'a [Header], header: &Header) -> Option<&'a Header> {
    let mut all = headers.iter();
    all.find(|other| other.name.eq_ignore_ascii_case(&header.name))
}

fn pages_text(pages: &Pageable) -> String {
    let next_link = pages.next_link.as_deref().unwrap_or("none");
    format!("items in `{}`, next page in `{next_link}`", pages.items)
}

fn location(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Form => "form",
    }
}

fn api_version(version: &ApiVersion) -> &str {
    match version {
        ApiVersion::Client => "of the client",
        ApiVersion::Own(own) => own,
        ApiVersion::None => "none",
    }
}

fn list_style(style: ListStyle) -> &'static str {
    match style {
        ListStyle::Commas => "separated by commas",
        ListStyle::Spaces => "separated by spaces",
        ListStyle::Tabs => "separated by tabs",
        ListStyle::Pipes => "separated by pipes",
        ListStyle::Repeated => "one parameter per element",
    }
}
