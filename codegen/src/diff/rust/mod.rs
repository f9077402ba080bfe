//! Compares Rust APIs: code written against the crate of the old description is compiled against
//! that of the new one.
//!
//! The code follows the contract on the crate's front page: struct literals and patterns end with
//! `..`, matches have a wildcard arm, options are named by the type of their method. So additions
//! never break, except arguments that must be passed; removals, and changes of types or names,
//! always break.

mod headers;
mod models;
mod operations;
mod scopes;
mod types;
mod versions;

use super::{finding::Finding, pairs::Pairs};
use crate::model::service::Service;
use types::Types;

/// Returns the differences for Rust code.
pub(super) fn compare(old: &Service, new: &Service, pairs: &Pairs<'_>) -> Vec<Finding> {
    let types = Types::new(old, new, pairs);
    let mut found = versions::compare(&old.api_versions, &new.api_versions);
    found.extend(scopes::compare(old, new));
    found.extend(operations::compare(&types, pairs));
    found.extend(headers::compare(&types));
    found.extend(models::compare(&types));
    found
}
