//! The state of a conversion.

use super::{
    components::{Components, request},
    draft::ComponentReference,
    hints::{component_name, name_of},
};
use crate::swagger::{
    read::{SourceLocation, Sources},
    text::pascal,
};
use serde_json::Value;

/// The files that are converted and the components found so far.
#[derive(Debug)]
pub(crate) struct Context {
    /// The files and the findings in them.
    pub(crate) sources: Sources,
    /// Schemas that become components.
    pub(crate) schemas: Components,
    /// Parameters that become components.
    pub(crate) parameters: Components,
}

impl Context {
    /// Creates a conversion that has found no components yet.
    pub(super) fn new(sources: Sources) -> Self {
        Self {
            sources,
            schemas: Components::new(),
            parameters: Components::new(),
        }
    }

    /// Makes the schema at a location a component.
    pub(super) fn request_schema(
        &mut self,
        at: &SourceLocation,
        name: &str,
        fallback: &str,
    ) -> ComponentReference {
        request(&mut self.schemas, at, name, fallback);
        ComponentReference::Schema(at.clone())
    }

    /// Makes the definition at a location, or a schema inside one, a component with the name that
    /// it has there.
    pub(super) fn request_definition(&mut self, at: &SourceLocation) -> ComponentReference {
        let hint = name_of(&at.pointer);
        if at.is_definition() {
            let fallback = format!("{}{}", pascal(&hint), self.sources.stem(at.file));
            return self.request_schema(at, &hint, &fallback);
        }
        let schema = self.sources.value(at);
        let schema = schema.as_ref().and_then(Value::as_object);
        let name = schema.and_then(|schema| component_name(schema, &hint));
        self.request_schema(at, name.as_ref().unwrap_or(&hint), &hint)
    }

    /// Makes the parameter at a location a component.
    pub(super) fn request_parameter(&mut self, at: &SourceLocation) -> ComponentReference {
        let name = name_of(&at.pointer);
        let fallback = format!("{}{}", pascal(&name), self.sources.stem(at.file));
        request(&mut self.parameters, at, &name, &fallback);
        ComponentReference::Parameter(at.clone())
    }
}
