//! Which requests `azure_core`'s retry policy must not retry.

use crate::answer::{body, headers::retry_after};
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
/// ([`ReadOnly`]). Other outcomes are wrapped in [`NotRetriable`], an error that the retry policy
/// returns at once.
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
        let Some((first, rest)) = next.split_first() else {
            return Err(Error::with_message(
                ErrorKind::Other,
                "the pipeline has no transport",
            ));
        };
        let result = first.send(ctx, request, rest).await;
        let acts = matches!(request.method(), Method::Post | Method::Patch);
        if acts && ctx.value::<ReadOnly>().is_none() {
            return prevent_retry(result, self.max_response_bytes).await;
        }
        result
    }
}

/// In a request's context: the request only reads, whatever its method is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadOnly;

async fn prevent_retry(result: PolicyResult, max_response_bytes: u64) -> PolicyResult {
    let result = match result {
        Ok(answer) if may_have_acted(&answer) => body::read(answer, max_response_bytes).await,
        other => return prevent_error_retry(other),
    };
    prevent_error_retry(result.and_then(|raw| {
        let kind = ErrorKind::HttpResponse {
            status: raw.status(),
            error_code: None,
            raw_response: None,
        };
        Err(Error::new(kind, NotRetriable::Response(raw)))
    }))
}

fn prevent_error_retry<T>(result: azure_core::Result<T>) -> azure_core::Result<T> {
    match result {
        // `Connection` means that nothing was sent.
        Err(error) if matches!(error.kind(), ErrorKind::Io) => {
            Err(Error::new(ErrorKind::Other, NotRetriable::Error(error)))
        }
        other => other,
    }
}

fn may_have_acted(answer: &AsyncRawResponse) -> bool {
    match answer.status() {
        StatusCode::ServiceUnavailable => retry_after(answer.headers()).is_none(),
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
            Self::Response(raw) => write!(f, "the service answered {}", raw.status()),
            Self::Error(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl std::error::Error for NotRetriable {}
