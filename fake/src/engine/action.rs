//! Actions: stored keys, and samples for everything else.

use super::{
    catalog::{Catalog, Shape, shape_of_path},
    context::Engine,
    exchange::{Refusal, Response, refuse_by},
    member_path,
    operation::{Effect, Outcome, Renewal},
    project::{Keep, merge, project},
    route::Routed,
    sample::Sampler,
    state::key,
};
use crate::table::{Kind, Operation, Type};
use serde_json::{Map, Value};

impl Engine<'_> {
    pub(crate) fn act(&mut self, routed: &Routed<'_>) -> Result<Response, Refusal> {
        let operation = routed.operation;
        let body = self.body(operation, Keep::Settable)?;
        let owner = key(&routed.path(routed.parts.len().saturating_sub(1)));
        self.ensure_parent(routed);
        let owner = self
            .state
            .store
            .resources
            .contains_key(&owner)
            .then_some(owner);
        self.check_has_secrets(operation, owner.as_deref())?;
        self.set_members(operation, owner.as_deref(), &body);
        let renewal = renewal(self.catalog, routed, &body);
        let action = routed.parts.last().map_or("", |(_, name)| name.as_str());
        let ty = operation.response_type();
        if operation.long_running {
            let effect = renewal.map_or(Effect::Nothing, Effect::Renew);
            let outcome = match ty {
                Some(ty) => Outcome::Value(action.to_owned(), ty.clone()),
                None if operation.response(200).is_some() => Outcome::Nothing(200),
                None => Outcome::Nothing(204),
            };
            return self.begin(routed, owner, "Updating", &[202, 200], effect, outcome);
        }
        if let (Some(owner), Some(renewal)) = (&owner, &renewal) {
            self.regenerate_keys(owner, renewal);
        }
        let status = operation.status(&[200, 201, 204]);
        Ok(match ty {
            Some(ty) => {
                let mut value = self.value_of(action, owner.as_deref(), ty, &body);
                self.echo(operation, ty, &body, &mut value);
                Response::json(status, value)
            }
            None => Response::empty(status),
        })
    }

    /// Sets the members of a resource that an action is about.
    fn set_members(&mut self, operation: &Operation, owner: Option<&str>, body: &Value) {
        let catalog = self.catalog;
        let action = catalog.table.behavior.actions.get(&operation.id);
        let resource = owner.and_then(|key| self.state.store.resources.get_mut(key));
        let (Some(action), Some(resource)) = (action, resource) else {
            return;
        };
        for (to, from) in &action.sets {
            let value = match from.as_str() {
                "." => Some(body),
                from => member_path::get(body, from),
            };
            if let Some(value) = value
                && member_path::is_described(catalog, &resource.ty, &resource.body, to)
            {
                member_path::set(&mut resource.body, to, value.clone());
                resource.changed = self.now;
                resource.revision += 1;
            }
        }
    }

    /// Checks that a resource is of a kind that has secrets.
    fn check_has_secrets(&self, operation: &Operation, owner: Option<&str>) -> Result<(), Refusal> {
        let action = self.catalog.table.behavior.actions.get(&operation.id);
        let rules = action.and_then(|action| action.secrets.as_ref());
        let resource = owner.and_then(|key| self.state.store.resources.get(key));
        let (Some(rules), Some(resource)) = (rules, resource) else {
            return Ok(());
        };
        let object = operation
            .response_type()
            .and_then(|ty| self.catalog.object(ty));
        let kinds = object.and_then(|(_, object)| object.discriminator.as_ref());
        let own = member_path::get(&resource.body, &rules.kind).and_then(Value::as_str);
        match (kinds, own) {
            (Some(by), Some(own)) if !by.kinds.contains_key(own) => {
                let message = format!("{} has no secrets, being of kind {own}", resource.id);
                refuse_by(&rules.error, &rules.kind, &message)
            }
            _ => Ok(()),
        }
    }

    /// Returns what an action on a resource shows.
    pub(crate) fn value_of(
        &mut self,
        action: &str,
        owner: Option<&str>,
        ty: &Type,
        input: &Value,
    ) -> Value {
        let action = action.to_lowercase();
        let shows_secrets = action.starts_with("list") || action.starts_with("regenerate");
        let resource = owner.and_then(|key| self.state.store.resources.get(key));
        match (owner, resource) {
            (_, Some(resource)) if resource.ty == *ty => {
                let keep = if shows_secrets {
                    Keep::Settable
                } else {
                    self.visible()
                };
                self.render(resource, keep)
            }
            (Some(key), Some(_)) if shows_secrets => self.kept(key, ty),
            (_, resource) => {
                let id = resource.map_or_else(|| self.request.path(), |one| one.id.as_str());
                let body = resource.map_or(&Value::Null, |resource| &resource.body);
                self.sampler(id, &[input, body]).sample(ty)
            }
        }
    }

    /// Copies the members of the request into a response, if the service does that.
    fn echo(&self, operation: &Operation, ty: &Type, body: &Value, value: &mut Value) {
        let actions = &self.catalog.table.behavior.actions;
        if actions.get(&operation.id).is_some_and(|action| action.echo) {
            overlay(value, &project(self.catalog, ty, body, Keep::Known));
        }
    }

    pub(crate) fn sampler<'b>(&'b self, id: &'b str, hints: &'b [&'b Value]) -> Sampler<'b> {
        Sampler {
            catalog: self.catalog,
            now: self.now,
            version: self.version,
            id,
            hints,
        }
    }

    /// Replaces the keys of a resource by new ones.
    pub(crate) fn regenerate_keys(&mut self, owner: &str, renewal: &Renewal) {
        for ty in &renewal.shown_by {
            self.kept(owner, ty);
        }
        let Some(resource) = self.state.store.resources.get_mut(owner) else {
            return;
        };
        resource.generation += 1;
        let (id, generation) = (resource.id.clone(), resource.generation + 1);
        let sampler = Sampler {
            catalog: self.catalog,
            now: self.now,
            version: self.version,
            id: &id,
            hints: &[],
        };
        for ty in &renewal.shown_by {
            let kept = resource.kept.get_mut(&name_of(ty));
            let members = kept.and_then(Value::as_object_mut);
            for (name, value) in members.into_iter().flatten() {
                if name.to_lowercase().starts_with(&renewal.which) && value.is_string() {
                    let chosen = renewal.value.clone();
                    let key = chosen.unwrap_or_else(|| sampler.key(name, generation));
                    *value = Value::String(key);
                }
            }
        }
    }

    /// Returns the keys that are stored for a resource under a schema. They are created at the
    /// first call.
    fn kept(&mut self, owner: &str, ty: &Type) -> Value {
        let name = name_of(ty);
        let Some(resource) = self.state.store.resources.get(owner) else {
            return Value::Null;
        };
        if let Some(kept) = resource.kept.get(&name) {
            return kept.clone();
        }
        let mut value = self.sampler(&resource.id, &[&resource.body]).sample(ty);
        if let Some(own) = held(self.catalog, &resource.ty, &resource.body, &name) {
            let same_kind = kind(self.catalog, ty, own) == kind(self.catalog, ty, &value);
            if same_kind {
                merge(&mut value, own);
            } else {
                value = own.clone();
            }
        }
        if let Some(resource) = self.state.store.resources.get_mut(owner) {
            resource.kept.insert(name, value.clone());
        }
        value
    }
}

