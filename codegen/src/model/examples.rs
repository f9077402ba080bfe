//! A short program for each method, for its documentation.

use super::{
    program::{Expression, Program, Statement},
    rust_type::{RuntimeType, RustType},
    service::{
        Argument, BodyArgument, CallKind, FrontPage, Group, Item, Method, Module, Scope, Service,
    },
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
        let client = Expression::Variable(place).call(&group.accessor, Vec::new());
        for method in &mut group.methods {
            method.example = last(method, client.clone(), &values).map(|last| {
                let setup = setup.iter().cloned();
                Program(setup.chain([last]).collect())
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
    let lists = |method: &Method| matches!(method.call, CallKind::Pager(_));
    let makes = |method: &Method| {
        matches!(method.call, CallKind::Poller(Some(_), _)) && method.verb == "put"
    };
    FrontPage {
        list: pick(lists, true).or_else(|| pick(lists, false)),
        begin: pick(makes, false),
    }
}

/// For each group, the statements that lead to its scope and the name of that scope.
fn ways(service: &Service) -> Vec<Option<(Vec<Statement>, String)>> {
    let mut ways: Vec<Option<(Vec<Statement>, String)>> = vec![None; service.groups.len()];
    let mut waiting = vec![(0, Vec::new(), "client".to_owned())];
    while let Some((index, setup, place)) = waiting.pop() {
        let scope = &service.scopes[index];
        for &group in &scope.groups {
            ways[group] = Some((setup.clone(), place.clone()));
        }
        for &child in &scope.children {
            let scope = &service.scopes[child];
            let step = step(scope, &place);
            let setup = setup.iter().cloned().chain([step]).collect();
            waiting.push((child, setup, scope.method.clone()));
        }
    }
    ways
}

fn step(scope: &Scope, parent: &str) -> Statement {
    let arguments = scope.path.arguments.iter();
    let arguments = arguments.map(|argument| sample(&argument.name));
    let parent = Expression::Variable(parent.to_owned());
    let value = parent.call(&scope.method, arguments.collect()).tried();
    Statement::Let(scope.method.clone(), value)
}

/// The statement that calls a method of a group's client.
fn last(method: &Method, client: Expression, values: &Values<'_>) -> Option<Statement> {
    let arguments = method
        .arguments
        .iter()
        .map(|argument| values.argument(argument));
    let mut arguments = arguments.collect::<Option<Vec<_>>>()?;
    if let Some(body) = method.body.as_ref().filter(|body| body.required) {
        arguments.push(values.body(body)?);
    }
    arguments.push(Expression::None);
    let call = client.call(&method.name, arguments);
    let model = |answer: Expression| answer.call("into_model", Vec::new()).tried();
    let named = |name: &str, value| Statement::Let(name.to_owned(), value);
    Some(match &method.call {
        CallKind::Send(ty) => named(&result(ty), model(call.awaited().tried())),
        CallKind::SendEmpty => Statement::Drop(call.awaited().tried()),
        CallKind::Exists => named("exists", call.awaited().tried()),
        CallKind::Bytes => named("bytes", call.awaited().tried()),
        CallKind::Pager(_) => Statement::PrintItems(call.tried()),
        CallKind::Poller(Some(ty), _) => named(&result(ty), model(call.tried().awaited().tried())),
        CallKind::Poller(None, _) => Statement::Drop(call.tried().awaited().tried()),
    })
}

fn result(ty: &RustType) -> String {
    let name = names::snake_name(&ty.to_string());
    if name.len() > 24 || ty.inner().is_some() {
        "answer".to_owned()
    } else {
        name
    }
}

/// A name that a caller could give: `endpoint_name` becomes `"endpoint-name"`.
fn sample(argument: &str) -> Expression {
    Expression::Text(argument.trim_matches('_').replace('_', "-"))
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

    fn argument(&self, argument: &Argument) -> Option<Expression> {
        self.value(&argument.ty, &argument.name, DEPTH)
    }

    fn body(&self, body: &BodyArgument) -> Option<Expression> {
        if body.raw.is_some() {
            return Some(Expression::Text("content".to_owned()).call("into", Vec::new()));
        }
        Some(self.value(&body.ty, &body.name, DEPTH)?.borrowed())
    }

    /// An expression of a type, for something with a name.
    fn value(&self, ty: &RustType, name: &str, depth: usize) -> Option<Expression> {
        Some(match ty {
            RustType::String => sample(name).call("to_owned", Vec::new()),
            RustType::I32 | RustType::I64 => Expression::Integer(1),
            RustType::F64 => Expression::Float(0.5),
            RustType::Bool => Expression::Bool(true),
            RustType::Runtime(RuntimeType::Value) => {
                Expression::Function(ty.clone(), "default", Vec::new())
            }
            RustType::Runtime(RuntimeType::OffsetDateTime) => {
                Expression::Associated(ty.clone(), "UNIX_EPOCH".to_owned())
            }
            RustType::Into(into) => match &**into {
                RustType::Secret(inner) if **inner != RustType::String => {
                    self.value(inner, name, depth)?
                }
                _ => sample(name),
            },
            RustType::Vec(_) => Expression::EmptyList,
            RustType::Map(_) => Expression::Default,
            RustType::Ref(inner) => match &**inner {
                RustType::Str => sample(name),
                RustType::Slice(_) => Expression::EmptyList.borrowed(),
                inner => self.value(inner, name, depth)?.borrowed(),
            },
            RustType::Model(model) => self.model(ty, model, name, depth)?,
            _ => return None,
        })
    }

    fn model(&self, ty: &RustType, model: &str, name: &str, depth: usize) -> Option<Expression> {
        let ty = || ty.clone();
        Some(match self.items.get(model)? {
            Item::Enum(item) => Expression::Associated(ty(), item.values.first()?.name.clone()),
            Item::Alias(item) => self.value(&item.ty, name, depth)?,
            Item::Union(item) => {
                let kind = RustType::Model(item.kinds.first()?.model.clone());
                Expression::Function(ty(), "from", vec![self.value(&kind, name, depth)?])
            }
            Item::Struct(item) if item.required.is_empty() || depth == 0 => {
                Expression::Function(ty(), "default", Vec::new())
            }
            Item::Struct(item) => {
                let all = item.required.iter();
                let all = all.map(|needed| self.value(&needed.ty, &needed.field, depth - 1));
                Expression::Function(ty(), "new", all.collect::<Option<_>>()?)
            }
        })
    }
}

impl Group {
    /// Where the example of a method lies inside the crate.
    pub fn example_path(&self, method: &Method) -> String {
        format!("docs/{}/{}.md", self.module, method.name)
    }
}
