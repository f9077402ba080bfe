//! A short program for each method, for its documentation.

use super::service::{
    Argument, BodyArgument, Finish, FrontPage, Group, Item, Method, Module, Scope, Service,
};
use crate::names;
use std::collections::HashMap;

/// How deep bodies are filled in; what lies deeper is left out.
const DEPTH: usize = 4;

/// Gives every method its example.
pub(super) fn add(service: &mut Service) {
    let ways = ways(service);
    let top: Vec<usize> = service.scopes[0].groups.clone();
    let values = Values::new(&service.modules);
    for (group, way) in service.groups.iter_mut().zip(ways) {
        let Some((setup, place)) = way else {
            continue;
        };
        let accessor = group.accessor.clone();
        for method in &mut group.methods {
            method.example = example(method, &values).map(|(call, end)| {
                format!(
                    "{setup}{}",
                    end.around(&format!("{place}.{accessor}().{call}"))
                )
            });
        }
    }
    service.front = front_page(service, &top);
}

/// Picks a list near the top, and an operation that makes something.
fn front_page(service: &Service, top: &[usize]) -> FrontPage {
    let pick = |wanted: fn(&Method) -> bool, near: bool| {
        let groups = service.groups.iter().enumerate();
        let groups =
            groups.filter(|(index, group)| !near || (top.contains(index) && !group.tenant));
        let mut methods = groups.flat_map(|(_, group)| &group.methods);
        methods
            .find(|method| wanted(method) && method.example.is_some())?
            .example
            .clone()
    };
    let lists = |method: &Method| matches!(method.finish, Finish::Pager(_));
    let makes = |method: &Method| {
        matches!(method.finish, Finish::Poller(Some(_), _)) && method.verb == "put"
    };
    FrontPage {
        list: pick(lists, true).or_else(|| pick(lists, false)),
        begin: pick(makes, false),
    }
}

/// For each group, the statements that lead to its scope and the name of that scope.
fn ways(service: &Service) -> Vec<Option<(String, String)>> {
    let mut ways: Vec<Option<(String, String)>> = vec![None; service.groups.len()];
    let mut waiting = vec![(0, String::new(), "client".to_owned())];
    while let Some((index, setup, place)) = waiting.pop() {
        let scope = &service.scopes[index];
        for &group in &scope.groups {
            ways[group] = Some((setup.clone(), place.clone()));
        }
        for &child in &scope.children {
            let scope = &service.scopes[child];
            let step = step(scope, &place);
            waiting.push((child, format!("{setup}{step}"), scope.method.clone()));
        }
    }
    ways
}

fn step(scope: &Scope, parent: &str) -> String {
    let arguments = scope
        .place
        .parameters
        .iter()
        .map(|placeholder| sample(&placeholder.argument));
    let arguments: Vec<String> = arguments.collect();
    format!(
        "let {0} = {parent}.{0}({1})?;\n",
        scope.method,
        arguments.join(", ")
    )
}

/// What a caller does with an answer.
enum End {
    /// Nothing is left to do.
    Done,
    /// Gives it this name.
    Named(String),
    /// Goes through the items.
    Items,
}

impl End {
    fn around(&self, call: &str) -> String {
        match self {
            Self::Done => format!("{call};"),
            Self::Named(name) => format!("let {name} = {call};"),
            Self::Items => format!(
                "let mut items = {call};\n\
                 while let Some(item) = items.try_next().await? {{ println!(\"{{item:?}}\"); }}"
            ),
        }
    }
}

