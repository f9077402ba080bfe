//! Typed access to the headers of a response.

use crate::rules::header::FromHeader;
use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{
        AsyncRawResponse, RawResponse, Response,
        headers::{HeaderName, Headers, RETRY_AFTER, RETRY_AFTER_MS, X_MS_RETRY_AFTER_MS},
        policies::get_retry_after,
    },
    time::{Duration, OffsetDateTime},
};
use std::{any::type_name, collections::BTreeMap};

/// Returns the value of a header. The methods of `Headers` create an error, with a message, even if
/// the header is present.
pub(crate) fn text<'h>(headers: &'h Headers, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.iter();
    let (_, value) = all.find(|(own, _)| *own == name)?;
    Some(value.as_str())
}

/// The headers that say how long to wait, in the order in which `azure_core` reads them.
const RETRY_HEADERS: &[HeaderName] = &[X_MS_RETRY_AFTER_MS, RETRY_AFTER_MS, RETRY_AFTER];

/// The longest wait that a header can request. The limits of Resource Manager on requests are reset
/// within an hour.
const LONGEST_WAIT: Duration = Duration::hours(1);

/// Returns how long to wait, from whichever of the headers is present: at most an hour, and never a
/// negative time, whatever the header says.
pub(crate) fn retry_after(headers: &Headers) -> Option<Duration> {
    requested_wait(headers)
        .filter(|wait| !wait.is_negative())
        .map(|wait| wait.min(LONGEST_WAIT))
}

/// Returns the wait that the first readable header requests.
fn requested_wait(headers: &Headers) -> Option<Duration> {
    let mut present = RETRY_HEADERS
        .iter()
        // `azure_core` creates an error, possibly with a backtrace, for a header that is absent.
        .filter(|name| text(headers, name).is_some());
    present.find_map(|name| {
        get_retry_after(headers, OffsetDateTime::now_utc, std::slice::from_ref(name))
    })
}

/// Limits the wait in the headers of a response to an hour, because `azure_core`'s retry policy has
/// no limit.
pub(crate) fn limit_retry_after(response: AsyncRawResponse) -> AsyncRawResponse {
    if requested_wait(response.headers()).is_none_or(|wait| wait <= LONGEST_WAIT) {
        return response;
    }
    let (status, mut headers, body) = response.deconstruct();
    for name in RETRY_HEADERS {
        let longest = if name.is_standard() {
            LONGEST_WAIT.whole_seconds().to_string()
        } else {
            LONGEST_WAIT.whole_milliseconds().to_string()
        };
        headers.insert(name.clone(), longest);
    }
    AsyncRawResponse::new(status, headers, Box::pin(body))
}

/// A response with headers. Generated header traits build on it.
pub trait HasHeaders {
    /// Returns the headers.
    fn headers(&self) -> &Headers;

    /// Returns the value of a header, if it is present.
    ///
    /// # Errors
    ///
    /// A value that is not a `V`.
    fn header<V: FromHeader>(&self, name: &'static str) -> Result<Option<V>> {
        let name = HeaderName::from_static(name);
        let Some(text) = text(self.headers(), &name) else {
            return Ok(None);
        };
        V::from_header(text).map(Some).ok_or_else(|| {
            let expected = type_name::<V>();
            let message = format!("the header {}: {text:?} is not {expected}", name.as_str());
            Error::with_message(ErrorKind::DataConversion, message)
        })
    }

    /// Returns the values of all headers whose names begin with a prefix, by the rest of their
    /// names in lower case.
    fn headers_with_prefix(&self, prefix: &str) -> BTreeMap<String, String> {
        with_prefix(self.headers(), prefix)
    }
}

/// Returns the values of the headers whose names begin with a prefix, by the rest of their names
/// (`x-ms-header-collection-prefix`), which is in lower case.
pub(crate) fn with_prefix(headers: &Headers, prefix: &str) -> BTreeMap<String, String> {
    let all = headers.iter().filter_map(|(name, value)| {
        let name = name.as_str().to_lowercase();
        let rest = name.strip_prefix(&prefix.to_lowercase())?.to_owned();
        (!rest.is_empty()).then(|| (rest, value.as_str().to_owned()))
    });
    all.collect()
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
