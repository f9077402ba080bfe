//! Pages that an operation of its own returns (`x-ms-pageable.operationName`).

use crate::{
    request::{
        call::Call,
        parts::{self, RequestParts},
    },
    rules::parameter::{ListStyle, NamedParameter, Parameter},
};
use azure_core::{
    Result,
    http::{Request, headers::CONTENT_TYPE},
};

/// The operation that returns the pages after the first one of a list: its request, complete but
/// for what each page says of the next one, a link or a token.
#[derive(Debug)]
pub struct NextPages {
    parts: RequestParts,
    link: LinkParameter,
    has_body_of_first: bool,
    success: &'static [u16],
}

/// The parameter that takes the link or token of a page.
#[derive(Clone, Copy, Debug)]
enum LinkParameter {
    Path(Parameter),
    Query(Parameter),
    Header(Parameter),
}

impl Call<'_> {
    /// Makes this the call for the next pages of a list. A path parameter takes the link; if it is
    /// not encoded, the link may have a query or be a whole URL, and then has precedence over the
    /// call's own path and query.
    ///
    /// # Errors
    ///
    /// If an argument is not valid.
    pub fn next_pages_by_path(
        self,
        parameter: impl Into<NamedParameter>,
        success: &'static [u16],
    ) -> Result<NextPages> {
        NextPages::new(self, LinkParameter::Path(parameter.into().0), success)
    }

    /// Makes this the call for the next pages of a list. A query parameter takes the token.
    ///
    /// # Errors
    ///
    /// If an argument is not valid.
    pub fn next_pages_by_query(
        self,
        parameter: impl Into<NamedParameter>,
        success: &'static [u16],
    ) -> Result<NextPages> {
        NextPages::new(self, LinkParameter::Query(parameter.into().0), success)
    }

    /// Makes this the call for the next pages of a list. A header takes the token.
    ///
    /// # Errors
    ///
    /// If an argument is not valid.
    pub fn next_pages_by_header(
        self,
        parameter: impl Into<NamedParameter>,
        success: &'static [u16],
    ) -> Result<NextPages> {
        NextPages::new(self, LinkParameter::Header(parameter.into().0), success)
    }
}

impl NextPages {
    fn new(call: Call<'_>, link: LinkParameter, success: &'static [u16]) -> Result<Self> {
        Ok(Self {
            parts: call.into_parts()?,
            link,
            has_body_of_first: false,
            success,
        })
    }

    /// Sends the body of the first request with those for the next pages too.
    #[must_use]
    pub fn with_body_of_first(mut self) -> Self {
        self.has_body_of_first = true;
        self
    }

    /// Returns the operation's ID in the description.
    pub(super) fn operation(&self) -> &'static str {
        self.parts.operation
    }

    /// Returns the status codes of success.
    pub(super) fn success(&self) -> &'static [u16] {
        self.success
    }

    /// Takes over what the pages share with the first request.
    pub(super) fn after(mut self, first: &Request) -> Self {
        if self.has_body_of_first {
            self.parts.body = first.body().clone();
            let mut headers = first.headers().iter();
            if let Some((name, value)) = headers.find(|(name, _)| **name == CONTENT_TYPE) {
                self.parts.headers.insert(name.clone(), value.clone());
            }
        }
        self
    }

    /// Returns the request for the page that a link or token names.
    pub(super) fn request(&self, link: &str) -> Result<Request> {
        let mut parts = self.parts.clone();
        let (operation, style) = (parts.operation, ListStyle::Csv);
        match &self.link {
            LinkParameter::Path(own) => parts.fill_link(own, link)?,
            LinkParameter::Query(own) => {
                parts::push_query(&mut parts.query, operation, own, &[link], style)?;
            }
            LinkParameter::Header(own) => {
                parts::push_header(&mut parts.headers, operation, own, &[link], style)?;
            }
        }
        parts.into_request()
    }
}
