//! The members of a resource that Resource Manager reads itself.

use super::{
    changes::normal_location,
    check::Violation,
    context::{Engine, violations},
    exchange::{Refusal, refuse},
    state::Resource,
};
use crate::table::{Operation, Type};
use serde_json::Value;

/// The members that Resource Manager knows, whatever the description of the service says.
const KNOWN: [&str; 15] = [
    "etag",
    "extendedLocation",
    "id",
    "identity",
    "kind",
    "location",
    "managedBy",
    "name",
    "plan",
    "properties",
    "sku",
    "systemData",
    "tags",
    "type",
    "zones",
];

impl Engine<'_> {
    /// Checks that a tracked resource has no unknown members beside `properties`. Resource Manager
    /// rejects them before the service sees them; inside `properties` they are ignored.
    pub(crate) fn check_envelope(
        &self,
        operation: &Operation,
        body: &Value,
    ) -> Result<(), Refusal> {
        let declared = operation.body.as_ref().map(|body| &body.ty);
        let types = [operation.response_type(), declared];
        let types = types.into_iter().flatten();
        let Value::Object(members) = body else {
            return Ok(());
        };
        let is_open = |ty: &Type| match self.catalog.object(ty) {
            Some((_, object)) => object.additional.is_some(),
            None => true,
        };
        if !types.clone().any(|ty| self.is_tracked(ty)) || declared.is_some_and(is_open) {
            return Ok(());
        }
        let is_known = |name: &str| {
            let object = |ty| Some(self.catalog.object(ty)?.1);
            let mut described = types.clone().filter_map(object);
            described.any(|object| object.members.contains_key(name))
                || KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name))
        };
        let unknown = members.keys().filter(|name| !is_known(name));
        let found = unknown.map(|name| Violation {
            target: name.clone(),
            problem: "is not a member of a resource; those of the service belong in `properties`"
                .to_owned(),
        });
        violations("InvalidRequestContent", found.collect())
    }

    /// Checks that a tracked resource has a location, and that it does not change.
    pub(crate) fn check_location(
        &self,
        ty: &Type,
        old: Option<&Value>,
        new: &Value,
    ) -> Result<(), Refusal> {
        if !self.is_tracked(ty) {
            return Ok(());
        }
        let location = |value: &Value| {
            let text = value.get("location")?.as_str()?;
            Some(normal_location(text))
        };
        match (old.and_then(location), location(new)) {
            (None, None) => refuse(400, "LocationRequired", "the body must have a `location`"),
            (Some(old), Some(new)) if old != new => refuse(
                409,
                "InvalidResourceLocation",
                format!(
                    "{} exists in '{old}' and cannot be created in '{new}'; choose another name",
                    self.request.path()
                ),
            ),
            _ => Ok(()),
        }
    }

    /// Checks that a patch does not move a resource, also if the description of the patch has no
    /// location.
    pub(crate) fn check_patched_location(&self, old: &Resource) -> Result<(), Refusal> {
        match self.request.json() {
            Some(patch) if patch.get("location").is_some() => {
                self.check_location(&old.ty, Some(&old.body), &patch)
            }
            _ => Ok(()),
        }
    }

    /// Returns whether clients can set the location of resources of a type.
    fn is_tracked(&self, ty: &Type) -> bool {
        let object = self.catalog.object(ty);
        let member = object.and_then(|(_, object)| object.members.get("location"));
        member.is_some_and(|member| !member.read_only)
    }
}
