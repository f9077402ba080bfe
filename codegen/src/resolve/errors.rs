//! Models of errors.

use super::api::{Api, Object, Shape, Type};

/// The members of errors in the ARM RPC's contract, and those that services often add.
const CONTRACT: [&str; 7] = [
    "error",
    "code",
    "message",
    "target",
    "details",
    "additionalInfo",
    "innererror",
];

/// Removes the models that have no more members than the contract of all errors, which the runtime
/// reads.
pub(super) fn keep_own(api: &mut Api) {
    let mut operations = std::mem::take(&mut api.operations);
    for operation in &mut operations {
        operation
            .errors
            .retain(|error| !is_contract(api, &error.body));
    }
    api.operations = operations;
}

fn is_contract(api: &Api, ty: &Type) -> bool {
    let Some(object) = object(api, ty) else {
        return matches!(ty, Type::Any);
    };
    let is_error = |object: &Object| {
        let mut members = object.properties.keys();
        object.discriminator.is_none() && members.all(|name| CONTRACT.contains(&name.as_str()))
    };
    let inner = object.properties.get("error");
    let inner = inner.and_then(|inner| self::object(api, &inner.ty));
    is_error(object) && inner.is_none_or(is_error)
}

fn object<'a>(api: &'a Api, ty: &Type) -> Option<&'a Object> {
    let Type::Named(name) = ty else { return None };
    match &api.schemas.get(name)?.shape {
        Shape::Object(object) => Some(object),
        Shape::Alias(ty) => self::object(api, ty),
        Shape::Enumeration(_) => None,
    }
}
