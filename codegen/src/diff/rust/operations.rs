//! Compares methods: their location, parameters and return types.

use super::{
    super::{
        change::{Action, Subject},
        finding::{Aspect, Finding},
        pairs::Pairs,
    },
    types::Types,
};
use crate::model::service::{
    CallKind, Group, Method, PartLocation, PartValue, Service, rust_type::RustType,
};
use std::collections::{HashMap, HashSet};

/// Compares the methods of operations that correspond.
pub(super) fn compare(types: &Types<'_>, pairs: &Pairs<'_>) -> Vec<Finding> {
    let (old, new) = (methods(types.old), methods(types.new));
    let mut found = Vec::new();
    let (mut kept, mut known) = (HashSet::new(), HashSet::new());
    for (old_operation, new_operation) in &pairs.operations {
        let (old_id, new_id) = (old_operation.id.as_str(), new_operation.id.as_str());
        if let (Some(old), Some(new)) = (old.get(old_id), new.get(new_id)) {
            found.extend(Pair { types, id: new_id }.compare(old, new));
        }
        kept.insert(old_id);
        known.insert(new_id);
    }
    let subject = |id: &str| Subject::Operation(id.to_owned());
    let gone = old.keys().filter(|id| !kept.contains(*id));
    found.extend(gone.map(|id| Finding::removed(subject(id), "", true)));
    let added = new.keys().filter(|id| !known.contains(*id));
    found.extend(added.map(|id| Finding::added(subject(id), "", false)));
    found
}

/// A method and the group that its client belongs to.
type GroupMethod<'a> = (&'a Group, &'a Method);

fn methods(service: &Service) -> HashMap<&str, GroupMethod<'_>> {
    let groups = service.groups.iter();
    groups
        .flat_map(|group| group.methods.iter().map(move |method| (group, method)))
        .map(|(group, method)| (method.operation.as_str(), (group, method)))
        .collect()
}

/// A pair of methods to compare.
struct Pair<'a> {
    types: &'a Types<'a>,
    /// The new operation ID.
    id: &'a str,
}

