//! The state of a fake server.

use super::{
    clock::{Pace, Watch},
    exchange::Recorded,
    operation::{Running, StateProgress},
};
use crate::table::Type;
use azure_core::time::{Duration, OffsetDateTime};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// Maximum number of recorded requests.
const MAX_RECORDED: usize = 10_000;

/// The tenant of all subscriptions.
pub(crate) const TENANT: &str = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) log: VecDeque<Recorded>,
    pub(crate) watch: Watch,
    pub(crate) pace: Pace,
    pub(crate) page_size: usize,
    pub(crate) latency: Duration,
    /// Whether subscriptions have to be created; otherwise every subscription exists.
    pub(crate) requires_subscriptions: bool,
    /// Whether resource groups have to be created before their resources.
    pub(crate) requires_groups: bool,
    /// Whether an unknown API version is served as the nearest known one.
    pub(crate) accepts_any_version: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            store: Store::default(),
            log: VecDeque::new(),
            watch: Watch::default(),
            pace: Pace::default(),
            page_size: 100,
            latency: Duration::ZERO,
            requires_subscriptions: false,
            requires_groups: false,
            accepts_any_version: false,
        }
    }
}

/// The part of the state that snapshots keep.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    /// Resources by the key of their ID; children follow their parents.
    pub(crate) resources: BTreeMap<String, Resource>,
    /// Resource groups by the key of their ID.
    pub(crate) groups: BTreeMap<String, Group>,
    /// Subscriptions by their ID.
    pub(crate) subscriptions: BTreeMap<String, Subscription>,
    /// The subscriptions that are not registered for the provider, each with the operation that is
    /// registering it.
    pub(crate) unregistered: BTreeMap<String, Option<String>>,
    pub(crate) running: BTreeMap<String, Running>,
    counter: u64,
    created: u64,
}

/// A subscription.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Default for Subscription {
    fn default() -> Self {
        Self {
            id: "00000000-0000-0000-0000-000000000000".to_owned(),
            name: "Fake subscription".to_owned(),
        }
    }
}

/// A resource group.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) subscription: String,
    pub(crate) name: String,
    pub(crate) location: String,
    pub(crate) tags: Value,
    pub(crate) managed_by: Option<String>,
    /// The operation that deletes it.
    pub(crate) deleting: Option<String>,
}

/// A resource with what only the service knows about it.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) resource_type: String,
    pub(crate) ty: Type,
    /// The values set by clients, including secrets.
    pub(crate) body: Value,
    /// The values set by the service, as a merge patch.
    pub(crate) own: Value,
    pub(crate) provisioning: String,
    pub(crate) created: OffsetDateTime,
    pub(crate) changed: OffsetDateTime,
    /// Number of resources that were created before it.
    pub(crate) number: u64,
    pub(crate) revision: u64,
    /// How often its keys were regenerated.
    pub(crate) generation: u64,
    /// Keys and similar values by the schema that shows them.
    pub(crate) kept: BTreeMap<String, Value>,
    /// The long-running operation that is changing it.
    pub(crate) running: Option<String>,
    /// The states that it passes through, if its type has states.
    pub(crate) movement: Option<StateProgress>,
}

impl Resource {
    /// Returns the ETag of its present state.
    pub(crate) fn etag(&self) -> String {
        format!("\"{:08x}\"", self.revision)
    }
}

impl Store {
    /// Returns a new UUID.
    pub(crate) fn next_id(&mut self) -> String {
        self.counter += 1;
        format!("00000000-0000-4000-8000-{:012x}", self.counter)
    }

    /// Returns the number of a new resource.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.created += 1;
        self.created
    }

    /// Removes a resource, or a resource group, with everything in it.
    pub(crate) fn remove(&mut self, key: &str) {
        let below = format!("{key}/");
        self.groups.remove(key);
        self.resources
            .retain(|one, _| one != key && !one.starts_with(&below));
    }
}

impl State {
    pub(crate) fn record(&mut self, request: Recorded) {
        if self.log.len() >= MAX_RECORDED {
            self.log.pop_front();
        }
        self.log.push_back(request);
    }
}

/// Returns the form of an identifier that is used for comparison.
pub(crate) fn key(path: &str) -> String {
    path.trim_end_matches('/').to_lowercase()
}

/// Returns the key of a resource group.
pub(crate) fn group_key(subscription: &str, group: &str) -> String {
    key(&format!(
        "/subscriptions/{subscription}/resourceGroups/{group}"
    ))
}
