//! Typed access to the headers of an answer.

use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{
        RawResponse, Response,
        headers::{HeaderName, Headers, RETRY_AFTER, RETRY_AFTER_MS, X_MS_RETRY_AFTER_MS},
        policies::get_retry_after,
    },
    time::{Duration, OffsetDateTime},
};
use std::{any::type_name, str::FromStr};

/// The value of a header. `Headers` itself makes an error of one that is missing, and writes the
/// message of another even for one that is there.
pub(crate) fn text<'h>(headers: &'h Headers, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.iter();
    let (_, value) = all.find(|(own, _)| *own == name)?;
    Some(value.as_str())
}

/// The time that the service asks to wait, from whichever header it sends; at most a day.
pub(crate) fn retry_after(headers: &Headers) -> Option<Duration> {
    const HEADERS: &[HeaderName] = &[X_MS_RETRY_AFTER_MS, RETRY_AFTER_MS, RETRY_AFTER];
    get_retry_after(headers, OffsetDateTime::now_utc, HEADERS)
        .filter(|wait| !wait.is_negative())
        .map(|wait| wait.min(Duration::days(1)))
}

/// An answer with headers. Generated header traits build on it.
pub trait HasHeaders {
    /// Returns the headers.
    fn headers(&self) -> &Headers;

    /// Returns the value of a header, if it is present.
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
