//! The contents of a server as JSON.

use super::state::{Group, Resource, Store, Subscription, group_key};
use azure_core::time::OffsetDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};
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
    pub(crate) body: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    own: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provisioning: Option<String>,
    #[serde(default, with = "time", skip_serializing_if = "Option::is_none")]
    created: Option<OffsetDateTime>,
    #[serde(default, with = "time", skip_serializing_if = "Option::is_none")]
    changed: Option<OffsetDateTime>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    generation: Option<u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    secrets: BTreeMap<String, Value>,
}

impl Portable {
    /// Reads JSON. The error says where it is wrong, as a JSON pointer.
    pub(crate) fn read(json: &Value) -> Result<Self, String> {
        if !json.is_object() {
            return Err("at the root: expected an object".to_owned());
        }
        serde_path_to_error::deserialize(json).map_err(|error| {
            let pointer = pointer(error.path());
            format!("at {pointer}: {}", error.inner())
        })
    }

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
            body: resource.body.as_object().cloned().unwrap_or_default(),
            own: resource.own.as_object().cloned().unwrap_or_default(),
            provisioning: Some(resource.provisioning.clone()),
            created: Some(resource.created),
            changed: Some(resource.changed),
            revision: Some(resource.revision),
            generation: Some(resource.generation),
            secrets: resource.kept.clone(),
        }
    }

    /// Restores the values set by the service in a resource that was just created.
    pub(crate) fn complete(&self, resource: &mut Resource) {
        resource.own = Value::Object(self.own.clone());
        resource.created = self.created.unwrap_or(resource.created);
        resource.changed = self.changed.unwrap_or(resource.changed);
        resource.revision = self.revision.unwrap_or(resource.revision);
        resource.generation = self.generation.unwrap_or(resource.generation);
        resource.kept = self.secrets.clone();
        // The operation that would have changed it no longer exists.
        if let Some(state @ ("Failed" | "Canceled")) = self.provisioning.as_deref() {
            resource.provisioning = state.to_owned();
        }
    }
}

fn pointer(path: &Path) -> String {
    let steps = path.iter().map(|segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } | Segment::Enum { variant: key } => {
            format!("/{}", key.replace('~', "~0").replace('/', "~1"))
        }
        Segment::Unknown => String::new(),
    });
    let pointer: String = steps.collect();
    if pointer.is_empty() {
        "the root".to_owned()
    } else {
        pointer
    }
}

/// Reads and writes times as text in the form of RFC 3339.
mod time {
    use azure_core::time::{OffsetDateTime, parse_rfc3339, to_rfc3339};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<OffsetDateTime>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        let time = parse_rfc3339(&text);
        let message = || format!("expected a time such as 2025-01-31T12:00:00Z, found {text:?}");
        time.map(Some).map_err(|_| D::Error::custom(message()))
    }

    pub(super) fn serialize<S: Serializer>(
        time: &Option<OffsetDateTime>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        time.as_ref().map(to_rfc3339).serialize(to)
    }
}
