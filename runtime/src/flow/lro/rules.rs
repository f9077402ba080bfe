//! Interprets the responses for a long-running operation.
//!
//! Nothing here sends or waits: the functions turn a response into a [`Step`].

use super::{
    failure::Failure,
    links::{self, Link},
    result_location::ResultLocation,
    state::{Monitor, OperationState, Origins},
    status::OperationStatus,
};
use crate::response::{
    error::{bad_response, unexpected_status},
    json,
    status::is_transient,
};
use azure_core::{
    Error, Result,
    http::{RawResponse, StatusCode, Url, poller::PollerStatus},
};
use serde_json::Value;

/// The meaning of a response.
#[derive(Debug)]
pub(super) enum Step {
    InProgress(OperationStatus),
    Succeeded(OperationStatus, ResultLocation),
    /// The operation has failed or was canceled.
    Failed(Failure),
}

/// The meaning of the response to a request for the result.
#[derive(Debug)]
pub(super) enum Fetched {
    /// The response is the result.
    Response(RawResponse),
    /// The result is not ready. It is at the state's `location`, or at the requested URL if there
    /// is none.
    Later,
    /// There is no result.
    Never(Error),
    /// The response says nothing about the result.
    Unclear(Error),
}

impl OperationState {
    /// Interprets the first response, which is 200, 201, 202 or 204, and decides what is polled.
    pub(super) fn first(&mut self, raw: &RawResponse, origins: Origins<'_>) -> Result<Step> {
        if raw.status() == StatusCode::NoContent {
            return Ok(done(raw, ResultLocation::Response(raw.clone())));
        }
        if let Some(link) = links::status_monitor(raw) {
            self.poll = self.followed(&link, origins)?;
            self.monitor = Monitor::Status;
            self.keep_location(raw);
            return Ok(in_progress(raw));
        }
        if raw.status() == StatusCode::Accepted {
            return self.accepted(raw, origins);
        }
        self.ok_or_created(raw, origins)
    }

    /// Interprets a first response of 202 without a status monitor.
    fn accepted(&mut self, raw: &RawResponse, origins: Origins<'_>) -> Result<Step> {
        if let Some(link) = links::location(raw) {
            self.poll = self.followed(&link, origins)?;
            self.monitor = Monitor::Location;
        } else if !self.makes_resource() {
            let problem = "has none of the headers Azure-AsyncOperation, Operation-Location and \
                           Location to follow it by";
            return Err(self.links_error(bad_response(&self.operation, raw, problem)));
        }
        Ok(in_progress(raw))
    }

    /// Interprets a first response of 200 or 201 without a status monitor.
    fn ok_or_created(&mut self, raw: &RawResponse, origins: Origins<'_>) -> Result<Step> {
        if let Some(link) = links::location(raw) {
            match by_state(raw) {
                Some(Step::InProgress(_)) | None => {}
                Some(ended) => return Ok(ended),
            }
            match link.follow(&self.original, origins) {
                Ok(url) => {
                    self.poll = url;
                    self.monitor = Monitor::Location;
                    return Ok(in_progress(raw));
                }
                // The `Location` in the response to a PUT may be the address of the new resource
                // inside the service.
                Err(_) if self.makes_resource() => {}
                Err(error) => return Err(self.links_error(error)),
            }
        }
        match (self.makes_resource(), raw.body().is_empty()) {
            (true, false) => self.resource(raw),
            (true, true) if raw.status() == StatusCode::Created => Ok(in_progress(raw)),
            (true, true) if self.has_body => Ok(done(raw, ResultLocation::Resource)),
            _ => Ok(done(raw, ResultLocation::Response(raw.clone()))),
        }
    }

    /// Interprets the response to a poll. Stores new links that will be followed.
    pub(super) fn next(&mut self, raw: &RawResponse, origins: Origins<'_>) -> Result<Step> {
        if !raw.status().is_success() {
            return self.refused(raw);
        }
        match self.monitor {
            Monitor::Status => self.status_monitor(raw, origins),
            Monitor::Location => self.location_monitor(raw, origins),
            Monitor::Resource => match raw.status() {
                StatusCode::Accepted => Ok(in_progress(raw)),
                StatusCode::NoContent => Ok(done(raw, ResultLocation::Response(raw.clone()))),
                _ => self.resource(raw),
            },
        }
    }

    fn status_monitor(&mut self, raw: &RawResponse, origins: Origins<'_>) -> Result<Step> {
        let body = self.json(raw, "a status monitor")?;
        let Some(text) = named(body.get("status")) else {
            let problem = "is that of a status monitor, but has no `status`";
            return Err(bad_response(&self.operation, raw, problem));
        };
        let step = step(text, raw, &body);
        match step {
            Step::InProgress(_) => {
                self.keep_location(raw);
                if let Some(link) = links::status_monitor(raw) {
                    self.poll = self.followed(&link, origins)?;
                }
                Ok(step)
            }
            Step::Succeeded(report, _) => {
                self.keep_location(raw);
                let ending = self.after_monitor(raw, &body, origins);
                Ok(Step::Succeeded(report, ending))
            }
            Step::Failed(_) => Ok(step),
        }
    }

