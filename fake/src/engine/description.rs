//! The description of a service, as a generated crate carries it.

use super::{catalog::Catalog, check};
use crate::table::{Table, Type};
use azure_core::Result;
use serde_json::Value;
use std::{fmt, sync::Arc};

/// What a fake server knows about its service.
#[derive(Clone)]
pub struct Description(pub(crate) Arc<Catalog>);

impl Description {
    /// A description from its table.
    pub fn new(table: Table) -> Self {
        Self(Arc::new(Catalog::new(table)))
    }

    /// Reads the text that the generator wrote.
    ///
    /// # Errors
    ///
    /// A text that is not a table.
    pub fn parse(text: &str) -> Result<Self> {
        Ok(Self::new(serde_json::from_str(text)?))
    }

    /// The text of a generated crate. One that cannot be read is a service without operations.
    pub fn embedded(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|error| {
            tracing::error!("the fake's description cannot be read: {error}");
            Self::new(Table::default())
        })
    }

    /// The table behind it.
    pub fn table(&self) -> &Table {
        &self.0.table
    }

    /// What is wrong with a value that should be of a schema, member by member; for tests.
    ///
    /// Members that only the service sets are checked too.
    pub fn problems(&self, schema: &str, value: &Value) -> Vec<String> {
        let ty = Type::Named(schema.to_owned());
        let found = check::answer(&self.0, &ty, value);
        found.iter().map(ToString::to_string).collect()
    }

    /// The IDs of all operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.0.table.operations.iter().map(|one| one.id.as_str())
    }

    /// The schema of an operation's first answer that has a body.
    pub fn answer_schema(&self, operation: &str) -> Option<&str> {
        let mut operations = self.0.table.operations.iter();
        let operation = operations.find(|one| one.id == operation)?;
        match operation.answer_type()? {
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
