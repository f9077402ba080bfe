//! What an answer means for a long-running operation.
//!
//! Nothing here sends or waits: an answer goes in, a [`Step`] comes out.

use super::status::OperationStatus;
use crate::{
    answer::{
        error::{bad_answer, operation_failed},
        headers, json,
    },
    connection::links,
};
use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{Method, RawResponse, StatusCode, Url, headers::HeaderName, poller::PollerStatus},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

const AZURE_ASYNC_OPERATION: HeaderName = HeaderName::from_static("azure-asyncoperation");
const LOCATION: HeaderName = HeaderName::from_static("location");
const OPERATION_LOCATION: HeaderName = HeaderName::from_static("operation-location");

/// Where an operation's result is (`final-state-via` of `x-ms-long-running-operation-options`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinalState {
    /// In the status monitor `Azure-AsyncOperation` names.
    AzureAsyncOperation,
    /// At the URL of `Location`.
    Location,
    /// At the URL of the first request: the resource itself.
    OriginalUri,
    /// In the status monitor `Operation-Location` names.
    OperationLocation,
}

/// What is polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Monitor {
    /// A status monitor, whose body has a `status`.
    Status,
    /// A `Location`, whose HTTP status tells.
    Location,
    /// The resource, whose `properties.provisioningState` tells.
    Resource,
}

/// Everything there is to know about an operation that has begun.
#[derive(Clone, Debug)]
pub(super) struct Track {
    pub(super) operation: String,
    pub(super) method: Method,
    /// Whether the result has a body that is wanted.
    pub(super) has_body: bool,
    pub(super) final_state: Option<FinalState>,
    pub(super) original: Url,
    pub(super) monitor: Monitor,
    pub(super) poll: Url,
    pub(super) location: Option<Url>,
}

/// What is the client's: where links may lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds<'a> {
    pub(super) trusted_origin: &'a Url,
}

/// What an answer means.
#[derive(Debug)]
pub(super) enum Step {
    InProgress(OperationStatus),
    Succeeded(OperationStatus, Ending),
    /// Ended without success; the status as the service wrote it.
    Failed(String),
}

/// Where the result of an operation that has succeeded is.
#[derive(Debug)]
pub(super) enum Ending {
    /// Here already.
    Here(RawResponse),
    /// At the resource.
    Resource,
    /// At the last `Location`, which may still ask for patience.
    Location(Url),
}

impl Track {
    /// An operation of which nothing but the request is known.
    pub(super) fn new(
        operation: &str,
        method: Method,
        original: Url,
        final_state: Option<FinalState>,
        has_body: bool,
    ) -> Self {
        Self {
            operation: operation.to_owned(),
            method,
            has_body,
            final_state,
            monitor: Monitor::Resource,
            poll: original.clone(),
            original,
            location: None,
        }
    }

    /// The meaning of the first answer, whose status is a success. Decides what is polled.
    pub(super) fn first(&mut self, raw: &RawResponse, bounds: Bounds<'_>) -> Result<Step> {
        let base = self.original.clone();
        let status = raw.status();
        if status == StatusCode::NoContent {
            return Ok(done(raw, Ending::Here(raw.clone())));
        }
        if let Some(monitor) = self.monitor_link(raw, &base, bounds)? {
            self.monitor = Monitor::Status;
            self.poll = monitor;
            self.take_location(raw, &base, bounds)?;
            return Ok(Step::InProgress(report_leniently(raw)));
        }
        if status == StatusCode::Accepted {
            return self.accepted(raw, &base, bounds);
        }
        if self.makes_resource() && !raw.body().is_empty() {
            return self.resource(raw);
        }
        Ok(done(raw, Ending::Here(raw.clone())))
    }

    /// The first answer is 202 and names no status monitor.
    fn accepted(&mut self, raw: &RawResponse, base: &Url, bounds: Bounds<'_>) -> Result<Step> {
        self.location = self.link(raw, base, &LOCATION, bounds)?;
        if let Some(location) = &self.location {
            self.monitor = Monitor::Location;
            self.poll = location.clone();
        } else if !self.makes_resource() {
            return Err(bad_answer(
                &self.operation,
                raw,
                "says that the operation goes on, but has none of the headers \
                 Azure-AsyncOperation, Operation-Location and Location to follow it by",
            ));
        }
        Ok(Step::InProgress(report_leniently(raw)))
    }

