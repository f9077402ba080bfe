//! Converts the many forms of schemas in openapiv3 to one form.

use openapiv3::{
    AdditionalProperties, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaKind,
    StringFormat, Type, VariantOrUnknownOrEmpty,
};
use serde_json::{Number, Value};

use super::api::Rules;

/// A schema's members; absent ones are empty.
#[derive(Debug, Default)]
pub(super) struct FlatSchema<'a> {
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) rules: Rules,
    pub(super) properties: Vec<(&'a str, ReferenceOr<&'a Schema>)>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<ReferenceOr<&'a Schema>>,
    pub(super) values: Vec<Value>,
    pub(super) all_of: &'a [ReferenceOr<Schema>],
}

/// Returns the members of a schema.
pub(super) fn flatten(schema: &Schema) -> FlatSchema<'_> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => FlatSchema {
            kind: Some("string"),
            format: format(&string.format, |format| match format {
                StringFormat::Date => "date",
                StringFormat::DateTime => "date-time",
                StringFormat::Password => "password",
                StringFormat::Byte => "byte",
                StringFormat::Binary => "binary",
            }),
            rules: Rules {
                pattern: string.pattern.clone(),
                min_length: string.min_length,
                max_length: string.max_length,
                ..Rules::default()
            },
            values: values(&string.enumeration),
            ..FlatSchema::default()
        },
        SchemaKind::Type(Type::Number(number)) => FlatSchema {
            kind: Some("number"),
            format: format(&number.format, |format| match format {
                NumberFormat::Float => "float",
                NumberFormat::Double => "double",
            }),
            rules: range(
                number.minimum.and_then(Number::from_f64),
                number.maximum.and_then(Number::from_f64),
                number.multiple_of.and_then(Number::from_f64),
                (number.exclusive_minimum, number.exclusive_maximum),
            ),
            values: values(&number.enumeration),
            ..FlatSchema::default()
        },
        SchemaKind::Type(Type::Integer(integer)) => FlatSchema {
            kind: Some("integer"),
            format: format(&integer.format, |format| match format {
                IntegerFormat::Int32 => "int32",
                IntegerFormat::Int64 => "int64",
            }),
            rules: range(
                integer.minimum.map(Number::from),
                integer.maximum.map(Number::from),
                integer.multiple_of.map(Number::from),
                (integer.exclusive_minimum, integer.exclusive_maximum),
            ),
            values: values(&integer.enumeration),
            ..FlatSchema::default()
        },
        SchemaKind::Type(Type::Boolean(boolean)) => FlatSchema {
            kind: Some("boolean"),
            values: values(&boolean.enumeration),
            ..FlatSchema::default()
        },
        SchemaKind::Type(Type::Array(array)) => FlatSchema {
            kind: Some("array"),
            items: array.items.as_ref().map(unboxed),
            rules: Rules {
                min_items: array.min_items,
                max_items: array.max_items,
                unique_items: array.unique_items,
                ..Rules::default()
            },
            ..FlatSchema::default()
        },
        SchemaKind::Type(Type::Object(object)) => FlatSchema {
            kind: Some("object"),
            properties: properties(&object.properties),
            required: &object.required,
            additional: object.additional_properties.as_ref(),
            ..FlatSchema::default()
        },
        SchemaKind::AllOf { all_of } => FlatSchema {
            all_of,
            ..FlatSchema::default()
        },
        SchemaKind::Any(any) => FlatSchema {
            kind: any.typ.as_deref(),
            format: any.format.as_deref(),
            rules: Rules {
                pattern: any.pattern.clone(),
                min_length: any.min_length,
                max_length: any.max_length,
                min_items: any.min_items,
                max_items: any.max_items,
                unique_items: any.unique_items.unwrap_or_default(),
                ..range(
                    any.minimum.and_then(Number::from_f64),
                    any.maximum.and_then(Number::from_f64),
                    any.multiple_of.and_then(Number::from_f64),
                    (
                        any.exclusive_minimum.unwrap_or_default(),
                        any.exclusive_maximum.unwrap_or_default(),
                    ),
                )
            },
            properties: properties(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref().map(unboxed),
            values: any.enumeration.clone(),
            all_of: &any.all_of,
        },
        // `oneOf` and `anyOf` without a discriminator have no name for a type, so any value is
        // accepted.
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } | SchemaKind::Not { .. } => {
            FlatSchema::default()
        }
    }
}

/// A borrowed reference or boxed schema.
fn unboxed(boxed: &ReferenceOr<Box<Schema>>) -> ReferenceOr<&Schema> {
    match boxed {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference {
            reference: reference.clone(),
        },
        ReferenceOr::Item(schema) => ReferenceOr::Item(schema),
    }
}

fn properties<'a>(
    all: impl IntoIterator<Item = (&'a String, &'a ReferenceOr<Box<Schema>>)>,
) -> Vec<(&'a str, ReferenceOr<&'a Schema>)> {
    all.into_iter()
        .map(|(name, schema)| (name.as_str(), unboxed(schema)))
        .collect()
}

fn format<T>(
    format: &VariantOrUnknownOrEmpty<T>,
    name: impl Fn(&T) -> &'static str,
) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => Some(name(known)),
        VariantOrUnknownOrEmpty::Unknown(other) => Some(other),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

fn values<T: Clone + Into<Value>>(values: &[Option<T>]) -> Vec<Value> {
    values.iter().flatten().cloned().map(Into::into).collect()
}

fn range(
    minimum: Option<Number>,
    maximum: Option<Number>,
    multiple_of: Option<Number>,
    exclusive: (bool, bool),
) -> Rules {
    Rules {
        minimum,
        maximum,
        multiple_of,
        exclusive_minimum: exclusive.0,
        exclusive_maximum: exclusive.1,
        ..Rules::default()
    }
}
