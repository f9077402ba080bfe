//! The description of a service that a generated crate contains.

use super::{catalog::Catalog, check};
use crate::table::{Table, Type};
use azure_core::Result;
use serde_json::Value;
use std::{fmt, sync::Arc};

/// The description of a service that a fake server implements.
#[derive(Clone)]
pub struct Description(pub(crate) Arc<Catalog>);

impl Description {
    /// Creates a description from its table.
    pub fn new(table: Table) -> Self {
        Self(Arc::new(Catalog::new(table)))
    }

    /// Reads the text that the generator wrote.
    ///
    /// # Errors
    ///
    /// If the text is not a table.
    pub fn parse(text: &str) -> Result<Self> {
        Ok(Self::new(serde_json::from_str(text)?))
    }

    /// Reads the text of a generated crate. If it cannot be read, logs an error and returns a
    /// service without operations.
    pub fn embedded(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|error| {
            tracing::error!("the fake's description cannot be read: {error}");
            Self::new(Table::default())
        })
    }

    /// Returns the table behind it.
    pub fn table(&self) -> &Table {
        &self.0.table
    }

    /// Returns the violations of a schema by a value, one for each member; for tests.
    ///
    /// Members that only the service sets are checked too.
    pub fn problems(&self, schema: &str, value: &Value) -> Vec<String> {
        let ty = Type::Named(schema.to_owned());
        let found = check::response(&self.0, &ty, value);
        found.iter().map(ToString::to_string).collect()
    }

    /// Returns the IDs of all operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.0.table.operations.iter().map(|one| one.id.as_str())
    }

    /// Returns the schema of an operation's first response that has a body.
    pub fn response_schema(&self, operation: &str) -> Option<&str> {
        let mut operations = self.0.table.operations.iter();
        let operation = operations.find(|one| one.id == operation)?;
        match operation.response_type()? {
            Type::Named(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Debug for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Description").field(&self.0).finish()
    }
}
