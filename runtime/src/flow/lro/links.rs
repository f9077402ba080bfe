//! The links in the headers of responses.

use super::state::{FinalState, OperationState, Origins};
use crate::{connection::links::resolve, response::headers};
use azure_core::{
    Error, Result,
    http::{Method, RawResponse, Url, headers::HeaderName},
};

const AZURE_ASYNC_OPERATION: HeaderName = HeaderName::from_static("azure-asyncoperation");
const LOCATION: HeaderName = HeaderName::from_static("location");
const OPERATION_LOCATION: HeaderName = HeaderName::from_static("operation-location");

/// A link as the service sent it. It is neither resolved nor checked, because it may never be
/// followed.
#[derive(Clone, Debug)]
pub(super) struct Link<'a> {
    header: HeaderName,
    text: &'a str,
}

/// Returns the link to a status monitor.
pub(super) fn status_monitor(raw: &RawResponse) -> Option<Link<'_>> {
    link(raw, AZURE_ASYNC_OPERATION).or_else(|| link(raw, OPERATION_LOCATION))
}

/// Returns the link in `Location`.
pub(super) fn location(raw: &RawResponse) -> Option<Link<'_>> {
    link(raw, LOCATION)
}

/// Returns the link in a header. An empty header is treated as absent.
fn link(raw: &RawResponse, header: HeaderName) -> Option<Link<'_>> {
    let text = headers::text(raw.headers(), &header)?.trim();
    (!text.is_empty()).then_some(Link { header, text })
}

impl Link<'_> {
    /// Returns the URL to follow, if requests may be sent there.
    pub(super) fn follow(&self, base: &Url, origins: Origins<'_>) -> Result<Url> {
        resolve(origins.trusted_origin, base, self.text).map_err(|error| {
            let message = format!("header {}: {error}", self.header.as_str());
            Error::with_error(error.kind().clone(), error, message)
        })
    }

    /// Returns the link as an absolute URL, which can be followed later.
    pub(super) fn absolute(&self, base: &Url) -> String {
        absolute(base, self.text)
    }
}

/// Resolves a link to an absolute URL, which can be followed later. Text that is no link is
/// returned unchanged.
pub(super) fn absolute(base: &Url, link: &str) -> String {
    let url = base.join(link.trim());
    url.map_or_else(|_| link.to_owned(), String::from)
}

impl OperationState {
    /// Stores the `Location` of a response, if the result may be there at the end.
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

    /// Returns the URL of the result, if requests may be sent there.
    pub(super) fn result_url(&self, origins: Origins<'_>) -> Result<Url> {
        let link = self.location.as_deref().unwrap_or_default();
        resolve(origins.trusted_origin, &self.original, link)
            .map_err(|error| self.result_error(error))
    }

    /// Creates the error for an operation that has succeeded, but whose result cannot be read.
    pub(super) fn result_error(&self, error: Error) -> Error {
        let message = format!(
            "{}: the operation has succeeded, but its result cannot be read: {error}",
            self.operation
        );
        Error::with_error(error.kind().clone(), error, message)
    }

    /// Creates the error for an operation that has started, but whose links cannot be followed.
    /// Discards the links.
    pub(super) fn links_error(&mut self, error: Error) -> Error {
        self.forget_links();
        let rest = if self.can_be_polled() {
            "; the continuation token polls the resource instead"
        } else {
            ""
        };
        let message = format!(
            "{}: the operation has started, but cannot be polled: {error}{rest}",
            self.operation
        );
        Error::with_error(error.kind().clone(), error, message)
    }
}