impl Pair<'_> {
    fn compare(
        &self,
        (old_group, old): &GroupMethod<'_>,
        (new_group, new): &GroupMethod<'_>,
    ) -> Vec<Finding> {
        let mut found = Vec::new();
        let returned = self.returned(old, new);
        let begins = |method: &Method| method.call.is_long_running();
        let path = |group: &Group, method: &Method| format!("{}::{}", group.type_name, method.name);
        let (old_path, new_path) = (path(old_group, old), path(new_group, new));
        // The name of a method that has become long-running begins with `begin_`.
        let moved = old_path != new_path && begins(old) == begins(new);
        if old.operation != new.operation || moved {
            let detail = match old.operation == new.operation {
                true => format!("{old_path} -> {new_path}"),
                false => format!("{} -> {}", old.operation, new.operation),
            };
            let subject = Subject::Operation(old.operation.clone());
            let aspect = Aspect::Name;
            let breaks = old_path != new_path;
            found.push(Finding::new(
                subject,
                Action::Renamed,
                aspect,
                detail,
                breaks,
            ));
        }
        found.extend(returned);
        found.extend(self.parameters(old, new));
        let subject = Subject::Body {
            operation: self.id.to_owned(),
        };
        found.extend(self.inputs(&subject, body(old).as_ref(), body(new).as_ref()));
        found
    }

    fn changed(&self, aspect: Aspect, detail: String) -> Finding {
        Finding::changed(Subject::Operation(self.id.to_owned()), aspect, detail, true)
    }

    fn returned(&self, old: &Method, new: &Method) -> Option<Finding> {
        let (from, to) = (ReturnType::new(&old.call), ReturnType::new(&new.call));
        let same_value = match (from.value, to.value) {
            (Some(from), Some(to)) => self.types.same(from, to),
            (None, None) => true,
            _ => false,
        };
        if from.kind == to.kind && same_value {
            return None;
        }
        let either = |kind| from.kind == kind || to.kind == kind;
        let aspect = if from.kind == to.kind {
            Aspect::Type
        } else if either(ReturnKind::Poller) {
            Aspect::LongRunning
        } else if either(ReturnKind::Pager) {
            Aspect::Pages
        } else {
            Aspect::Type
        };
        Some(self.changed(aspect, format!("returns {from} -> {to}")))
    }

    fn parameters(&self, old: &Method, new: &Method) -> Vec<Finding> {
        let mut found = Vec::new();
        let (old, new) = (parameters(old), parameters(new));
        let keys = |all: &[Parameter<'_>]| -> HashSet<Key> {
            all.iter().map(|parameter| parameter.key.clone()).collect()
        };
        let (old_keys, new_keys) = (keys(&old), keys(&new));
        // Otherwise by the name in Rust, because callers use only that name.
        let same = |old: &Parameter<'_>, new: &Parameter<'_>| {
            let alone = || !new_keys.contains(&old.key) && !old_keys.contains(&new.key);
            old.key == new.key || (old.name == new.name && alone())
        };
        let mut order = Vec::new();
        for parameter in &old {
            let subject = self.parameter(parameter);
            let other = new.iter().position(|other| same(parameter, other));
            let input = other.map(|index| &new[index].input);
            found.extend(self.inputs(&subject, Some(&parameter.input), input));
            if let (Input::Argument(_), Some(Input::Argument(_))) = (&parameter.input, input) {
                order.extend(other);
            }
        }
        for parameter in &new {
            if !old.iter().any(|other| same(other, parameter)) {
                let subject = self.parameter(parameter);
                found.extend(self.inputs(&subject, None, Some(&parameter.input)));
            }
        }
        if !order.is_sorted() {
            found.push(self.changed(Aspect::Order, "order of the arguments".to_owned()));
        }
        found
    }

    fn parameter(&self, parameter: &Parameter<'_>) -> Subject {
        Subject::Parameter {
            operation: self.id.to_owned(),
            name: parameter.wire.to_owned(),
        }
    }

    /// Compares how callers pass a value, if they can.
    fn inputs(
        &self,
        subject: &Subject,
        old: Option<&Input<'_>>,
        new: Option<&Input<'_>>,
    ) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut changed = |aspect, detail| {
            found.push(Finding::changed(subject.clone(), aspect, detail, true));
        };
        match (old, new) {
            (None, None) => {}
            (None, Some(new)) => {
                let breaks = matches!(new, Input::Argument(_));
                found.push(Finding::added(subject.clone(), new.to_string(), breaks));
            }
            (Some(old), None) => {
                found.push(Finding::removed(subject.clone(), old.to_string(), true));
            }
            (Some(Input::Argument(old)), Some(Input::Argument(new))) => {
                if !self.types.same(old, new) {
                    changed(Aspect::Type, format!("type {old} -> {new}"));
                }
            }
            (Some(Input::Option(name, old)), Some(Input::Option(new_name, new))) => {
                if name != new_name {
                    changed(Aspect::Name, format!("option {name} -> {new_name}"));
                }
                if !self.types.same(old, new) {
                    changed(Aspect::Type, format!("type {old} -> {new}"));
                }
            }
            (Some(old), Some(new)) => changed(Aspect::Required, format!("{old} -> {new}")),
        }
        found
    }
}

/// The return type of a method.
struct ReturnType<'a> {
    kind: ReturnKind,
    value: Option<&'a RustType>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ReturnKind {
    Response,
    OptionalResponse,
    ByStatus,
    Text,
    Exists,
    Bytes,
    Pager,
    ListPoller,
    OptionalPoller,
    Poller,
}

