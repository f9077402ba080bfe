//! Finds out which types of two crates are the same.

use super::super::pairs::Pairs;
use crate::model::service::{Item, Service, rust_type::RustType};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The types of two crates by name.
pub(super) struct Types<'a> {
    pub(super) old: &'a Service,
    pub(super) new: &'a Service,
    pub(super) old_items: BTreeMap<&'a str, &'a Item>,
    pub(super) new_items: BTreeMap<&'a str, &'a Item>,
    /// New names of renamed types by their old names.
    renamed: HashMap<&'a str, &'a str>,
}

impl<'a> Types<'a> {
    pub(super) fn new(old: &'a Service, new: &'a Service, pairs: &Pairs<'_>) -> Self {
        let (old_items, new_items) = (items(old), items(new));
        let mut types = Self {
            renamed: HashMap::new(),
            old,
            new,
            old_items,
            new_items,
        };
        types.renamed = types.find_renamed(pairs);
        types
    }

    /// Returns the types that were removed, each with the only new type at its places.
    fn find_renamed(&self, pairs: &Pairs<'_>) -> HashMap<&'a str, &'a str> {
        let new_names: HashMap<&str, &'a str> = by_schema(self.new).collect();
        let mut renamed = HashMap::new();
        let mut taken = HashSet::new();
        for (schema, name) in by_schema(self.old) {
            let counterparts = pairs.counterparts(schema);
            let mut counterparts = counterparts
                .filter_map(|counterpart| new_names.get(counterpart).copied())
                .filter(|counterpart| !self.old_items.contains_key(counterpart));
            if let (Some(counterpart), None) = (counterparts.next(), counterparts.next())
                && !self.new_items.contains_key(name)
                && taken.insert(counterpart)
            {
                renamed.insert(name, counterpart);
            }
        }
        renamed
    }

    /// Returns the new name of an old type, whether or not a type with that name exists.
    pub(super) fn new_name<'n>(&'n self, old: &'n str) -> &'n str {
        self.renamed.get(old).copied().unwrap_or(old)
    }

    /// Returns the old type in the notation of the new crate, with aliases resolved.
    fn old_type(&self, ty: &RustType) -> RustType {
        match ty {
            RustType::Model(name) => match self.old_items.get(name.as_str()) {
                Some(Item::Alias(alias)) => self.old_type(&alias.ty),
                _ => RustType::Model(self.new_name(name).to_owned()),
            },
            other => other.map_inner(|inner| self.old_type(inner)),
        }
    }

    /// Returns the new type with aliases resolved.
    fn new_type(&self, ty: &RustType) -> RustType {
        match ty {
            RustType::Model(name) => match self.new_items.get(name.as_str()) {
                Some(Item::Alias(alias)) => self.new_type(&alias.ty),
                _ => ty.clone(),
            },
            other => other.map_inner(|inner| self.new_type(inner)),
        }
    }

    /// Returns whether both are the same type, whatever their names are.
    pub(super) fn same(&self, old: &RustType, new: &RustType) -> bool {
        self.old_type(old) == self.new_type(new)
    }

    /// Returns whether both are the same type except that one is secret.
    pub(super) fn same_but_secret(&self, old: &RustType, new: &RustType) -> bool {
        without_secret(&self.old_type(old)) == without_secret(&self.new_type(new))
    }
}

fn items(service: &Service) -> BTreeMap<&str, &Item> {
    let items = service.modules.iter().flat_map(|module| module.types());
    items.map(|item| (item.name(), item)).collect()
}

fn by_schema(service: &Service) -> impl Iterator<Item = (&str, &str)> {
    let schemas = service.schemas.iter();
    schemas.map(|own| (own.schema.as_str(), own.type_name.as_str()))
}

fn without_secret(ty: &RustType) -> RustType {
    match ty {
        RustType::Secret(inner) => without_secret(inner),
        other => other.map_inner(without_secret),
    }
}