    /// The meaning of a poll's answer, whose status is a success. Takes over new links.
    pub(super) fn next(&mut self, raw: &RawResponse, bounds: Bounds<'_>) -> Result<Step> {
        let base = self.poll.clone();
        self.take_location(raw, &base, bounds)?;
        match self.monitor {
            Monitor::Status => {
                if let Some(monitor) = self.monitor_link(raw, &base, bounds)? {
                    self.poll = monitor;
                }
                self.status_monitor(raw)
            }
            Monitor::Location => self.location_monitor(raw),
            Monitor::Resource => match raw.status() {
                StatusCode::Accepted => Ok(Step::InProgress(report_leniently(raw))),
                StatusCode::NoContent => Ok(done(raw, Ending::Here(raw.clone()))),
                _ => self.resource(raw),
            },
        }
    }

    /// The answer of a `Location` that is asked for the result: `None` while it is not there.
    pub(super) fn result_at_location(
        &mut self,
        raw: RawResponse,
        bounds: Bounds<'_>,
    ) -> Result<Option<RawResponse>> {
        if raw.status() != StatusCode::Accepted {
            return Ok(Some(raw));
        }
        if let Some(base) = self.location.clone()
            && let Some(next) = self.link(&raw, &base, &LOCATION, bounds)?
        {
            self.location = Some(next);
        }
        Ok(None)
    }

    /// The error of an operation that has failed.
    pub(super) fn failure(&self, raw: RawResponse, status: &str) -> Error {
        operation_failed(&self.operation, raw, status)
    }

    /// Whether the method's URL is the resource's.
    fn makes_resource(&self) -> bool {
        matches!(self.method, Method::Put | Method::Patch)
    }

    /// Keeps the last `Location`, if it is one that will be followed.
    fn take_location(&mut self, raw: &RawResponse, base: &Url, bounds: Bounds<'_>) -> Result<()> {
        let is_result = match self.final_state {
            Some(FinalState::Location) => self.has_body,
            None => self.has_body && !self.makes_resource() && self.method != Method::Delete,
            Some(_) => false,
        };
        if (is_result || self.monitor == Monitor::Location)
            && let Some(location) = self.link(raw, base, &LOCATION, bounds)?
        {
            self.location = Some(location);
        }
        Ok(())
    }

    fn status_monitor(&self, raw: &RawResponse) -> Result<Step> {
        let body = self.json(raw, "a status monitor")?;
        let Some(text) = named(body.get("status")) else {
            let problem = "is that of a status monitor, but has no `status`";
            return Err(bad_answer(&self.operation, raw, problem));
        };
        let status = PollerStatus::from(text);
        match status {
            PollerStatus::Succeeded => Ok(Step::Succeeded(
                OperationStatus::read(status, raw.status(), &body),
                self.ending(raw, &body),
            )),
            PollerStatus::Failed | PollerStatus::Canceled => Ok(Step::Failed(text.to_owned())),
            _ => Ok(Step::InProgress(OperationStatus::read(
                status,
                raw.status(),
                &body,
            ))),
        }
    }

    fn location_monitor(&mut self, raw: &RawResponse) -> Result<Step> {
        match raw.status() {
            StatusCode::Accepted => {
                if let Some(location) = &self.location {
                    self.poll = location.clone();
                }
                Ok(Step::InProgress(report_leniently(raw)))
            }
            StatusCode::Ok | StatusCode::Created | StatusCode::NoContent => {
                let reads_resource =
                    self.final_state == Some(FinalState::OriginalUri) || raw.body().is_empty();
                let ending = if self.has_body && self.makes_resource() && reads_resource {
                    Ending::Resource
                } else {
                    Ending::Here(raw.clone())
                };
                Ok(done(raw, ending))
            }
            _ => {
                let problem = "is for a Location, where 200, 201, 202 or 204 was expected";
                Err(bad_answer(&self.operation, raw, problem))
            }
        }
    }

    /// Reads `properties.provisioningState`; a resource without one is done.
    fn resource(&self, raw: &RawResponse) -> Result<Step> {
        let body = self.json(raw, "the resource")?;
        let state = provisioning_state(&body);
        let status = state.map_or(PollerStatus::Succeeded, PollerStatus::from);
        let report = OperationStatus::read(status.clone(), raw.status(), &body);
        match status {
            PollerStatus::Succeeded => Ok(Step::Succeeded(report, Ending::Here(raw.clone()))),
            PollerStatus::Failed | PollerStatus::Canceled => {
                Ok(Step::Failed(state.unwrap_or_default().to_owned()))
            }
            _ => Ok(Step::InProgress(report)),
        }
    }

