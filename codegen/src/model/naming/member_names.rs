//! Chooses the names of fields, variants and accessors.

use super::namer::{Namer, Subject, Taken};
use crate::names;
use std::iter;

/// Names the field for a member of an object, or the accessor of a union for it.
pub(crate) fn member(namer: &Namer<'_>, schema: &str, wire: &str, taken: &mut Taken) -> String {
    let name = names::snake_name(wire);
    let is_reserved = taken.is_reserved(&name);
    let longer = is_reserved.then(|| format!("{}_member", name.trim_end_matches('_')));
    let distinct = names::distinct(wire, names::snake_name);
    let candidates = iter::once(name).chain(longer).chain(distinct);
    let subject = Subject {
        path: &["members", schema, wire],
        what: &format!("member `{wire}` of schema `{schema}`"),
    };
    namer.name(subject, candidates, taken)
}

/// Names the field for additional members of an object.
pub(crate) fn other_members(namer: &Namer<'_>, schema: &str, taken: &mut Taken) -> String {
    let names = ["additional_properties", "other_properties"].map(str::to_owned);
    let subject = Subject {
        path: &["members", schema, "*"],
        what: &format!("the field for other members of schema `{schema}`"),
    };
    namer.name(subject, names, taken)
}

/// Names the variant for a value, or for a kind of a union. The description may have a name for
/// the value.
pub(crate) fn variant(
    namer: &Namer<'_>,
    schema: &str,
    value: &str,
    described: Option<&str>,
    taken: &mut Taken,
) -> String {
    let name = names::variant_name(described.unwrap_or(value));
    let is_reserved = taken.is_reserved(&name);
    let longer = is_reserved.then(|| format!("{}Value", name.trim_end_matches('_')));
    let distinct = names::distinct(value, names::variant_name);
    let candidates = iter::once(name).chain(longer).chain(distinct);
    let subject = Subject {
        path: &["values", schema, value],
        what: &format!("value `{value}` of schema `{schema}`"),
    };
    namer.name(subject, candidates, taken)
}
