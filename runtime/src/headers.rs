//! Typed access to the headers of an answer.

use crate::page::Page;
use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{
        RawResponse, Response,
        headers::{HeaderName, Headers},
    },
};
use std::{any::type_name, str::FromStr};

/// The value of a header. `Headers` itself makes an error of one that is missing, and writes the
/// message of another even for one that is there.
pub(crate) fn text<'h>(headers: &'h Headers, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.iter();
    let (_, value) = all.find(|(own, _)| *own == name)?;
    Some(value.as_str())
}

/// An answer with headers; what generated readers of headers are built on.
pub trait HasHeaders {
    /// The headers.
    fn headers(&self) -> &Headers;

    /// The value of a header, if it is there.
    ///
    /// # Errors
    ///
    /// A value that is not a `V`.
    fn header<V: FromStr>(&self, name: &'static str) -> Result<Option<V>> {
        let name = HeaderName::from_static(name);
        let Some(text) = text(self.headers(), &name) else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| {
            let expected = type_name::<V>();
            let message = format!("the header {}: {text:?} is not {expected}", name.as_str());
            Error::with_message(ErrorKind::DataConversion, message)
        })
    }
}

impl<T, F> HasHeaders for Response<T, F> {
    fn headers(&self) -> &Headers {
        self.headers()
    }
}

impl HasHeaders for RawResponse {
    fn headers(&self) -> &Headers {
        self.headers()
    }
}

impl<P> HasHeaders for Page<P> {
    fn headers(&self) -> &Headers {
        self.headers()
    }
}
