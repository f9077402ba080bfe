//! Lists, page by page.

use super::{
    catalog::{Catalog, Shape},
    context::Engine,
    exchange::{Refusal, Response, refuse},
    project::Keep,
    route::Routed,
    state::key,
    uri,
};
use crate::table::{Type, Views};
use azure_core::base64;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const TOKEN: &str = "$skipToken";
const TOP: [&str; 2] = ["$top", "top"];
const SKIP: [&str; 2] = ["$skip", "skip"];
const SIZE: [&str; 4] = ["$maxpagesize", "maxpagesize", "pageSize", "count"];

/// Number of samples in a list that clients cannot add to.
const SAMPLES: usize = 3;

impl Engine<'_> {
    pub(crate) fn list(&mut self, routed: &Routed<'_>) -> Result<Response, Refusal> {
        let operation = routed.operation;
        if !self.is_next_page() {
            self.body(operation, Keep::Settable)?;
        }
        let (Some(list), Some(page)) = (&operation.list, operation.response_type()) else {
            return Ok(Response::empty(operation.status(&[200])));
        };
        let item = self.item_type(page, &list.items);
        let mut items = self.stored_items(routed);
        if items.is_empty() && !self.is_of_stored_type(routed) {
            items = self.sample_items(routed, &item);
        }
        items.retain(|_, value| {
            self.is_in_view(routed, value) && self.matches_parameters(routed, &item, value)
        });
        let mut items: Vec<(String, Value)> = items.into_iter().collect();
        self.keep_filtered(operation, &item, &mut items)?;
        let ordered = self.order(routed, &item, &mut items)?;
        let asked = self.asked()?;
        let begin = items.iter().position(|(key, _)| match &asked.after {
            Some(after) if ordered => key == after,
            _ => asked.is_after(key),
        });
        // The item itself is part of the key if the order is not that of the resource IDs.
        let own = usize::from(ordered && asked.after.is_some());
        let begin = begin.map_or(items.len(), |begin| begin + own);
        let mut rest = items.into_iter().skip(begin);
        let most = asked.top.unwrap_or(usize::MAX);
        let size = if list.next.is_some() {
            asked.size
        } else {
            usize::MAX
        };
        let mut rest = rest.by_ref().skip(asked.skip).take(most).peekable();
        let mut last = None;
        let mut value = Vec::new();
        while value.len() < size
            && let Some((key, item)) = rest.next()
        {
            last = Some(key);
            value.push(item);
        }
        let mut body = Map::new();
        if let (Some(next), Some(last), Some(_)) = (&list.next, last, rest.peek()) {
            let top = asked.top.map(|top| top - value.len());
            body.insert(next.clone(), Value::from(self.next_link(&last, top)));
        }
        body.insert(list.items.clone(), Value::Array(value));
        Ok(Response::json(200, Value::Object(body)))
    }

    fn item_type(&self, page: &Type, items: &str) -> Type {
        let object = self.catalog.object(page);
        let member = object.and_then(|(_, object)| object.members.get(items));
        match member.map(|member| self.catalog.shape(&member.ty)) {
            Some(Shape::Plain(Type::List(element))) => (*element.ty).clone(),
            _ => Type::Any,
        }
    }

    fn stored_items(&self, routed: &Routed<'_>) -> BTreeMap<String, Value> {
        let wanted = &routed.operation.resource_type;
        let prefix = key(&routed.path(routed.list_prefix())) + "/";
        let below = self.state.store.resources.range(prefix.clone()..);
        let below = below.take_while(|(key, _)| key.starts_with(&prefix));
        let of_type = below.filter(|(_, one)| one.resource_type.eq_ignore_ascii_case(wanted));
        of_type
            .map(|(key, one)| (key.clone(), self.render(one, self.visible())))
            .collect()
    }

    fn is_of_stored_type(&self, routed: &Routed<'_>) -> bool {
        let wanted = &routed.operation.resource_type;
        let mut all = self.catalog.table.operations.iter();
        all.any(|one| {
            self.catalog.is_stored(&one.path) && one.resource_type.eq_ignore_ascii_case(wanted)
        })
    }

    fn sample_items(&self, routed: &Routed<'_>, item: &Type) -> BTreeMap<String, Value> {
        let path = routed.path(routed.parts.len());
        let samples = (1..=SAMPLES).map(|number| {
            let name = format!("sample{number}");
            let id = format!("{path}/{name}");
            let value = self.named_sample(item, &id, &name, &routed.operation.resource_type);
            (key(&id), value)
        });
        samples.collect()
    }

    /// Returns whether an item is in the requested view, if the list has views.
    fn is_in_view(&self, routed: &Routed<'_>, value: &Value) -> bool {
        let mut parameters = self.catalog.parameters(routed.operation);
        parameters.all(|parameter| {
            let views = match &parameter.ty {
                Type::Named(schema) => self.catalog.table.behavior.views.get(schema),
                _ => None,
            };
            let asked = self.request.parameter(&parameter.name);
            views.is_none_or(|views| shows(views, value, asked))
        })
    }

    /// Returns whether an item matches the parameters that are named like its members.
    fn matches_parameters(&self, routed: &Routed<'_>, item: &Type, value: &Value) -> bool {
        let mut parameters = self.catalog.parameters(routed.operation);
        parameters.all(|parameter| {
            let name = parameter.name.as_str();
            match self.request.parameter(name) {
                Some(asked) if !is_paging(name) => fits(self.catalog, item, value, name, asked),
                _ => true,
            }
        })
    }

    /// Returns whether a request follows a link to a next page. That is a GET even if the list is
    /// not.
    pub(crate) fn is_next_page(&self) -> bool {
        self.request.method() == "GET" && self.request.parameter(TOKEN).is_some()
    }

    /// Reads the parameters for paging.
    fn asked(&self) -> Result<Asked, Refusal> {
        let skip = self.first(&SKIP);
        let token = self.request.parameter(TOKEN);
        // Some services use `$skip` for continuation tokens.
        let token = token.or_else(|| skip.filter(|text| text.parse::<usize>().is_err()));
        let after = match token {
            Some(token) => Some(read_token(token)?),
            None => None,
        };
        let size = self.number(&SIZE)?.filter(|size| *size > 0);
        Ok(Asked {
            skip: skip.and_then(|text| text.parse().ok()).unwrap_or(0),
            top: self.number(&TOP)?,
            size: size
                .unwrap_or(self.state.page_size)
                .min(self.state.page_size),
            after,
        })
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.request.parameter(name))
    }

    /// Reads the number in a parameter.
    pub(crate) fn number(&self, names: &[&str]) -> Result<Option<usize>, Refusal> {
        let Some(text) = self.first(names) else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => {
                let message = format!(
                    "`{}` must be a number, but is {text:?}",
                    names.join("` or `")
                );
                refuse(400, "InvalidParameter", message)
            }
        }
    }

    /// Returns the link to the page after an item.
    fn next_link(&self, last: &str, top: Option<usize>) -> String {
        let mut link = format!("{}{}?", self.origin, self.request.path());
        for (name, value) in self.request.query() {
            let is = |names: &[&str]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
            if !(is(&TOP) || is(&SKIP) || is(&[TOKEN])) {
                push_pair(&mut link, name, value);
            }
        }
        if let Some(top) = top {
            push_pair(&mut link, TOP[0], &top.to_string());
        }
        push_pair(&mut link, TOKEN, &base64::encode_url_safe(last));
        link
    }
}

