//! Finds the code that handles a request.

use super::{
    catalog::Catalog,
    check::{self, Violation},
    context::{Engine, violations},
    exchange::{Refusal, Response, refuse},
    manager::ManagerPath,
    route::{self, Found, Routed},
    state::key,
    uri,
};
use crate::table::{HttpMethod, Kind, Parameter, ParameterLocation};

/// Handles a request.
pub(crate) fn respond(engine: Engine<'_>) -> Response {
    engine.respond()
}

impl<'a> Engine<'a> {
    fn respond(mut self) -> Response {
        self.finish_due();
        let response = self.attempt().unwrap_or_else(|refusal| *refusal);
        self.with_common_headers(response)
    }

    fn attempt(&mut self) -> Result<Response, Refusal> {
        let Some(segments) = uri::segments(self.request.path()) else {
            return refuse(400, "InvalidRequestUri", "the path is not encoded as UTF-8");
        };
        if let Some(response) = self.identify(&segments) {
            return Ok(response);
        }
        if let Some(response) = self.poll_request(&segments) {
            return response;
        }
        let own_version = self.own_version(&segments);
        if own_version.is_none() {
            self.asked_version()?;
        }
        self.check_subscription(&segments)?;
        if !route::is_described(self.catalog, &segments) {
            if let Some(path) = ManagerPath::parse(&segments) {
                return self.manage(path);
            }
            self.check_namespace(&segments)?;
        }
        self.version = match own_version {
            Some(version) => version,
            None => self.version_for(&resource_type(&segments))?,
        };
        self.is_version_known = self.has_known_version();
        let routed = self.route(&segments, self.version)?;
        self.check_parameters(&routed)?;
        self.check_scope(&routed)?;
        self.check_parents(&routed)?;
        match routed.operation.kind {
            Kind::Get => self.get(&routed),
            Kind::Head => self.head(&routed),
            Kind::Put => self.put(&routed),
            Kind::Patch => self.patch(&routed),
            Kind::Delete => self.delete(&routed),
            Kind::List => self.list(&routed),
            Kind::Action => self.act(&routed),
        }
    }

    fn route(&self, segments: &[String], version: usize) -> Result<Routed<'a>, Refusal> {
        let catalog: &'a Catalog = self.catalog;
        let line = self.request.line();
        let method = HttpMethod::from_name(self.request.method());
        let mut found = route::find(catalog, method, segments, version);
        if let (Found::Methods(_), true) = (&found, self.is_next_page()) {
            found = route::find(catalog, Some(HttpMethod::Post), segments, version);
        }
        match found {
            Found::Operation(routed) => Ok(routed),
            Found::Versions(_, routed) if self.state.accepts_any_version => Ok(routed),
            Found::Methods(methods) => {
                let methods = methods.into_iter().map(HttpMethod::as_str);
                self.method_not_allowed(&Vec::from_iter(methods).join(", "))
            }
            Found::Versions(versions, _) => refuse(
                400,
                "NoRegisteredProviderFound",
                format!(
                    "{line}: the supported api-versions are '{}'",
                    versions.join(", ")
                ),
            ),
            Found::Nothing => refuse(
                404,
                "InvalidResourceType",
                format!(
                    "{line}: the resource type '{}' could not be found in the namespace '{}'; \
                     the supported api-versions are '{}'",
                    resource_type(segments),
                    catalog.table.provider,
                    self.known_versions(),
                ),
            ),
        }
    }

    /// Checks that the subscription and the resource group of a request exist.
    fn check_scope(&self, routed: &Routed<'_>) -> Result<(), Refusal> {
        let Some(subscription) = routed.named("subscriptions") else {
            return Ok(());
        };
        self.check_registered(routed.operation.method, subscription)?;
        match routed.named("resourceGroups") {
            Some(group) => {
                let creates = routed.operation.kind == Kind::Put;
                self.check_group(subscription, group, creates)
            }
            None => Ok(()),
        }
    }

    fn check_parameters(&self, routed: &Routed<'_>) -> Result<(), Refusal> {
        let operation = routed.operation;
        let found: Vec<Violation> = self
            .catalog
            .parameters(operation)
            .filter_map(|parameter| self.check_parameter(routed, parameter))
            .collect();
        violations("InvalidParameter", found)
    }

    fn check_parameter(&self, routed: &Routed<'_>, parameter: &Parameter) -> Option<Violation> {
        let value = match parameter.location {
            ParameterLocation::Path => routed.value(&parameter.name),
            ParameterLocation::Query => self.request.parameter(&parameter.name),
            ParameterLocation::Header => self.request.header(&parameter.name),
        };
        let problem = match (value, &parameter.constant) {
            (None, _) if parameter.required => "must be given".to_owned(),
            (None, _) => return None,
            (Some(value), Some(only)) if value != only => format!("must be {only}"),
            (Some(_), Some(_)) => return None,
            (Some(value), None) => {
                check::text(self.catalog, self.known_version(), parameter, value)?
            }
        };
        Some(Violation {
            target: parameter.name.clone(),
            problem,
        })
    }

    /// Checks that all parent resources exist.
    fn check_parents(&self, routed: &Routed<'_>) -> Result<(), Refusal> {
        let whole = routed.parts.len();
        let end = if self.creates_parent(routed) {
            Self::created_parent(routed)
        } else {
            whole
        };
        for count in 1..end {
            if !self.catalog.is_stored(&routed.template(count)) {
                continue;
            }
            let path = routed.path(count);
            if self.state.store.resources.contains_key(&key(&path)) {
                continue;
            }
            let acts = routed.operation.kind == Kind::Action && count + 1 == whole;
            let (code, what) = if acts {
                ("ResourceNotFound", "resource")
            } else {
                ("ParentResourceNotFound", "parent resource")
            };
            return refuse(404, code, format!("there is no {what} {path}"));
        }
        Ok(())
    }

    /// Adds the headers that every response has.
    fn with_common_headers(&mut self, response: Response) -> Response {
        let id = self.state.store.next_id();
        let correlation = self.request.header("x-ms-correlation-request-id");
        let correlation = correlation.map_or_else(|| id.clone(), str::to_owned);
        let mut response = response
            .header("x-ms-correlation-request-id", correlation)
            .header("x-ms-request-id", id);
        let method = self.request.method();
        let (header, most) = match method {
            "GET" | "HEAD" => ("x-ms-ratelimit-remaining-subscription-reads", "11999"),
            "DELETE" => ("x-ms-ratelimit-remaining-subscription-deletes", "14999"),
            _ => ("x-ms-ratelimit-remaining-subscription-writes", "1199"),
        };
        response = response.header(header, most);
        if let Some(own) = self.request.header("x-ms-client-request-id") {
            response = response.header("x-ms-client-request-id", own);
        }
        if response.body.is_some() {
            response = response.header("content-type", "application/json; charset=utf-8");
        }
        response
    }
}

/// Returns the resource type of a path without the namespace: `workspaces/jobs`.
fn resource_type(segments: &[String]) -> String {
    let position = segments
        .iter()
        .rposition(|segment| segment.eq_ignore_ascii_case("providers"));
    let own = segments
        .iter()
        .skip(position.map_or(0, |position| position + 2));
    own.step_by(2).cloned().collect::<Vec<String>>().join("/")
}
