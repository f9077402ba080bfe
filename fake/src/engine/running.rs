//! Starts, polls and ends long-running operations.

use super::{
    clock::{Clock, Pace},
    context::Engine,
    exchange::{Refusal, Response, refuse},
    fault::What,
    operation::{Effect, Outcome, PollsWithoutProgress, Running},
    route::Routed,
    uri,
};
use crate::table::{HttpMethod, Kind};
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
    /// Starts a long-running operation in the way that the description declares.
    pub(crate) fn begin(
        &mut self,
        routed: &Routed<'_>,
        resource: Option<String>,
        during: &'static str,
        preferred: &[u16],
        effect: Effect,
        outcome: Outcome,
    ) -> Result<Response, Refusal> {
        let operation = routed.operation;
        let status = operation.status(preferred);
        let declared = operation.response(status);
        let headers: Vec<&str> = declared
            .iter()
            .flat_map(|response| &response.headers)
            .map(String::as_str)
            .collect();
        let has = |name: &str| headers.iter().any(|one| one.eq_ignore_ascii_case(name));
        let monitors = ["Azure-AsyncOperation", "Operation-Location"];
        let monitors: Vec<&str> = monitors.into_iter().filter(|one| has(one)).collect();
        let location = has("Location") || (status == 202 && monitors.is_empty());
        let stored = resource
            .as_ref()
            .and_then(|key| self.state.store.resources.get(key));
        let by_resource = !location
            && monitors.is_empty()
            && matches!(operation.method, HttpMethod::Put | HttpMethod::Patch)
            && stored.is_some_and(|resource| self.shows_provisioning(resource));
        let followed = location || by_resource || !monitors.is_empty();

        let via = operation.final_state.as_deref().unwrap_or_default();
        let shows_result = matches!(via, "azure-async-operation" | "operation-location");
        let changes = !matches!(effect, Effect::Nothing | Effect::Renew(_));
        let pace = if followed {
            self.state.pace
        } else {
            Pace::Polls(0)
        };
        let id = self.launch(resource.clone(), effect, outcome, shows_result, pace);
        self.follow_states(routed, resource.as_deref(), &id);
        if let Some(resource) = resource
            .as_ref()
            .and_then(|key| self.state.store.resources.get_mut(key))
            && changes
        {
            resource.provisioning = during.to_owned();
            resource.running = Some(id.clone());
        }
        self.finish_instant(&id);
        if !followed {
            return self.result(&id);
        }
        let body = match (
            declared.and_then(|response| response.ty.as_ref()),
            &resource,
        ) {
            (Some(_), Some(key)) => self.rendered(key).ok(),
            _ => None,
        };
        let mut response = Response {
            body,
            ..Response::empty(status)
        };
        let sub = routed.named("subscriptions");
        for monitor in monitors {
            response = response.header(monitor, self.link(sub, STATUS, &id));
        }
        if location {
            response = response.header("Location", self.link(sub, RESULT, &id));
        }
        if has("x-ms-async-operation-timeout") {
            response = response.header("x-ms-async-operation-timeout", "PT1H");
        }
        Ok(self.with_retry_after(response, &id))
    }

    /// Starts the states of a resource, which follow an operation that creates it or acts on it.
    fn follow_states(&mut self, routed: &Routed<'_>, resource: Option<&str>, id: &str) {
        let Some(key) = resource else {
            return;
        };
        let actions = &self.catalog.table.behavior.actions;
        match (routed.operation.kind, actions.get(&routed.operation.id)) {
            (Kind::Action, Some(action)) if !action.states.is_empty() => {
                self.move_states(key, &action.states, Some(id.to_owned()));
            }
            (Kind::Put, _) => {
                let resource = self.state.store.resources.get(key);
                if resource.is_some_and(|resource| resource.movement.is_none()) {
                    self.begin_states(key, Some(id.to_owned()));
                }
            }
            _ => {}
        }
    }

    /// Starts an operation of Resource Manager itself. The caller records it and then calls
    /// [`finish_instant`](Self::finish_instant).
    pub(crate) fn start(
        &mut self,
        resource: Option<String>,
        effect: Effect,
        outcome: Outcome,
    ) -> String {
        let pace = self.state.pace;
        self.launch(resource, effect, outcome, false, pace)
    }

    /// Ends an operation if it takes no time.
    pub(crate) fn finish_instant(&mut self, id: &str) {
        let running = self.state.store.running.get(id);
        if running.is_some_and(|running| running.pace.is_instant()) {
            self.finish(id);
        }
    }

    /// Stores a new operation, which supersedes another one on its resource.
    fn launch(
        &mut self,
        resource: Option<String>,
        effect: Effect,
        outcome: Outcome,
        shows_result: bool,
        pace: Pace,
    ) -> String {
        let id = self.state.store.next_id();
        self.supersede(resource.as_deref());
        let error = self.faults.take(|what| match what {
            What::Operation(error) => Some(error.clone()),
            _ => None,
        });
        let running = Running {
            name: id.clone(),
            resource,
            effect,
            outcome,
            shows_result,
            error,
            started: self.now,
            ended: None,
            pace,
            polls: 0,
            without_progress: PollsWithoutProgress::since(self.now),
            canceled: false,
        };
        self.state.store.running.insert(id.clone(), running);
        id
    }

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

    /// Ends the operations that are due.
    pub(crate) fn finish_due(&mut self) {
        let now = self.now;
        let due = self.state.store.running.values();
        let due = due.filter(|one| one.ended.is_none() && one.is_due(now));
        let due: Vec<String> = due.map(|one| one.name.clone()).collect();
        for id in due {
            self.finish(&id);
        }
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

    /// Ends an operation, whether it is due or not.
    fn finish(&mut self, id: &str) {
        let now = self.now;
        let Some(running) = self.state.store.running.get_mut(id) else {
            return;
        };
        running.ended = Some(now);
        let (failed, effect) = (running.error.is_some(), running.effect.clone());
        let key = running.resource.clone().unwrap_or_default();
        if !matches!(effect, Effect::Nothing | Effect::Renew(_)) {
            self.mark_idle(&key, failed);
        }
        match effect {
            _ if failed => {}
            Effect::Remove => self.state.store.remove(&key),
            Effect::Renew(renewal) => self.regenerate_keys(&key, &renewal),
            Effect::Register(subscription) => {
                self.state.store.unregistered.remove(&subscription);
            }
            Effect::Nothing | Effect::Settle => {}
        }
    }

    /// Marks a resource or a group as not being changed by any operation.
    fn mark_idle(&mut self, key: &str, failed: bool) {
        if let Some(resource) = self.state.store.resources.get_mut(key) {
            resource.running = None;
            let state = if failed { "Failed" } else { "Succeeded" };
            resource.provisioning = state.to_owned();
        }
        if let Some(group) = self.state.store.groups.get_mut(key) {
            group.deleting = None;
        }
    }

    /// A new operation on a resource supersedes the earlier one.
    fn supersede(&mut self, resource: Option<&str>) {
        let now = self.now;
        let resource = resource.and_then(|key| self.state.store.resources.get(key));
        let old = resource.and_then(|resource| resource.running.clone());
        if let Some(old) = old.and_then(|id| self.state.store.running.get_mut(&id)) {
            old.canceled = true;
            old.ended = Some(now);
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
    fn result(&mut self, id: &str) -> Result<Response, Refusal> {
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
            (Outcome::Resource, Some(key)) => Ok(Response::json(200, self.rendered(key)?)),
            (Outcome::Value(action, ty), owner) => {
                let value = self.value_of(action, owner.as_deref(), ty, &Value::Null);
                Ok(Response::json(200, value))
            }
            (Outcome::Nothing(status), _) => Ok(Response::empty(*status)),
            (Outcome::Resource, None) => Ok(Response::empty(204)),
        }
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
