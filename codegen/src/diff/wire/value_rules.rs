//! Compares the rules for values, and their defaults.

use super::{
    super::rules::{self, Direction},
    from_to,
};
use crate::resolve::api::Rules;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the rules that differ: a description of each, and whether it breaks.
pub(super) fn compare(old: &Rules, new: &Rules, direction: Direction) -> Vec<(String, bool)> {
    let (old, new) = (by_name(old), by_name(new));
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let differ = names.into_iter().filter_map(|name| {
        let text = |rules: &BTreeMap<&str, String>| rules.get(name).cloned();
        let (old, new) = (text(&old), text(&new));
        let (old, new) = (old.as_deref(), new.as_deref());
        let breaks = rules::limit_changed(name, old, new, direction);
        (old != new).then(|| (format!("{name} {}", from_to(old, new)), breaks))
    });
    differ.collect()
}

/// Returns the rules by their names in descriptions.
fn by_name(rules: &Rules) -> BTreeMap<&'static str, String> {
    fn text(value: Option<&impl ToString>) -> Option<String> {
        value.map(ToString::to_string)
    }
    let flag = |set: bool| set.then(|| "true".to_owned());
    let all = [
        ("minLength", text(rules.min_length.as_ref())),
        ("maxLength", text(rules.max_length.as_ref())),
        ("pattern", rules.pattern.clone()),
        ("minimum", text(rules.minimum.as_ref())),
        ("maximum", text(rules.maximum.as_ref())),
        ("exclusiveMinimum", flag(rules.exclusive_minimum)),
        ("exclusiveMaximum", flag(rules.exclusive_maximum)),
        ("multipleOf", text(rules.multiple_of.as_ref())),
        ("minItems", text(rules.min_items.as_ref())),
        ("maxItems", text(rules.max_items.as_ref())),
        ("uniqueItems", flag(rules.unique_items)),
    ];
    let set = all.into_iter();
    set.filter_map(|(name, rule)| Some((name, rule?))).collect()
}

/// Describes the difference between two defaults.
pub(super) fn defaults(old: Option<&Value>, new: Option<&Value>) -> Option<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    (old != new).then(|| {
        let (old, new) = (old.map(text), new.map(text));
        format!("default {}", from_to(old.as_deref(), new.as_deref()))
    })
}
