//! Converts request bodies to arguments of methods.

use crate::{
    model::{
        docs,
        items::types::Types,
        service::{
            BodyArgument, BodyEnum, BodyKind, BodyVariant,
            rust_type::{RuntimeType, RustType},
        },
    },
    names,
    resolve::api::{Body, Choice, Operation, Type},
};
use std::collections::HashSet;

/// Returns the body of an operation. An enum of several content types is named after `client` and
/// `method`.
pub(crate) fn body(
    types: &Types<'_>,
    operation: &Operation,
    (client, method): (&str, &str),
) -> Option<BodyArgument> {
    let body = operation.body.as_ref()?;
    let (kind, ty) = if body.choices.is_empty() {
        only(types, body)
    } else {
        let name = format!("{client}{}Body", names::type_name(method));
        let choice = BodyEnum {
            docs: format!("Bodies of [`{client}::{method}`], by their content type."),
            variants: variants(types, &body.choices),
            name: name.clone(),
        };
        let ty = RustType::Operation(name, choice.borrows());
        (BodyKind::Choice(choice), ty)
    };
    Some(BodyArgument {
        name: names::snake_name(&body.name),
        required: body.required,
        kind,
        ty,
    })
}

/// Returns the type of an optional body.
pub(crate) fn option_type(body: &BodyArgument) -> RustType {
    match &body.kind {
        BodyKind::Json(_) => RustType::Body(body.ty.clone().into()),
        BodyKind::Text(_) => RustType::String,
        BodyKind::Bytes(_) | BodyKind::Choice(_) => body.ty.clone(),
    }
}

fn only(types: &Types<'_>, body: &Body) -> (BodyKind, RustType) {
    let content_type = body.content_type.clone();
    if is_json(&content_type, &body.ty) {
        let other = (content_type != "application/json").then_some(content_type);
        (BodyKind::Json(other), types.body(&body.ty))
    } else if is_text(&content_type, &body.ty) {
        (BodyKind::Text(content_type), RustType::Str.borrowed())
    } else {
        let bytes = RustType::Runtime(RuntimeType::Bytes);
        (BodyKind::Bytes(content_type), bytes)
    }
}

fn variants(types: &Types<'_>, choices: &[Choice]) -> Vec<BodyVariant> {
    let mut taken = HashSet::new();
    let variants = choices.iter().map(|choice| {
        let Choice { content_type, ty } = choice;
        let is_json = is_json(content_type, ty);
        BodyVariant {
            name: free_name(content_type, &mut taken),
            json: is_json.then(|| types.body(ty)),
            is_text: is_text(content_type, ty),
            docs: format!("The content type {}.", docs::code(content_type)),
            content_type: content_type.clone(),
        }
    });
    variants.collect()
}

/// Returns the first unused name for a content type.
fn free_name(content_type: &str, taken: &mut HashSet<String>) -> String {
    let mut names = vec![
        variant_name(content_type),
        names::variant_name(content_type),
    ];
    names.extend(names::distinct(content_type, names::variant_name));
    let mut free = names.iter().filter(|name| !taken.contains(*name));
    let name = free.next().unwrap_or(&names[0]).clone();
    taken.insert(name.clone());
    name
}

/// Returns the name for a content type: `Json` for `application/json`, `ImagePng` for `image/png`,
/// `Any` for `*/*`.
fn variant_name(content_type: &str) -> String {
    let own = content_type.split(';').next().unwrap_or_default();
    let own = own.strip_prefix("application/").unwrap_or(own);
    let words = own.replace("*/*", "any").replace('*', "any");
    names::variant_name(&words.replace(['/', '+', '.', '-'], "_"))
}

fn is_json(content_type: &str, ty: &Type) -> bool {
    content_type.contains("json") && *ty != Type::Binary
}

fn is_text(content_type: &str, ty: &Type) -> bool {
    content_type.starts_with("text/") && matches!(ty, Type::String(_))
}
