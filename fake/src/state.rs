//! Everything that a fake server remembers.

use crate::{
    clock::{Pace, Watch},
    exchange::Recorded,
    fault::Faults,
    operation::Running,
    table::Type,
};
use azure_core::time::{Duration, OffsetDateTime};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many requests are remembered.
const MOST_RECORDED: usize = 10_000;

#[derive(Debug)]
pub(crate) struct State {
    /// Resources by the key of their ID; children follow their parents.
    pub(crate) resources: BTreeMap<String, Resource>,
    /// The keys of the resource groups there are; any is there when `None`.
    pub(crate) groups: Option<BTreeSet<String>>,
    pub(crate) running: BTreeMap<String, Running>,
    pub(crate) faults: Faults,
    pub(crate) log: VecDeque<Recorded>,
    pub(crate) watch: Watch,
    pub(crate) pace: Pace,
    pub(crate) page_size: usize,
    pub(crate) latency: Duration,
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
pub(crate) struct Resource {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) resource_type: String,
    pub(crate) ty: Type,
    /// What clients have set, secrets included.
    pub(crate) body: Value,
    /// What the service has set, as a merge patch.
    pub(crate) own: Value,
    pub(crate) provisioning: &'static str,
    pub(crate) created: OffsetDateTime,
    pub(crate) changed: OffsetDateTime,
    pub(crate) revision: u64,
    /// How often its keys were renewed.
    pub(crate) generation: u64,
    /// Keys and the like by the schema that shows them.
    pub(crate) kept: BTreeMap<String, Value>,
    /// The long-running operation that works on it.
    pub(crate) running: Option<String>,
}

impl Resource {
    /// The tag of its present state.
    pub(crate) fn etag(&self) -> String {
        format!("\"{:08x}\"", self.revision)
    }
}

impl State {
    /// A UUID that was not there before.
    pub(crate) fn next_id(&mut self) -> String {
        self.counter += 1;
        format!("00000000-0000-4000-8000-{:012x}", self.counter)
    }

    pub(crate) fn record(&mut self, request: Recorded) {
        if self.log.len() >= MOST_RECORDED {
            self.log.pop_front();
        }
        self.log.push_back(request);
    }

    /// Removes a resource, or a resource group, with everything in it.
    pub(crate) fn remove(&mut self, key: &str) {
        let below = format!("{key}/");
        self.resources
            .retain(|one, _| one != key && !one.starts_with(&below));
    }
}

/// What identifiers are compared by.
pub(crate) fn key(path: &str) -> String {
    path.trim_end_matches('/').to_lowercase()
}

/// The key of a resource group.
pub(crate) fn group_key(subscription: &str, group: &str) -> String {
    key(&format!("/{subscription}/{group}"))
}
