//! From a request to the code that answers it.

use crate::{
    catalog::Catalog,
    check::{self, Violation},
    engine::{Engine, violations},
    exchange::{Answer, Refusal, refuse},
    route::{self, Found, Routed},
    state::{group_key, key},
    table::{Kind, Method, Parameter, ParameterLocation},
    uri,
};

/// Answers a request.
pub(crate) fn answer(engine: Engine<'_>) -> Answer {
    engine.answer()
}

impl<'a> Engine<'a> {
    fn answer(mut self) -> Answer {
        self.finish_due();
        let answer = self.attempt().unwrap_or_else(|refusal| *refusal);
        self.signed(answer)
    }

    fn attempt(&mut self) -> Result<Answer, Refusal> {
        let Some(segments) = segments(self.request.path()) else {
            return refuse(400, "InvalidRequestUri", "the path is not encoded as UTF-8");
        };
        if let Some(answer) = self.poll_request(&segments) {
            return answer;
        }
        self.version = self.version()?;
        let routed = self.route(&segments, self.version)?;
        self.check_parameters(&routed)?;
        self.check_group(&routed)?;
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

    /// The shape of the version that is asked for.
    fn version(&self) -> Result<usize, Refusal> {
        let known: Vec<&str> = self
            .catalog
            .table
            .versions
            .iter()
            .map(|v| v.name.as_str())
            .collect();
        let known = known.join(", ");
        let Some(asked) = self.request.parameter("api-version") else {
            let message = format!(
                "the query has no api-version, which every request needs; there are {known}"
            );
            return refuse(400, "MissingApiVersionParameter", message);
        };
        match self.catalog.version(asked) {
            Some(version) => Ok(version.shape),
            None => refuse(
                400,
                "InvalidApiVersionParameter",
                format!("there is no api-version {asked}; there are {known}"),
            ),
        }
    }

    fn route(&self, segments: &[String], version: usize) -> Result<Routed<'a>, Refusal> {
        let catalog: &'a Catalog = self.catalog;
        let line = self.request.line();
        let method = Method::from_name(self.request.method());
        let mut found = route::find(catalog, method, segments, version);
        if let (Found::Methods(_), true) = (&found, self.goes_on()) {
            found = route::find(catalog, Some(Method::Post), segments, version);
        }
        match found {
            Found::Operation(routed) => Ok(routed),
            Found::Methods(methods) => {
                let methods = methods.into_iter().map(Method::as_str);
                let methods = Vec::from_iter(methods).join(", ");
                let message = format!("{line}: this path has only {methods}");
                let answer = Answer::error(405, "MethodNotAllowed", message);
                Err(Box::new(answer.header("allow", methods)))
            }
            Found::Versions(versions) => refuse(
                400,
                "InvalidApiVersionParameter",
                format!("{line} is only in api-version {}", versions.join(", ")),
            ),
            Found::Nothing => refuse(
                404,
                "InvalidResourceType",
                format!("{line}: {} has no such path", catalog.table.provider),
            ),
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
                check::text(self.catalog, &parameter.ty, &parameter.limits, value)?
            }
        };
        Some(Violation {
            target: parameter.name.clone(),
            problem,
        })
    }

    fn check_group(&self, routed: &Routed<'_>) -> Result<(), Refusal> {
        let (Some(known), Some(group)) = (&self.state.groups, routed.named("resourceGroups"))
        else {
            return Ok(());
        };
        let subscription = routed.named("subscriptions").unwrap_or_default();
        if known.contains(&group_key(subscription, group)) {
            return Ok(());
        }
        let message = format!("there is no resource group {group}");
        refuse(404, "ResourceGroupNotFound", message)
    }

    /// Everything above what the request is about has to be there.
    fn check_parents(&self, routed: &Routed<'_>) -> Result<(), Refusal> {
        let whole = routed.parts.len();
        for count in 1..whole {
            if !self.catalog.is_stored(&routed.template(count)) {
                continue;
            }
            let path = routed.path(count);
            if self.state.resources.contains_key(&key(&path)) {
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

    /// Puts the headers on that every answer has.
    fn signed(&mut self, answer: Answer) -> Answer {
        let id = self.state.next_id();
        let correlation = self.request.header("x-ms-correlation-request-id");
        let correlation = correlation.map_or_else(|| id.clone(), str::to_owned);
        let mut answer = answer
            .header("x-ms-correlation-request-id", correlation)
            .header("x-ms-request-id", id);
        if let Some(own) = self.request.header("x-ms-client-request-id") {
            answer = answer.header("x-ms-client-request-id", own);
        }
        if answer.body.is_some() {
            answer = answer.header("content-type", "application/json; charset=utf-8");
        }
        answer
    }
}

/// The decoded segments of a path.
fn segments(path: &str) -> Option<Vec<String>> {
    let path = path.trim_matches('/');
    path.split('/').map(uri::decode).collect()
}
