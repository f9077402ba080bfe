//! Resolves request bodies: JSON, text, bytes, a choice of these, or a form.

use super::{
    api::{
        Body, Choice, FormEncoding, Format, ListStyle, Parameter, ParameterLocation, Rules, Type,
    },
    flat_schema::flatten,
    schemas::{ItemName, Resolver, extension},
};
use crate::names;
use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, RequestBody, Schema};
use serde_json::Value;

/// A body or a form.
pub(super) enum Content {
    /// A body.
    Body(Body),
    /// The fields of a form.
    Form(FormEncoding, Vec<Parameter>),
}

/// The content of a request.
pub(super) fn content<'a>(
    source: &'a RequestBody,
    id: &str,
    types: &mut Resolver<'a>,
) -> Option<Content> {
    let (content_type, media) = preferred(&source.content)?;
    if let Some(encoding) = encoding(content_type)
        && let Some(fields) = fields(media, id, types)
    {
        return Some(Content::Form(encoding, fields));
    }
    let name = source.extensions.get("x-ms-client-name");
    let name = name.and_then(Value::as_str).unwrap_or("body");
    let context = || format!("{}Body", names::type_name(id));
    Some(Content::Body(Body {
        name: name.to_owned(),
        content_type: content_type.to_owned(),
        ty: media_type(media, &context, types),
        choices: choices(&source.content, &context, types),
        description: source.description.clone(),
        required: source.required,
    }))
}

/// Returns the content that is used if callers cannot choose: JSON takes precedence.
pub(super) fn preferred(content: &IndexMap<String, MediaType>) -> Option<(&str, &MediaType)> {
    let json = content.iter().find(|(name, _)| name.contains("json"));
    let (name, media) = json.or_else(|| content.first())?;
    Some((name, media))
}

pub(super) fn media_type(
    media: &MediaType,
    context: ItemName<'_>,
    types: &mut Resolver<'_>,
) -> Type {
    let schema = media.schema.as_ref();
    schema.map_or(Type::Any, |schema| types.ty(schema, context))
}

/// Returns the content types that a caller can choose from; empty if there is only one.
fn choices(
    content: &IndexMap<String, MediaType>,
    context: ItemName<'_>,
    types: &mut Resolver<'_>,
) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for (content_type, media) in content {
        let ty = media_type(media, context, types);
        let is_json = content_type.contains("json");
        // Other types of JSON have the same body, and objects are only written as JSON.
        let has_json = choices.iter().any(|one| one.content_type.contains("json"));
        let is_plain = matches!(ty, Type::Binary | Type::String(_) | Type::Any);
        if (is_json && !has_json) || (!is_json && is_plain && encoding(content_type).is_none()) {
            choices.push(Choice {
                content_type: content_type.clone(),
                ty,
            });
        }
    }
    if choices.len() < 2 {
        choices.clear();
    }
    choices
}

fn encoding(content_type: &str) -> Option<FormEncoding> {
    match content_type {
        "multipart/form-data" => Some(FormEncoding::Multipart),
        "application/x-www-form-urlencoded" => Some(FormEncoding::UrlEncoded),
        _ => None,
    }
}

/// Converts the members of a schema to the fields of a form.
fn fields<'a>(media: &'a MediaType, id: &str, types: &mut Resolver<'a>) -> Option<Vec<Parameter>> {
    let schema = types.schema_of(media.schema.as_ref()?)?;
    let object = flatten(schema);
    let required = object.required;
    let fields = object.properties.iter().map(|(name, schema)| {
        let is_required = required.iter().any(|own| own == name);
        field(name, schema, is_required, id, types)
    });
    let fields: Vec<_> = fields.collect();
    (!fields.is_empty()).then_some(fields)
}

fn field(
    name: &str,
    schema: &ReferenceOr<&Schema>,
    required: bool,
    id: &str,
    types: &mut Resolver<'_>,
) -> Parameter {
    let context = || format!("{}{}", names::type_name(id), names::type_name(name));
    let only = types.only_value(schema);
    let only = only.filter(|only| required && !only.is_open);
    let constant = only.map(|only| only.value);
    let ty = match &constant {
        Some(_) => Type::String(Format::Plain),
        None => types.borrowed(schema.clone(), &context),
    };
    let data = match schema {
        ReferenceOr::Item(schema) => Some(&schema.schema_data),
        ReferenceOr::Reference { .. } => None,
    };
    let text = |key: &str| extension(data?, key)?.as_str();
    Parameter {
        client_name: text("x-ms-client-name").map(str::to_owned),
        location: ParameterLocation::Form,
        ty,
        constant,
        description: data.and_then(|data| data.description.clone()),
        default: data.and_then(|data| data.default.clone()),
        rules: types.rules(schema),
        list_style: match text("x-collection-format") {
            Some("csv") => ListStyle::Commas,
            Some("ssv") => ListStyle::Spaces,
            Some("tsv") => ListStyle::Tabs,
            Some("pipes") => ListStyle::Pipes,
            _ => ListStyle::Repeated,
        },
        presence: vec![types.version()],
        required,
        ..Parameter::named(name)
    }
}

impl Parameter {
    /// Returns a query parameter of which only the name is known.
    pub(super) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            client_name: None,
            location: ParameterLocation::Query,
            ty: Type::String(Format::Plain),
            description: None,
            required: true,
            default: None,
            rules: Rules::default(),
            placeholder: 0,
            list_style: ListStyle::Commas,
            skip_encoding: false,
            is_link: false,
            constant: None,
            presence: Vec::new(),
        }
    }
}
