//! Builds a short program for each method, for its documentation.

use crate::{
    json_pointer::JsonPointer,
    manifest::Manifest,
    model::service::{
        Argument, BodyArgument, BodyKind, CallKind, Enum, EnumValue, Item, Module, Route,
        RouteStep, Union, WireValue,
        program::{Expression, Program, Statement},
        rust_type::{RuntimeType, RustType},
    },
    names,
    problem::Problems,
    resolve::api::{Api, Shape},
};
use std::collections::HashMap;

/// Checks that `examples:` in the manifest names operations, kinds and values that exist.
pub(crate) fn check(api: &Api, manifest: &Manifest) -> Result<(), Problems> {
    let examples = &manifest.examples;
    let mut problems = Problems::default();
    let root = JsonPointer::from(["examples"]);
    for (key, id) in [("list", &examples.list), ("create", &examples.create)] {
        if let Some(id) = id {
            let known = api.operations.iter().any(|one| one.id == *id);
            let at = (manifest.file.as_str(), root.child(key));
            problems.expect_known(known, at, "the ID of an operation", id);
        }
    }
    for (union, kind) in &examples.kinds {
        let known = kinds(api, union).is_some_and(|mut kinds| kinds.any(|own| own == kind));
        let expected = "a schema with a discriminator, and the schema of one of its kinds";
        let at = (manifest.file.as_str(), root.child("kinds").child(union));
        problems.expect_known(known, at, expected, kind);
    }
    for (schema, value) in &examples.values {
        let known = values(api, schema).is_some_and(|mut values| values.any(|own| own == value));
        let expected = "a schema of an enum, and one of its values";
        let at = (manifest.file.as_str(), root.child("values").child(schema));
        problems.expect_known(known, at, expected, value);
    }
    problems.into_result(())
}

/// Returns the schemas of the kinds of a schema; empty if it has none.
fn kinds<'a>(api: &'a Api, union: &str) -> Option<impl Iterator<Item = &'a String>> {
    match &api.schemas.get(union)?.shape {
        Shape::Object(object) => Some(object.discriminator.as_ref()?.mapping.values()),
        _ => None,
    }
}

/// Returns the values of an enum; `None` if the schema is not one.
fn values<'a>(api: &'a Api, schema: &str) -> Option<impl Iterator<Item = &'a str>> {
    match &api.schemas.get(schema)?.shape {
        Shape::Enumeration(own) => Some(own.values.iter().filter_map(|own| own.value.as_str())),
        _ => None,
    }
}

/// The depth to which bodies are filled in; deeper members are omitted.
const DEPTH: usize = 4;

/// The call of a method.
pub(crate) struct ExampleCall<'a> {
    /// The method's name.
    pub(crate) method: &'a str,
    /// Arguments before the body.
    pub(crate) arguments: &'a [Argument],
    /// The body.
    pub(crate) body: Option<&'a BodyArgument>,
    /// Kind of the call.
    pub(crate) call: &'a CallKind,
}

/// Returns the statement that creates a scope.
fn to_scope(step: &RouteStep, parent: &str) -> Statement {
    let arguments = step.arguments.iter();
    let arguments = arguments.map(|argument| sample(&argument.name));
    let parent = Expression::Variable(parent.to_owned());
    let value = parent.call(&step.method, arguments.collect()).tried();
    Statement::Let(step.method.clone(), value)
}

