//! Behavior of the service beyond its description, by the rules in the table.

use super::{
    changes::{self, normal_location},
    context::Engine,
    exchange::{Refusal, Response, refuse_by},
    member_path,
    operation::{PollsWithoutProgress, StateProgress},
    route::{self, Found, Routed},
    state::{Resource, TENANT, key},
    template::{self, Subject, guid},
};
use crate::table::{HttpMethod, Kind, ResourceBehavior, Versions};
use serde_json::{Map, Value, json};

impl<'a> Engine<'a> {
    /// Returns the rules of a resource type.
    pub(crate) fn rules_of(&self, resource_type: &str) -> Option<&'a ResourceBehavior> {
        let table = &self.catalog.table;
        let own = resource_type.strip_prefix(&table.provider)?;
        table.behavior.resources.get(own.strip_prefix('/')?)
    }

    /// Returns members that the service sets, as a merge patch.
    pub(crate) fn service_members(&self, resource: &Resource) -> Value {
        let mut patch = identity(&resource.body);
        let Some(rules) = self.rules_of(&resource.resource_type) else {
            return patch;
        };
        let mut set = |path: &str, value: Value| {
            if member_path::is_described(self.catalog, &resource.ty, &resource.body, path) {
                member_path::set(&mut patch, path, value);
            }
        };
        let subject = self.subject(resource);
        for (path, template) in &rules.members {
            set(path, template::fill(template, &subject));
        }
        for (path, template) in &rules.defaults {
            if member_path::get(&resource.body, path).is_none_or(Value::is_null) {
                set(path, template::fill(template, &subject));
            }
        }
        if let Some(versions) = &rules.versions {
            let (latest, next) = self.versions_in(resource, versions);
            if let Some(latest) = latest {
                set(&versions.latest, Value::from(latest));
            }
            set(&versions.next, Value::from(next));
        }
        if let (Some(states), Some(movement)) = (&rules.state, &resource.movement) {
            set(&states.member, Value::from(self.state_of(movement)));
        }
        patch
    }

    fn subject<'r>(&self, resource: &'r Resource) -> Subject<'r> {
        Subject {
            id: &resource.id,
            location: self.location_of(&resource.id),
            created: resource.created,
            changed: resource.changed,
            now: self.now,
        }
    }

    /// Returns the location of a resource, or of its nearest parent with one.
    fn location_of(&self, id: &str) -> String {
        let mut path = key(id);
        loop {
            let resource = self.state.store.resources.get(&path);
            let own = resource.and_then(|resource| resource.body.get("location"));
            if let Some(location) = own.and_then(Value::as_str) {
                return normal_location(location);
            }
            match path.rfind('/') {
                Some(end) if end > 0 => path.truncate(end),
                _ => return "westeurope".to_owned(),
            }
        }
    }

    /// Returns the version that was created last, and the number after the greatest.
    fn versions_in(&self, resource: &Resource, rules: &Versions) -> (Option<String>, String) {
        let prefix = key(&format!("{}/{}", resource.id, rules.of)) + "/";
        let all = self.state.store.resources.range(prefix.clone()..);
        let all = all.take_while(|(key, _)| key.starts_with(&prefix));
        let own = all.filter(|(key, _)| !key[prefix.len()..].contains('/'));
        let own: Vec<&Resource> = own.map(|(_, one)| one).collect();
        let latest = own.iter().max_by_key(|one| (one.created, one.number));
        let numbers = own.iter().filter_map(|one| one.name.parse::<u64>().ok());
        let next = numbers.max().unwrap_or(0).saturating_add(1);
        (latest.map(|one| one.name.clone()), next.to_string())
    }

    /// Returns the current state of a resource.
    fn state_of<'m>(&self, movement: &'m StateProgress) -> &'m str {
        let operation = movement.operation.as_ref();
        let running = operation.and_then(|id| self.state.store.running.get(id));
        let share = match running {
            Some(running) if running.error.is_some() => 0.0,
            Some(running) => running.percent(self.now) / 100.0,
            None if operation.is_some() => 1.0,
            None => movement.share(self.now),
        };
        movement.at(share)
    }

    /// Sets a new resource to the first of its states.
    pub(crate) fn begin_states(&mut self, key: &str, operation: Option<String>) {
        let resource = self.state.store.resources.get(key);
        let rules = resource.and_then(|one| self.rules_of(&one.resource_type));
        if let Some(states) = rules.and_then(|rules| rules.state.as_ref()) {
            self.move_states(key, &states.created, operation);
        }
    }

    /// Starts a sequence of states of a resource.
    pub(crate) fn move_states(&mut self, key: &str, states: &[String], operation: Option<String>) {
        let movement = StateProgress {
            states: states.to_vec(),
            begun: self.now,
            polls: 0,
            pace: self.state.pace,
            operation,
            without_progress: PollsWithoutProgress::since(self.now),
        };
        let resource = self.state.store.resources.get(key);
        let rules = resource.and_then(|one| self.rules_of(&one.resource_type));
        let member = rules.and_then(|rules| Some(&rules.state.as_ref()?.member));
        if let Some(resource) = self.state.store.resources.get_mut(key) {
            resource.movement = Some(movement);
            if let Some(member) = member {
                member_path::remove(&mut resource.own, member);
            }
        }
    }

    /// Checks that no member has changed that can only be set at creation, and nothing of an
    /// immutable resource.
    pub(crate) fn check_changes(&self, old: &Resource, new: &Value) -> Result<(), Refusal> {
        let found = changes::of_create_only(self.catalog, &old.ty, &old.body, new);
        if let Some(first) = found.first() {
            let message = format!(
                "`{}` can be set at creation only and cannot be changed",
                found.join("`, `")
            );
            return conflict("PropertyChangeNotAllowed", first, &message);
        }
        let rules = self.rules_of(&old.resource_type);
        let Some(immutable) = rules.and_then(|rules| rules.immutable.as_ref()) else {
            return Ok(());
        };
        match changes::of_immutable(immutable, &old.body, new) {
            None => Ok(()),
            Some(path) => {
                let message = format!(
                    "{} exists and cannot be changed: `{path}` differs; only {} can",
                    old.id,
                    immutable.except.join(", ")
                );
                refuse_by(&immutable.error, &path, &message)
            }
        }
    }

    /// Checks that a name is unique where the rules require it.
    pub(crate) fn check_unique(&self, routed: &Routed<'_>, body: &Value) -> Result<(), Refusal> {
        let resource_type = &routed.operation.resource_type;
        let rules = self.rules_of(resource_type);
        let Some(unique) = rules.and_then(|rules| rules.unique.as_ref()) else {
            return Ok(());
        };
        let own = self.key_of(routed);
        let name = routed.parts.last().map_or("", |(_, name)| name.as_str());
        let scope = |value: &Value| {
            let text = member_path::get(value, unique.by.as_deref()?)?.as_str()?;
            Some(normal_location(text))
        };
        let mut others = self.state.store.resources.iter();
        let other = others.find(|(key, one)| {
            **key != own
                && one.resource_type == *resource_type
                && one.name.eq_ignore_ascii_case(name)
                && scope(&one.body) == scope(body)
        });
        match other {
            None => Ok(()),
            Some((_, other)) => {
                let within = unique.by.as_ref();
                let within = within.map_or_else(String::new, |by| format!(" in this {by}"));
                let message = format!(
                    "the name '{name}' is taken{within}, by {}; choose another one",
                    other.id
                );
                refuse_by(&unique.error, "name", &message)
            }
        }
    }

    /// Checks that shares are of existing resources and add up to their total.
    pub(crate) fn check_shares(&self, routed: &Routed<'_>, body: &Value) -> Result<(), Refusal> {
        let Some(rules) = self.rules_of(&routed.operation.resource_type) else {
            return Ok(());
        };
        let own = self.key_of(routed);
        for shares in &rules.shares {
            let Some(Value::Object(given)) = member_path::get(body, &shares.member) else {
                continue;
            };
            for name in given.keys() {
                let below = key(&format!("{own}/{}/{name}", shares.among));
                if !self.state.store.resources.contains_key(&below) {
                    let message = format!("`{}` names '{name}', which is not there", shares.member);
                    return refuse_by(&shares.error, &shares.member, &message);
                }
            }
            let sum: i64 = given.values().filter_map(Value::as_i64).sum();
            if let Some(total) = shares.total
                && sum != 0
                && sum != total
            {
                let message = format!("`{}` adds up to {sum}, not to {total}", shares.member);
                return refuse_by(&shares.error, &shares.member, &message);
            }
        }
        Ok(())
    }

    /// Checks that a resource to be deleted has no share.
    pub(crate) fn check_has_no_share(&self, routed: &Routed<'_>) -> Result<(), Refusal> {
        let [.., (collection, _), (_, name)] = routed.parts.as_slice() else {
            return Ok(());
        };
        let owner = routed.path(routed.parts.len().saturating_sub(2));
        let Some(owner) = self.state.store.resources.get(&key(&owner)) else {
            return Ok(());
        };
        let rules = self.rules_of(&owner.resource_type);
        for shares in rules.iter().flat_map(|rules| &rules.shares) {
            let given = member_path::get(&owner.body, &shares.member);
            let share = given.and_then(|given| {
                let mut all = given.as_object()?.iter();
                let found = all.find(|(key, _)| key.eq_ignore_ascii_case(name));
                found.and_then(|(_, share)| share.as_i64())
            });
            let share = share.filter(|_| shares.among.eq_ignore_ascii_case(collection));
            if let Some(share @ 1..) = share {
                let message = format!(
                    "'{name}' has {share} of `{}`, which must be 0 before it can be deleted",
                    shares.member
                );
                return refuse_by(&shares.error, &shares.member, &message);
            }
        }
        Ok(())
    }

    /// Returns whether an operation creates the parent of its resource.
    pub(crate) fn creates_parent(&self, routed: &Routed<'_>) -> bool {
        let operation = routed.operation;
        match operation.kind {
            Kind::Put => {
                let rules = self.rules_of(&operation.resource_type);
                rules.is_some_and(|rules| rules.creates_parent)
            }
            Kind::Action => {
                let actions = &self.catalog.table.behavior.actions;
                let action = actions.get(&operation.id);
                action.is_some_and(|action| action.creates_parent)
            }
            _ => false,
        }
    }

    /// Returns the number of segments in the path of the parent that an operation creates.
    pub(crate) fn created_parent(routed: &Routed<'_>) -> usize {
        let below = match routed.operation.kind {
            Kind::Action => 3,
            _ => 2,
        };
        routed.parts.len().saturating_sub(below)
    }

    /// Creates the parent of a resource, if the service does that and it does not exist.
    pub(crate) fn ensure_parent(&mut self, routed: &Routed<'_>) {
        if !self.creates_parent(routed) {
            return;
        }
        let path = routed.path(Self::created_parent(routed));
        if self.state.store.resources.contains_key(&key(&path)) {
            return;
        }
        let segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        let catalog = self.catalog;
        let found = route::find(catalog, Some(HttpMethod::Put), &segments, self.version);
        if let Found::Operation(parent) | Found::Versions(_, parent) = found {
            let resource = self.created(&parent, json!({"properties": {}}));
            self.state.store.resources.insert(key(&path), resource);
        }
    }
}

/// Returns what Resource Manager adds to a managed identity.
fn identity(body: &Value) -> Value {
    let mut patch = Map::new();
    let Some(Value::Object(identity)) = body.get("identity") else {
        return Value::Object(patch);
    };
    let mut own = Map::new();
    let kind = identity.get("type").and_then(Value::as_str);
    if kind.is_some_and(|kind| kind.contains("SystemAssigned")) {
        let text = body.to_string();
        own.insert("principalId".to_owned(), json!(guid(&text)));
        own.insert("tenantId".to_owned(), json!(TENANT));
    }
    if let Some(Value::Object(users)) = identity.get("userAssignedIdentities") {
        let users = users.keys().map(|id| {
            let ids = json!({"principalId": guid(id), "clientId": guid(&format!("{id}/client"))});
            (id.clone(), ids)
        });
        let users: Map<String, Value> = users.collect();
        own.insert("userAssignedIdentities".to_owned(), Value::Object(users));
    }
    patch.insert("identity".to_owned(), Value::Object(own));
    Value::Object(patch)
}

fn conflict<T>(code: &str, target: &str, message: &str) -> Result<T, Refusal> {
    let error = json!({"error": {"code": code, "message": message, "target": target}});
    Err(Box::new(Response::json(409, error)))
}