    fn location_monitor(&mut self, raw: &RawResponse, origins: Origins<'_>) -> Result<Step> {
        let step = match raw.status() {
            StatusCode::Accepted => in_progress(raw),
            StatusCode::Ok | StatusCode::Created | StatusCode::NoContent => {
                by_state(raw).unwrap_or_else(|| done(raw, ResultLocation::Response(raw.clone())))
            }
            _ => {
                let problem = "is for a Location, where 200, 201, 202 or 204 was expected";
                return Err(bad_response(&self.operation, raw, problem));
            }
        };
        match step {
            Step::InProgress(_) => {
                if let Some(link) = links::location(raw) {
                    self.poll = self.followed(&link, origins)?;
                }
                Ok(step)
            }
            Step::Succeeded(report, _) => Ok(Step::Succeeded(report, self.after_location(raw))),
            Step::Failed(_) => Ok(step),
        }
    }

    /// Reads `properties.provisioningState`; a resource without it is complete.
    fn resource(&self, raw: &RawResponse) -> Result<Step> {
        let body = self.json(raw, "the resource")?;
        Ok(match provisioning_state(&body) {
            Some(state) => step(state, raw, &body),
            None => done(raw, ResultLocation::Response(raw.clone())),
        })
    }

    /// Interprets the response to a poll whose status code is not a success.
    fn refused(&mut self, raw: &RawResponse) -> Result<Step> {
        let error = unexpected_status(&self.operation, raw.clone(), &[]);
        if !is_final_refusal(raw.status()) {
            return Err(error);
        }
        let body = json::parse(raw.body()).unwrap_or_default();
        if self.monitor != Monitor::Status {
            let status = OperationStatus::read(PollerStatus::Failed, raw, &body);
            let named = None;
            return Ok(Step::Failed(Failure { status, named }));
        }
        match named(body.get("status")).map(|text| step(text, raw, &body)) {
            Some(failed @ Step::Failed(_)) => Ok(failed),
            // A missing status monitor says nothing about the operation.
            _ => Err(self.links_error(error)),
        }
    }

    /// Interprets the response to a request for the result at a URL.
    pub(super) fn fetched(&mut self, raw: RawResponse, url: &Url) -> Fetched {
        match raw.status() {
            StatusCode::Accepted => {
                if let Some(link) = links::location(&raw) {
                    self.location = Some(link.absolute(url));
                }
                Fetched::Later
            }
            status if status.is_success() => Fetched::Response(raw),
            status => {
                let error = unexpected_status(&self.operation, raw, &[]);
                if is_final_refusal(status) {
                    Fetched::Never(self.result_error(error))
                } else {
                    Fetched::Unclear(error)
                }
            }
        }
    }

    /// Returns the URL of a link that will be followed.
    fn followed(&mut self, link: &Link<'_>, origins: Origins<'_>) -> Result<Url> {
        link.follow(&self.poll, origins)
            .map_err(|error| self.links_error(error))
    }

    fn json(&self, raw: &RawResponse, what: &str) -> Result<Value> {
        let result = if raw.body().is_empty() {
            Err(format!("should be {what}, but is empty"))
        } else {
            json::check_json(raw).and_then(|()| json::parse(raw.body()))
        };
        result.map_err(|problem| bad_response(&self.operation, raw, &problem))
    }
}

/// Returns whether a status code rejects the request itself, and is neither about the caller nor
/// transient.
fn is_final_refusal(status: StatusCode) -> bool {
    let about_caller = matches!(status, StatusCode::Unauthorized | StatusCode::Forbidden);
    status.is_client_error() && !about_caller && !is_transient(status)
}

/// Interprets a response that is a resource with a provisioning state; `None` if it is not.
fn by_state(raw: &RawResponse) -> Option<Step> {
    let body = json::parse(raw.body()).ok()?;
    Some(step(provisioning_state(&body)?, raw, &body))
}

/// Interprets a status that the service named.
fn step(text: &str, raw: &RawResponse, body: &Value) -> Step {
    let status = PollerStatus::from(text);
    let report = OperationStatus::read(status.clone(), raw, body);
    match status {
        PollerStatus::Succeeded => Step::Succeeded(report, ResultLocation::Response(raw.clone())),
        PollerStatus::Failed | PollerStatus::Canceled => Step::Failed(Failure {
            status: report,
            named: Some(text.to_owned()),
        }),
        _ => Step::InProgress(report),
    }
}

/// Returns a step in progress for a response whose body need not say so. A status in the body is
/// used only if it means progress.
fn in_progress(raw: &RawResponse) -> Step {
    let body = json::parse(raw.body()).unwrap_or_default();
    let state = named(body.get("status")).or_else(|| provisioning_state(&body));
    let status = match state.map(PollerStatus::from) {
        Some(status @ PollerStatus::UnknownValue(_)) => status,
        _ => PollerStatus::InProgress,
    };
    Step::InProgress(OperationStatus::read(status, raw, &body))
}

fn done(raw: &RawResponse, ending: ResultLocation) -> Step {
    let report = OperationStatus::read(PollerStatus::Succeeded, raw, &Value::Null);
    Step::Succeeded(report, ending)
}

fn provisioning_state(resource: &Value) -> Option<&str> {
    named(resource.get("properties")?.get("provisioningState"))
}

/// Returns a status if it is text and not empty.
fn named(status: Option<&Value>) -> Option<&str> {
    status
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}
