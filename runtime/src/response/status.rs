//! Checks the status and content of a response.

use super::{
    error::{bad_response, unexpected_status},
    json,
};
use azure_core::{
    Result,
    http::{RawResponse, StatusCode},
};

/// Returns the response, if its status is one that the description names.
pub(crate) fn expect_status(
    raw: RawResponse,
    operation: &str,
    success: &[u16],
) -> Result<RawResponse> {
    if is_success(raw.status(), success) {
        return Ok(raw);
    }
    Err(unexpected_status(operation, raw, success))
}

/// Checks that the response's body, if any, is JSON.
pub(crate) fn expect_json(raw: &RawResponse, operation: &str) -> Result<()> {
    json::check_json(raw).map_err(|problem| bad_response(operation, raw, &problem))
}

/// Returns whether a status is one that the description names, or any 2xx if it names none.
pub(crate) fn is_success(status: StatusCode, success: &[u16]) -> bool {
    if success.is_empty() {
        return status.is_success();
    }
    success.contains(&u16::from(status))
}

/// Returns whether a status is transient: the service is too busy, or has an internal error.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    let is_busy = matches!(
        status,
        StatusCode::RequestTimeout | StatusCode::TooManyRequests
    );
    is_busy || status.is_server_error()
}
