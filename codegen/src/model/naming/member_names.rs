//! Chooses the names of fields, variants and accessors.

use super::namer::{Namer, Subject, Taken};
use crate::names;

/// Names the field for a member of an object, or the accessor of a union for it.
pub(crate) fn member(namer: &Namer<'_>, schema: &str, wire: &str, taken: &mut Taken) -> String {
    let name = names::snake_name(wire);
    let longer = format!("{}_member", name.trim_end_matches('_'));
    let mut candidates = vec![name];
    if taken.is_reserved(&candidates[0]) {
        candidates.push(longer);
    }
    candidates.extend(names::distinct(wire, names::snake_name));
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
    let mut candidates = vec![name.clone()];
    if taken.is_reserved(&name) {
        candidates.push(format!("{}Value", name.trim_end_matches('_')));
    }
    candidates.extend(names::distinct(value, names::variant_name));
    let subject = Subject {
        path: &["values", schema, value],
        what: &format!("value `{value}` of schema `{schema}`"),
    };
    namer.name(subject, candidates, taken)
}
