//! Redirects, which only clients without a credential follow.

use super::links::origin;
use crate::response::headers;
use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{
        Context, Method, Request, StatusCode, Url,
        headers::{HeaderName, Headers},
    },
};

/// The header with the URL that a response redirects to.
const LOCATION: HeaderName = HeaderName::from_static("location");

/// The number of redirects that are followed for one request.
const MAX_REDIRECTS: u8 = 10;

/// Marks the context of a call whose description lists redirects among its responses: they are
/// returned to the caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DescribedRedirect;

/// Returns whether redirects of a request may be followed: a request with another method would have
/// to be sent again with its body.
pub(crate) fn may_be_followed(context: &Context<'_>, request: &Request) -> bool {
    matches!(request.method(), Method::Get | Method::Head)
        && context.value::<DescribedRedirect>().is_none()
}

/// The redirects of one request.
#[derive(Debug, Default)]
pub(crate) struct Redirects {
    followed: u8,
}

impl Redirects {
    /// Returns the URL that a response redirects to, unless it does not redirect.
    ///
    /// # Errors
    ///
    /// If the URL is at another host, scheme or port, or there were too many redirects.
    pub(crate) fn next(
        &mut self,
        from: &Url,
        status: StatusCode,
        response: &Headers,
    ) -> Result<Option<Url>> {
        if !matches!(u16::from(status), 301 | 302 | 307 | 308) {
            return Ok(None);
        }
        let Some(location) = headers::text(response, &LOCATION) else {
            return Ok(None);
        };
        let to = from
            .join(location.trim())
            .map_err(|error| refused(from, &format!("its `Location` is not a URL: {error}")))?;
        if !is_same_place(from, &to) {
            let problem = format!(
                "it leads to {}; redirects are followed within one scheme, host and port only",
                origin(&to)
            );
            return Err(refused(from, &problem));
        }
        if self.followed == MAX_REDIRECTS {
            let problem = format!("it is the one after {MAX_REDIRECTS}, which is the limit");
            return Err(refused(from, &problem));
        }
        self.followed += 1;
        Ok(Some(to))
    }
}

fn is_same_place(from: &Url, to: &Url) -> bool {
    to.origin() == from.origin() && to.username().is_empty() && to.password().is_none()
}

fn refused(from: &Url, problem: &str) -> Error {
    Error::with_message(
        ErrorKind::Other,
        format!(
            "a redirect from {} is not followed: {problem}",
            origin(from)
        ),
    )
}
