//! Errors of the pipeline, with their causes and without URLs.

use super::retry::NotRetriable;
use crate::response::error::find;
use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{Method, RawResponse, Url},
};
use std::error::Error as StdError;

type Source = Box<dyn StdError + Send + Sync>;

/// Returns the outcome of a request for which the pipeline returned an error: the response that
/// must not be retried, or an error that names the request.
pub(super) fn outcome(error: Error, method: Method, url: &Url) -> Result<RawResponse> {
    match not_retriable(error) {
        Ok(NotRetriable::Response(raw)) => Ok(raw),
        Ok(NotRetriable::Error(error)) | Err(error) => Err(transport_error(error, method, url)),
    }
}

/// Extracts a [`NotRetriable`] from the errors in which the pipeline has wrapped it.
fn not_retriable(error: Error) -> std::result::Result<NotRetriable, Error> {
    if find::<NotRetriable>(&error).is_none() {
        return Err(error);
    }
    let kind = error.kind().clone();
    match error.into_inner()?.downcast::<NotRetriable>() {
        Ok(found) => Ok(*found),
        Err(inner) => match inner.downcast::<Error>() {
            Ok(inner) => not_retriable(*inner),
            Err(inner) => Err(Error::new(kind, inner)),
        },
    }
}

/// Returns an error with the request in its message, and with its causes. None of them shows the
/// query, which may contain signatures.
fn transport_error(error: Error, method: Method, url: &Url) -> Error {
    let kind = error.kind().clone();
    let mut place = url.clone();
    place.set_query(None);
    let causes = hide(&causes(&error), url.query().unwrap_or_default());
    let message = format!("{method} {place} failed: {causes}");
    match source(error).filter(|source| !reveals(&**source, url)) {
        Some(source) => Error::with_error(kind, source, message),
        None => Error::with_message(kind, message),
    }
}

/// Returns the cause of an error of the pipeline, without wrappers of `azure_core` that only repeat
/// it.
fn source(error: Error) -> Option<Source> {
    let kind = error.kind().clone();
    match error.into_inner().ok()?.downcast::<Error>() {
        Ok(inner) if *inner.kind() == kind => source(*inner),
        Ok(inner) => Some(inner),
        Err(inner) => Some(without_url(inner)),
    }
}

/// Removes the URL from an error of reqwest.
#[cfg(feature = "reqwest")]
fn without_url(error: Source) -> Source {
    match error.downcast::<reqwest::Error>() {
        Ok(error) => Box::new(error.without_url()),
        Err(error) => error,
    }
}

#[cfg(not(feature = "reqwest"))]
fn without_url(error: Source) -> Source {
    error
}

/// Returns whether an error or one of its causes shows the URL or its query.
fn reveals(error: &(dyn StdError + 'static), url: &Url) -> bool {
    let query = url.query().filter(|query| !query.is_empty());
    chain(error).any(|error| {
        let text = format!("{error} {error:?}");
        text.contains(url.as_str()) || query.is_some_and(|query| text.contains(query))
    })
}

/// Returns the messages of an error and its causes, without those that only wrap another.
fn causes(error: &Error) -> String {
    let mut messages: Vec<String> = Vec::new();
    for error in chain(error) {
        let inner = error.source();
        let wraps = error.is::<Error>() && inner.is_some_and(|inner| inner.is::<Error>());
        let message = error.to_string();
        if !wraps && !messages.contains(&message) {
            messages.push(message);
        }
    }
    messages.join(": ")
}

/// Iterates over an error and its causes.
fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| {
        (*error).source()
    })
}

fn hide(text: &str, query: &str) -> String {
    if query.is_empty() {
        return text.to_owned();
    }
    text.replace(query, "…")
}

/// Returns whether a retry may succeed: the request or its response was lost in transit.
pub(crate) fn is_transient(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Io | ErrorKind::Connection)
}
