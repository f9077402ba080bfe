//! Compares models and enums.

use super::{
    super::{
        change::{Action, Subject},
        finding::{Aspect, Finding},
    },
    types::Types,
};
use crate::model::service::{
    Enum, Field, Item, NewArgument, Struct, Union, WireValue, rust_type::RustType,
};

/// Compares the types of both crates by name.
pub(super) fn compare(types: &Types<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (&name, old) in &types.old_items {
        let new_name = types.new_name(name);
        let Some(new) = types.new_items.get(new_name) else {
            found.push(Finding::removed(subject(old, name), "", true));
            continue;
        };
        if name != new_name {
            let detail = format!("{name} -> {new_name}");
            let aspect = Aspect::Name;
            let subject = subject(old, name);
            found.push(Finding::new(subject, Action::Renamed, aspect, detail, true));
        }
        found.extend(
            Pair {
                types,
                name: new_name,
            }
            .item(old, new),
        );
    }
    let known = |name: &str| {
        types
            .old_items
            .keys()
            .any(|old| types.new_name(old) == name)
    };
    for (&name, new) in &types.new_items {
        if !known(name) {
            found.push(Finding::added(subject(new, name), "", false));
        }
    }
    found
}

fn subject(item: &Item, name: &str) -> Subject {
    match item {
        Item::Enum(_) => Subject::Enum(name.to_owned()),
        Item::Struct(_) | Item::Union(_) | Item::Alias(_) => Subject::Model(name.to_owned()),
    }
}

fn sort(item: &Item) -> &'static str {
    match item {
        Item::Struct(_) => "struct",
        Item::Enum(_) => "enum",
        Item::Union(_) => "union",
        Item::Alias(_) => "alias",
    }
}

/// A pair of types to compare.
struct Pair<'a> {
    types: &'a Types<'a>,
    /// The new name.
    name: &'a str,
}

