//! Functions shared by the policies of the pipeline.

use azure_core::{
    Error,
    error::ErrorKind,
    http::{
        Context, Request,
        policies::{Policy, PolicyResult},
    },
};
use std::sync::Arc;

/// Sends a request through the remaining policies of the pipeline.
///
/// # Errors
///
/// If no policy follows, so that nothing sends the request; and the errors of the policies.
pub(super) async fn send_by_next(
    ctx: &Context<'_>,
    request: &mut Request,
    next: &[Arc<dyn Policy>],
) -> PolicyResult {
    let Some((first, rest)) = next.split_first() else {
        return Err(Error::with_message(
            ErrorKind::Other,
            "the pipeline has no transport",
        ));
    };
    first.send(ctx, request, rest).await
}
