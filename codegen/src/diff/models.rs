//! Compares models and enums.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, Discriminator, Enum, Model, Property};
use super::change::{Action, Breaks, Subject};
use super::rules::{self, BOTH, Direction, NONE, RUST};
use super::types::Sides;
use super::{Changes, limits};

/// Compares the models and enums of two APIs.
pub(super) fn compare(sides: &Sides<'_>, changes: &mut Changes) {
    let mut compared: BTreeSet<&String> = BTreeSet::new();
    for (name, old) in &sides.old.models {
        for new_name in counterparts(sides, name, |other| sides.new.models.contains_key(other)) {
            let Some(new) = sides.new.models.get(new_name) else {
                continue;
            };
            tell_renamed(sides, Subject::Model, name, new_name, changes);
            model(sides, name, new_name, (old, new), changes);
            compared.insert(new_name);
        }
    }
    for (name, old) in &sides.old.enums {
        for new_name in counterparts(sides, name, |other| sides.new.enums.contains_key(other)) {
            let Some(new) = sides.new.enums.get(new_name) else {
                continue;
            };
            tell_renamed(sides, Subject::Enum, name, new_name, changes);
            enumeration(sides.direction(name), new_name, old, new, changes);
            compared.insert(new_name);
        }
    }
    gone_and_new(sides, &compared, changes);
}

/// What stands where the old one stood; failing that, what has its name and no other counterpart.
fn counterparts<'a>(
    sides: &'a Sides<'_>,
    name: &'a String,
    exists: impl Fn(&str) -> bool,
) -> Vec<&'a String> {
    let partners: Vec<&String> = sides.partners(name).collect();
    if partners.is_empty() && exists(name) && !sides.is_partner(name) {
        return vec![name];
    }
    partners
}

fn tell_renamed(sides: &Sides<'_>, subject: Subject, old: &str, new: &str, changes: &mut Changes) {
    if sides.is_renamed(old, new) {
        changes.add(
            subject,
            Action::Renamed,
            old,
            format!("{old} -> {new}"),
            RUST,
        );
    }
}

fn gone_and_new(sides: &Sides<'_>, compared: &BTreeSet<&String>, changes: &mut Changes) {
    let (old, new) = (all_names(sides.old), all_names(sides.new));
    for (name, subject) in &old {
        if sides.partners(name).next().is_some()
            || (compared.contains(name) && !sides.is_partner(name))
        {
            continue;
        }
        match new.get(name).filter(|_| !compared.contains(name)) {
            Some(other) => {
                changes.add(
                    *subject,
                    Action::Changed,
                    name,
                    format!("{subject} -> {other}"),
                    BOTH,
                );
            }
            None => changes.add(*subject, Action::Removed, name, "", RUST),
        }
    }
    for (name, subject) in &new {
        let has_changed_sort = old.contains_key(name) && sides.partners(name).next().is_none();
        if !compared.contains(name) && !has_changed_sort {
            changes.add(*subject, Action::Added, name, "", NONE);
        }
    }
}

fn all_names(api: &Api) -> BTreeMap<&String, Subject> {
    let models = api.models.keys().map(|name| (name, Subject::Model));
    models
        .chain(api.enums.keys().map(|name| (name, Subject::Enum)))
        .collect()
}

fn model(
    sides: &Sides<'_>,
    old_name: &str,
    name: &str,
    (old, new): (&Model, &Model),
    changes: &mut Changes,
) {
    let direction = sides.direction(old_name);
    let mut found = Changes::default();
    for (key, property) in &old.properties {
        let place = format!("{name}.{key}");
        match new.properties.get(key) {
            Some(other) => self::property(sides, &place, property, other, direction, &mut found),
            None => found.add(
                Subject::Property,
                Action::Removed,
                &place,
                property.kind.to_string(),
                BOTH,
            ),
        }
        changes.inherited(
            &mut found,
            &format!("{}.{key}", sides.new_name(&property.origin)),
        );
    }
    for (key, property) in &new.properties {
        if !old.properties.contains_key(key) {
            let required = if property.required { ", required" } else { "" };
            let read_only = if property.read_only {
                ", read-only"
            } else {
                ""
            };
            found.add(
                Subject::Property,
                Action::Added,
                &format!("{name}.{key}"),
                format!("{}{required}{read_only}", property.kind),
                rules::property_added(property.required, property.read_only, direction),
            );
            changes.inherited(&mut found, &format!("{}.{key}", property.origin));
        }
    }
    others(sides, name, old, new, direction, changes);
    discriminators(
        name,
        old.discriminator.as_ref(),
        new.discriminator.as_ref(),
        changes,
    );
}

fn others(
    sides: &Sides<'_>,
    name: &str,
    old: &Model,
    new: &Model,
    direction: Direction,
    changes: &mut Changes,
) {
    let mut changed = |detail: String, breaks: Breaks| {
        changes.add(Subject::Model, Action::Changed, name, detail, breaks);
    };
    match (&old.others, &new.others) {
        (None, Some(new)) => changed(format!("takes further properties of {new}"), NONE),
        (Some(_), None) => changed("takes no further properties".to_owned(), BOTH),
        (Some(old), Some(new)) => {
            if let Some(breaks) = sides.compare(&old.kind, &new.kind, direction) {
                changed(format!("further properties {old} -> {new}"), breaks);
            } else if old.nullable != new.nullable {
                changed(
                    format!("further properties {old} -> {new}"),
                    rules::nullable(new.nullable, true, direction),
                );
            }
        }
        (None, None) => {}
    }
}

