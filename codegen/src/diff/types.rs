//! Finds out which models of two APIs correspond and which way they travel, and compares types.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, Operation, Type};
use super::change::Breaks;
use super::operations::{matched, parameters_by_key};
use super::rules::{self, Direction, NONE, RUST};

/// The two sides of a comparison.
pub(super) struct Sides<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    /// New names of the models and enums that stand where an old one stood, by its name.
    partners: BTreeMap<String, BTreeSet<String>>,
    /// Which way the old models and enums travel.
    directions: BTreeMap<String, Direction>,
}

impl<'a> Sides<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        let mut directions: BTreeMap<String, Direction> = BTreeMap::new();
        for operation in old.operations.values() {
            for name in reached(old, sent_by(operation)) {
                directions.entry(name).or_default().sent = true;
            }
            for name in reached(old, received_by(operation)) {
                directions.entry(name).or_default().received = true;
            }
        }
        Self {
            old,
            new,
            partners: partners(old, new),
            directions,
        }
    }

    /// Which way an old model or enum travels.
    pub(super) fn direction(&self, name: &str) -> Direction {
        self.directions.get(name).copied().unwrap_or_default()
    }

    /// The new names of what stands where an old model or enum stood; empty when nothing uses it.
    pub(super) fn partners(&self, old: &str) -> impl Iterator<Item = &String> {
        self.partners.get(old).into_iter().flatten()
    }

    /// Whether a new model or enum stands where an old one stood.
    pub(super) fn is_partner(&self, new: &str) -> bool {
        self.partners.values().any(|names| names.contains(new))
    }

    /// Whether a model or enum has another name wherever it is used.
    pub(super) fn is_renamed(&self, old: &str, new: &str) -> bool {
        self.partners
            .get(old)
            .is_some_and(|names| names.contains(new) && !names.contains(old))
    }

    /// The name that an old model or enum has now.
    pub(super) fn new_name<'b>(&'b self, old: &'b String) -> &'b String {
        self.partners(old)
            .find(|new| self.is_renamed(old, new))
            .unwrap_or(old)
    }

    /// Whom it breaks that one type stands in the place of another; nothing when they are the same.
    ///
    /// What is different inside of models is told where they are compared, and so is a new name.
    pub(super) fn compare(&self, old: &Type, new: &Type, direction: Direction) -> Option<Breaks> {
        if old == new {
            return None;
        }
        match (old, new) {
            (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
                let kind = self.compare(&old.kind, &new.kind, direction);
                if old.nullable == new.nullable {
                    return kind;
                }
                let nullable = rules::nullable(new.nullable, true, direction);
                let kind = kind.unwrap_or(NONE);
                Some(Breaks {
                    wire: nullable.wire || kind.wire,
                    rust: nullable.rust || kind.rust,
                })
            }
            (Type::Named(old_name), Type::Named(new_name))
                if same_sort(self.old, old_name, self.new, new_name) =>
            {
                (!self.is_renamed(old_name, new_name)).then_some(RUST)
            }
            // An enum is its values, so that text in its place changes nothing on the wire.
            (Type::Named(name), base) if has_base(self.old, name, base) => Some(RUST),
            (base, Type::Named(name)) if has_base(self.new, name, base) => Some(RUST),
            _ => Some(rules::type_changed(old, new, direction)),
        }
    }
}

fn has_base(api: &Api, name: &str, base: &Type) -> bool {
    api.enums.get(name).is_some_and(|found| found.base == *base)
}

/// Whether both are models or both are enums.
fn same_sort(old: &Api, old_name: &str, new: &Api, new_name: &str) -> bool {
    (old.models.contains_key(old_name) && new.models.contains_key(new_name))
        || (old.enums.contains_key(old_name) && new.enums.contains_key(new_name))
}

/// Walks both APIs in parallel from their operations.
fn partners(old: &Api, new: &Api) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut open: Vec<(&Type, &Type)> = Vec::new();
    for (old_operation, new_operation) in matched(old, new) {
        open.extend(types_of_operations(old_operation, new_operation));
    }
    let mut names: Vec<(&String, &String)> = Vec::new();
    loop {
        while let Some(kinds) = open.pop() {
            match kinds {
                (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
                    open.push((&old.kind, &new.kind));
                }
                (Type::Named(old), Type::Named(new)) => names.push((old, new)),
                _ => {}
            }
        }
        let Some((old_name, new_name)) = names.pop() else {
            return found;
        };
        if !same_sort(old, old_name, new, new_name)
            || !found
                .entry(old_name.clone())
                .or_default()
                .insert(new_name.clone())
        {
            continue;
        }
        let (Some(old), Some(new)) = (old.models.get(old_name), new.models.get(new_name)) else {
            continue;
        };
        for (key, property) in &old.properties {
            if let Some(other) = new.properties.get(key) {
                open.push((&property.kind, &other.kind));
            }
        }
        if let (Some(old), Some(new)) = (&old.others, &new.others) {
            open.push((&old.kind, &new.kind));
        }
        if let (Some(old), Some(new)) = (&old.discriminator, &new.discriminator) {
            names.extend(
                old.subtypes
                    .iter()
                    .filter_map(|(value, name)| Some((name, new.subtypes.get(value)?))),
            );
        }
    }
}

fn types_of_operations<'a>(old: &'a Operation, new: &'a Operation) -> Vec<(&'a Type, &'a Type)> {
    let mut found = Vec::new();
    let new_parameters = parameters_by_key(new);
    for (key, parameter) in parameters_by_key(old) {
        if let Some(other) = new_parameters.get(&key) {
            found.push((&parameter.kind, &other.kind));
        }
    }
    if let (Some(old), Some(new)) = (&old.body, &new.body) {
        found.push((&old.kind, &new.kind));
    }
    for (code, response) in &old.responses {
        let other = new
            .responses
            .get(code)
            .and_then(|other| other.kind.as_ref());
        found.extend(response.kind.iter().zip(other));
    }
    found
}

fn sent_by(operation: &Operation) -> Vec<&Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.kind);
    parameters
        .chain(operation.body.iter().map(|body| &body.kind))
        .collect()
}

fn received_by(operation: &Operation) -> Vec<&Type> {
    let responses = operation.responses.values();
    responses
        .flat_map(|response| response.kind.iter().chain(response.headers.values()))
        .collect()
}

/// The names of all models and enums in values of the types.
fn reached<'a>(api: &'a Api, mut open: Vec<&'a Type>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut names: Vec<&'a String> = Vec::new();
    loop {
        while let Some(kind) = open.pop() {
            match kind {
                Type::List(element) | Type::Map(element) => open.push(&element.kind),
                Type::Named(name) => names.push(name),
                _ => {}
            }
        }
        let Some(name) = names.pop() else {
            return found;
        };
        if !found.insert(name.clone()) {
            continue;
        }
        if let Some(model) = api.models.get(name) {
            open.extend(model.properties.values().map(|property| &property.kind));
            open.extend(model.others.iter().map(|others| &others.kind));
            names.extend(
                model
                    .discriminator
                    .iter()
                    .flat_map(|discriminator| discriminator.subtypes.values()),
            );
        }
    }
}
