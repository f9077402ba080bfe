//! Errors of the pipeline: what they say, and which are passing.

use super::retry::NotRetriable;
use crate::answer::error::find;
use azure_core::{
    Error,
    error::ErrorKind,
    http::{RawResponse, Request},
};

/// The answer that was kept from the retry policy, if this is one.
pub(super) fn kept_response(error: &Error) -> Option<&RawResponse> {
    match find::<NotRetriable>(error)? {
        NotRetriable::Response(raw) => Some(raw),
        NotRetriable::Error(_) => None,
    }
}

/// Makes an error for people of one the pipeline gave: with the request, and without the query,
/// which may have signatures in it.
pub(super) fn transport_error(error: Error, request: &Request) -> Error {
    let kept = match find::<NotRetriable>(&error) {
        Some(NotRetriable::Error(kept)) => Some(kept),
        _ => None,
    };
    let cause = kept.unwrap_or(&error);
    let query = request.url().query().unwrap_or_default();
    let mut place = request.url().clone();
    place.set_query(None);
    let message = format!(
        "{} {place} failed: {}",
        request.method(),
        hide(&causes(cause), query)
    );
    let kind = cause.kind().clone();
    if kept.is_some() || (!query.is_empty() && format!("{error:?}").contains(query)) {
        return Error::with_message(kind, message);
    }
    Error::with_error(kind, error, message)
}

/// The messages of an error and its causes, without those that only wrap another.
fn causes(error: &Error) -> String {
    let mut messages: Vec<String> = Vec::new();
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        next = error.source();
        let wraps = error.is::<Error>() && next.is_some_and(|inner| inner.is::<Error>());
        let message = error.to_string();
        if !wraps && !messages.contains(&message) {
            messages.push(message);
        }
    }
    messages.join(": ")
}

fn hide(text: &str, query: &str) -> String {
    if query.is_empty() {
        return text.to_owned();
    }
    text.replace(query, "…")
}

/// Whether the request may simply not have come through.
pub(crate) fn is_transient(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Io | ErrorKind::Connection)
}
