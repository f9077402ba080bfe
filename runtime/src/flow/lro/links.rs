//! The links that answers have in their headers.

use super::track::{Bounds, FinalState, Track};
use crate::{answer::headers, connection::links::resolve};
use azure_core::{
    Error, Result,
    http::{Method, RawResponse, Url, headers::HeaderName},
};

const AZURE_ASYNC_OPERATION: HeaderName = HeaderName::from_static("azure-asyncoperation");
const LOCATION: HeaderName = HeaderName::from_static("location");
const OPERATION_LOCATION: HeaderName = HeaderName::from_static("operation-location");

/// A link as the service sent it: neither resolved nor checked, because it may not be followed.
#[derive(Clone, Debug)]
pub(super) struct Link<'a> {
    header: HeaderName,
    text: &'a str,
}

/// The link to a status monitor.
pub(super) fn status_monitor(raw: &RawResponse) -> Option<Link<'_>> {
    link(raw, AZURE_ASYNC_OPERATION).or_else(|| link(raw, OPERATION_LOCATION))
}

/// The link of `Location`.
pub(super) fn location(raw: &RawResponse) -> Option<Link<'_>> {
    link(raw, LOCATION)
}

/// The link in a header; an empty header counts as none.
fn link(raw: &RawResponse, header: HeaderName) -> Option<Link<'_>> {
    let text = headers::text(raw.headers(), &header)?.trim();
    (!text.is_empty()).then_some(Link { header, text })
}

impl Link<'_> {
    /// The URL to follow, if it leads to where requests may go.
    pub(super) fn follow(&self, base: &Url, bounds: Bounds<'_>) -> Result<Url> {
        resolve(bounds.trusted_origin, base, self.text).map_err(|error| {
            let message = format!("header {}: {error}", self.header.as_str());
            Error::with_error(error.kind().clone(), error, message)
        })
    }

    /// The link with all that it needs to be followed later.
    pub(super) fn absolute(&self, base: &Url) -> String {
        absolute(base, self.text)
    }
}

/// A link with all that it needs to be followed later; as it is if it is no link.
pub(super) fn absolute(base: &Url, link: &str) -> String {
    let url = base.join(link.trim());
    url.map_or_else(|_| link.to_owned(), String::from)
}

impl Track {
    /// Keeps the `Location` of an answer, if the result may be there in the end.
    pub(super) fn keep_location(&mut self, raw: &RawResponse) {
        let is_result = match self.final_state {
            Some(FinalState::Location) => !self.makes_resource(),
            None => self.method == Method::Post,
            Some(_) => false,
        };
        if let Some(link) = location(raw).filter(|_| is_result && self.has_body) {
            self.location = Some(link.absolute(&self.poll));
        }
    }

    /// Where the result is, if the link leads to where requests may go.
    pub(super) fn result_url(&self, bounds: Bounds<'_>) -> Result<Url> {
        let link = self.location.as_deref().unwrap_or_default();
        resolve(bounds.trusted_origin, &self.original, link).map_err(|error| self.unreadable(error))
    }

    /// The error of an operation that has succeeded, but whose result cannot be had.
    pub(super) fn unreadable(&self, error: Error) -> Error {
        let message = format!(
            "{}: the operation has succeeded, but its result cannot be read: {error}",
            self.operation
        );
        Error::with_error(error.kind().clone(), error, message)
    }

    /// The error of an operation that has begun, but whose links cannot be followed. Gives them up.
    pub(super) fn lose(&mut self, error: Error) -> Error {
        self.forget_links();
        let rest = if self.can_be_polled() {
            "; the continuation token leads to the resource instead"
        } else {
            ""
        };
        let message = format!(
            "{}: the operation has begun, but cannot be followed: {error}{rest}",
            self.operation
        );
        Error::with_error(error.kind().clone(), error, message)
    }
}