/// Returns the statements that call a method and use its result.
fn statement(call: &CallKind, value: Expression) -> Statement {
    let model = |response: Expression| response.call("into_model", Vec::new()).tried();
    let named = |name: &str, value| Statement::Let(name.to_owned(), value);
    match call {
        CallKind::Send(ty) => named(&result(ty), model(value.awaited().tried())),
        CallKind::SendOptional(ty) => named(&result(ty), model(value.awaited().tried())),
        CallKind::SendByStatus(_) => named("response", model(value.awaited().tried())),
        CallKind::Text => named("text", model(value.awaited().tried())),
        CallKind::SendEmpty => Statement::Drop(value.awaited().tried()),
        CallKind::Exists(_) => named("exists", value.awaited().tried()),
        CallKind::Bytes => named("bytes", value.awaited().tried()),
        CallKind::Pager(..) => Statement::PrintItems(value.tried()),
        CallKind::ListPoller(..) => Statement::PrintItems(value.tried().awaited().tried()),
        CallKind::OptionalPoller(ty, _) => {
            named(&result(ty), model(value.tried().awaited().tried()))
        }
        CallKind::Poller(Some(ty), _) => named(&result(ty), model(value.tried().awaited().tried())),
        CallKind::Poller(None, _) => Statement::Drop(value.tried().awaited().tried()),
    }
}

fn result(ty: &RustType) -> String {
    let name = names::snake_name(&ty.to_string());
    if name.len() > 24 || ty.inner().is_some() {
        "response".to_owned()
    } else {
        name
    }
}

/// Returns a sample name: `"endpoint-name"` for `endpoint_name`.
fn sample(argument: &str) -> Expression {
    Expression::Text(argument.trim_matches('_').replace('_', "-"))
}

/// Returns a sample value of a type of the runtime. Types to which times, text or bytes can be
/// converted are left to inference.
fn runtime_value(ty: RuntimeType) -> Option<Expression> {
    let time = RustType::Runtime(RuntimeType::OffsetDateTime);
    let time = Expression::Associated(time, "UNIX_EPOCH".to_owned());
    let text = |text: &str| Expression::Text(text.to_owned());
    Some(match ty {
        RuntimeType::Value => Expression::Function(RustType::Runtime(ty), "default", Vec::new()),
        RuntimeType::OffsetDateTime => time,
        RuntimeType::Uuid => Expression::Function(RustType::Runtime(ty), "nil", Vec::new()),
        RuntimeType::Date => time.call("date", Vec::new()),
        RuntimeType::Rfc1123 | RuntimeType::UnixTime => time.call("into", Vec::new()),
        RuntimeType::IsoDuration => text("PT1H").call("into", Vec::new()),
        RuntimeType::Base64 | RuntimeType::Base64Url => {
            let bytes = text("content").call("as_bytes", Vec::new());
            bytes.call("into", Vec::new())
        }
        _ => return None,
    })
}

/// What examples show of unions and enums, if it is not the first kind or value.
pub(crate) struct Choices {
    /// The models of kinds, by the names of unions.
    pub(crate) kinds: HashMap<String, String>,
    /// The values, by the names of enums.
    pub(crate) values: HashMap<String, WireValue>,
}

/// Builds sample values of all types.
pub(crate) struct Samples<'a> {
    items: HashMap<&'a str, &'a Item>,
    choices: Choices,
}

impl<'a> Samples<'a> {
    /// Creates the builder from the models of all modules, and what to show of them.
    pub(crate) fn new(modules: &'a [Module], choices: Choices) -> Self {
        let items = modules.iter().flat_map(Module::types);
        Self {
            items: items.map(|item| (item.name(), item)).collect(),
            choices,
        }
    }

    /// Returns a program that calls a method of the group with this route and accessor; `None` if
    /// an argument's type has no sample value.
    pub(crate) fn program(
        &self,
        route: &Route,
        accessor: &str,
        example: &ExampleCall<'_>,
    ) -> Option<Program> {
        let mut arguments = example
            .arguments
            .iter()
            .map(|argument| self.argument(argument))
            .collect::<Option<Vec<_>>>()?;
        if let Some(body) = example.body.filter(|body| body.required) {
            arguments.push(self.body(body)?);
        }
        arguments.push(Expression::None);
        let mut scope = "client";
        let mut statements = Vec::new();
        for step in &route.steps {
            statements.push(to_scope(step, scope));
            scope = &step.method;
        }
        let client = Expression::Variable(scope.to_owned()).call(accessor, Vec::new());
        let value = client.call(example.method, arguments);
        statements.push(statement(example.call, value));
        Some(Program(statements))
    }

