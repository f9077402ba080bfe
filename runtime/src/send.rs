//! The ways to finish a call.

use crate::{
    call::Call,
    client::Client,
    error::{bad_answer, unexpected_status},
    guard,
    lro::{FinalState, Poller, PollerOptions},
    page::{self, ListPage, Pager},
    policies,
    registration::exchange_registered,
    span::OperationSpan,
};
use azure_core::{
    Result,
    http::{
        AsyncResponse, ClientMethodOptions, Context, JsonFormat, NoFormat, RawResponse, Request,
        Response, StatusCode, pager::PagerOptions,
    },
};
use futures::future::BoxFuture;
use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{self, Poll},
};

/// The future of an answer.
///
/// A named type, so that nothing but this small shell is compiled per model.
#[must_use = "futures do nothing unless you `.await` them"]
pub struct Sending<T, F = JsonFormat> {
    inner: BoxFuture<'static, Result<RawResponse>>,
    model: PhantomData<fn() -> (T, F)>,
}

impl<T, F> Sending<T, F> {
    pub(crate) fn new(inner: BoxFuture<'static, Result<RawResponse>>) -> Self {
        Self {
            inner,
            model: PhantomData,
        }
    }
}

impl<T, F> Future for Sending<T, F> {
    type Output = Result<Response<T, F>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let raw = self.inner.as_mut().poll(cx);
        raw.map(|raw| raw.map(Response::from))
    }
}

impl<T, F> fmt::Debug for Sending<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending")
    }
}

impl Call<'_> {
    /// Sends the request; the answer has a JSON body.
    ///
    /// `success` are the statuses the description names; every 2xx if there are none.
    ///
    /// # Errors
    ///
    /// A wrong argument, a failed connection, another status (see [`crate::ArmError`]), or an
    /// answer that is not JSON, too long or too deep.
    pub fn send<T>(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> Sending<T> {
        Sending::new(self.send_raw(success, options, Content::Json))
    }

    /// Sends the request; the answer's body, if any, does not matter.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`].
    pub fn send_empty(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> Sending<(), NoFormat> {
        Sending::new(self.send_raw(success, options, Content::Any))
    }

    /// Sends the request and tells whether the resource exists: any 2xx is yes, 404 is no.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`], with every other status.
    pub async fn exists(self, options: Option<ClientMethodOptions<'_>>) -> Result<bool> {
        const EXISTS: &[u16] = &[200, 201, 202, 203, 204, 205, 206, 404];
        let raw = self.send_raw(EXISTS, options, Content::Any).await?;
        Ok(raw.status() != StatusCode::NotFound)
    }

    /// Sends the request and gives the answer's body as it comes in, for downloads. The body is
    /// not limited in size.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`].
    pub async fn stream(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> Result<AsyncResponse> {
        let client = self.scope.client().clone();
        let operation = self.operation;
        let request = self.into_request()?;
        let mut context = owned_context(options);
        let span = OperationSpan::start(&client, &mut context, operation);
        let result = stream(&client, &context, request, operation, success).await;
        span.record(&result);
        result
    }

    /// Begins a long-running operation; the request is sent when the poller is first awaited or
    /// polled.
    ///
    /// 200, 201, 202 and 204 may answer first. `final_state` is the description's `final-state-via`.
    ///
    /// # Errors
    ///
    /// A wrong argument.
    pub fn begin<T>(
        self,
        final_state: Option<FinalState>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Poller<T>> {
        Poller::begin(self, final_state, true, options)
    }

    /// Begins a long-running operation whose result has no body; see [`Call::begin`].
    ///
    /// # Errors
    ///
    /// A wrong argument.
    pub fn begin_empty(
        self,
        final_state: Option<FinalState>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Poller<(), NoFormat>> {
        Poller::begin(self, final_state, false, options)
    }

    /// Begins a list; pages are asked for as they are needed.
    ///
    /// # Errors
    ///
    /// A wrong argument, or a continuation that is not a link to the client's endpoint.
    pub fn pager<P: ListPage + Send + 'static>(
        self,
        success: &'static [u16],
        options: Option<PagerOptions<'_>>,
    ) -> Result<Pager<P>> {
        page::pager(self, success, options)
    }

    fn send_raw(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
        content: Content,
    ) -> BoxFuture<'static, Result<RawResponse>> {
        let client = self.scope.client().clone();
        let operation = self.operation;
        let request = self.into_request();
        let mut context = owned_context(options);
        Box::pin(async move {
            let request = request?;
            let span = OperationSpan::start(&client, &mut context, operation);
            let result = send(&client, &context, request, operation, success, content).await;
            span.record(&result);
            result
        })
    }
}

/// What an answer's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Json,
    Any,
}

async fn send(
    client: &Client,
    context: &Context<'_>,
    request: Request,
    operation: &str,
    success: &[u16],
    content: Content,
) -> Result<RawResponse> {
    let raw = exchange_registered(client, context, request).await?;
    let raw = expect_status(client, raw, operation, success)?;
    if content == Content::Json {
        expect_json(client, &raw, operation)?;
    }
    Ok(raw)
}

async fn stream(
    client: &Client,
    context: &Context<'_>,
    request: Request,
    operation: &str,
    success: &[u16],
) -> Result<AsyncResponse> {
    let answer = client.exchange_stream(context, request).await?;
    if is_success(answer.status(), success) {
        return Ok(answer.into());
    }
    let raw = policies::whole(answer, client.max_response_bytes()).await?;
    Err(unexpected_status(
        operation,
        raw,
        success,
        client.max_json_depth(),
    ))
}

/// The answer, if its status is one the description names.
pub(crate) fn expect_status(
    client: &Client,
    raw: RawResponse,
    operation: &str,
    success: &[u16],
) -> Result<RawResponse> {
    if is_success(raw.status(), success) {
        return Ok(raw);
    }
    Err(unexpected_status(
        operation,
        raw,
        success,
        client.max_json_depth(),
    ))
}

/// Checks that the answer's body, if any, is JSON.
pub(crate) fn expect_json(client: &Client, raw: &RawResponse, operation: &str) -> Result<()> {
    guard::check_json(raw, client.max_json_depth())
        .map_err(|problem| bad_answer(operation, raw, &problem))
}

fn is_success(status: StatusCode, success: &[u16]) -> bool {
    if success.is_empty() {
        return status.is_success();
    }
    success.contains(&u16::from(status))
}

fn owned_context(options: Option<ClientMethodOptions<'_>>) -> Context<'static> {
    options.unwrap_or_default().context.into_owned()
}
