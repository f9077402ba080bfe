//! Compares types of values, and formats them in the terms of descriptions.

use super::super::{
    pairs::{Pairs, actual, same_kind},
    rules::{self, Direction},
};
use crate::resolve::api::{Api, Element, Enumeration, Format, Shape, Type};

/// Compares one type with another: `None` if they are the same, else whether the change breaks.
///
/// Differences inside objects and enums are found where those are compared.
pub(super) fn compare(
    pairs: &Pairs<'_>,
    old: &Type,
    new: &Type,
    direction: Direction,
) -> Option<bool> {
    let (old, new) = (actual(pairs.old, old), actual(pairs.new, new));
    match (old, new) {
        (Type::Array(old), Type::Array(new)) | (Type::Map(old), Type::Map(new)) => {
            let nullable = old.nullable != new.nullable;
            let nullable = nullable.then(|| rules::nullable(new.nullable, direction));
            let inner = compare(pairs, &old.ty, &new.ty, direction);
            match (nullable, inner) {
                (Some(nullable), Some(inner)) => Some(nullable || inner),
                (nullable, inner) => nullable.or(inner),
            }
        }
        (Type::Named(old), Type::Named(new)) => {
            let same = same_kind(pairs.old, old, pairs.new, new);
            // An enum in place of an object, whatever their names, or the other way round.
            (!same).then_some(true)
        }
        // Secrecy is compared separately.
        (Type::String(Format::Plain), Type::String(Format::Password))
        | (Type::String(Format::Password), Type::String(Format::Plain)) => None,
        (old, new) if old == new => None,
        (old, new) => Some(other_type(pairs, old, new, direction)),
    }
}

/// Returns whether replacing a type by a different one breaks.
fn other_type(pairs: &Pairs<'_>, old: &Type, new: &Type, direction: Direction) -> bool {
    if let Some(choice) = choice(pairs.old, old).filter(|choice| choice.ty == *new) {
        rules::enum_to_base(choice.open, direction)
    } else if let Some(choice) = choice(pairs.new, new).filter(|choice| choice.ty == *old) {
        rules::base_to_enum(choice.open, direction)
    } else {
        rules::type_changed(old, new, direction)
    }
}

/// Returns the enum that a type is, if it is one.
fn choice<'a>(api: &'a Api, ty: &Type) -> Option<&'a Enumeration> {
    let Type::Named(name) = ty else {
        return None;
    };
    match &api.schemas.get(name)?.shape {
        Shape::Enumeration(choice) => Some(choice),
        _ => None,
    }
}

/// Formats a type in the terms of descriptions.
pub(super) fn text(ty: &Type) -> String {
    match ty {
        Type::Named(name) => name.clone(),
        Type::String(format) => match format_name(*format) {
            "" => "string".to_owned(),
            name => format!("string ({name})"),
        },
        Type::Integer(bits) => format!("integer (int{bits})"),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Array(element) => format!("list of {}", element_text(element)),
        Type::Map(element) => format!("map of {}", element_text(element)),
        Type::Any => "any".to_owned(),
        Type::Binary => "bytes".to_owned(),
    }
}

fn element_text(element: &Element) -> String {
    let nullable = if element.nullable { "nullable " } else { "" };
    format!("{nullable}{}", text(&element.ty))
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Plain => "",
        Format::Date => "date",
        Format::DateTime => "date-time",
        Format::DateTimeRfc1123 => "date-time-rfc1123",
        Format::UnixTime => "unixtime",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Uri => "uri",
        Format::Base64 => "byte",
        Format::Base64Url => "base64url",
        Format::ArmId => "arm-id",
        Format::Password => "password",
    }
}

/// Describes the change from one type to another; `none` means no value at all.
pub(super) fn change(pairs: &Pairs<'_>, old: Option<&Type>, new: Option<&Type>) -> String {
    let text =
        |api, ty: Option<&Type>| ty.map_or_else(|| "none".to_owned(), |ty| text(actual(api, ty)));
    let (old, new) = (text(pairs.old, old), text(pairs.new, new));
    if old == new {
        return format!("type {new} is of another kind");
    }
    format!("type {old} -> {new}")
}
