//! Converts the results of all kinds of methods to one type: one function for each kind.

use arm_runtime::{
    AsyncResponse, ByStatus, ListPage, ListPoller, NoFormat, OptionalJsonFormat, Pager, Poller,
    Response, ResponseByStatus, Result, TextFormat, model::Wire,
};
use futures::TryStreamExt as _;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The result of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A model, serialized again.
    Model(Value),
    /// Success without a value.
    Empty,
    /// Whether something exists.
    Exists(bool),
    /// Bytes.
    Bytes(Vec<u8>),
    /// The pages of a list, serialized again, and how many items each has.
    Pages(Vec<(Value, usize)>),
}

/// Awaits a response with a body.
///
/// # Errors
///
/// Those of the call.
pub async fn model<T: DeserializeOwned + Serialize>(
    response: impl Future<Output = Result<Response<T>>>,
) -> Result<Outcome> {
    let model = response.await?.into_model()?;
    Ok(Outcome::Model(serde_json::to_value(model)?))
}

/// Awaits a response with a body or without one.
///
/// # Errors
///
/// Those of the call.
pub async fn optional<T: DeserializeOwned + Serialize>(
    response: impl Future<Output = Result<Response<Option<T>, OptionalJsonFormat>>>,
) -> Result<Outcome> {
    match response.await?.into_model()? {
        Some(model) => Ok(Outcome::Model(serde_json::to_value(model)?)),
        None => Ok(Outcome::Empty),
    }
}

/// Awaits a response with one of several models.
///
/// # Errors
///
/// Those of the call.
pub async fn by_status<T: ByStatus>(
    response: impl Future<Output = Result<ResponseByStatus<T>>>,
) -> Result<Outcome> {
    Ok(match response.await?.into_model()?.to_json()? {
        Value::Null => Outcome::Empty,
        model => Outcome::Model(model),
    })
}

/// Awaits a response whose body is text.
///
/// # Errors
///
/// Those of the call.
pub async fn text(
    response: impl Future<Output = Result<Response<String, TextFormat>>>,
) -> Result<Outcome> {
    Ok(Outcome::Bytes(response.await?.into_model()?.into_bytes()))
}

/// Awaits a response without a body.
///
/// # Errors
///
/// Those of the call.
pub async fn empty(
    response: impl Future<Output = Result<Response<(), NoFormat>>>,
) -> Result<Outcome> {
    response.await.map(|_| Outcome::Empty)
}

/// Awaits whether something exists.
///
/// # Errors
///
/// Those of the call.
pub async fn exists(response: impl Future<Output = Result<bool>>) -> Result<Outcome> {
    response.await.map(Outcome::Exists)
}

/// Awaits a response and all its bytes.
///
/// # Errors
///
/// Those of the call.
pub async fn bytes(response: impl Future<Output = Result<AsyncResponse>>) -> Result<Outcome> {
    let body = response.await?.into_body();
    Ok(Outcome::Bytes(body.collect().await?.to_vec()))
}

/// Reads all pages of a list.
///
/// # Errors
///
/// Those of the calls.
pub async fn pages<P: ListPage + Wire + Send + 'static>(
    pager: Result<Pager<P>>,
) -> Result<Outcome> {
    let mut pages = pager?.into_pages();
    let mut all = Vec::new();
    while let Some(page) = pages.try_next().await? {
        let model = page.into_model()?;
        let json = model.write(serde_json::value::Serializer, None)?;
        all.push((json, model.into_items().len()));
    }
    Ok(Outcome::Pages(all))
}

/// Waits for a long-running operation whose result is a list, and reads all pages of it.
///
/// # Errors
///
/// Those of the calls.
pub async fn list_poller<P: ListPage + Wire + Send + 'static>(
    poller: Result<ListPoller<P>>,
) -> Result<Outcome> {
    pages(poller?.await).await
}

/// Waits for a long-running operation with a result.
///
/// # Errors
///
/// Those of the calls.
pub async fn poller<T: DeserializeOwned + Serialize>(poller: Result<Poller<T>>) -> Result<Outcome> {
    model(poller?.into_future()).await
}

/// Waits for a long-running operation with a result or without one.
///
/// # Errors
///
/// Those of the calls.
pub async fn optional_poller<T: DeserializeOwned + Serialize>(
    poller: Result<Poller<Option<T>, OptionalJsonFormat>>,
) -> Result<Outcome> {
    optional(poller?.into_future()).await
}

/// Waits for a long-running operation without a result.
///
/// # Errors
///
/// Those of the calls.
pub async fn empty_poller(poller: Result<Poller<(), NoFormat>>) -> Result<Outcome> {
    empty(poller?.into_future()).await
}
