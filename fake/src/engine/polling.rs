//! Responses about long-running operations: status monitors, results and waits.

use super::{
    clock::{Clock, Pace},
    context::Engine,
    exchange::{Refusal, Response, refuse},
    operation::{FollowUp, Outcome, Running},
    uri,
};
use azure_core::time::{Duration, to_rfc3339};
use serde_json::{Value, json};

/// How often an operation can be polled while the clock is stopped.
const MAX_POLLS_WITHOUT_PROGRESS: u32 = 20;
/// How often a resource that waits for the clock can be read. The limit is higher, because a client
/// that reads a resource need not be waiting for it.
const MAX_READS_WITHOUT_PROGRESS: u32 = 100;

/// The warning for clients that wait for a stopped clock.
const STOPPED_CLOCK: &str = "the clock of the fake is stopped and this takes time: call \
     Server::advance, or Server::set_clock with Clock::System";

const STATUS: &str = "operationsStatus";
const RESULT: &str = "operationResults";

impl Engine<'_> {
    /// Handles a request for a status monitor or a result.
    pub(crate) fn poll_request(
        &mut self,
        segments: &[String],
    ) -> Option<Result<Response, Refusal>> {
        let (what, id) = match segments {
            [.., what, id] => (what.as_str(), id.as_str()),
            _ => return None,
        };
        let is_result = what.eq_ignore_ascii_case(RESULT);
        if !is_result && !what.eq_ignore_ascii_case(STATUS) {
            return None;
        }
        if self.request.method() != "GET" {
            return Some(refuse(
                405,
                "MethodNotAllowed",
                "an operation can only be read",
            ));
        }
        if !self.state.store.running.contains_key(id) {
            let message = format!("there is no operation {id}");
            return Some(refuse(404, "OperationNotFound", message));
        }
        self.poll(id);
        if let Err(refusal) = self.check_clock(id, MAX_POLLS_WITHOUT_PROGRESS) {
            return Some(Err(refusal));
        }
        Some(if is_result {
            self.location(id)
        } else {
            self.monitor(id)
        })
    }

    /// Counts a read of a resource as a poll of the operation that changes it.
    pub(crate) fn poll_resource(&mut self, key: &str) -> Result<(), Refusal> {
        let now = self.now;
        let Some(resource) = self.state.store.resources.get_mut(key) else {
            return Ok(());
        };
        let mut reads = 0;
        if let Some(movement) = &mut resource.movement {
            movement.polls = movement.polls.saturating_add(1);
            if movement.waits_for_time(now) {
                reads = movement.without_progress.again(now);
            }
        }
        if let Some(id) = resource.running.clone() {
            self.poll(&id);
            return self.check_clock(&id, MAX_READS_WITHOUT_PROGRESS);
        }
        self.check_polls_without_progress(reads, MAX_READS_WITHOUT_PROGRESS)
    }

    /// Returns an error if the clock is stopped and clients have polled something that takes time
    /// too often.
    fn check_clock(&mut self, id: &str, most: u32) -> Result<(), Refusal> {
        let now = self.now;
        let running = self.state.store.running.get_mut(id);
        let Some(running) = running.filter(|running| running.waits_for_time()) else {
            return Ok(());
        };
        let count = running.without_progress.again(now);
        self.check_polls_without_progress(count, most)
    }

    fn check_polls_without_progress(&self, count: u32, most: u32) -> Result<(), Refusal> {
        if self.state.watch.clock != Clock::Still || count <= most {
            return Ok(());
        }
        let message = format!("{count} requests found no progress; {STOPPED_CLOCK}");
        refuse(409, "ClockStopped", message)
    }

    /// Counts a poll of an operation.
    pub(crate) fn poll(&mut self, id: &str) {
        let Some(running) = self.state.store.running.get_mut(id) else {
            return;
        };
        if let (None, Pace::Polls(most)) = (running.ended, running.pace) {
            if running.polls >= most {
                return self.finish(id);
            }
            running.polls += 1;
        }
    }

    fn monitor(&mut self, id: &str) -> Result<Response, Refusal> {
        let Some(running) = self.state.store.running.get(id).cloned() else {
            return refuse(404, "OperationNotFound", "there is no such operation");
        };
        let mut body = json!({
            "id": self.request.path(),
            "name": running.name,
            "status": running.status(),
            "percentComplete": running.percent(self.now),
            "startTime": to_rfc3339(&running.started),
        });
        if let Value::Object(members) = &mut body {
            let mut put = |name: &str, value: Value| {
                members.insert(name.to_owned(), value);
            };
            if let Some(ended) = &running.ended {
                put("endTime", json!(to_rfc3339(ended)));
            }
            match (&running.outcome, &running.error) {
                _ if running.ended.is_none() => {}
                (_, Some(error)) => {
                    put("error", error.clone());
                }
                (Outcome::Value(action, ty), None) if running.shows_result => {
                    let value =
                        self.value_of(action, running.resource.as_deref(), ty, &Value::Null);
                    put("properties", value);
                }
                _ => {}
            }
        }
        Ok(self.with_retry_after(Response::json(200, body), id))
    }

    fn location(&mut self, id: &str) -> Result<Response, Refusal> {
        let ended = self
            .state
            .store
            .running
            .get(id)
            .and_then(|running| running.ended);
        if ended.is_some() {
            return self.result(id);
        }
        let here = format!("{}{}", self.origin, self.request.path());
        let version = self.request.parameter("api-version").unwrap_or_default();
        let here = format!("{here}?api-version={version}");
        Ok(self.with_retry_after(Response::empty(202).header("Location", here), id))
    }

    /// Returns the result of an operation that has ended.
    pub(crate) fn result(&mut self, id: &str) -> Result<Response, Refusal> {
        let Some(running) = self.state.store.running.get(id).cloned() else {
            return refuse(404, "OperationNotFound", "there is no such operation");
        };
        if running.canceled {
            return refuse(
                409,
                "OperationCanceled",
                "it was superseded by another operation",
            );
        }
        if let Some(error) = &running.error {
            return Err(Box::new(Response::json(409, json!({ "error": error }))));
        }
        match (&running.outcome, &running.resource) {
            (Outcome::Resource, Some(key)) => match self.rendered(key) {
                Ok(resource) => Ok(Response::json(200, resource)),
                Err(_) => refuse(
                    404,
                    "ResourceNotFound",
                    format!("{key}, which the operation was for, does not exist any more"),
                ),
            },
            (Outcome::Value(action, ty), owner) => {
                let value = self.value_of(action, owner.as_deref(), ty, &Value::Null);
                Ok(Response::json(200, value))
            }
            (Outcome::Nothing(status), _) => Ok(Response::empty(*status)),
            (Outcome::Resource, None) => Ok(Response::empty(204)),
        }
    }

    /// Adds the headers by which clients follow an operation.
    pub(crate) fn with_follow_up(
        &self,
        mut response: Response,
        follow_up: &FollowUp,
        subscription: Option<&str>,
        id: &str,
    ) -> Response {
        for monitor in &follow_up.monitors {
            response = response.header(monitor, self.link(subscription, STATUS, id));
        }
        if follow_up.location {
            response = response.header("Location", self.link(subscription, RESULT, id));
        }
        if follow_up.timeout {
            response = response.header("x-ms-async-operation-timeout", "PT1H");
        }
        self.with_retry_after(response, id)
    }

    /// Adds the header that says how long to wait before the next poll.
    pub(crate) fn with_retry_after(&self, response: Response, id: &str) -> Response {
        let running = self.state.store.running.get(id);
        let wait = running.map_or(Duration::ZERO, |running| running.remaining(self.now));
        let wait = wait.min(Duration::SECOND);
        let seconds = wait.whole_seconds().to_string();
        let response = response
            .header("Retry-After", seconds)
            .header("retry-after-ms", wait.whole_milliseconds().to_string());
        self.with_warning(response, running.is_some_and(Running::waits_for_time))
    }

    /// Adds a warning to a response about something that waits for a stopped clock. Clients can
    /// show it when they give up.
    pub(crate) fn with_warning(&self, response: Response, waits_for_time: bool) -> Response {
        if waits_for_time && self.state.watch.clock == Clock::Still {
            response.header("Warning", format!("199 arm-fake \"{STOPPED_CLOCK}\""))
        } else {
            response
        }
    }

    fn link(&self, subscription: Option<&str>, what: &str, id: &str) -> String {
        let mut link = self.origin.to_owned();
        if let Some(subscription) = subscription {
            link.push_str("/subscriptions/");
            link.push_str(&uri::encode(subscription));
        }
        let version = self.request.parameter("api-version").unwrap_or_default();
        let provider = &self.catalog.table.provider;
        link + &format!("/providers/{provider}/locations/fake/{what}/{id}?api-version={version}")
    }
}
