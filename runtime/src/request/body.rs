//! Request bodies: models or raw JSON.

use crate::model::Json;
use azure_core::{
    http::{Body as RawBody, RequestContent},
    time::OffsetDateTime,
};
use std::{collections::BTreeMap, fmt, marker::PhantomData};
use time::Date;

/// The body of a request: a model, or raw JSON.
///
/// Generated methods take `impl Into<Body<'b, Model>>`, so that a model by reference, a
/// [`serde_json::Value`] and a [`RequestContent`] can all be passed. Lists, maps, dates and times are
/// passed by value.
#[derive(Clone)]
#[non_exhaustive]
pub enum Body<'a, T> {
    /// A model. It is validated and serialized.
    Model(&'a T),
    /// A value that is not a model, such as a list. It is validated and serialized like a model.
    Value(T),
    /// JSON, which is sent unchanged and not validated.
    Json(serde_json::Value),
    /// Serialized content, which is sent unchanged and not validated.
    Content(RawBody, PhantomData<T>),
}

/// Shows models as their types do, without secrets. Raw JSON may contain secrets anywhere, so only
/// its size is shown.
impl<T: fmt::Debug> fmt::Debug for Body<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sized = |f: &mut fmt::Formatter<'_>, name, size: usize| {
            let size = format_args!("{size} bytes");
            f.debug_tuple(name).field(&size).finish()
        };
        match self {
            Self::Model(model) => f.debug_tuple("Model").field(model).finish(),
            Self::Value(value) => f.debug_tuple("Value").field(value).finish(),
            Self::Json(json) => sized(f, "Json", json.to_string().len()),
            Self::Content(RawBody::Bytes(bytes), _) => sized(f, "Content", bytes.len()),
            Self::Content(RawBody::SeekableStream(_), _) => f.write_str("Content(stream)"),
        }
    }
}

impl<'a, T> From<&'a T> for Body<'a, T> {
    fn from(model: &'a T) -> Self {
        Self::Model(model)
    }
}

macro_rules! from_values {
    ($([$($item:ident)?] $value:ty),*) => {
        $(impl<$($item)?> From<$value> for Body<'_, Json<$value>> {
            fn from(value: $value) -> Self {
                Self::Value(value.into())
            }
        })*
    };
}

from_values!([T] Vec<T>, [T] BTreeMap<String, T>, [] Date, [] OffsetDateTime);

impl<T> From<serde_json::Value> for Body<'_, T> {
    fn from(json: serde_json::Value) -> Self {
        Self::Json(json)
    }
}

impl<T> From<RequestContent<T>> for Body<'_, T> {
    fn from(content: RequestContent<T>) -> Self {
        Self::Content(content.into(), PhantomData)
    }
}
