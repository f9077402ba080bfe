//! Creates, replaces, reads, changes and deletes resources.

use super::{
    changes, check,
    context::{Engine, violations},
    exchange::{Refusal, Response, refuse},
    operation::{Effect, Outcome},
    project::{Keep, merge, project},
    route::Routed,
    state::{Resource, key},
};
use crate::table::Type;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

impl Engine<'_> {
    pub(crate) fn get(&mut self, routed: &Routed<'_>) -> Result<Response, Refusal> {
        let key = self.key_of(routed);
        if !self.state.store.resources.contains_key(&key) && !self.is_kept(routed) {
            return Ok(self.sampled(routed));
        }
        self.poll_resource(&key)?;
        let resource = self.existing(&key)?;
        let response = Response::json(200, self.render(resource, self.visible()));
        let response = match (&resource.running, &resource.movement) {
            (Some(running), _) => self.with_retry_after(response, running),
            (None, Some(movement)) => {
                self.with_warning(response, movement.waits_for_time(self.now))
            }
            (None, None) => response,
        };
        Ok(self.with_etag(response, routed.operation, &key))
    }

    pub(crate) fn head(&mut self, routed: &Routed<'_>) -> Result<Response, Refusal> {
        let key = self.key_of(routed);
        let status = routed.operation.status(&[204, 200]);
        match self.existing(&key) {
            Ok(_) => Ok(self.with_etag(Response::empty(status), routed.operation, &key)),
            // The response has no body, so no error can be described.
            Err(_) => Ok(Response::empty(404)),
        }
    }

    pub(crate) fn put(&mut self, routed: &Routed<'_>) -> Result<Response, Refusal> {
        let operation = routed.operation;
        let body = self.body(operation, Keep::Settable)?;
        let key = self.key_of(routed);
        self.check_conditions(operation, &key)?;
        self.check_idle(&key)?;
        let exists = self.state.store.resources.contains_key(&key);
        let body = self.checked_put(routed, &key, body)?;
        self.ensure_group_of(routed, &body);
        self.ensure_parent(routed);
        let resource = match self.state.store.resources.remove(&key) {
            Some(old) => Resource {
                body,
                changed: self.now,
                revision: old.revision + 1,
                ..old
            },
            None => self.created(routed, body),
        };
        self.state.store.resources.insert(key.clone(), resource);
        let effect = Effect::Settle;
        if operation.long_running {
            let preferred: &[u16] = match (exists, operation.response(202)) {
                (_, Some(_)) if operation.response(201).is_none() => &[202, 200],
                (true, _) => &[200, 201],
                (false, _) => &[201, 200],
            };
            let during = if exists { "Updating" } else { "Creating" };
            return self.begin(
                routed,
                Some(key),
                during,
                preferred,
                effect,
                Outcome::Resource,
            );
        }
        if !exists {
            self.begin_states(&key, None);
        }
        let status = operation.status(if exists { &[200, 201] } else { &[201, 200] });
        let response = Response::json(status, self.rendered(&key)?);
        Ok(self.with_etag(response, operation, &key))
    }

    /// Checks the body of a PUT and adds members of the existing resource that it cannot remove.
    fn checked_put(
        &self,
        routed: &Routed<'_>,
        key: &str,
        mut body: Value,
    ) -> Result<Value, Refusal> {
        let operation = routed.operation;
        let old = self.state.store.resources.get(key);
        let declared = operation.body.as_ref().map(|body| &body.ty);
        if let Some(ty) = operation.response_type().or(declared) {
            self.check_location(ty, old.map(|old| &old.body), &body)?;
        }
        match old {
            Some(old) => {
                self.check_changes(old, &body)?;
                changes::with_create_only(self.catalog, &old.ty, &old.body, &mut body);
            }
            None => self.check_unique(routed, &body)?,
        }
        self.check_shares(routed, &body)?;
        Ok(body)
    }

    /// Creates the group of a resource if it does not exist.
    pub(crate) fn ensure_group_of(&mut self, routed: &Routed<'_>, body: &Value) {
        let subscription = routed.named("subscriptions");
        let group = routed.named("resourceGroups");
        if let (Some(subscription), Some(group)) = (subscription, group) {
            let location = body.get("location").and_then(Value::as_str);
            self.ensure_group(subscription, group, location);
        }
    }

    pub(crate) fn patch(&mut self, routed: &Routed<'_>) -> Result<Response, Refusal> {
        let operation = routed.operation;
        let key = self.key_of(routed);
        self.existing(&key)?;
        let patch = self.body(operation, Keep::Patch)?;
        self.check_patched_location(self.existing(&key)?)?;
        self.check_conditions(operation, &key)?;
        self.check_idle(&key)?;
        let body = self.patched(&key, &patch)?;
        self.check_changes(self.existing(&key)?, &body)?;
        self.check_shares(routed, &body)?;
        let now = self.now;
        if let Some(resource) = self.state.store.resources.get_mut(&key) {
            resource.body = body;
            resource.changed = now;
            resource.revision += 1;
        }
        if operation.long_running {
            let (effect, outcome) = (Effect::Settle, Outcome::Resource);
            return self.begin(routed, Some(key), "Updating", &[202, 200], effect, outcome);
        }
        let response = Response::json(operation.status(&[200]), self.rendered(&key)?);
        Ok(self.with_etag(response, operation, &key))
    }

    /// Returns the values set by clients after a patch, and checks that required members remain.
    fn patched(&self, key: &str, patch: &Value) -> Result<Value, Refusal> {
        let resource = self.existing(key)?;
        let mut body = resource.body.clone();
        if patch.is_null() {
            return Ok(body);
        }
        merge(&mut body, patch);
        let version = self.known_version();
        let check = |body| check::request(self.catalog, version, &resource.ty, body, false);
        let (before, mut found) = (check(&resource.body), check(&body));
        found.retain(|one| before.iter().all(|old| old.target != one.target));
        violations("InvalidRequestContent", found)?;
        // Members that another kind does not have are removed.
        Ok(project(self.catalog, &resource.ty, &body, Keep::Known))
    }

    pub(crate) fn delete(&mut self, routed: &Routed<'_>) -> Result<Response, Refusal> {
        let operation = routed.operation;
        let key = self.key_of(routed);
        if !self.state.store.resources.contains_key(&key) {
            return match operation.response(204) {
                Some(_) => Ok(Response::empty(204)),
                None => self.existing(&key).map(|_| Response::empty(404)),
            };
        }
        self.check_conditions(operation, &key)?;
        self.check_has_no_share(routed)?;
        if operation.long_running {
            let preferred = &[202, 200, 204];
            let outcome = Outcome::Nothing(204);
            return self.begin(
                routed,
                Some(key),
                "Deleting",
                preferred,
                Effect::Remove,
                outcome,
            );
        }
        self.state.store.remove(&key);
        Ok(Response::empty(operation.status(&[200, 204])))
    }

    /// Creates a resource without checks, as if the service had created it.
    pub(crate) fn created(&mut self, routed: &Routed<'_>, body: Value) -> Resource {
        let operation = routed.operation;
        let id = self.id_of(routed);
        let name = routed.parts.last().map(|(_, name)| name.clone());
        let declared = operation.body.as_ref().map(|body| &body.ty);
        let ty = operation.response_type().or(declared);
        Resource {
            id,
            name: name.unwrap_or_default(),
            resource_type: operation.resource_type.clone(),
            ty: ty.cloned().unwrap_or(Type::Any),
            body,
            own: Value::Object(Map::new()),
            provisioning: "Succeeded".to_owned(),
            created: self.now,
            changed: self.now,
            number: self.state.store.next_number(),
            revision: 1,
            generation: 0,
            kept: BTreeMap::new(),
            running: None,
            movement: None,
        }
    }

    pub(crate) fn key_of(&self, routed: &Routed<'_>) -> String {
        key(&routed.path(routed.parts.len()))
    }

    /// Returns the ID of a resource, which begins with its parent's ID.
    pub(crate) fn id_of(&self, routed: &Routed<'_>) -> String {
        let whole = routed.path(routed.parts.len());
        let parents = (1..routed.parts.len()).rev();
        let mut parents = parents.map(|count| routed.path(count));
        let parent = parents.find_map(|path| self.state.store.resources.get(&key(&path)));
        match parent {
            Some(parent) => match whole.get(parent.id.len()..) {
                Some(rest) => format!("{}{rest}", parent.id),
                None => whole,
            },
            None => whole,
        }
    }

    /// Returns whether resources of this type exist only after they were put.
    fn is_kept(&self, routed: &Routed<'_>) -> bool {
        self.catalog.is_stored(&routed.operation.path)
    }

    pub(crate) fn existing(&self, key: &str) -> Result<&Resource, Refusal> {
        match self.state.store.resources.get(key) {
            Some(resource) => Ok(resource),
            None => refuse(
                404,
                "ResourceNotFound",
                format!("there is no resource {}", self.request.path()),
            ),
        }
    }

    /// Checks that no other operation is changing the resource.
    fn check_idle(&self, key: &str) -> Result<(), Refusal> {
        let resource = self.state.store.resources.get(key);
        match resource.and_then(|resource| resource.running.as_ref()) {
            Some(running) => refuse(
                409,
                "AnotherOperationInProgress",
                format!(
                    "the operation {running} is still running on {}",
                    self.request.path()
                ),
            ),
            None => Ok(()),
        }
    }
}
