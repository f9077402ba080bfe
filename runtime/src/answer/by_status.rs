//! Answers whose status says what their body is.

use super::{error::bad_answer, format, headers::HasHeaders};
use azure_core::{
    Bytes, Error, Result,
    error::ErrorKind,
    http::{RawResponse, StatusCode, headers::Headers},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{fmt, marker::PhantomData};

/// The models that an operation answers with, told apart by the status. Generated enums implement
/// it.
pub trait ByStatus: Sized {
    /// Reads the model of a status.
    ///
    /// # Errors
    ///
    /// A body that is not the status' model, or a status that has none.
    fn read(answer: &AnswerBody<'_>) -> Result<Self>;

    /// Writes the model as JSON; null for a status without a body.
    ///
    /// # Errors
    ///
    /// A model that cannot be JSON.
    fn to_json(&self) -> Result<Value>;
}

/// Writes a model as JSON.
///
/// # Errors
///
/// A model that cannot be JSON.
pub fn to_json<T: Serialize + ?Sized>(model: &T) -> Result<Value> {
    Ok(serde_json::to_value(model)?)
}

/// The status and body of an answer, to be read as a model.
#[derive(Debug)]
pub struct AnswerBody<'a> {
    operation: &'a str,
    raw: &'a RawResponse,
}

impl AnswerBody<'_> {
    /// Returns the status.
    pub fn status(&self) -> u16 {
        self.raw.status().into()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// A body that is something else.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.raw.body()).map_err(|error| {
            bad_answer(
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
    /// A body that is not text.
    pub fn text(&self) -> Result<String> {
        format::text(self.raw.body())
    }

    /// Returns the body.
    ///
    /// # Errors
    ///
    /// None; it is a `Result` like those of the others.
    pub fn bytes(&self) -> Result<Bytes> {
        Ok(Bytes::copy_from_slice(self.raw.body()))
    }

    /// Returns the error for a status that no model is known for.
    pub fn unknown(&self) -> Error {
        let message = format!("{}: nothing is known of {}", self.operation, self.status());
        Error::with_message(ErrorKind::DataConversion, message)
    }
}

/// An answer whose status says which model its body is: one of several, an enum.
pub struct Answer<T> {
    operation: &'static str,
    raw: RawResponse,
    model: PhantomData<fn() -> T>,
}

impl<T: ByStatus> Answer<T> {
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
    /// A body that is not the model of the status.
    pub fn into_model(self) -> Result<T> {
        T::read(&AnswerBody {
            operation: self.operation,
            raw: &self.raw,
        })
    }
}

impl<T> Answer<T> {
    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &Headers {
        self.raw.headers()
    }

    /// Returns status, headers and body as they came.
    pub fn into_raw(self) -> RawResponse {
        self.raw
    }
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.raw.status())
            .finish_non_exhaustive()
    }
}

impl<T> HasHeaders for Answer<T> {
    fn headers(&self) -> &Headers {
        self.raw.headers()
    }
}