impl<'a> ReturnType<'a> {
    fn new(call: &'a CallKind) -> Self {
        let (kind, value) = match call {
            CallKind::Send(ty) => (ReturnKind::Response, Some(ty)),
            CallKind::SendOptional(ty) => (ReturnKind::OptionalResponse, Some(ty)),
            CallKind::SendEmpty => (ReturnKind::Response, None),
            CallKind::SendByStatus(_) => (ReturnKind::ByStatus, None),
            CallKind::Text => (ReturnKind::Text, None),
            CallKind::Exists(_) => (ReturnKind::Exists, None),
            CallKind::Bytes => (ReturnKind::Bytes, None),
            CallKind::Pager(ty, _) => (ReturnKind::Pager, Some(ty)),
            CallKind::ListPoller(ty, ..) => (ReturnKind::ListPoller, Some(ty)),
            CallKind::OptionalPoller(ty, _) => (ReturnKind::OptionalPoller, Some(ty)),
            CallKind::Poller(ty, _) => (ReturnKind::Poller, ty.as_ref()),
        };
        Self { kind, value }
    }
}

impl std::fmt::Display for ReturnType<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let outer = match self.kind {
            ReturnKind::Response => "ResponseFuture",
            ReturnKind::OptionalResponse => "ResponseFuture<Option>",
            ReturnKind::ByStatus => "ResponseByStatusFuture",
            ReturnKind::Text => return f.write_str("text"),
            ReturnKind::Exists => return f.write_str("bool"),
            ReturnKind::Bytes => return f.write_str("AsyncResponse"),
            ReturnKind::Pager => "Pager",
            ReturnKind::ListPoller => "ListPoller",
            ReturnKind::OptionalPoller => "Poller<Option>",
            ReturnKind::Poller => "Poller",
        };
        match self.value {
            Some(value) => write!(f, "{outer}<{value}>"),
            None => write!(f, "{outer}<()>"),
        }
    }
}

/// How callers pass a value.
enum Input<'a> {
    /// As a positional argument.
    Argument(RustType),
    /// As a field of the options.
    Option(&'a str, RustType),
}

impl std::fmt::Display for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Argument(ty) => write!(f, "argument of type {ty}"),
            Self::Option(name, ty) => write!(f, "option {name} of type {ty}"),
        }
    }
}

/// The key of a parameter. Parameters in the path are counted from its end, because more or fewer
/// of the first ones may belong to the scope.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Path(usize),
    Query(String),
    Header(String),
    Form(String),
}

/// A parameter that callers pass.
struct Parameter<'a> {
    key: Key,
    /// Name on the wire.
    wire: &'a str,
    /// Name of the argument or option.
    name: &'a str,
    input: Input<'a>,
}

fn parameters(method: &Method) -> Vec<Parameter<'_>> {
    let is_path = |location| matches!(location, PartLocation::Path(_) | PartLocation::Link);
    let in_path = method.parts.iter().filter(|part| is_path(part.location));
    let mut left = in_path.count();
    let mut found = Vec::new();
    for part in &method.parts {
        let key = match part.location {
            PartLocation::Path(_) | PartLocation::Link => {
                left -= 1;
                Key::Path(left)
            }
            PartLocation::Query => Key::Query(part.wire.to_lowercase()),
            PartLocation::Header => Key::Header(part.wire.to_lowercase()),
            PartLocation::Form | PartLocation::FormFile => Key::Form(part.wire.clone()),
            PartLocation::Scope => continue,
        };
        let (name, input) = match &part.value {
            PartValue::Text(name) | PartValue::List(name) | PartValue::Value(name) => {
                (name, argument(method, name))
            }
            PartValue::Option(name) => (name, option(method, name)),
            PartValue::Segment(_) => continue,
        };
        found.extend(input.map(|input| Parameter {
            key,
            wire: &part.wire,
            name,
            input,
        }));
    }
    found
}

fn argument<'a>(method: &'a Method, name: &str) -> Option<Input<'a>> {
    let mut arguments = method.arguments.iter();
    let argument = arguments.find(|argument| argument.name == name)?;
    Some(Input::Argument(argument.ty.clone()))
}

fn option<'a>(method: &'a Method, name: &str) -> Option<Input<'a>> {
    let mut fields = method.options.fields.iter();
    let field = fields.find(|field| field.name == name)?;
    Some(Input::Option(&field.name, field.ty.clone()))
}

fn body(method: &Method) -> Option<Input<'_>> {
    let body = method.body.as_ref()?;
    if !body.required {
        return option(method, &body.name);
    }
    Some(Input::Argument(body.ty.clone()))
}
