//! The table with data that is derived from it once: compiled patterns and the paths of resources.

use crate::table::{
    Choice, Kind, Limits, Object, Operation, Parameter, Schema, Table, Type, Version,
};
use regress::Regex;
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    fmt,
};

/// A table, prepared for requests.
pub(crate) struct Catalog {
    pub(crate) table: Table,
    /// The path templates, without placeholder names, that resources can be put at.
    stored: HashSet<String>,
    /// The providers that operations belong to, in lower case.
    namespaces: HashSet<String>,
    /// The members that link to next pages.
    next_links: HashSet<String>,
    /// Compiled patterns by their text; those that cannot be compiled are left out.
    patterns: HashMap<String, Regex>,
}

impl Catalog {
    pub(crate) fn new(table: Table) -> Self {
        let puts = table.operations.iter().filter(|one| one.kind == Kind::Put);
        let stored = puts.map(|one| shape_of_path(&one.path)).collect();
        let patterns = limits(&table).filter_map(|limits| limits.pattern.as_deref());
        let unique: HashSet<&str> = patterns.collect();
        let compiled = unique
            .into_iter()
            .filter_map(|text| Some((text.to_owned(), Regex::new(text).ok()?)));
        let patterns = compiled.collect();
        Self {
            namespaces: namespaces(&table),
            next_links: next_links(&table),
            stored,
            patterns,
            table,
        }
    }

    /// Returns whether text matches a pattern; a pattern that cannot be compiled matches
    /// everything.
    pub(crate) fn matches(&self, pattern: &str, text: &str) -> bool {
        let regex = self.patterns.get(pattern);
        regex.is_none_or(|regex| regex.find(text).is_some())
    }

    /// Resolves names and aliases.
    pub(crate) fn shape<'a>(&'a self, ty: &'a Type) -> Shape<'a> {
        // No more steps are needed than there are schemas, unless aliases are circular.
        let mut ty = ty;
        for _ in 0..=self.table.schemas.len() {
            let Type::Named(name) = ty else {
                return Shape::Plain(ty);
            };
            match self.table.schemas.get_key_value(name) {
                Some((_, Schema::Alias(other))) => ty = other,
                Some((_, Schema::Choice(choice))) => return Shape::Choice(choice),
                Some((name, Schema::Object(object))) => return Shape::Object(name, object),
                None => break,
            }
        }
        Shape::Plain(&Type::Any)
    }

    /// Returns the object that a type is, if it is one.
    pub(crate) fn object<'a>(&'a self, ty: &'a Type) -> Option<(&'a str, &'a Object)> {
        match self.shape(ty) {
            Shape::Object(name, object) => Some((name, object)),
            _ => None,
        }
    }

    /// Returns the schema for a value: with a discriminator that of its kind, or `None` for an
    /// unknown kind.
    pub(crate) fn kind_of<'a>(
        &'a self,
        base: (&'a str, &'a Object),
        value: &Value,
    ) -> Option<(&'a str, &'a Object)> {
        let Some(by) = &base.1.discriminator else {
            return Some(base);
        };
        let Some(kind) = value.get(&by.member).and_then(Value::as_str) else {
            return Some(base);
        };
        let Some(name) = by.kinds.get(kind) else {
            let known = self.is_choice_value(base.1, &by.member, kind);
            return known.then_some(base);
        };
        match self.table.schemas.get_key_value(name) {
            Some((name, Schema::Object(object))) if name != base.0 => {
                self.kind_of((name, object), value)
            }
            _ => Some(base),
        }
    }

    /// Returns whether a kind without a schema is at least a value of the discriminator's enum.
    fn is_choice_value(&self, object: &Object, member: &str, kind: &str) -> bool {
        let member = object.members.get(member);
        match member.map(|member| self.shape(&member.ty)) {
            Some(Shape::Choice(choice)) => choice.values.iter().any(|one| one == kind),
            _ => false,
        }
    }

    /// Returns whether a schema is another one or derives from it.
    pub(crate) fn derives(&self, name: &str, base: &str) -> bool {
        name == base
            || matches!(self.table.schemas.get(name), Some(Schema::Object(object))
                if object.bases.iter().any(|one| one == base))
    }

    /// Returns the parameters of an operation.
    pub(crate) fn parameters<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = &'a Parameter> {
        let positions = operation.parameters.iter();
        positions.filter_map(|&position| self.table.parameters.get(position))
    }

    /// Returns whether resources can be put at a path template.
    pub(crate) fn is_stored(&self, template: &str) -> bool {
        self.stored.contains(&shape_of_path(template))
    }

    /// Returns whether a member links to a next page.
    pub(crate) fn is_next_link(&self, name: &str) -> bool {
        self.next_links.contains(name)
    }

    /// Returns whether operations belong to a provider.
    pub(crate) fn has_namespace(&self, name: &str) -> bool {
        self.namespaces.contains(&name.to_lowercase())
    }

    /// Returns the API versions that these descriptions describe, for messages.
    pub(crate) fn version_names(&self, shapes: &[usize]) -> String {
        let versions = self.table.versions.iter();
        let own = versions.filter(|version| shapes.contains(&version.shape));
        let names: Vec<&str> = own.map(|version| version.name.as_str()).collect();
        match names.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            all => all.concat(),
        }
    }

    /// Returns the API version with a name.
    pub(crate) fn version(&self, name: &str) -> Option<&Version> {
        let mut versions = self.table.versions.iter();
        versions.find(|version| version.name.eq_ignore_ascii_case(name))
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog")
            .field("provider", &self.table.provider)
            .field("operations", &self.table.operations.len())
            .finish_non_exhaustive()
    }
}

/// A type with names and aliases resolved.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape<'a> {
    Object(&'a str, &'a Object),
    Choice(&'a Choice),
    Plain(&'a Type),
}

/// Returns a path template without the names of its placeholders.
pub(crate) fn shape_of_path(template: &str) -> String {
    let segments = template.split('/').map(|segment| {
        if segment.starts_with('{') {
            "{}".to_owned()
        } else {
            segment.to_lowercase()
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn next_links(table: &Table) -> HashSet<String> {
    let lists = table.operations.iter().filter_map(|one| one.list.as_ref());
    lists.filter_map(|list| list.next.clone()).collect()
}

fn namespaces(table: &Table) -> HashSet<String> {
    let types = table.operations.iter().map(|one| &one.resource_type);
    let all = types.chain([&table.provider]);
    let names = all.filter_map(|one| one.split('/').next());
    names.map(str::to_lowercase).collect()
}

fn limits(table: &Table) -> impl Iterator<Item = &Limits> {
    let parameters = table.parameters.iter().map(|one| &one.limits);
    let members = table.schemas.values().flat_map(|schema| match schema {
        Schema::Object(object) => Some(object.members.values().map(|member| &member.limits)),
        Schema::Alias(_) | Schema::Choice(_) => None,
    });
    parameters.chain(members.flatten())
}
