//! Compares for Rust: code written against the crate of the old description is compiled against
//! that of the new one.
//!
//! The code keeps to the contract on the crate's front page: struct literals and patterns are open
//! ended, matches have a wildcard arm, options are named by the type of their method. So what is
//! new never breaks, except where it has to be passed; what is gone, or has another type or
//! another name, always does.

mod headers;
mod models;
mod operations;
mod scopes;
mod types;
mod versions;

use super::{finding::Finding, pairs::Pairs};
use crate::model::service::Service;
use types::Types;

/// The differences for Rust code.
pub(super) fn compare(old: &Service, new: &Service, pairs: &Pairs<'_>) -> Vec<Finding> {
    let types = Types::new(old, new, pairs);
    let mut found = versions::compare(&old.api_versions, &new.api_versions);
    found.extend(scopes::compare(old, new));
    found.extend(operations::compare(&types, pairs));
    found.extend(headers::compare(&types));
    found.extend(models::compare(&types));
    found
}