    fn argument(&self, argument: &Argument) -> Option<Expression> {
        self.value(&argument.ty, &argument.name, DEPTH)
    }

    fn body(&self, body: &BodyArgument) -> Option<Expression> {
        let content = Expression::Text("content".to_owned());
        match body.kind {
            BodyKind::Json(_) => {}
            BodyKind::Text(_) => return Some(content),
            BodyKind::Bytes(_) => return Some(content.call("into", Vec::new())),
            BodyKind::Choice(_) => return None,
        }
        let whole = match &body.ty {
            RustType::Json(inner) => self.unaliased(inner)?,
            ty => return Some(self.value(ty, &body.name, DEPTH)?.borrowed()),
        };
        match whole {
            RustType::Runtime(own) => runtime_value(*own),
            _ => Some(Expression::Default.borrowed()),
        }
    }

    /// Returns the type of an alias.
    fn unaliased<'t>(&'t self, ty: &'t RustType) -> Option<&'t RustType> {
        match ty {
            RustType::Model(model) => match self.items.get(model.as_str())? {
                Item::Alias(item) => self.unaliased(&item.ty),
                _ => Some(ty),
            },
            _ => Some(ty),
        }
    }

    /// Returns an expression of a type, for an item with this name.
    fn value(&self, ty: &RustType, name: &str, depth: usize) -> Option<Expression> {
        Some(match ty {
            RustType::String => sample(name).call("to_owned", Vec::new()),
            RustType::I32 | RustType::I64 => Expression::Integer(1),
            RustType::F64 => Expression::Float(0.5),
            RustType::Bool => Expression::Bool(true),
            RustType::Runtime(own) => runtime_value(*own)?,
            RustType::Into(into) => self.convertible(into, name, depth)?,
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

    /// Returns an expression that can be converted to a type.
    fn convertible(&self, ty: &RustType, name: &str, depth: usize) -> Option<Expression> {
        Some(match ty {
            RustType::String => sample(name),
            RustType::Secret(inner) | RustType::Boxed(inner) => {
                self.convertible(inner, name, depth)?
            }
            RustType::Map(_) => Expression::EmptyArray,
            RustType::Runtime(RuntimeType::IsoDuration) => Expression::Text("PT1H".to_owned()),
            RustType::Model(model) => match self.items.get(model.as_str())? {
                Item::Union(item) => self.value(&self.kind(item)?, name, depth)?,
                Item::Alias(item) => self.convertible(&item.ty, name, depth)?,
                _ => self.value(ty, name, depth)?,
            },
            _ => self.value(ty, name, depth)?,
        })
    }

    fn kind(&self, union: &Union) -> Option<RustType> {
        let first = || union.kinds.first().map(|kind| &kind.model);
        let kind = self.choices.kinds.get(&union.name).or_else(first);
        kind.cloned().map(RustType::Model)
    }

    fn enum_value<'e>(&self, item: &'e Enum) -> Option<&'e EnumValue> {
        match self.choices.values.get(&item.name) {
            Some(chosen) => item.values.iter().find(|value| value.wire == *chosen),
            None => item.values.first(),
        }
    }

    fn model(&self, ty: &RustType, model: &str, name: &str, depth: usize) -> Option<Expression> {
        let ty = || ty.clone();
        Some(match self.items.get(model)? {
            Item::Enum(item) => Expression::Associated(ty(), self.enum_value(item)?.name.clone()),
            Item::Alias(item) => self.value(&item.ty, name, depth)?,
            Item::Union(item) => {
                let kind = self.value(&self.kind(item)?, name, depth)?;
                Expression::Function(ty(), "from", vec![kind])
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
