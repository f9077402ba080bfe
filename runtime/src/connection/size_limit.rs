//! The limit on the size of responses in memory.

use crate::response::body;
use azure_core::http::{
    AsyncRawResponse, Context, Method, Request, Transport,
    policies::{Policy, PolicyResult},
};
use std::sync::Arc;

/// Marker in a request's context: the response's body is streamed to the caller, not held in
/// memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StreamBody;

/// The transport, with a limit on the size of responses that are held in memory.
///
/// Bodies are read here and not by `azure_core`, which copies them twice. As in `azure_core`, an
/// incomplete body is a failed attempt.
#[derive(Debug)]
pub(crate) struct SizeLimit {
    pub(crate) transport: Transport,
    pub(crate) max_response_bytes: u64,
}

#[async_trait::async_trait]
impl Policy for SizeLimit {
    async fn send(
        &self,
        ctx: &Context,
        request: &mut Request,
        _next: &[Arc<dyn Policy>],
    ) -> PolicyResult {
        let response = self.transport.send(ctx, request).await?;
        // The response to a HEAD declares the length of a body that is not sent.
        if request.method() == Method::Head || ctx.value::<StreamBody>().is_some() {
            return Ok(response);
        }
        let raw = body::read(response, self.max_response_bytes).await?;
        let (status, headers, body) = raw.deconstruct();
        Ok(AsyncRawResponse::from_bytes(status, headers, body))
    }
}
