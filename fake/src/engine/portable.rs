//! The contents of a server as JSON.

use super::state::{Group, Resource, Store, Subscription, group_key};
use azure_core::time::{OffsetDateTime, parse_rfc3339, to_rfc3339};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Subscriptions, groups and resources.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Portable {
    subscriptions: Vec<PortableSubscription>,
    groups: Vec<PortableGroup>,
    pub(crate) resources: Vec<PortableResource>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PortableSubscription {
    id: String,
    name: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PortableGroup {
    subscription: String,
    name: String,
    location: String,
    #[serde(default)]
    tags: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    managed_by: Option<String>,
}

/// A resource: the values set by clients, and those set by the service.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PortableResource {
    pub(crate) id: String,
    pub(crate) body: Value,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    own: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provisioning: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    generation: Option<u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    secrets: BTreeMap<String, Value>,
}

impl Portable {
    pub(crate) fn of(store: &Store) -> Self {
        let subscriptions = store.subscriptions.values();
        let groups = store.groups.values();
        Self {
            subscriptions: subscriptions
                .map(|one| PortableSubscription {
                    id: one.id.clone(),
                    name: one.name.clone(),
                })
                .collect(),
            groups: groups.map(PortableGroup::of).collect(),
            resources: store.resources.values().map(PortableResource::of).collect(),
        }
    }

    /// Creates a store with everything except the resources.
    pub(crate) fn base(&self) -> Store {
        let mut store = Store::default();
        for one in &self.subscriptions {
            let subscription = Subscription {
                id: one.id.clone(),
                name: one.name.clone(),
            };
            store
                .subscriptions
                .insert(one.id.to_lowercase(), subscription);
        }
        for one in &self.groups {
            let group = Group {
                subscription: one.subscription.clone(),
                name: one.name.clone(),
                location: one.location.clone(),
                tags: Value::Object(one.tags.clone()),
                managed_by: one.managed_by.clone(),
                deleting: None,
            };
            store
                .groups
                .insert(group_key(&one.subscription, &one.name), group);
        }
        store
    }
}

impl PortableGroup {
    fn of(group: &Group) -> Self {
        Self {
            subscription: group.subscription.clone(),
            name: group.name.clone(),
            location: group.location.clone(),
            tags: group.tags.as_object().cloned().unwrap_or_default(),
            managed_by: group.managed_by.clone(),
        }
    }
}

impl PortableResource {
    fn of(resource: &Resource) -> Self {
        Self {
            id: resource.id.clone(),
            body: resource.body.clone(),
            own: resource.own.as_object().cloned().unwrap_or_default(),
            provisioning: Some(resource.provisioning.clone()),
            created: Some(to_rfc3339(&resource.created)),
            changed: Some(to_rfc3339(&resource.changed)),
            revision: Some(resource.revision),
            generation: Some(resource.generation),
            secrets: resource.kept.clone(),
        }
    }

    /// Restores the values set by the service in a resource that was just created.
    pub(crate) fn complete(&self, resource: &mut Resource) {
        let time = |text: &Option<String>, usual: OffsetDateTime| {
            let time = text.as_deref().and_then(|text| parse_rfc3339(text).ok());
            time.unwrap_or(usual)
        };
        resource.own = Value::Object(self.own.clone());
        resource.created = time(&self.created, resource.created);
        resource.changed = time(&self.changed, resource.changed);
        resource.revision = self.revision.unwrap_or(resource.revision);
        resource.generation = self.generation.unwrap_or(resource.generation);
        resource.kept = self.secrets.clone();
        // The operation that would have changed it no longer exists.
        if let Some(state @ ("Failed" | "Canceled")) = self.provisioning.as_deref() {
            resource.provisioning = state.to_owned();
        }
    }
}