impl Pair<'_> {
    fn item(&self, old: &Item, new: &Item) -> Vec<Finding> {
        match (old, new) {
            (Item::Struct(old), Item::Struct(new)) => self.object(old, new),
            (Item::Enum(old), Item::Enum(new)) => self.enumeration(old, new),
            (Item::Union(old), Item::Union(new)) => self.union(old, new),
            (Item::Alias(old), Item::Alias(new)) => {
                let subject = Subject::Model(self.name.to_owned());
                self.retyped(&subject, &old.ty, &new.ty)
                    .into_iter()
                    .collect()
            }
            _ => {
                let detail = format!("{} -> {}", sort(old), sort(new));
                let subject = subject(old, self.name);
                vec![Finding::changed(subject, Aspect::Whole, detail, true)]
            }
        }
    }

    fn retyped(&self, subject: &Subject, old: &RustType, new: &RustType) -> Option<Finding> {
        if self.types.same(old, new) {
            return None;
        }
        let aspect = if self.types.same_but_secret(old, new) {
            Aspect::Secret
        } else {
            Aspect::Type
        };
        let detail = format!("type {old} -> {new}");
        Some(Finding::changed(subject.clone(), aspect, detail, true))
    }

    fn object(&self, old: &Struct, new: &Struct) -> Vec<Finding> {
        let mut found = Vec::new();
        for field in &old.fields {
            let subject = self.property(field);
            if let Some(other) = named(&new.fields, &field.name) {
                found.extend(self.retyped(&subject, &field.ty, &other.ty));
            } else if let Some(other) = new.fields.iter().find(|other| other.wire == field.wire) {
                let detail = format!("field {} -> {}", field.name, other.name);
                found.push(Finding::changed(subject, Aspect::Name, detail, true));
            } else {
                found.push(Finding::removed(subject, field.ty.to_string(), true));
            }
        }
        let is_known = |field: &&Field| {
            let mut all = old.fields.iter();
            all.any(|other| other.name == field.name || other.wire == field.wire)
        };
        for field in new.fields.iter().filter(|field| !is_known(field)) {
            let breaks = !old.required.is_empty() && is_argument(new, field);
            let subject = self.property(field);
            found.push(Finding::added(subject, field.ty.to_string(), breaks));
        }
        found.extend(self.rest(old.rest.as_ref(), new.rest.as_ref()));
        found.extend(self.constructor(old, new));
        found.extend(self.page(old, new));
        found
    }

    fn property(&self, field: &Field) -> Subject {
        Subject::Property {
            model: self.name.to_owned(),
            name: field.wire.clone(),
        }
    }

    fn model(&self, aspect: Aspect, detail: String) -> Finding {
        Finding::changed(Subject::Model(self.name.to_owned()), aspect, detail, true)
    }

    /// Compares the fields for additional members.
    fn rest(
        &self,
        old: Option<&(String, RustType)>,
        new: Option<&(String, RustType)>,
    ) -> Option<Finding> {
        let (name, ty) = old?;
        let detail = match new {
            None => format!("field {name} removed"),
            Some((other, _)) if other != name => format!("field {name} -> {other}"),
            Some((_, other)) if !self.types.same(ty, other) => {
                format!("field {name}: type {ty} -> {other}")
            }
            Some(_) => return None,
        };
        Some(self.model(Aspect::Additional, detail))
    }

    /// Finds a page that is no longer a type of the runtime. The reverse does not break, and other
    /// items are a change of the field that holds them.
    fn page(&self, old: &Struct, new: &Struct) -> Option<Finding> {
        let was = old.same_as().filter(|_| new.same_as().is_none())?;
        let detail = format!("type {was} -> a struct of its own");
        Some(self.model(Aspect::Whole, detail))
    }

    /// Compares the arguments of `new`. A struct without arguments has no `new`.
    fn constructor(&self, old: &Struct, new: &Struct) -> Vec<Finding> {
        if old.required.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let differ = old.fields.iter().filter_map(|field| {
            let other = named(&new.fields, &field.name)?;
            let (was, is) = (is_argument(old, field), is_argument(new, other));
            (was != is).then_some((field, is))
        });
        for (field, is_argument) in differ {
            let detail = if is_argument {
                "became an argument of `new`"
            } else {
                "is no longer an argument of `new`"
            };
            let subject = self.property(field);
            found.push(Finding::changed(subject, Aspect::Required, detail, true));
        }
        if common(&old.required, &new.required) != common(&new.required, &old.required) {
            let detail = "order of the arguments of `new`".to_owned();
            found.push(self.model(Aspect::Order, detail));
        }
        found
    }

    fn enumeration(&self, old: &Enum, new: &Enum) -> Vec<Finding> {
        let enumeration = Subject::Enum(self.name.to_owned());
        let mut found = Vec::new();
        if old.number != new.number {
            let text = |number: &Option<RustType>| match number {
                Some(number) => number.to_string(),
                None => "String".to_owned(),
            };
            let detail = format!(
                "values of type {} -> {}",
                text(&old.number),
                text(&new.number)
            );
            let subject = enumeration.clone();
            found.push(Finding::changed(subject, Aspect::Type, detail, true));
        }
        if old.open != new.open {
            let text = |open| if open { "open" } else { "closed" };
            let detail = format!("{} -> {}", text(old.open), text(new.open));
            found.push(Finding::changed(
                enumeration,
                Aspect::Openness,
                detail,
                true,
            ));
        }
        let subject = |wire: &WireValue| Subject::Value {
            of: self.name.to_owned(),
            value: match wire {
                WireValue::Text(text) => text.clone(),
                WireValue::Number(number) => number.to_string(),
            },
        };
        let variants = |choice: &Enum| -> Vec<Variant> {
            let values = choice.values.iter();
            values
                .map(|value| Variant {
                    name: value.name.clone(),
                    subject: subject(&value.wire),
                })
                .collect()
        };
        found.extend(compare_variants(&variants(old), &variants(new)));
        found
    }

    fn union(&self, old: &Union, new: &Union) -> Vec<Finding> {
        let variants = |union: &Union| -> Vec<Variant> {
            let kinds = union.kinds.iter();
            kinds
                .map(|kind| Variant {
                    name: kind.name.clone(),
                    subject: self.kind(&kind.wire),
                })
                .collect()
        };
        let mut found = compare_variants(&variants(old), &variants(new));
        for kind in &old.kinds {
            let other = new.kinds.iter().find(|other| other.name == kind.name);
            if let Some(other) = other
                && self.types.new_name(&kind.model) != other.model
            {
                let detail = format!("holds {} -> {}", kind.model, other.model);
                let subject = self.kind(&kind.wire);
                found.push(Finding::changed(subject, Aspect::Type, detail, true));
            }
        }
        found
    }

    fn kind(&self, value: &str) -> Subject {
        Subject::Kind {
            base: self.name.to_owned(),
            value: value.to_owned(),
        }
    }
}

/// A variant of an enum.
struct Variant {
    name: String,
    /// Its value on the wire.
    subject: Subject,
}

fn compare_variants(old: &[Variant], new: &[Variant]) -> Vec<Finding> {
    let mut found = Vec::new();
    for variant in old {
        if new.iter().any(|other| other.name == variant.name) {
            continue;
        }
        let subject = variant.subject.clone();
        found.push(match new.iter().find(|other| other.subject == subject) {
            Some(other) => {
                let detail = format!("variant {} -> {}", variant.name, other.name);
                Finding::changed(subject, Aspect::Name, detail, true)
            }
            None => Finding::removed(subject, "", true),
        });
    }
    for variant in new {
        let same = |other: &Variant| other.name == variant.name || other.subject == variant.subject;
        if !old.iter().any(same) {
            found.push(Finding::added(variant.subject.clone(), "", false));
        }
    }
    found
}

fn named<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    fields.iter().find(|field| field.name == name)
}

fn is_argument(item: &Struct, field: &Field) -> bool {
    item.required
        .iter()
        .any(|argument| argument.field == field.name)
}

/// Returns the arguments that both lists contain, in the order of the first.
fn common<'a>(arguments: &'a [NewArgument], others: &[NewArgument]) -> Vec<&'a str> {
    let names = arguments.iter().map(|argument| argument.field.as_str());
    names
        .filter(|name| others.iter().any(|other| other.field == *name))
        .collect()
}
