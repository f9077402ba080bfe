//! Compares two descriptions of an API, and decides what each difference breaks.
//!
//! There are two comparisons. `wire` compares the two resolved APIs: a client generated from the
//! old description calls a service of the new one. `rust` compares the two service models from
//! which the crates are generated: code within the contract on the crate's front page is compiled
//! against the crate of the new description. A difference that both find is one change.

mod change;
mod finding;
mod pairs;
mod previews;
mod render;
mod rules;
mod rust;
mod source;
mod wire;

pub use self::{
    change::{Action, Breaks, Change, Subject, SubjectKind},
    render::{Format, render},
    source::{Side, load, load_both},
};

use self::pairs::Pairs;
use crate::resolve::api::{Api, Shape};
use std::collections::HashMap;

/// Returns the differences between two descriptions, sorted by subject and action.
#[must_use]
pub fn compare(old: &Side, new: &Side) -> Vec<Change> {
    let pairs = Pairs::new(&old.api, &new.api);
    let wire = wire::compare(&pairs, &names(new));
    let rust = rust::compare(&old.service, &new.service, &pairs);
    let mut bases = bases(old);
    bases.extend(self::bases(new));
    let mut changes = finding::leave_to_bases(finding::merge(wire, rust), &bases);
    previews::mark(&mut changes, old, new);
    changes
}

/// Returns the names in Rust by the names in the description.
fn names(side: &Side) -> HashMap<&str, &str> {
    let names = side.service.schemas.iter();
    names
        .map(|own| (own.schema.as_str(), own.type_name.as_str()))
        .collect()
}

/// Returns the bases of all models, nearest first, by the names in Rust.
fn bases(side: &Side) -> HashMap<String, Vec<String>> {
    let names = names(side);
    let name = |schema: &String| {
        names
            .get(schema.as_str())
            .copied()
            .unwrap_or(schema)
            .to_owned()
    };
    let bases = |api: &'_ Api| -> HashMap<String, Vec<String>> {
        let objects = api
            .schemas
            .iter()
            .filter_map(|(own, schema)| match &schema.shape {
                Shape::Object(object) => Some((own, object)),
                _ => None,
            });
        objects
            .map(|(own, object)| (name(own), object.ancestors.iter().map(name).collect()))
            .collect()
    };
    bases(&side.api)
}
