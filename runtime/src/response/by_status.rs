//! Responses whose status determines the type of the body.

use super::{error::bad_response, format, headers::HasHeaders};
use azure_core::{
    Bytes, Error, Result,
    error::ErrorKind,
    http::{RawResponse, StatusCode, headers::Headers},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{fmt, marker::PhantomData};

/// The models of an operation's responses, distinguished by the status. Generated enums implement
/// it.
pub trait ByStatus: Sized {
    /// Reads the model of a status.
    ///
    /// # Errors
    ///
    /// If the body is not the model of the status, or the status has none.
    fn read(response: &StatusAndBody<'_>) -> Result<Self>;

    /// Converts the model to JSON; null for a status without a body.
    ///
    /// # Errors
    ///
    /// If the model cannot be converted to JSON.
    fn to_json(&self) -> Result<Value>;
}

/// Converts a model to JSON.
///
/// # Errors
///
/// If the model cannot be converted to JSON.
pub fn to_json<T: Serialize + ?Sized>(model: &T) -> Result<Value> {
    Ok(serde_json::to_value(model)?)
}

/// The status and body of a response, to be read as a model.
#[derive(Debug)]
pub struct StatusAndBody<'a> {
    operation: &'a str,
    raw: &'a RawResponse,
}

impl StatusAndBody<'_> {
    /// Returns the status.
    pub fn status(&self) -> u16 {
        self.raw.status().into()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// If the body is not the JSON of such a value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.raw.body()).map_err(|error| {
            bad_response(
                self.operation,
                self.raw,
                &format!("cannot be read: {error}"),
            )
        })
    }

    /// Reads the body as text.
    ///
    /// # Errors
    ///
    /// If the body is not text.
    pub fn text(&self) -> Result<String> {
        format::text(self.raw.body())
    }

    /// Returns the body.
    ///
    /// # Errors
    ///
    /// None; it returns a `Result` like the other methods.
    pub fn bytes(&self) -> Result<Bytes> {
        Ok(Bytes::copy_from_slice(self.raw.body()))
    }

    /// Returns the error for a status without a known model.
    pub fn unknown(&self) -> Error {
        let message = format!("{}: nothing is known of {}", self.operation, self.status());
        Error::with_message(ErrorKind::DataConversion, message)
    }
}

/// A response whose status determines the model of its body, an enum of models.
pub struct ResponseByStatus<T> {
    operation: &'static str,
    raw: RawResponse,
    model: PhantomData<fn() -> T>,
}

impl<T: ByStatus> ResponseByStatus<T> {
    pub(crate) fn new(operation: &'static str, raw: RawResponse) -> Self {
        Self {
            operation,
            raw,
            model: PhantomData,
        }
    }

    /// Reads the model.
    ///
    /// # Errors
    ///
    /// If the body is not the model of the status.
    pub fn into_model(self) -> Result<T> {
        T::read(&StatusAndBody {
            operation: self.operation,
            raw: &self.raw,
        })
    }
}

impl<T> ResponseByStatus<T> {
    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &Headers {
        self.raw.headers()
    }

    /// Returns status, headers and body as they were received.
    pub fn into_raw(self) -> RawResponse {
        self.raw
    }
}

impl<T> fmt::Debug for ResponseByStatus<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseByStatus")
            .field("status", &self.raw.status())
            .finish_non_exhaustive()
    }
}

impl<T> HasHeaders for ResponseByStatus<T> {
    fn headers(&self) -> &Headers {
        self.raw.headers()
    }
}
