//! Our own policies in `azure_core`'s pipeline.

use crate::headers;
use azure_core::{
    Bytes, Error,
    error::ErrorKind,
    http::{
        AsyncRawResponse, Context, Method, RawResponse, Request, StatusCode, Transport,
        headers::{CONTENT_LENGTH, HeaderName, RETRY_AFTER, RETRY_AFTER_MS, X_MS_RETRY_AFTER_MS},
        policies::{Policy, PolicyResult, get_retry_after},
        response::AsyncResponseBody,
    },
    time::{Duration, OffsetDateTime},
};
use futures::TryStreamExt;
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
///
/// A body that is in one piece is not copied.
pub(crate) async fn whole(answer: AsyncRawResponse, limit: u64) -> azure_core::Result<RawResponse> {
    let announced = announced(&answer);
    check_length(announced.unwrap_or_default(), limit)?;
    let (status, headers, body) = answer.deconstruct();
    let body = gather(body, announced, limit).await?;
    Ok(RawResponse::from_bytes(status, headers, body))
}

/// The length that an answer says its body has.
fn announced(answer: &AsyncRawResponse) -> Option<u64> {
    headers::text(answer.headers(), &CONTENT_LENGTH)?
        .parse()
        .ok()
}

async fn gather(
    mut body: AsyncResponseBody,
    announced: Option<u64>,
    limit: u64,
) -> azure_core::Result<Bytes> {
    let first = body.try_next().await?.unwrap_or_default();
    check_length(first.len() as u64, limit)?;
    let Some(mut next) = body.try_next().await? else {
        return Ok(first);
    };
    let mut all = Vec::with_capacity(room(announced).max(first.len() + next.len()));
    all.extend_from_slice(&first);
    loop {
        check_length((all.len() + next.len()) as u64, limit)?;
        all.extend_from_slice(&next);
        match body.try_next().await? {
            Some(more) => next = more,
            None => return Ok(all.into()),
        }
    }
}

/// Room for a body of the length that was announced, unless that is a lot to be just promised.
fn room(announced: Option<u64>) -> usize {
    const MOST: usize = 1024 * 1024;
    announced.map_or(0, |length| {
        usize::try_from(length).unwrap_or(MOST).min(MOST)
    })
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

/// In a request's context: the answer is to be given as it comes in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AsItComes;

/// The transport, but with answers held in memory that end in an error when they get too long.
///
/// Bodies are read here and not by `azure_core`, which copies them twice. As there, one that breaks
/// off is a failed try.
#[derive(Debug)]
pub(crate) struct BoundedTransport {
    pub(crate) transport: Transport,
    pub(crate) max_response_bytes: u64,
}

#[async_trait::async_trait]
impl Policy for BoundedTransport {
    async fn send(
        &self,
        ctx: &Context,
        request: &mut Request,
        _next: &[Arc<dyn Policy>],
    ) -> PolicyResult {
        let answer = self.transport.send(ctx, request).await?;
        // The answer to a HEAD has the length of a body that does not come.
        if request.method() == Method::Head || ctx.value::<AsItComes>().is_some() {
            return Ok(answer);
        }
        let raw = whole(answer, self.max_response_bytes).await?;
        let (status, headers, body) = raw.deconstruct();
        Ok(AsyncRawResponse::from_bytes(status, headers, body))
    }
}

fn check_length(length: u64, limit: u64) -> azure_core::Result<()> {
    if length > limit {
        return Err(too_long(limit));
    }
    Ok(())
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
