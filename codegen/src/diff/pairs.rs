//! Pairs the operations and types of two APIs, and finds out which types clients send or receive.

use super::rules::Direction;
use crate::{
    http_method::HttpMethod,
    resolve::api::{Api, Object, Operation, Parameter, ParameterLocation, Shape, Type},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Two APIs and the pairs of their operations and types.
pub(super) struct Pairs<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    /// Operations that are the same in both APIs.
    pub(super) operations: Vec<(&'a Operation, &'a Operation)>,
    /// For each old type, the names of the new types at the same places.
    counterparts: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// For each old type, whether clients send or receive its values.
    directions: HashMap<&'a str, Direction>,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        let operations = same_operations(old, new);
        Self {
            old,
            new,
            counterparts: counterparts(old, new, &operations),
            directions: directions(old),
            operations,
        }
    }

    /// Returns whether clients send or receive values of an old type.
    pub(super) fn direction(&self, name: &str) -> Direction {
        self.directions.get(name).copied().unwrap_or_default()
    }

    /// Returns the names of the new types at the places of an old type; empty if nothing uses it.
    pub(super) fn counterparts(&self, old: &str) -> impl Iterator<Item = &'a str> {
        self.counterparts.get(old).into_iter().flatten().copied()
    }

    /// Returns whether two types are the same or are used at the same place.
    pub(super) fn correspond(&self, old: &Type, new: &Type) -> bool {
        match (actual(self.old, old), actual(self.new, new)) {
            (Type::Array(old), Type::Array(new)) | (Type::Map(old), Type::Map(new)) => {
                self.correspond(&old.ty, &new.ty)
            }
            (Type::Named(old), Type::Named(new)) => {
                self.counterparts(old).any(|counterpart| counterpart == new)
            }
            (old, new) => old == new,
        }
    }

    /// Returns all pairs of objects or enums to compare. Types that no operation uses are paired by
    /// name.
    pub(super) fn types(&self) -> Vec<(&'a str, &'a str)> {
        let taken: BTreeSet<&str> = self.counterparts.values().flatten().copied().collect();
        let mut found = Vec::new();
        for name in self.old.schemas.keys() {
            found.extend(self.counterparts(name).map(|new| (name.as_str(), new)));
            if !self.counterparts.contains_key(name.as_str())
                && !taken.contains(name.as_str())
                && same_kind(self.old, name, self.new, name)
            {
                found.push((name, name));
            }
        }
        found
    }
}

/// The key that identifies a request.
type RequestKey<'a> = (Vec<String>, BTreeMap<&'a str, &'a str>, HttpMethod);

/// Returns the key: the literal texts of the path in lower case, because ARM ignores the case of
/// paths; the constants in the query, by which paths of `x-ms-paths` differ; and the method.
fn key_of(operation: &Operation) -> RequestKey<'_> {
    let path = &operation.path;
    let literals = path.steps().iter().map(|step| step.literal.as_str());
    let literals = literals.chain([path.tail()]);
    let is_fixed =
        |one: &&Parameter| one.location == ParameterLocation::Query && one.name != "api-version";
    let fixed = operation.parameters.iter().filter(is_fixed);
    let fixed = fixed.filter_map(|one| Some((one.name.as_str(), one.constant.as_deref()?)));
    (
        literals.map(str::to_lowercase).collect(),
        fixed.collect(),
        operation.method,
    )
}

/// Returns whether two operations have the same request, whatever the names of their parameters.
pub(super) fn same_request(old: &Operation, new: &Operation) -> bool {
    key_of(old) == key_of(new)
}

/// Returns the operations of both APIs with the same method and path or, if there is none, with the
/// same ID.
fn same_operations<'a>(old: &'a Api, new: &'a Api) -> Vec<(&'a Operation, &'a Operation)> {
    let by_key: HashMap<_, &Operation> = new.operations.iter().map(|o| (key_of(o), o)).collect();
    let old_keys: BTreeSet<_> = old.operations.iter().map(key_of).collect();
    let moved: HashMap<&str, &Operation> = new
        .operations
        .iter()
        .filter(|operation| !old_keys.contains(&key_of(operation)))
        .map(|operation| (operation.id.as_str(), operation))
        .collect();
    let counterpart = |operation: &'a Operation| {
        let same = by_key.get(&key_of(operation));
        let same = same.or_else(|| moved.get(operation.id.as_str()))?;
        Some((operation, *same))
    };
    old.operations.iter().filter_map(counterpart).collect()
}

/// The key of a parameter: the position of one in the path, the name of any other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ParameterKey {
    Path(usize),
    Query(String),
    Header(String),
    Form(String),
}

/// Returns the parameters of an operation by their keys.
pub(super) fn parameters(operation: &Operation) -> BTreeMap<ParameterKey, &Parameter> {
    let key = |parameter: &Parameter| match parameter.location {
        ParameterLocation::Path => {
            let mut names = operation.path.placeholders();
            let position = names.position(|name| name == parameter.name);
            ParameterKey::Path(position.unwrap_or_default())
        }
        ParameterLocation::Query => ParameterKey::Query(parameter.name.to_lowercase()),
        ParameterLocation::Header => ParameterKey::Header(parameter.name.to_lowercase()),
        ParameterLocation::Form => ParameterKey::Form(parameter.name.clone()),
    };
    let all = operation.parameters.iter();
    all.map(|parameter| (key(parameter), parameter)).collect()
}

/// Returns the type with aliases resolved.
pub(super) fn actual<'t>(api: &'t Api, ty: &'t Type) -> &'t Type {
    match ty {
        Type::Named(name) => match api.schemas.get(name).map(|schema| &schema.shape) {
            Some(Shape::Alias(ty)) => actual(api, ty),
            _ => ty,
        },
        _ => ty,
    }
}

