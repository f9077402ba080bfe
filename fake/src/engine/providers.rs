//! Resource providers and their registration.

use super::{
    context::Engine,
    exchange::{Refusal, Response, refuse},
    operation::{Effect, Outcome},
    subscriptions::LOCATIONS,
};
use crate::table::HttpMethod;
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl Engine<'_> {
    /// Checks that a path that is not in the description names its provider.
    pub(crate) fn check_namespace(&self, segments: &[String]) -> Result<(), Refusal> {
        let position = segments
            .iter()
            .rposition(|segment| segment.eq_ignore_ascii_case("providers"));
        let namespace = position.and_then(|position| segments.get(position + 1));
        match namespace {
            Some(namespace) if self.catalog.has_namespace(namespace) => Ok(()),
            Some(namespace) => no_namespace(namespace),
            None => refuse(
                404,
                "InvalidResourceType",
                format!(
                    "{}: there is no such path; expected one with the provider of a resource,                      such as /subscriptions/…/resourceGroups/…/providers/{}/…",
                    self.request.line(),
                    self.catalog.table.provider
                ),
            ),
        }
    }

    pub(crate) fn list_providers(&mut self, subscription: Option<&str>) -> Response {
        Response::json(200, json!({"value": [self.provider_json(subscription)]}))
    }

    pub(crate) fn get_provider(
        &mut self,
        subscription: Option<&str>,
        namespace: &str,
    ) -> Result<Response, Refusal> {
        if !self.is_own(namespace) {
            return no_namespace(namespace);
        }
        if let Some(subscription) = subscription {
            self.poll_registration(subscription);
        }
        Ok(Response::json(200, self.provider_json(subscription)))
    }

    /// Handles `register` and `unregister`.
    pub(crate) fn change_registration(
        &mut self,
        subscription: &str,
        namespace: &str,
        action: &str,
    ) -> Result<Response, Refusal> {
        if !self.is_own(namespace) {
            return no_namespace(namespace);
        }
        let key = subscription.to_lowercase();
        let is_unregistered = self.state.store.unregistered.contains_key(&key);
        if action.eq_ignore_ascii_case("unregister") {
            self.state.store.unregistered.insert(key, None);
        } else if is_unregistered {
            let effect = Effect::Register(key.clone());
            let id = self.start(None, effect, Outcome::Nothing(200));
            if let Some(registration) = self.state.store.unregistered.get_mut(&key) {
                *registration = Some(id.clone());
            }
            self.finish_instant(&id);
        }
        Ok(Response::json(200, self.provider_json(Some(subscription))))
    }

    /// Checks that the subscription is registered, which creating and changing resources needs.
    pub(crate) fn check_registered(
        &self,
        method: HttpMethod,
        subscription: &str,
    ) -> Result<(), Refusal> {
        let key = subscription.to_lowercase();
        let reads = matches!(
            method,
            HttpMethod::Get | HttpMethod::Head | HttpMethod::Delete
        );
        if reads || !self.state.store.unregistered.contains_key(&key) {
            return Ok(());
        }
        refuse(
            409,
            "MissingSubscriptionRegistration",
            format!(
                "the subscription is not registered to use the namespace '{}'",
                self.catalog.table.provider
            ),
        )
    }

    fn poll_registration(&mut self, subscription: &str) {
        let registration = self
            .state
            .store
            .unregistered
            .get(&subscription.to_lowercase());
        if let Some(id) = registration.cloned().flatten() {
            self.poll(&id);
        }
    }

    fn is_own(&self, namespace: &str) -> bool {
        namespace.eq_ignore_ascii_case(&self.catalog.table.provider)
    }

    fn provider_json(&self, subscription: Option<&str>) -> Value {
        let provider = &self.catalog.table.provider;
        let versions = self.catalog.table.versions.iter().rev();
        let versions: Vec<&str> = versions.map(|version| version.name.as_str()).collect();
        let locations: Vec<&str> = LOCATIONS.iter().map(|(_, display)| *display).collect();
        let types = self.own_types().into_iter().map(|resource_type| {
            json!({
                "resourceType": resource_type,
                "locations": locations,
                "apiVersions": versions,
                "capabilities": "None",
            })
        });
        let mut value = json!({
            "namespace": provider,
            "resourceTypes": types.collect::<Vec<Value>>(),
        });
        if let (Value::Object(members), Some(subscription)) = (&mut value, subscription) {
            let id = format!("/subscriptions/{subscription}/providers/{provider}");
            members.insert("id".to_owned(), json!(id));
            let state = json!(self.registration_state(subscription));
            members.insert("registrationState".to_owned(), state);
            let policy = json!("RegistrationRequired");
            members.insert("registrationPolicy".to_owned(), policy);
        }
        value
    }

    fn registration_state(&self, subscription: &str) -> &'static str {
        match self
            .state
            .store
            .unregistered
            .get(&subscription.to_lowercase())
        {
            None => "Registered",
            Some(None) => "NotRegistered",
            Some(Some(_)) => "Registering",
        }
    }

    /// Returns the types of the provider without its name.
    fn own_types(&self) -> BTreeSet<&str> {
        let prefix = format!("{}/", self.catalog.table.provider);
        let operations = self.catalog.table.operations.iter();
        let types = operations.filter_map(|one| one.resource_type.strip_prefix(&prefix));
        types.collect()
    }
}

fn no_namespace<T>(namespace: &str) -> Result<T, Refusal> {
    refuse(
        404,
        "InvalidResourceNamespace",
        format!("the resource namespace '{namespace}' is invalid: this fake does not have it"),
    )
}
