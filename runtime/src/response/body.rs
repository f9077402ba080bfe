//! Reads the body of a response, up to a limit.

use super::headers;
use azure_core::{
    Bytes, Error, Result,
    error::ErrorKind,
    http::{AsyncRawResponse, RawResponse, headers::CONTENT_LENGTH, response::AsyncResponseBody},
};
use futures::TryStreamExt;

/// Reads a response with its whole body, if that is not too long.
///
/// A body that arrives in one piece is not copied.
pub(crate) async fn read(response: AsyncRawResponse, limit: u64) -> Result<RawResponse> {
    let announced = content_length(&response);
    check_length(announced.unwrap_or_default(), limit)?;
    let (status, headers, body) = response.deconstruct();
    let body = collect(body, announced, limit).await?;
    Ok(RawResponse::from_bytes(status, headers, body))
}

/// Returns the declared length of a response's body.
fn content_length(response: &AsyncRawResponse) -> Option<u64> {
    headers::text(response.headers(), &CONTENT_LENGTH)?
        .parse()
        .ok()
}

async fn collect(mut body: AsyncResponseBody, announced: Option<u64>, limit: u64) -> Result<Bytes> {
    let first = body.try_next().await?.unwrap_or_default();
    check_length(first.len() as u64, limit)?;
    let Some(mut next) = body.try_next().await? else {
        return Ok(first);
    };
    let mut all = Vec::with_capacity(capacity(announced).max(first.len() + next.len()));
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

/// Returns a buffer for a body of the declared length; a very large length is not allocated in
/// advance.
fn capacity(announced: Option<u64>) -> usize {
    const MOST: usize = 1024 * 1024;
    announced.map_or(0, |length| {
        usize::try_from(length).unwrap_or(MOST).min(MOST)
    })
}

fn check_length(length: u64, limit: u64) -> Result<()> {
    if length > limit {
        return Err(too_long(limit));
    }
    Ok(())
}

fn too_long(limit: u64) -> Error {
    // The kind is not `Io`, so that the request is not retried.
    Error::with_message(
        ErrorKind::Other,
        format!(
            "the service's response is longer than the {limit} bytes allowed; \
             `ArmClientOptions::max_response_bytes` sets the limit"
        ),
    )
}