/// Returns the object with a name.
pub(super) fn object<'a>(api: &'a Api, name: &str) -> Option<&'a Object> {
    match &api.schemas.get(name)?.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// Returns whether both are objects or both are enums.
pub(super) fn same_kind(old: &Api, old_name: &str, new: &Api, new_name: &str) -> bool {
    let shape = |api: &'_ Api, name: &str| match api.schemas.get(name).map(|found| &found.shape) {
        Some(Shape::Object(_)) => Some(true),
        Some(Shape::Enumeration(_)) => Some(false),
        Some(Shape::Alias(_)) | None => None,
    };
    let old = shape(old, old_name);
    old.is_some() && old == shape(new, new_name)
}

/// Walks both APIs in parallel, starting from their operations.
fn counterparts<'a>(
    old: &'a Api,
    new: &'a Api,
    operations: &[(&'a Operation, &'a Operation)],
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut waiting: Vec<(&Type, &Type)> = operations
        .iter()
        .flat_map(|(old, new)| types_of_operations(old, new))
        .collect();
    let mut names: Vec<(&str, &str)> = Vec::new();
    loop {
        while let Some((old_type, new_type)) = waiting.pop() {
            match (actual(old, old_type), actual(new, new_type)) {
                (Type::Array(old), Type::Array(new)) | (Type::Map(old), Type::Map(new)) => {
                    waiting.push((&old.ty, &new.ty));
                }
                (Type::Named(old), Type::Named(new)) => names.push((old, new)),
                _ => {}
            }
        }
        let Some((old_name, new_name)) = names.pop() else {
            return found;
        };
        if same_kind(old, old_name, new, new_name)
            && found.entry(old_name).or_default().insert(new_name)
            && let (Some(old), Some(new)) = (object(old, old_name), object(new, new_name))
        {
            waiting.extend(types_of_members(old, new));
            names.extend(kinds_of_both(old, new));
        }
    }
}

fn types_of_operations<'a>(old: &'a Operation, new: &'a Operation) -> Vec<(&'a Type, &'a Type)> {
    let mut found = Vec::new();
    let new_parameters = parameters(new);
    for (key, parameter) in parameters(old) {
        let other = new_parameters.get(&key);
        found.extend(other.map(|other| (&parameter.ty, &other.ty)));
    }
    let bodies = old.body.iter().zip(&new.body);
    found.extend(bodies.map(|(old, new)| (&old.ty, &new.ty)));
    for response in &old.responses {
        let mut all = new.responses.iter();
        let other = all.find(|other| other.status == response.status);
        let other = other.and_then(|other| other.body.as_ref());
        found.extend(response.body.iter().zip(other));
    }
    found.extend(result(old).zip(result(new)));
    found
}

/// Returns the type of the final result of a long-running operation, if the description defines it.
pub(super) fn result(operation: &Operation) -> Option<&Type> {
    operation.long_running.as_ref()?.result.as_ref()
}

fn types_of_members<'a>(old: &'a Object, new: &'a Object) -> Vec<(&'a Type, &'a Type)> {
    let of_both = old.properties.iter().filter_map(|(name, property)| {
        let other = new.properties.get(name)?;
        Some((&property.ty, &other.ty))
    });
    let additional = old.additional.iter().zip(&new.additional);
    of_both.chain(additional).collect()
}

fn kinds_of_both<'a>(old: &'a Object, new: &'a Object) -> Vec<(&'a str, &'a str)> {
    let (Some(old), Some(new)) = (&old.discriminator, &new.discriminator) else {
        return Vec::new();
    };
    let kinds = old.mapping.iter();
    kinds
        .filter_map(|(value, name)| Some((name.as_str(), new.mapping.get(value)?.as_str())))
        .collect()
}

fn directions(api: &Api) -> HashMap<&str, Direction> {
    let mut directions: HashMap<&str, Direction> = HashMap::new();
    for operation in &api.operations {
        for name in reached(api, sent_by(operation)) {
            directions.entry(name).or_default().sent = true;
        }
        for name in reached(api, received_by(operation)) {
            directions.entry(name).or_default().received = true;
        }
    }
    directions
}

fn sent_by(operation: &Operation) -> Vec<&Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let bodies = operation.body.iter().map(|body| &body.ty);
    parameters.chain(bodies).collect()
}

fn received_by(operation: &Operation) -> Vec<&Type> {
    let responses = operation.responses.iter().flat_map(|response| {
        let headers = response.headers.iter().map(|header| &header.ty);
        response.body.iter().chain(headers)
    });
    responses.chain(result(operation)).collect()
}

/// Returns the names of all objects and enums in values of the types.
fn reached<'a>(api: &'a Api, mut waiting: Vec<&'a Type>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut names: Vec<&str> = Vec::new();
    loop {
        while let Some(ty) = waiting.pop() {
            match ty {
                Type::Array(element) | Type::Map(element) => waiting.push(&element.ty),
                Type::Named(name) => names.push(name),
                _ => {}
            }
        }
        let Some(name) = names.pop() else {
            return found;
        };
        if !found.insert(name) {
            continue;
        }
        match api.schemas.get(name).map(|schema| &schema.shape) {
            Some(Shape::Object(object)) => {
                waiting.extend(object.properties.values().map(|property| &property.ty));
                waiting.extend(&object.additional);
                let kinds = object.discriminator.iter().flat_map(|d| d.mapping.values());
                names.extend(kinds.map(String::as_str));
            }
            Some(Shape::Alias(ty)) => waiting.push(ty),
            Some(Shape::Enumeration(_)) | None => {}
        }
    }
}
