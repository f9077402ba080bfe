//! The descriptions in an earlier document.

use crate::path_template::PathTemplate;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Descriptions of the operations and parameters of a document.
#[derive(Debug, Default)]
pub(super) struct KnownDescriptions<'a> {
    operations: HashMap<&'a str, &'a Value>,
    by_path: HashMap<(String, &'a str), &'a Value>,
    parameters: HashMap<(&'a str, &'a str), BTreeMap<&'a str, usize>>,
}

impl<'a> KnownDescriptions<'a> {
    /// Reads a document.
    pub(super) fn read(document: &'a Value) -> Self {
        let mut known = Self::default();
        let components = document
            .pointer("/components/parameters")
            .and_then(Value::as_object);
        components
            .into_iter()
            .flatten()
            .for_each(|(_, parameter)| known.parameter(parameter));
        let paths = document.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if let Some(id) = operation.get("operationId").and_then(Value::as_str) {
                    known.operations.insert(id, operation);
                }
                known
                    .by_path
                    .insert((PathTemplate::parse(path).shape(), method), operation);
                parameters_of(operation).for_each(|parameter| known.parameter(parameter));
            }
        }
        known
    }

    fn parameter(&mut self, parameter: &'a Value) {
        if let (Some(key), Some(text)) =
            (parameter_key(parameter), text_of(parameter, "description"))
        {
            *self
                .parameters
                .entry(key)
                .or_default()
                .entry(text)
                .or_default() += 1;
        }
    }

    /// Returns the most frequent description of parameters with this name.
    pub(super) fn usual(&self, parameter: &Value) -> Option<&'a str> {
        let texts = self.parameters.get(&parameter_key(parameter)?)?;
        texts
            .iter()
            .rev()
            .max_by_key(|(_, count)| **count)
            .map(|(text, _)| *text)
    }

    /// Returns the operation with this ID, or else with this path and method.
    pub(super) fn operation(
        &self,
        path: &str,
        method: &str,
        operation: &Value,
    ) -> Option<&'a Value> {
        let by_id = text_of(operation, "operationId").and_then(|id| self.operations.get(id));
        by_id
            .or_else(|| {
                self.by_path
                    .get(&(PathTemplate::parse(path).shape(), method))
            })
            .copied()
    }
}

/// Returns the parameters of an operation itself.
pub(super) fn parameters_of(operation: &Value) -> impl Iterator<Item = &Value> {
    operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// Returns the name and position of a parameter.
pub(super) fn parameter_key(parameter: &Value) -> Option<(&str, &str)> {
    Some((text_of(parameter, "name")?, text_of(parameter, "in")?))
}

/// Returns a text that is not blank.
pub(super) fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value
        .get(key)?
        .as_str()
        .filter(|text| !text.trim().is_empty())
}