fn discriminators(
    name: &str,
    old: Option<&Discriminator>,
    new: Option<&Discriminator>,
    changes: &mut Changes,
) {
    let mut changed = |detail: String, breaks: Breaks| {
        changes.add(Subject::Model, Action::Changed, name, detail, breaks);
    };
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => changed(
            format!("has become a base told by `{}`", new.property),
            RUST,
        ),
        (Some(old), None) => changed(
            format!("is no longer a base told by `{}`", old.property),
            BOTH,
        ),
        (Some(old), Some(new)) => {
            if old.property != new.property {
                changed(
                    format!("told by `{}` -> `{}`", old.property, new.property),
                    BOTH,
                );
            }
            for (value, subtype) in &old.subtypes {
                match new.subtypes.get(value) {
                    None => changed(
                        format!("kind `{value}` ({subtype}) removed"),
                        rules::subtype_removed(),
                    ),
                    Some(other) if other != subtype => {
                        changed(format!("kind `{value}` {subtype} -> {other}"), RUST)
                    }
                    Some(_) => {}
                }
            }
            for (value, subtype) in new
                .subtypes
                .iter()
                .filter(|(value, _)| !old.subtypes.contains_key(*value))
            {
                changed(format!("kind `{value}` ({subtype}) added"), NONE);
            }
        }
    }
}

fn property(
    sides: &Sides<'_>,
    place: &str,
    old: &Property,
    new: &Property,
    direction: Direction,
    changes: &mut Changes,
) {
    let mut changed = |detail: String, breaks: Breaks| {
        changes.add(Subject::Property, Action::Changed, place, detail, breaks);
    };
    if let Some(breaks) = sides.compare(&old.kind, &new.kind, direction) {
        changed(format!("type {} -> {}", old.kind, new.kind), breaks);
    }
    if old.required != new.required {
        let detail = if new.required {
            "optional -> required"
        } else {
            "required -> optional"
        };
        changed(
            detail.to_owned(),
            rules::property_required(new.required, new.read_only, direction),
        );
    }
    if old.nullable != new.nullable {
        let detail = if new.nullable {
            "may be null"
        } else {
            "may not be null any more"
        };
        changed(
            detail.to_owned(),
            rules::nullable(new.nullable, false, direction),
        );
    }
    if old.read_only != new.read_only {
        let detail = if new.read_only {
            "has become read-only"
        } else {
            "is not read-only any more"
        };
        changed(
            detail.to_owned(),
            rules::read_only(new.read_only, new.required, direction),
        );
    }
    if old.mutability != new.mutability {
        let text = |uses: &[String]| {
            if uses.is_empty() {
                "any".to_owned()
            } else {
                uses.join("+")
            }
        };
        let lost = |one: &str| allows(&old.mutability, one) && !allows(&new.mutability, one);
        let breaks = rules::mutability(lost("create") || lost("update"), direction);
        changed(
            format!(
                "mutability {} -> {}",
                text(&old.mutability),
                text(&new.mutability)
            ),
            breaks,
        );
    }
    if old.secret != new.secret {
        let detail = if new.secret {
            "has become a secret"
        } else {
            "is no secret any more"
        };
        changed(detail.to_owned(), NONE);
    }
    if old.flattened != new.flattened {
        let detail = if new.flattened {
            "has become flattened"
        } else {
            "is not flattened any more"
        };
        changed(detail.to_owned(), RUST);
    }
    if old.client_name != new.client_name {
        let text = |name: &Option<String>| name.clone().unwrap_or_else(|| "none".to_owned());
        changed(
            format!(
                "client name {} -> {}",
                text(&old.client_name),
                text(&new.client_name)
            ),
            RUST,
        );
    }
    if old.default != new.default {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        changed(
            format!("default {} -> {}", text(&old.default), text(&new.default)),
            NONE,
        );
    }
    for (detail, breaks) in limits(&old.limits, &new.limits, direction) {
        changed(detail, breaks);
    }
}

/// No list of uses allows all of them.
fn allows(uses: &[String], one: &str) -> bool {
    uses.is_empty() || uses.iter().any(|other| other == one)
}

fn enumeration(direction: Direction, name: &str, old: &Enum, new: &Enum, changes: &mut Changes) {
    if old.base != new.base {
        let detail = format!("values of type {} -> {}", old.base, new.base);
        changes.add(Subject::Enum, Action::Changed, name, detail, BOTH);
    }
    if old.open != new.open {
        let text = |open: bool| if open { "open" } else { "closed" };
        let detail = format!("{} -> {}", text(old.open), text(new.open));
        changes.add(
            Subject::Enum,
            Action::Changed,
            name,
            detail,
            rules::openness(new.open, direction),
        );
    }
    for (value, rust_name) in &old.values {
        let place = format!("{name}::{value}");
        match new.values.get(value) {
            None => changes.add(
                Subject::Value,
                Action::Removed,
                &place,
                "",
                rules::value_removed(direction),
            ),
            Some(other)
                if other.as_ref().unwrap_or(value) != rust_name.as_ref().unwrap_or(value) =>
            {
                let text = |name: &Option<String>| name.as_ref().unwrap_or(value).clone();
                let detail = format!("name {} -> {}", text(rust_name), text(other));
                changes.add(Subject::Value, Action::Changed, &place, detail, RUST);
            }
            Some(_) => {}
        }
    }
    for value in new
        .values
        .keys()
        .filter(|value| !old.values.contains_key(*value))
    {
        let breaks = rules::value_added(old.open, direction);
        changes.add(
            Subject::Value,
            Action::Added,
            &format!("{name}::{value}"),
            "",
            breaks,
        );
    }
}
