//! Tells how two descriptions of an API differ, and whom each difference breaks.
//!
//! Descriptions are compared after resolving `allOf`, so that it makes no difference whether a property stands in a
//! model or in its base, nor whether the model is written in place or by reference. Path parameters are told by their
//! position and the rest by name; an operation with the same method and path but another id is renamed. Which change
//! breaks whom is decided in one place, `rules.rs`.

mod api;
mod change;
mod models;
mod operations;
mod read;
mod render;
mod rules;
mod source;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use self::api::Limits;
pub use self::change::{Action, Breaks, Change, Subject};
pub use self::render::{Format, render};
use self::rules::Direction;
pub use self::source::load;
use self::types::Sides;

/// The differences between two OpenAPI 3.0 documents, sorted by subject, place and action.
///
/// The documents should come from [`load`], which makes sure that all their references lead somewhere.
#[must_use]
pub fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let (old, new) = (read::read(old), read::read(new));
    let sides = Sides::new(&old, &new);
    let mut changes = Changes::default();
    operations::compare(&sides, &mut changes);
    models::compare(&sides, &mut changes);
    changes.finish()
}

/// Changes as they are found.
#[derive(Debug, Default)]
struct Changes {
    found: Vec<Change>,
    /// Changes of properties by where the property is declared.
    inherited: Vec<(String, Change)>,
}

impl Changes {
    fn add(
        &mut self,
        subject: Subject,
        action: Action,
        place: &str,
        detail: impl Into<String>,
        breaks: Breaks,
    ) {
        self.found.push(Change {
            subject,
            action,
            place: place.to_owned(),
            detail: detail.into(),
            breaks,
        });
    }

    /// Takes over changes of a property that is declared at `origin`.
    fn inherited(&mut self, others: &mut Self, origin: &str) {
        let taken = others
            .found
            .drain(..)
            .map(|change| (origin.to_owned(), change));
        self.inherited.extend(taken);
    }

    /// All changes, sorted; those that a base has as well are left to the base.
    fn finish(self) -> Vec<Change> {
        let mut found = self.found;
        let own: Vec<&Change> = self
            .inherited
            .iter()
            .filter(|(origin, change)| *origin == change.place)
            .map(|(_, change)| change)
            .collect();
        let by_place: BTreeMap<&str, Vec<&Change>> =
            own.iter().fold(BTreeMap::new(), |mut map, change| {
                map.entry(change.place.as_str()).or_default().push(*change);
                map
            });
        let told_by_base = |origin: &str, change: &Change| {
            let of_base = by_place.get(origin).into_iter().flatten();
            origin != change.place
                && of_base.into_iter().any(|base| {
                    (base.action, &base.detail) == (change.action, &change.detail)
                        && base.breaks.wire >= change.breaks.wire
                        && base.breaks.rust >= change.breaks.rust
                })
        };
        let kept = self
            .inherited
            .iter()
            .filter(|(origin, change)| !told_by_base(origin, change));
        found.extend(kept.map(|(_, change)| change.clone()));
        found.sort_by(|a, b| {
            (a.subject, &a.place, a.action, &a.detail)
                .cmp(&(b.subject, &b.place, b.action, &b.detail))
        });
        found.dedup();
        found
    }
}

/// The differences between two sets of limits.
fn limits(old: &Limits, new: &Limits, direction: Direction) -> Vec<(String, Breaks)> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| {
            let (old, new) = (
                old.get(name).map(String::as_str),
                new.get(name).map(String::as_str),
            );
            let detail = format!(
                "{name} {} -> {}",
                old.unwrap_or("none"),
                new.unwrap_or("none")
            );
            (detail, rules::limit_changed(name, old, new, direction))
        })
        .collect()
}