/// Merges a value into a sample: its members replace those of the sample, and each of its list
/// items is merged into the sample's first item.
fn overlay(sample: &mut Value, value: &Value) {
    match (sample, value) {
        (Value::Object(sample), Value::Object(value)) => {
            for (name, value) in value {
                overlay(sample.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Array(sample), Value::Array(items)) => {
            let first = sample.first().cloned().unwrap_or_default();
            let items = items.iter().map(|item| {
                let mut own = first.clone();
                overlay(&mut own, item);
                own
            });
            *sample = items.collect();
        }
        (sample, value) => *sample = value.clone(),
    }
}

fn name_of(ty: &Type) -> String {
    match ty {
        Type::Named(name) => name.clone(),
        other => format!("{other:?}"),
    }
}

fn kind<'a>(catalog: &'a Catalog, ty: &'a Type, value: &Value) -> Option<&'a str> {
    let (name, _) = catalog.kind_of(catalog.object(ty)?, value)?;
    Some(name)
}

/// Returns the part of a resource, as set by clients, that has this schema or one that derives from
/// it.
fn held<'v>(catalog: &Catalog, ty: &Type, value: &'v Value, schema: &str) -> Option<&'v Value> {
    let base = catalog.object(ty)?;
    let (name, object) = catalog.kind_of(base, value)?;
    if catalog.derives(name, schema) {
        return Some(value);
    }
    let members = value.as_object()?;
    members.iter().find_map(|(name, value)| {
        let member = object.members.get(name)?;
        held(catalog, &member.ty, value, schema)
    })
}

/// Returns which keys an action such as `regenerateKeys` replaces.
fn renewal(catalog: &Catalog, routed: &Routed<'_>, body: &Value) -> Option<Renewal> {
    let (action, _) = routed.parts.last()?;
    if !action.to_lowercase().starts_with("regenerate") {
        return None;
    }
    let (_, object) = catalog.object(&routed.operation.body.as_ref()?.ty)?;
    let members: &Map<String, Value> = body.as_object()?;
    let is_choice = |name: &str| {
        let member = object.members.get(name);
        member.is_some_and(|member| matches!(catalog.shape(&member.ty), Shape::Choice(_)))
    };
    let texts = members.iter();
    let texts = texts.filter_map(|(name, value)| Some((name, value.as_str()?)));
    let (choices, others): (Vec<_>, Vec<_>) = texts.partition(|(name, _)| is_choice(name));
    let (_, which) = choices.first()?;
    Some(Renewal {
        shown_by: shown_by(catalog, routed),
        which: which.to_lowercase(),
        value: others.first().map(|(_, value)| (*value).to_owned()),
    })
}

/// Returns the types of the sibling actions of an operation that show keys.
fn shown_by(catalog: &Catalog, routed: &Routed<'_>) -> Vec<Type> {
    let owner = shape_of_path(&routed.template(routed.parts.len().saturating_sub(1)));
    let is_beside = |one: &&Operation| {
        let path = shape_of_path(&one.path);
        let action = path.strip_prefix(&owner);
        one.kind == Kind::Action && action.is_some_and(|action| action.starts_with("/list"))
    };
    let beside = catalog.table.operations.iter().filter(is_beside);
    beside
        .filter_map(Operation::response_type)
        .cloned()
        .collect()
}
