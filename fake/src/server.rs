//! The fake server and what tests can tell it.

use crate::{
    clock::{Clock, Pace},
    description::Description,
    dispatch,
    engine::Engine,
    exchange::{Recorded, Reply},
    fault::Fault,
    project::merge,
    route::{self, Found},
    state::{State, group_key, key},
    table::Method,
    uri,
};
use azure_core::{Error, Result, error::ErrorKind, sleep, time::Duration};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A Resource Manager in memory that behaves as a description says.
///
/// Resources that are put can be read, listed, changed and removed; requests are checked; keys
/// are made up and kept; long-running operations take as long as they are told. Everything that
/// has no state, such as an action, answers with a sample that the description allows. Nothing is
/// random.
///
/// Clones are the same server.
#[derive(Clone)]
pub struct Server(Arc<Inner>);

struct Inner {
    description: Description,
    state: Mutex<State>,
}

impl Server {
    /// A server without resources.
    pub fn new(description: &Description) -> Self {
        Self(Arc::new(Inner {
            description: description.clone(),
            state: Mutex::default(),
        }))
    }

    /// What the server knows about its service.
    pub fn description(&self) -> &Description {
        &self.0.description
    }

    /// Sets how long operations take that begin from now on.
    pub fn set_pace(&self, pace: Pace) {
        self.state().pace = pace;
    }

    /// Sets where the time comes from.
    pub fn set_clock(&self, clock: Clock) {
        self.state().watch.clock = clock;
    }

    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        self.state().watch.advance(by);
    }

    /// Sets how many items a page has at most (100 by default).
    pub fn set_page_size(&self, items: usize) {
        self.state().page_size = items.max(1);
    }

    /// Sets how long every answer takes.
    pub fn set_latency(&self, latency: Duration) {
        self.state().latency = latency;
    }

    /// From now on resource groups have to be created; before, every group is there.
    pub fn require_resource_groups(&self) {
        self.state().groups.get_or_insert_default();
    }

    /// Creates a resource group, and requires all others to be created too.
    pub fn create_resource_group(&self, subscription_id: &str, name: &str) {
        let mut state = self.state();
        let groups = state.groups.get_or_insert_with(BTreeSet::new);
        groups.insert(group_key(subscription_id, name));
    }

    /// Removes a resource group with everything in it.
    pub fn delete_resource_group(&self, subscription_id: &str, name: &str) {
        let mut state = self.state();
        if let Some(groups) = &mut state.groups {
            groups.remove(&group_key(subscription_id, name));
        }
        state.remove(&key(&format!(
            "/subscriptions/{subscription_id}/resourceGroups/{name}"
        )));
    }

    /// Puts a resource there without any checks, as if the service had made it.
    ///
    /// # Errors
    ///
    /// An ID that no operation of the description is for.
    pub fn seed(&self, id: &str, body: Value) -> Result<()> {
        let segments = id.trim_matches('/').split('/').map(uri::decode);
        let segments: Option<Vec<String>> = segments.collect();
        let catalog = &self.0.description.0;
        let found = segments.into_iter().find_map(|segments| {
            let versions = catalog
                .table
                .versions
                .iter()
                .rev()
                .map(|version| version.shape);
            let mut tries =
                versions.flat_map(|version| [(Method::Put, version), (Method::Get, version)]);
            tries.find_map(|(method, version)| {
                match route::find(catalog, Some(method), &segments, version) {
                    Found::Operation(routed) => Some(routed),
                    _ => None,
                }
            })
        });
        let Some(routed) = found else {
            return Err(invalid(format!("the service has no resources like {id}")));
        };
        let mut state = self.state();
        let request = Recorded::new("PUT", id, std::iter::empty(), Default::default());
        let mut engine = Engine::new(catalog, &mut state, &request, "");
        let resource = engine.created(&routed, body);
        state.resources.insert(key(id), resource);
        Ok(())
    }

    /// Sets members of a resource that only the service can set, by a merge patch.
    ///
    /// # Errors
    ///
    /// A resource that is not there.
    pub fn set(&self, id: &str, patch: &Value) -> Result<()> {
        let mut state = self.state();
        match state.resources.get_mut(&key(id)) {
            Some(resource) => {
                merge(&mut resource.own, patch);
                resource.revision += 1;
                Ok(())
            }
            None => Err(invalid(format!("there is no resource {id}"))),
        }
    }

    /// The IDs of all resources, sorted.
    pub fn resource_ids(&self) -> Vec<String> {
        let state = self.state();
        let resources = state.resources.values();
        resources.map(|resource| resource.id.clone()).collect()
    }

    /// Makes something go wrong. Conditions of faults must not use the server.
    pub fn inject(&self, fault: Fault) {
        self.state().faults.add(fault);
    }

    /// Forgets the faults that have not happened.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// The latest requests (10,000 at most), oldest first, without credentials.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().log.iter().cloned().collect()
    }

    /// Forgets the requests.
    pub fn clear_requests(&self) {
        self.state().log.clear();
    }

    /// Answers a request.
    pub(crate) async fn serve(&self, origin: &str, request: Recorded) -> Reply {
        let wait = {
            let mut state = self.state();
            let own = state.faults.delay(&request);
            state.latency + own
        };
        if wait > Duration::ZERO {
            sleep::sleep(wait).await;
        }
        let mut state = self.state();
        let fault = state.faults.reply(&request);
        let reply = fault.unwrap_or_else(|| {
            let catalog = &self.0.description.0;
            let engine = Engine::new(catalog, &mut state, &request, origin);
            Reply::Answer(dispatch::answer(engine))
        });
        let status = match &reply {
            Reply::Answer(answer) => Some(answer.status),
            Reply::Dropped | Reply::Refused => None,
        };
        state.record(request.answered(status));
        reply
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("description", &self.0.description)
            .finish_non_exhaustive()
    }
}

fn invalid(message: String) -> Error {
    Error::with_message(ErrorKind::Other, message)
}
