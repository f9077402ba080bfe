//! Resources as clients see them: with the members that the service sets, without secrets.

use super::{
    context::Engine,
    exchange::{Refusal, Response},
    project::{Keep, merge, project},
    route::Routed,
    state::Resource,
};
use crate::table::{Member, Type};
use azure_core::time::to_rfc3339;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

impl Engine<'_> {
    /// Returns a sample of a resource that clients can only read.
    pub(crate) fn sampled(&self, routed: &Routed<'_>) -> Response {
        let id = self.id_of(routed);
        let Some(ty) = routed.operation.response_type() else {
            return Response::empty(routed.operation.status(&[200]));
        };
        let name = routed.parts.last().map_or("", |(_, name)| name.as_str());
        let value = self.named_sample(ty, &id, name, &routed.operation.resource_type);
        Response::json(200, value)
    }

    /// Returns a sample with ID, name and type.
    pub(crate) fn named_sample(&self, ty: &Type, id: &str, name: &str, kind: &str) -> Value {
        let value = self.sampler(id, &[]).sample(ty);
        let mut value = project(self.catalog, ty, &value, self.visible());
        if let (Value::Object(members), Some((_, object))) = (&mut value, self.catalog.object(ty)) {
            for (member, text) in [("id", id), ("name", name), ("type", kind)] {
                let is_text = |member: &Member| matches!(member.ty, Type::Text(_));
                if object.members.get(member).is_some_and(is_text) {
                    members.insert(member.to_owned(), json!(text));
                }
            }
        }
        value
    }

    /// Returns a resource as clients see it.
    pub(crate) fn rendered(&self, key: &str) -> Result<Value, Refusal> {
        let resource = self.existing(key)?;
        Ok(self.render(resource, self.visible()))
    }

    /// What clients may see with the requested version.
    pub(crate) fn visible(&self) -> Keep {
        Keep::Visible(Some(self.version))
    }

    /// Returns a resource with the members that the service sets.
    pub(crate) fn render(&self, resource: &Resource, keep: Keep) -> Value {
        let mut value = resource.body.clone();
        if let Some((_, object)) = self.catalog.object(&resource.ty) {
            let own = self.filled_in(resource, &object.members);
            merge(&mut value, &own);
        }
        merge(&mut value, &self.service_members(resource));
        merge(&mut value, &resource.own);
        match keep {
            Keep::Visible(_) => project(self.catalog, &resource.ty, &value, keep),
            Keep::Settable | Keep::Patch | Keep::Known => value,
        }
    }

    fn filled_in(&self, resource: &Resource, members: &BTreeMap<String, Member>) -> Value {
        let mut own = Map::new();
        let mut fill = |name: &str, value: Value| {
            if members.contains_key(name) {
                own.insert(name.to_owned(), value);
            }
        };
        fill("id", json!(resource.id));
        fill("name", json!(resource.name));
        fill("type", json!(resource.resource_type));
        fill("etag", json!(resource.etag()));
        fill("eTag", json!(resource.etag()));
        fill("provisioningState", json!(resource.provisioning));
        let system = json!({
            "createdBy": "fake",
            "createdByType": "User",
            "createdAt": to_rfc3339(&resource.created),
            "lastModifiedBy": "fake",
            "lastModifiedByType": "User",
            "lastModifiedAt": to_rfc3339(&resource.changed),
        });
        fill("systemData", system);
        let inner = self.inner_members(resource);
        let mut properties = Map::new();
        for (name, value) in [
            ("provisioningState", resource.provisioning.clone()),
            ("etag", resource.etag()),
        ] {
            if inner.is_some_and(|inner| inner.contains_key(name)) {
                properties.insert(name.to_owned(), Value::String(value));
            }
        }
        if !properties.is_empty() {
            own.insert("properties".to_owned(), Value::Object(properties));
        }
        Value::Object(own)
    }

    /// Returns the members of `properties` for the kind of the resource; `None` without a kind.
    fn inner_members<'b>(&'b self, resource: &'b Resource) -> Option<&'b BTreeMap<String, Member>> {
        let (_, object) = self.catalog.object(&resource.ty)?;
        let base = self.catalog.object(&object.members.get("properties")?.ty)?;
        let value = resource.body.get("properties").unwrap_or(&Value::Null);
        if let Some(by) = &base.1.discriminator {
            value.get(&by.member)?;
        }
        let (_, object) = self.catalog.kind_of(base, value)?;
        Some(&object.members)
    }

    /// Returns whether a resource has a provisioning state.
    pub(crate) fn shows_provisioning(&self, resource: &Resource) -> bool {
        let inner = self.inner_members(resource);
        inner.is_some_and(|inner| inner.contains_key("provisioningState"))
    }
}
