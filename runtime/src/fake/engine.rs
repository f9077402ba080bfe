//! One request: what is wrong with it, and who answers it.

use super::{
    check::{self, Violation},
    exchange::{Answer, Recorded, Refusal, refuse},
    project::{Keep, project},
    route::{self, Found, Routed},
    state::{State, key},
    table::{Body, Kind, Operation, Parameter, Place, Table},
};
use crate::text::percent;
use azure_core::time::OffsetDateTime;
use serde_json::{Value, json};

/// A request and everything it is answered from.
pub(super) struct Engine<'a> {
    pub(super) table: &'a Table,
    pub(super) state: &'a mut State,
    pub(super) request: &'a Recorded,
    /// Scheme, host and port that links begin with.
    pub(super) origin: &'a str,
    pub(super) now: OffsetDateTime,
    /// The shape of the version that is asked for, the newest until that is known.
    pub(super) version: usize,
}

impl<'a> Engine<'a> {
    pub(super) fn new(
        table: &'a Table,
        state: &'a mut State,
        request: &'a Recorded,
        origin: &'a str,
    ) -> Self {
        let now = state.watch.now();
        Self {
            table,
            state,
            request,
            origin,
            now,
            version: table.versions.last().map_or(0, |version| version.shape),
        }
    }

    pub(super) fn answer(mut self) -> Answer {
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
        let mut versions = self.table.versions.iter();
        match versions.find(|version| version.name.eq_ignore_ascii_case(asked)) {
            Some(version) => Ok(version.shape),
            None => refuse(
                400,
                "InvalidApiVersionParameter",
                format!("there is no api-version {asked}; there are {known}"),
            ),
        }
    }

    fn route(&self, segments: &[String], version: usize) -> Result<Routed<'a>, Refusal> {
        let table: &'a Table = self.table;
        let line = self.request.line();
        let mut found = route::find(table, self.request.method(), segments, version);
        if let (Found::Methods(_), true) = (&found, self.goes_on()) {
            found = route::find(table, "POST", segments, version);
        }
        match found {
            Found::Operation(routed) => Ok(routed),
            Found::Methods(methods) => {
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
                format!("{line}: {} has no such path", table.provider),
            ),
        }
    }

    fn check_parameters(&self, routed: &Routed<'_>) -> Result<(), Refusal> {
        let operation = routed.operation;
        let found: Vec<Violation> = self
            .table
            .parameters(operation)
            .filter_map(|parameter| self.check_parameter(routed, parameter))
            .collect();
        violations("InvalidParameter", found)
    }

    fn check_parameter(&self, routed: &Routed<'_>, parameter: &Parameter) -> Option<Violation> {
        let value = match parameter.place {
            Place::Path => routed.value(&parameter.name),
            Place::Query => self.request.parameter(&parameter.name),
            Place::Header => self.request.header(&parameter.name),
        };
        let problem = match (value, &parameter.constant) {
            (None, _) if parameter.required => "must be given".to_owned(),
            (None, _) => return None,
            (Some(value), Some(only)) if value != only => format!("must be {only}"),
            (Some(_), Some(_)) => return None,
            (Some(value), None) => check::text(self.table, &parameter.ty, &parameter.rules, value)?,
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
        if known.contains(&key(&format!("/{subscription}/{group}"))) {
            return Ok(());
        }
        let message = format!("there is no resource group {group}");
        refuse(404, "ResourceGroupNotFound", message)
    }

    /// Everything above what the request is about has to be there.
    fn check_parents(&self, routed: &Routed<'_>) -> Result<(), Refusal> {
        let whole = routed.parts.len();
        for count in 1..whole {
            if !self.table.is_stored(&routed.template(count)) {
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

    /// The body, checked, and without what clients cannot set.
    pub(super) fn body(&self, operation: &Operation, keep: Keep) -> Result<Value, Refusal> {
        let Some(body) = &operation.body else {
            return Ok(Value::Null);
        };
        if self.request.body().is_empty() {
            if body.required {
                return refuse(400, "InvalidRequestContent", "the request needs a body");
            }
            if operation.kind == Kind::Put {
                self.check_body(body, &json!({}), false)?;
            }
            return Ok(Value::Null);
        }
        self.check_content_type(&body.content)?;
        let value: Value = match serde_json::from_slice(self.request.body()) {
            Ok(value) => value,
            Err(error) => {
                let message = format!("the body is not JSON: {error}");
                return refuse(400, "InvalidRequestContent", message);
            }
        };
        let own = operation.answer_type() == Some(&body.ty);
        let partial = keep == Keep::Patch && (own || has_null(&value));
        self.check_body(body, &value, partial)?;
        Ok(project(self.table, &body.ty, &value, keep))
    }

    fn check_body(&self, body: &Body, value: &Value, partial: bool) -> Result<(), Refusal> {
        let found = check::request(self.table, &body.ty, value, partial);
        violations("InvalidRequestContent", found)
    }

    fn check_content_type(&self, declared: &str) -> Result<(), Refusal> {
        let given = self.request.header("content-type").unwrap_or_default();
        let media = given.split(';').next().unwrap_or_default().trim();
        let fits = [declared, "application/json", "application/merge-patch+json"];
        if fits.iter().any(|one| media.eq_ignore_ascii_case(one)) {
            return Ok(());
        }
        let message = format!("the content type must be {declared}, but is {given:?}");
        refuse(400, "UnsupportedMediaType", message)
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
    path.split('/')
        .map(|segment| Some(percent::decode(segment)?.into_owned()))
        .collect()
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(members) => members.values().any(has_null),
        _ => false,
    }
}

/// An error that names every member that is wrong.
pub(super) fn violations(code: &str, found: Vec<Violation>) -> Result<(), Refusal> {
    let Some(first) = found.first() else {
        return Ok(());
    };
    let message = format!("{first}; {} in all", problems(found.len()));
    let details = found.iter().map(|violation| {
        json!({
            "code": code, "target": violation.target, "message": violation.to_string(),
        })
    });
    let error = json!({"error": {
        "code": code,
        "message": message,
        "target": first.target,
        "details": details.collect::<Value>(),
    }});
    Err(Box::new(Answer::json(400, error)))
}

fn problems(count: usize) -> String {
    match count {
        1 => "1 problem".to_owned(),
        more => format!("{more} problems"),
    }
}
