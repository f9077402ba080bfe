//! Compares APIs on the wire: a client of the old API calls a service of the new one.

mod operations;
mod schemas;
mod types;
mod value_rules;

use super::{
    finding::{Aspect, Finding},
    pairs::Pairs,
};
use std::collections::HashMap;

/// Returns the differences on the wire. `names` are the types' names in Rust, by the names in the
/// new API.
pub(super) fn compare(pairs: &Pairs<'_>, names: &HashMap<&str, &str>) -> Vec<Finding> {
    let mut found = operations::compare(pairs);
    found.extend(schemas::compare(pairs, names));
    found
}

/// Formats a change from one optional text to another.
fn from_to(old: Option<&str>, new: Option<&str>) -> String {
    format!("{} -> {}", old.unwrap_or("none"), new.unwrap_or("none"))
}

fn optional_to_required(required: bool) -> &'static str {
    if required {
        "optional -> required"
    } else {
        "required -> optional"
    }
}