fn example(method: &Method, values: &Values<'_>) -> Option<(String, End)> {
    let arguments = method
        .arguments
        .iter()
        .map(|argument| values.argument(argument));
    let mut arguments = arguments.collect::<Option<Vec<String>>>()?;
    if let Some(body) = method.body.as_ref().filter(|body| body.required) {
        arguments.push(values.body(body)?);
    }
    arguments.push("None".to_owned());
    let call = format!("{}({})", method.name, arguments.join(", "));
    Some(match &method.finish {
        Finish::Send(ty) => (
            format!("{call}.await?.into_model()?"),
            End::Named(result(ty)),
        ),
        Finish::SendEmpty => (format!("{call}.await?"), End::Done),
        Finish::Exists => (format!("{call}.await?"), End::Named("exists".to_owned())),
        Finish::Bytes => (format!("{call}.await?"), End::Named("bytes".to_owned())),
        Finish::Pager(_) => (format!("{call}?"), End::Items),
        Finish::Poller(Some(ty), _) => (
            format!("{call}?.await?.into_model()?"),
            End::Named(result(ty)),
        ),
        Finish::Poller(None, _) => (format!("{call}?.await?"), End::Done),
    })
}

fn result(ty: &str) -> String {
    let name = names::snake_name(ty);
    if name.len() > 24 || ty.contains('<') {
        "answer".to_owned()
    } else {
        name
    }
}

/// A name that a caller could give: `endpoint_name` becomes `"endpoint-name"`.
fn sample(argument: &str) -> String {
    format!("{:?}", argument.trim_matches('_').replace('_', "-"))
}

/// Makes up values of all types.
struct Values<'a> {
    items: HashMap<&'a str, &'a Item>,
}

impl<'a> Values<'a> {
    fn new(modules: &'a [Module]) -> Self {
        let items = modules.iter().flat_map(|module| &module.items);
        Self {
            items: items.map(|item| (item.name(), item)).collect(),
        }
    }

    fn argument(&self, argument: &Argument) -> Option<String> {
        match argument.ty.as_str() {
            "&str" => Some(sample(&argument.name)),
            ty => Some(format!(
                "&{}",
                self.value(ty.strip_prefix('&')?, &argument.name, DEPTH)?
            )),
        }
    }

    fn body(&self, body: &BodyArgument) -> Option<String> {
        if body.raw.is_some() {
            return Some("\"content\".into()".to_owned());
        }
        Some(format!("&{}", self.value(&body.ty, &body.name, DEPTH)?))
    }

    /// An expression of a type, for something with a name.
    fn value(&self, ty: &str, name: &str, depth: usize) -> Option<String> {
        Some(match ty {
            "String" => format!("{}.to_owned()", sample(name)),
            "i32" | "i64" => "1".to_owned(),
            "f64" => "0.5".to_owned(),
            "bool" => "true".to_owned(),
            "Value" => "Value::default()".to_owned(),
            "OffsetDateTime" => "OffsetDateTime::UNIX_EPOCH".to_owned(),
            _ if ty.starts_with("impl Into<Secret<") => {
                let inner = ty
                    .trim_start_matches("impl Into<Secret<")
                    .trim_end_matches(">>");
                self.value(inner, name, depth)?
            }
            _ if ty.starts_with("impl Into<") => sample(name),
            _ if ty.starts_with("Vec<") => "vec![]".to_owned(),
            _ if ty.starts_with("BTreeMap<") => "Default::default()".to_owned(),
            _ => match self.items.get(ty)? {
                Item::Enum(item) => format!("{ty}::{}", item.variants.first()?.name),
                Item::Alias(item) => self.value(&item.ty, name, depth)?,
                Item::Union(item) => {
                    let payload = item.variants.first()?.payload.as_deref()?;
                    format!("{ty}::from({})", self.value(payload, name, depth)?)
                }
                Item::Struct(item) if item.required.is_empty() || depth == 0 => {
                    format!("{ty}::default()")
                }
                Item::Struct(item) => {
                    let all = item.required.iter();
                    let all = all.map(|needed| self.value(&needed.ty, &needed.field, depth - 1));
                    format!("{ty}::new({})", all.collect::<Option<Vec<_>>>()?.join(", "))
                }
            },
        })
    }
}

impl Group {
    /// Where the example of a method lies inside the crate.
    pub fn example_path(&self, method: &Method) -> String {
        format!("docs/{}/{}.md", self.module, method.name)
    }
}
