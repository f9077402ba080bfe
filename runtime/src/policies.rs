//! Our own policies in `azure_core`'s pipeline.

use azure_core::{
    Bytes, Error,
    error::ErrorKind,
    http::{
        AsyncRawResponse, Context, Method, RawResponse, Request, StatusCode, Transport,
        headers::{CONTENT_LENGTH, HeaderName, RETRY_AFTER, RETRY_AFTER_MS, X_MS_RETRY_AFTER_MS},
        policies::{Policy, PolicyResult, get_retry_after},
        response::PinnedStream,
    },
    time::{Duration, OffsetDateTime},
};
use futures::StreamExt;
use std::{fmt, sync::Arc};

/// How long the service asks to wait, by whichever header it sends.
///
/// At most a day, and never less than nothing, so that no header can do harm.
pub(crate) fn retry_after(headers: &azure_core::http::headers::Headers) -> Option<Duration> {
    const HEADERS: &[HeaderName] = &[X_MS_RETRY_AFTER_MS, RETRY_AFTER_MS, RETRY_AFTER];
    get_retry_after(headers, OffsetDateTime::now_utc, HEADERS)
        .filter(|wait| !wait.is_negative())
        .map(|wait| wait.min(Duration::days(1)))
}

/// Keeps the retry policy from repeating what must not happen twice.
///
/// `azure_core` repeats every method. A POST or PATCH is repeated only if the service surely did
/// not act on it: 429, 503 with `Retry-After`, and connections that never came about. Everything
/// else is wrapped in [`NotRepeated`], an error the retry policy lets through.
#[derive(Debug)]
pub(crate) struct RepeatPolicy {
    pub(crate) max_response_bytes: u64,
}

#[async_trait::async_trait]
impl Policy for RepeatPolicy {
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
        if matches!(request.method(), Method::Post | Method::Patch) {
            return keep_from_retry(result, self.max_response_bytes).await;
        }
        result
    }
}

async fn keep_from_retry(result: PolicyResult, max_response_bytes: u64) -> PolicyResult {
    let result = match result {
        Ok(answer) if may_have_acted(&answer) => whole(answer, max_response_bytes).await,
        other => return keep_failure(other),
    };
    keep_failure(result.and_then(|raw| {
        let kind = ErrorKind::HttpResponse {
            status: raw.status(),
            error_code: None,
            raw_response: None,
        };
        Err(Error::new(kind, NotRepeated::Answer(raw)))
    }))
}

fn keep_failure<T>(result: azure_core::Result<T>) -> azure_core::Result<T> {
    match result {
        // `Connection` means that nothing was sent.
        Err(error) if matches!(error.kind(), ErrorKind::Io) => {
            Err(Error::new(ErrorKind::Other, NotRepeated::Failure(error)))
        }
        other => other,
    }
}

/// An answer with its whole body, if that is not too long.
pub(crate) async fn whole(answer: AsyncRawResponse, limit: u64) -> azure_core::Result<RawResponse> {
    bounded(answer, limit)?.try_into_raw_response().await
}

fn may_have_acted(answer: &AsyncRawResponse) -> bool {
    match answer.status() {
        StatusCode::ServiceUnavailable => retry_after(answer.headers()).is_none(),
        status => status == StatusCode::RequestTimeout || status.is_server_error(),
    }
}

/// The outcome of a request that must not be repeated, on its way past the retry policy.
#[derive(Debug)]
pub(crate) enum NotRepeated {
    Answer(RawResponse),
    Failure(Error),
}

impl fmt::Display for NotRepeated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(raw) => write!(f, "the service answered {}", raw.status()),
            Self::Failure(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl std::error::Error for NotRepeated {}

/// In a request's context: how many bytes of the answer may be held in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MostBytes(pub(crate) u64);

/// The transport, but with answers that end in an error when they get too long.
#[derive(Debug)]
pub(crate) struct BoundedTransport(pub(crate) Transport);

#[async_trait::async_trait]
impl Policy for BoundedTransport {
    async fn send(
        &self,
        ctx: &Context,
        request: &mut Request,
        _next: &[Arc<dyn Policy>],
    ) -> PolicyResult {
        let answer = self.0.send(ctx, request).await?;
        match ctx.value::<MostBytes>() {
            // The answer to a HEAD has the length of a body that does not come.
            Some(MostBytes(limit)) if request.method() != Method::Head => bounded(answer, *limit),
            _ => Ok(answer),
        }
    }
}

/// Puts a limit on the body of an answer.
fn bounded(answer: AsyncRawResponse, limit: u64) -> PolicyResult {
    let announced = answer.headers().get_optional_as::<u64, _>(&CONTENT_LENGTH);
    if let Ok(Some(length)) = announced
        && length > limit
    {
        return Err(too_long(limit));
    }
    let (status, headers, body) = answer.deconstruct();
    let counted = body.scan(0_u64, move |seen, chunk| {
        futures::future::ready(Some(chunk.and_then(|chunk| count(seen, chunk, limit))))
    });
    let body: PinnedStream = Box::pin(counted);
    Ok(AsyncRawResponse::new(status, headers, body))
}

fn count(seen: &mut u64, chunk: Bytes, limit: u64) -> azure_core::Result<Bytes> {
    *seen = seen.saturating_add(chunk.len() as u64);
    if *seen > limit {
        return Err(too_long(limit));
    }
    Ok(chunk)
}

fn too_long(limit: u64) -> Error {
    // Not `Io`, so that it is not tried again.
    Error::with_message(
        ErrorKind::Other,
        format!(
            "the service's answer is longer than the {limit} bytes allowed; \
             `ArmClientOptions::max_response_bytes` sets the limit"
        ),
    )
}
