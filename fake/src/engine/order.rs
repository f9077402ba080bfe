//! Orders and filters the items of lists.

use super::{
    context::Engine,
    exchange::{Refusal, refuse},
    member_path,
    route::Routed,
};
use crate::table::{Operation, Type};
use serde_json::Value;
use std::cmp::Ordering;

const ORDER: [&str; 3] = ["$orderBy", "orderBy", "order_by"];
const ASCENDING: &str = "orderByAsc";
const FILTER: &str = "$filter";

/// A member to order by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    member: String,
    descending: bool,
}

impl Engine<'_> {
    /// Sorts items in the requested order. Returns whether one was requested.
    pub(crate) fn order(
        &self,
        routed: &Routed<'_>,
        item: &Type,
        items: &mut [(String, Value)],
    ) -> Result<bool, Refusal> {
        let asked = ORDER.iter().find_map(|name| {
            let text = self.request.parameter(name)?;
            (!text.trim().is_empty()).then_some((*name, text))
        });
        let Some((name, text)) = asked else {
            return Ok(false);
        };
        self.check_declared(routed.operation, name)?;
        let mut keys = Vec::new();
        for part in self.meaning(text).split(',') {
            keys.push(self.order_key(name, part, item)?);
        }
        if let (Some(asc), [first, ..]) = (self.request.parameter(ASCENDING), keys.as_mut_slice()) {
            first.descending = asc.eq_ignore_ascii_case("false");
        }
        items.sort_by(|(_, one), (_, other)| {
            let orders = keys.iter().map(|key| {
                let order = compare(member(one, &key.member), member(other, &key.member));
                if key.descending {
                    order.reverse()
                } else {
                    order
                }
            });
            orders.fold(Ordering::Equal, Ordering::then)
        });
        Ok(true)
    }

    /// Returns what a value of the order parameter means in this service.
    fn meaning<'t>(&'t self, text: &'t str) -> &'t str {
        let mut orders = self.catalog.table.behavior.orders.iter();
        let found = orders.find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
        found.map_or(text, |(_, meaning)| meaning)
    }

    fn order_key(&self, parameter: &str, part: &str, item: &Type) -> Result<Key, Refusal> {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (name, descending) = match words.as_slice() {
            [name] => (*name, false),
            [name, order] if order.eq_ignore_ascii_case("asc") => (*name, false),
            [name, order] if order.eq_ignore_ascii_case("desc") => (*name, true),
            _ => ("", false),
        };
        let path = name.replace('/', ".");
        let paths = [path.clone(), format!("properties.{path}")];
        let known = paths.into_iter().find(|path| {
            !name.is_empty() && member_path::is_described(self.catalog, item, &Value::Null, path)
        });
        match known {
            Some(member) => Ok(Key { member, descending }),
            None => refuse(
                400,
                "InvalidParameter",
                format!(
                    "`{parameter}` is not valid at {part:?}: expected members of the items, each \
                     optionally followed by asc or desc"
                ),
            ),
        }
    }

    /// Keeps the items that match `$filter`.
    pub(crate) fn keep_filtered(
        &self,
        operation: &Operation,
        item: &Type,
        items: &mut Vec<(String, Value)>,
    ) -> Result<(), Refusal> {
        let Some(filter) = self.filter()? else {
            return Ok(());
        };
        self.check_declared(operation, FILTER)?;
        for name in filter.members() {
            self.order_key(FILTER, name, item)?;
        }
        items.retain(|(_, value)| filter.matches(&|name| member(value, name).cloned()));
        Ok(())
    }

    /// Rejects parameters that the description does not have, because they would be ignored
    /// otherwise.
    fn check_declared(&self, operation: &Operation, name: &str) -> Result<(), Refusal> {
        let mut declared = self.catalog.parameters(operation);
        if declared.any(|parameter| parameter.name.eq_ignore_ascii_case(name)) {
            return Ok(());
        }
        refuse(
            400,
            "InvalidParameter",
            format!("{} has no parameter `{name}`", operation.id),
        )
    }
}

/// Returns a member by its path, or by its path inside `properties`.
fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let path = name.replace('/', ".");
    let own = member_path::get(value, &path);
    own.or_else(|| member_path::get(value.get("properties")?, &path))
}

fn compare(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one, other) {
        (Some(Value::String(one)), Some(Value::String(other))) => one.cmp(other),
        (Some(Value::Number(one)), Some(Value::Number(other))) => one
            .as_f64()
            .partial_cmp(&other.as_f64())
            .unwrap_or(Ordering::Equal),
        (Some(Value::Bool(one)), Some(Value::Bool(other))) => one.cmp(other),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}