/// The paging parameters of a request.
#[derive(Debug)]
struct Asked {
    skip: usize,
    top: Option<usize>,
    size: usize,
    /// The key of the last item of the previous page.
    after: Option<String>,
}

impl Asked {
    fn is_after(&self, key: &str) -> bool {
        self.after.as_deref().is_none_or(|after| key > after)
    }
}

fn push_pair(link: &mut String, name: &str, value: &str) {
    if !link.ends_with('?') {
        link.push('&');
    }
    link.push_str(&uri::encode_name(name));
    link.push('=');
    link.push_str(&uri::encode(value));
}

fn read_token(token: &str) -> Result<String, Refusal> {
    let bytes = base64::decode_url_safe(token).ok();
    match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(key) => Ok(key),
        None => refuse(
            400,
            "InvalidSkipToken",
            "the continuation token is not one of this list",
        ),
    }
}

/// Returns whether an item is in the requested view; without its flag it is in the default view.
fn shows(views: &Views, item: &Value, asked: Option<&str>) -> bool {
    let wanted = |view: &str| {
        let mut all = views.values.iter();
        all.find_map(|(name, flag)| name.eq_ignore_ascii_case(view).then_some(*flag))
    };
    let flag = item
        .get("properties")
        .and_then(|inner| inner.get(&views.member));
    let flag = flag.and_then(Value::as_bool).or(wanted(&views.default));
    wanted(asked.unwrap_or(&views.default)).is_none_or(|wanted| Some(wanted) == flag)
}

fn is_paging(name: &str) -> bool {
    let mut all = TOP.iter().chain(&SKIP).chain(&SIZE).chain([&TOKEN]);
    all.any(|one| one.eq_ignore_ascii_case(name))
}

/// Returns whether an item has the value of a parameter in the member with the parameter's name.
/// Items whose type has no such member match any value.
fn fits(catalog: &Catalog, item: &Type, value: &Value, parameter: &str, asked: &str) -> bool {
    let name = parameter.trim_start_matches('$');
    let inner = value.get("properties").unwrap_or(&Value::Null);
    let here = member(catalog, item, value, name);
    let found = inner_type(catalog, item, value)
        .and_then(|ty| member(catalog, ty, inner, name))
        .or(here);
    match found {
        None | Some((Shape::Object(..) | Shape::Plain(Type::List(_) | Type::Any), _)) => true,
        Some((Shape::Plain(Type::Map(_)), entries)) => has_entries(entries, asked),
        Some((_, Some(Value::String(text)))) => text.eq_ignore_ascii_case(asked),
        Some((_, Some(other))) => other.to_string().eq_ignore_ascii_case(asked),
        Some((_, None)) => false,
    }
}

fn inner_type<'a>(catalog: &'a Catalog, item: &'a Type, value: &Value) -> Option<&'a Type> {
    let (_, object) = catalog.kind_of(catalog.object(item)?, value)?;
    Some(&object.members.get("properties")?.ty)
}

fn member<'a, 'v>(
    catalog: &'a Catalog,
    ty: &'a Type,
    value: &'v Value,
    name: &str,
) -> Option<(Shape<'a>, Option<&'v Value>)> {
    let (_, object) = catalog.kind_of(catalog.object(ty)?, value)?;
    let member = object.members.get(name)?;
    Some((catalog.shape(&member.ty), value.get(name)))
}

/// Returns whether a map has all entries of a comma-separated list of `key` or `key=value`.
fn has_entries(map: Option<&Value>, asked: &str) -> bool {
    let has = |key: &str| map.and_then(|map| map.get(key));
    asked.split(',').all(|one| match one.split_once('=') {
        Some((key, value)) => has(key).is_some_and(|found| found == value),
        None => has(one).is_some(),
    })
}
