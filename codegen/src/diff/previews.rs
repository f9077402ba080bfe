//! Finds the changes of preview items.

use super::{
    change::{Action, Change, Subject},
    source::Side,
};
use crate::resolve::api::{Presence, Schema, Shape};

/// Marks the changes of items that exist only in preview versions, on the side that has them.
pub(super) fn mark(changes: &mut [Change], old: &Side, new: &Side) {
    for change in changes {
        let (side, other) = match change.action {
            Action::Removed => (old, new),
            _ => (new, old),
        };
        let is_alone = matches!(change.action, Action::Added | Action::Removed);
        let is_new_in_preview = is_alone && side.is_preview && !other.is_preview;
        change.preview = is_new_in_preview || side.has_in_preview(&change.subject);
    }
}

impl Side {
    /// Returns whether a subject exists only in preview versions.
    fn has_in_preview(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Version(name) => {
                let mut all = self.api.versions.iter();
                all.any(|own| own.preview && own.names.contains(name))
            }
            Subject::Scope(name) => {
                let mut all = self.service.scopes.iter();
                all.any(|own| own.type_name == *name && !own.features.is_empty())
            }
            Subject::Group(name) => {
                let mut groups = self.service.groups.iter();
                let group = groups.find(|own| own.type_name == *name);
                group.is_some_and(|own| own.methods.iter().all(|own| !own.previews.is_empty()))
            }
            Subject::Operation(id)
            | Subject::Body { operation: id }
            | Subject::Response { operation: id, .. } => self.is_operation_in_preview(id),
            Subject::Parameter { operation, name } => {
                self.is_operation_in_preview(operation)
                    || self.is_parameter_in_preview(operation, name)
            }
            Subject::Header(_) => false,
            Subject::Model(name) | Subject::Enum(name) => {
                let schema = self.schema(name);
                schema.is_some_and(|own| self.api.is_preview(&own.presence))
            }
            Subject::Property { model, name } => self.part(model, |schema| match &schema.shape {
                Shape::Object(own) => own.properties.get(name).map(|own| &own.presence),
                _ => None,
            }),
            Subject::Kind { base, value } => self.part(base, |schema| match &schema.shape {
                Shape::Object(own) => {
                    let kind = own.discriminator.as_ref()?.mapping.get(value)?;
                    self.api.schemas.get(kind).map(|own| &own.presence)
                }
                _ => None,
            }),
            Subject::Value { of, value } => self.part(of, |schema| match &schema.shape {
                Shape::Enumeration(own) => {
                    let mut values = own.values.iter();
                    let found = values.find(|own| own.value.as_str() == Some(value));
                    found.map(|own| &own.presence)
                }
                _ => None,
            }),
        }
    }

    fn is_operation_in_preview(&self, id: &str) -> bool {
        let mut all = self.api.operations.iter();
        all.any(|own| own.id == id && self.api.is_preview(&own.presence))
    }

    fn is_parameter_in_preview(&self, operation: &str, name: &str) -> bool {
        let operations = self.api.operations.iter().filter(|own| own.id == operation);
        let mut all = operations.flat_map(|own| &own.parameters);
        all.any(|own| own.name == name && self.api.is_preview(&own.presence))
    }

    /// Returns whether a part of a type is in preview; `find` returns the part of the type's schema.
    fn part<'a>(&'a self, ty: &str, find: impl FnOnce(&'a Schema) -> Option<&'a Presence>) -> bool {
        let presence = self.schema(ty).and_then(find);
        presence.is_some_and(|presence| self.api.is_preview(presence))
    }

    /// Returns the schema of a type.
    fn schema(&self, type_name: &str) -> Option<&Schema> {
        let mut all = self.service.schemas.iter();
        let own = all.find(|own| own.type_name == type_name)?;
        self.api.schemas.get(&own.schema)
    }
}
