//! Everything that a fake server remembers.

use super::{
    clock::Watch, exchange::Recorded, fault::Faults, running::Running, server::Pace, table::Type,
};
use azure_core::time::{Duration, OffsetDateTime};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many requests are remembered.
const MOST_RECORDED: usize = 10_000;

#[derive(Debug)]
pub(super) struct State {
    /// Resources by the key of their ID; children follow their parents.
    pub(super) resources: BTreeMap<String, Resource>,
    /// The keys of the resource groups there are; any is there when `None`.
    pub(super) groups: Option<BTreeSet<String>>,
    pub(super) running: BTreeMap<String, Running>,
    pub(super) faults: Faults,
    pub(super) log: VecDeque<Recorded>,
    pub(super) watch: Watch,
    pub(super) pace: Pace,
    pub(super) page_size: usize,
    pub(super) latency: Duration,
    counter: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            resources: BTreeMap::new(),
            groups: None,
            running: BTreeMap::new(),
            faults: Faults::default(),
            log: VecDeque::new(),
            watch: Watch::default(),
            pace: Pace::default(),
            page_size: 100,
            latency: Duration::ZERO,
            counter: 0,
        }
    }
}

/// A resource with what only the service knows of it.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) resource_type: String,
    pub(super) ty: Type,
    /// What clients have set, secrets included.
    pub(super) body: Value,
    /// What the service has set, as a merge patch.
    pub(super) own: Value,
    pub(super) provisioning: &'static str,
    pub(super) created: OffsetDateTime,
    pub(super) changed: OffsetDateTime,
    pub(super) revision: u64,
    /// How often its keys were renewed.
    pub(super) generation: u64,
    /// Keys and the like by the schema that shows them.
    pub(super) kept: BTreeMap<String, Value>,
    /// The long-running operation that works on it.
    pub(super) running: Option<String>,
}

impl Resource {
    /// The tag of its present state.
    pub(super) fn etag(&self) -> String {
        format!("\"{:08x}\"", self.revision)
    }
}

impl State {
    /// A UUID that was not there before.
    pub(super) fn next_id(&mut self) -> String {
        self.counter += 1;
        format!("00000000-0000-4000-8000-{:012x}", self.counter)
    }

    pub(super) fn record(&mut self, request: Recorded) {
        if self.log.len() >= MOST_RECORDED {
            self.log.pop_front();
        }
        self.log.push_back(request);
    }

    /// Removes a resource, or a resource group, with everything in it.
    pub(super) fn remove(&mut self, key: &str) {
        let below = format!("{key}/");
        self.resources
            .retain(|one, _| one != key && !one.starts_with(&below));
    }
}

/// What identifiers are compared by.
pub(super) fn key(path: &str) -> String {
    path.trim_end_matches('/').to_lowercase()
}
