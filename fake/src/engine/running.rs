//! Starts and ends long-running operations.

use super::{
    clock::Pace,
    context::Engine,
    exchange::{Refusal, Response},
    fault::What,
    operation::{Effect, FollowUp, Outcome, PollsWithoutProgress, Running},
    route::Routed,
};
use crate::table::{HttpMethod, Kind, Operation};

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
        let follow_up = self.follow_up(operation, status, resource.as_deref());
        let via = operation.final_state.as_deref().unwrap_or_default();
        let shows_result = matches!(via, "azure-async-operation" | "operation-location");
        let changes = !matches!(effect, Effect::Nothing | Effect::Renew(_));
        let pace = if follow_up.is_possible() {
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
        if !follow_up.is_possible() {
            return self.result(&id);
        }
        let declared = operation.response(status);
        let body = match (
            declared.and_then(|response| response.ty.as_ref()),
            &resource,
        ) {
            (Some(_), Some(key)) => self.rendered(key).ok(),
            _ => None,
        };
        let response = Response {
            body,
            ..Response::empty(status)
        };
        let subscription = routed.named("subscriptions");
        Ok(self.with_follow_up(response, &follow_up, subscription, &id))
    }

    /// Returns how clients can follow an operation, according to the headers that the description
    /// declares.
    fn follow_up(&self, operation: &Operation, status: u16, resource: Option<&str>) -> FollowUp {
        let declared = operation.response(status);
        let headers = declared.map_or(&[][..], |response| &response.headers);
        let has = |name: &str| headers.iter().any(|one| one.eq_ignore_ascii_case(name));
        let monitors = ["Azure-AsyncOperation", "Operation-Location"];
        let monitors: Vec<&str> = monitors.into_iter().filter(|one| has(one)).collect();
        let location = has("Location") || (status == 202 && monitors.is_empty());
        let stored = resource.and_then(|key| self.state.store.resources.get(key));
        let changes = matches!(operation.method, HttpMethod::Put | HttpMethod::Patch);
        FollowUp {
            provisioning: changes && stored.is_some_and(|one| self.shows_provisioning(one)),
            timeout: has("x-ms-async-operation-timeout"),
            monitors,
            location,
        }
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

    /// Ends an operation, whether it is due or not.
    pub(crate) fn finish(&mut self, id: &str) {
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
}
