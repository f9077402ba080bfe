//! Prevents retries of requests that must not be retried.

use super::policy::send_by_next;
use crate::response::{
    body,
    headers::{limit_retry_after, retry_after},
    status::is_transient,
};
use azure_core::{
    Error,
    error::ErrorKind,
    http::{
        AsyncRawResponse, Context, Method, RawResponse, Request, StatusCode,
        policies::{Policy, PolicyResult},
    },
};
use std::{fmt, sync::Arc};

/// Keeps the retry policy from retrying requests that are not idempotent.
///
/// `azure_core` retries every method. A POST or PATCH is retried only if it cannot have had an
/// effect (429, 503 with `Retry-After`, and connections that were never established) or only reads
/// ([`ReadOnly`]). A request that is sent once ([`SendOnce`]) is never retried. Other outcomes are
/// wrapped in [`NotRetriable`], an error that the retry policy returns at once.
#[derive(Debug)]
pub(crate) struct RetrySafetyPolicy {
    pub(crate) max_response_bytes: u64,
}

#[async_trait::async_trait]
impl Policy for RetrySafetyPolicy {
    async fn send(
        &self,
        ctx: &Context,
        request: &mut Request,
        next: &[Arc<dyn Policy>],
    ) -> PolicyResult {
        let result = send_by_next(ctx, request, next)
            .await
            .map(limit_retry_after);
        let acts = matches!(request.method(), Method::Post | Method::Patch);
        let retry = if ctx.value::<SendOnce>().is_some() {
            Retry::Never
        } else if acts && ctx.value::<ReadOnly>().is_none() {
            Retry::WithoutEffect
        } else {
            return result;
        };
        // Boxed, because reads are frequent and do not need it.
        Box::pin(retry.limit(result, self.max_response_bytes)).await
    }
}

/// Marker in a request's context: the request only reads, whatever its method is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadOnly;

/// Marker in a request's context: the request is sent once, because its sender decides about
/// retries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SendOnce;

/// When a request may be retried.
#[derive(Clone, Copy, Debug)]
enum Retry {
    Never,
    /// If the request cannot have had an effect.
    WithoutEffect,
}

impl Retry {
    /// Wraps an outcome after which the request must not be retried.
    async fn limit(self, result: PolicyResult, max_response_bytes: u64) -> PolicyResult {
        let result = match result {
            Ok(response) if self.is_forbidden_after(&response) => {
                body::read(response, max_response_bytes)
                    .await
                    .and_then(|raw| {
                        let kind = ErrorKind::HttpResponse {
                            status: raw.status(),
                            error_code: None,
                            raw_response: None,
                        };
                        Err(Error::new(kind, NotRetriable::Response(raw)))
                    })
            }
            other => other,
        };
        result.map_err(|error| {
            if self.is_forbidden_after_error(error.kind()) {
                Error::new(ErrorKind::Other, NotRetriable::Error(error))
            } else {
                error
            }
        })
    }

    fn is_forbidden_after(self, response: &AsyncRawResponse) -> bool {
        match self {
            Self::Never => is_transient(response.status()),
            Self::WithoutEffect => may_have_acted(response),
        }
    }

    fn is_forbidden_after_error(self, kind: &ErrorKind) -> bool {
        match kind {
            ErrorKind::Io => true,
            // Nothing was sent.
            ErrorKind::Connection => matches!(self, Self::Never),
            _ => false,
        }
    }
}

fn may_have_acted(response: &AsyncRawResponse) -> bool {
    match response.status() {
        StatusCode::ServiceUnavailable => retry_after(response.headers()).is_none(),
        status => status == StatusCode::RequestTimeout || status.is_server_error(),
    }
}

/// The outcome of a request that must not be retried.
#[derive(Debug)]
pub(crate) enum NotRetriable {
    Response(RawResponse),
    Error(Error),
}

impl fmt::Display for NotRetriable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(raw) => write!(f, "the service returned {}", raw.status()),
            Self::Error(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl std::error::Error for NotRetriable {}
