//! A request together with everything that is needed to handle it.

use super::{
    catalog::Catalog,
    check::{self, Violation},
    exchange::{Recorded, Refusal, Response, refuse},
    fault::ActiveFaults,
    project::{Keep, project},
    state::State,
};
use crate::table::{Body, Kind, Operation};
use azure_core::time::OffsetDateTime;
use serde_json::{Value, json};

/// A request together with everything that is needed to handle it.
pub(crate) struct Engine<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) state: &'a mut State,
    pub(crate) request: &'a Recorded,
    /// Scheme, host and port of links.
    pub(crate) origin: &'a str,
    /// The faults that apply to the request.
    pub(crate) faults: &'a ActiveFaults,
    pub(crate) now: OffsetDateTime,
    /// The description of the requested version; the newest one until that is known.
    pub(crate) version: usize,
    /// Whether the requested version is one of the descriptions', as is assumed until it is read.
    pub(crate) is_version_known: bool,
}

impl<'a> Engine<'a> {
    pub(crate) fn new(
        catalog: &'a Catalog,
        state: &'a mut State,
        request: &'a Recorded,
        origin: &'a str,
        faults: &'a ActiveFaults,
    ) -> Self {
        let now = state.watch.now();
        Self {
            catalog,
            state,
            request,
            origin,
            faults,
            now,
            version: catalog
                .table
                .versions
                .last()
                .map_or(0, |version| version.shape),
            is_version_known: true,
        }
    }

    /// Reads and checks the body, and removes members that clients cannot set.
    pub(crate) fn body(&self, operation: &Operation, keep: Keep) -> Result<Value, Refusal> {
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
        if matches!(operation.kind, Kind::Put | Kind::Patch) {
            self.check_envelope(operation, &value)?;
        }
        let own = operation.response_type() == Some(&body.ty);
        let partial = keep == Keep::Patch && (own || has_null(&value));
        self.check_body(body, &value, partial)?;
        Ok(project(self.catalog, &body.ty, &value, keep))
    }

    /// Reads the body of a request to Resource Manager itself, which must be an object.
    pub(crate) fn own_body(&self) -> Result<Value, Refusal> {
        self.check_content_type("application/json")?;
        match serde_json::from_slice(self.request.body()) {
            Ok(value @ Value::Object(_)) => Ok(value),
            Ok(_) => refuse(400, "InvalidRequestContent", "the body must be an object"),
            Err(error) => {
                let message = format!("the body is not JSON: {error}");
                refuse(400, "InvalidRequestContent", message)
            }
        }
    }

    /// Returns the error for a method that a path does not have.
    pub(crate) fn method_not_allowed<T>(&self, methods: &str) -> Result<T, Refusal> {
        let message = format!("{}: this path has only {methods}", self.request.line());
        let response = Response::error(405, "MethodNotAllowed", message);
        Err(Box::new(response.header("allow", methods)))
    }

    fn check_body(&self, body: &Body, value: &Value, partial: bool) -> Result<(), Refusal> {
        let found = check::request(self.catalog, self.known_version(), &body.ty, value, partial);
        violations("InvalidRequestContent", found)
    }

    fn check_content_type(&self, declared: &str) -> Result<(), Refusal> {
        let encoding = self
            .request
            .header("content-encoding")
            .unwrap_or("identity");
        if !encoding.eq_ignore_ascii_case("identity") {
            let message = format!("the content encoding must be identity, but is {encoding:?}");
            return refuse(415, "UnsupportedMediaType", message);
        }
        let given = self.request.header("content-type").unwrap_or_default();
        let media = given.split(';').next().unwrap_or_default().trim();
        let fits = [declared, "application/json", "application/merge-patch+json"];
        if fits.iter().any(|one| media.eq_ignore_ascii_case(one)) {
            return Ok(());
        }
        let message = format!("the content type must be {declared}, but is {given:?}");
        refuse(415, "UnsupportedMediaType", message)
    }
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(members) => members.values().any(has_null),
        _ => false,
    }
}

/// Returns an error that names every violation, if there is any.
pub(crate) fn violations(code: &str, found: Vec<Violation>) -> Result<(), Refusal> {
    let Some(first) = found.first() else {
        return Ok(());
    };
    let message = match found.len() {
        1 => first.to_string(),
        all => format!("{first}; {all} problems in all"),
    };
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
    Err(Box::new(Response::json(400, error)))
}