    /// Where the result is once the status monitor says `Succeeded`.
    fn ending(&self, raw: &RawResponse, body: &Value) -> Ending {
        if !self.has_body {
            return Ending::Here(raw.clone());
        }
        match (self.final_state, self.method) {
            (Some(FinalState::AzureAsyncOperation | FinalState::OperationLocation), _) => {
                self.monitor_result(raw, body)
            }
            (Some(FinalState::Location), _) if self.location.is_some() => self.at_location(raw),
            (_, Method::Put | Method::Patch) => Ending::Resource,
            (_, Method::Delete) => Ending::Here(raw.clone()),
            (Some(FinalState::OriginalUri), _) => Ending::Resource,
            (_, _) if self.location.is_some() => self.at_location(raw),
            (_, _) => self.monitor_result(raw, body),
        }
    }

    fn at_location(&self, raw: &RawResponse) -> Ending {
        match &self.location {
            Some(location) => Ending::Location(location.clone()),
            None => Ending::Here(raw.clone()),
        }
    }

    /// The result within a status monitor: `properties`, or `result` in newer services. A PUT or
    /// PATCH whose monitor has neither has its result at the resource.
    fn monitor_result(&self, raw: &RawResponse, body: &Value) -> Ending {
        let result = ["properties", "result"]
            .into_iter()
            .filter_map(|name| body.get(name))
            .find(|value| !value.is_null());
        match result {
            Some(result) => Ending::Here(RawResponse::from_bytes(
                raw.status(),
                raw.headers().clone(),
                result.to_string().into_bytes(),
            )),
            None if self.makes_resource() => Ending::Resource,
            None => Ending::Here(raw.clone()),
        }
    }

    fn json(&self, raw: &RawResponse, what: &str) -> Result<Value> {
        let result = if raw.body().is_empty() {
            Err(format!("should be {what}, but is empty"))
        } else {
            json::check_json(raw).and_then(|()| json::parse(raw.body()))
        };
        result.map_err(|problem| bad_answer(&self.operation, raw, &problem))
    }

    fn monitor_link(
        &self,
        raw: &RawResponse,
        base: &Url,
        bounds: Bounds<'_>,
    ) -> Result<Option<Url>> {
        match self.link(raw, base, &AZURE_ASYNC_OPERATION, bounds)? {
            Some(link) => Ok(Some(link)),
            None => self.link(raw, base, &OPERATION_LOCATION, bounds),
        }
    }

    /// The URL in a header, resolved and checked; an empty header counts as none.
    fn link(
        &self,
        raw: &RawResponse,
        base: &Url,
        header: &HeaderName,
        bounds: Bounds<'_>,
    ) -> Result<Option<Url>> {
        let text = headers::text(raw.headers(), header).map(str::trim);
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        links::resolve(bounds.trusted_origin, base, text)
            .map(Some)
            .map_err(|error| {
                let message = format!("{}: header {}: {error}", self.operation, header.as_str());
                Error::with_error(ErrorKind::Other, error, message)
            })
    }
}

/// A report from a body that does not have to be one: of the statuses it may name, only those that
/// mean progress are taken over.
fn report_leniently(raw: &RawResponse) -> OperationStatus {
    let body = json::parse(raw.body()).unwrap_or_default();
    let state = named(body.get("status")).or_else(|| provisioning_state(&body));
    let status = match state.map(PollerStatus::from) {
        Some(status @ PollerStatus::UnknownValue(_)) => status,
        _ => PollerStatus::InProgress,
    };
    OperationStatus::read(status, raw.status(), &body)
}

fn provisioning_state(resource: &Value) -> Option<&str> {
    named(resource.get("properties")?.get("provisioningState"))
}

/// A status that is text and not empty.
fn named(status: Option<&Value>) -> Option<&str> {
    status
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

fn done(raw: &RawResponse, ending: Ending) -> Step {
    let report = OperationStatus::read(PollerStatus::Succeeded, raw.status(), &Value::Null);
    Step::Succeeded(report, ending)
}
