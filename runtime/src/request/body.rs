//! Request bodies: a model, or JSON as it is.

use azure_core::http::{Body as RawBody, RequestContent};
use std::marker::PhantomData;

/// The body of a request: a model or raw JSON in its place.
///
/// Generated methods take `impl Into<Body<'b, Model>>`, so that a model by reference, a
/// [`serde_json::Value`] and a [`RequestContent`] can all be passed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Body<'a, T> {
    /// A model. It is checked against the description and serialized.
    Model(&'a T),
    /// JSON, sent as it is and not checked.
    Json(serde_json::Value),
    /// Content that is serialized already, sent as it is and not checked.
    Content(RawBody, PhantomData<T>),
}

impl<'a, T> From<&'a T> for Body<'a, T> {
    fn from(model: &'a T) -> Self {
        Self::Model(model)
    }
}

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
