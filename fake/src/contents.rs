//! The contents of a server: subscriptions, groups and resources, and snapshots of all of them.

use crate::{
    Server,
    engine::{
        context::Engine,
        exchange::Recorded,
        fault::ActiveFaults,
        portable::Portable,
        project::{Keep, merge},
        route::{self, Found, Routed},
        state::{State, Store, Subscription, group_key, key},
        uri,
    },
    table::HttpMethod,
};
use azure_core::{Error, Result, error::ErrorKind};
use serde_json::Value;

/// The contents of a server at a point in time; see [`Server::snapshot`].
#[derive(Clone, Debug)]
pub struct Snapshot(Store);

impl Server {
    /// Requires subscriptions to be created. By default every subscription exists.
    pub fn require_subscriptions(&self) {
        self.state().requires_subscriptions = true;
    }

    /// Creates a subscription, and requires all others to be created too.
    pub fn create_subscription(&self, id: &str, name: &str) {
        self.add_subscription(id, name);
        self.require_subscriptions();
    }

    /// Creates a subscription, which appears in the list of subscriptions. Others exist as before.
    pub fn add_subscription(&self, id: &str, name: &str) {
        let mut state = self.state();
        let subscription = Subscription {
            id: id.to_owned(),
            name: name.to_owned(),
        };
        state
            .store
            .subscriptions
            .insert(id.to_lowercase(), subscription);
    }

    /// Removes the registration of a subscription for the provider. By default every subscription
    /// is registered.
    pub fn unregister_provider(&self, subscription_id: &str) {
        let key = subscription_id.to_lowercase();
        self.state().store.unregistered.insert(key, None);
    }

    /// Requires resource groups to be created. By default a group is created with the
    /// first resource in it.
    pub fn require_resource_groups(&self) {
        self.state().requires_groups = true;
    }

    /// Creates a resource group, and requires all others to be created too.
    pub fn create_resource_group(&self, subscription_id: &str, name: &str) {
        self.require_resource_groups();
        self.with_engine(|engine| engine.ensure_group(subscription_id, name, None));
    }

    /// Removes a resource group with everything in it.
    pub fn delete_resource_group(&self, subscription_id: &str, name: &str) {
        let key = group_key(subscription_id, name);
        self.state().store.remove(&key);
    }

    /// Stores a resource without any checks, as if the service had created it.
    ///
    /// # Errors
    ///
    /// If no operation of the description is for resources with such an ID.
    pub fn seed(&self, id: &str, body: Value) -> Result<()> {
        let description = self.description();
        let Some(routed) = resource_route(description.0.as_ref(), id) else {
            return Err(invalid(format!(
                "the description has no operation for resources such as {id}"
            )));
        };
        self.with_engine(|engine| {
            engine.ensure_group_of(&routed, &body);
            let resource = engine.created(&routed, body);
            engine.state.store.resources.insert(key(id), resource);
        });
        Ok(())
    }

    /// Sets members of a resource that only the service can set, by a merge patch.
    ///
    /// # Errors
    ///
    /// If the resource does not exist.
    pub fn set(&self, id: &str, patch: &Value) -> Result<()> {
        let mut state = self.state();
        match state.store.resources.get_mut(&key(id)) {
            Some(resource) => {
                merge(&mut resource.own, patch);
                resource.revision += 1;
                Ok(())
            }
            None => Err(invalid(format!("there is no resource {id}"))),
        }
    }

    /// Returns a resource as clients see it.
    pub fn get(&self, id: &str) -> Option<Value> {
        self.with_engine(|engine| {
            let resource = engine.state.store.resources.get(&key(id))?;
            Some(engine.render(resource, Keep::Visible(None)))
        })
    }

    /// Removes a resource with everything in it. Returns whether it existed.
    pub fn remove(&self, id: &str) -> bool {
        let mut state = self.state();
        let key = key(id);
        let was_there = state.store.resources.contains_key(&key);
        state.store.remove(&key);
        was_there
    }

    /// Returns the IDs of all resources, sorted.
    pub fn resource_ids(&self) -> Vec<String> {
        let state = self.state();
        let resources = state.store.resources.values();
        resources.map(|resource| resource.id.clone()).collect()
    }

    /// Returns the current contents: subscriptions, groups, resources and long-running operations.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.state().store.clone())
    }

    /// Restores the contents to what they were when the snapshot was taken.
    pub fn restore(&self, snapshot: &Snapshot) {
        self.state().store = snapshot.0.clone();
    }

    /// Returns subscriptions, groups and resources as JSON, including secrets. Operations that have
    /// not ended are left out.
    ///
    /// # Errors
    ///
    /// If the contents cannot be written as JSON; no such case is known.
    pub fn export(&self) -> Result<Value> {
        Ok(serde_json::to_value(Portable::of(&self.state().store))?)
    }

    /// Replaces all contents by what [`export`](Self::export) has written, or by JSON that you
    /// write, in which a resource needs only `id` and `body`.
    ///
    /// # Errors
    ///
    /// If the JSON has another form, or an ID is not that of any resource type of the description.
    /// Then nothing is changed.
    pub fn import(&self, json: &Value) -> Result<()> {
        let portable = Portable::read(json).map_err(invalid)?;
        let catalog = self.description().0.as_ref();
        let routes = portable.resources.iter().enumerate();
        let routes = routes.map(|(index, one)| {
            let routed = resource_route(catalog, &one.id);
            let what = "expected the ID of a resource of the description, such as";
            let example = format!("/subscriptions/…/providers/{}/…", catalog.table.provider);
            let problem = || {
                format!(
                    "at /resources/{index}/id: {what} {example}, found {:?}",
                    one.id
                )
            };
            routed.ok_or_else(|| invalid(problem()))
        });
        let routes: Vec<Routed<'_>> = routes.collect::<Result<_>>()?;
        let mut state = self.state();
        state.store = portable.base();
        drop(state);
        for (routed, one) in routes.iter().zip(&portable.resources) {
            self.with_engine(|engine| {
                let body = Value::Object(one.body.clone());
                engine.ensure_group_of(routed, &body);
                let mut resource = engine.created(routed, body);
                one.complete(&mut resource);
                engine.state.store.resources.insert(key(&one.id), resource);
            });
        }
        Ok(())
    }

    /// Runs a function that needs the engine but no request.
    fn with_engine<T>(&self, run: impl FnOnce(&mut Engine<'_>) -> T) -> T {
        let request = Recorded::new("GET", "/", std::iter::empty(), Default::default());
        let faults = ActiveFaults::default();
        let mut state = self.state();
        let state: &mut State = &mut state;
        let catalog = self.description().0.as_ref();
        run(&mut Engine::new(catalog, state, &request, "", &faults))
    }
}

/// Returns the operation that puts a resource, or else the one that reads it, in the newest version
/// that has it.
fn resource_route<'a>(
    catalog: &'a crate::engine::catalog::Catalog,
    id: &str,
) -> Option<Routed<'a>> {
    let segments = uri::segments(id)?;
    let versions = catalog.table.versions.iter().rev();
    let mut tries = versions.flat_map(|version| {
        let shape = version.shape;
        [(HttpMethod::Put, shape), (HttpMethod::Get, shape)]
    });
    tries.find_map(
        |(method, shape)| match route::find(catalog, Some(method), &segments, shape) {
            Found::Operation(routed) => Some(routed),
            _ => None,
        },
    )
}

fn invalid(message: String) -> Error {
    Error::with_message(ErrorKind::Other, message)
}
