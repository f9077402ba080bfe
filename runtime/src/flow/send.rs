//! Sending a call.

use super::registration::send_registered;
use crate::{
    connection::{client::Client, redirects::DescribedRedirect, span::OperationSpan},
    request::call::Call,
    response::{
        body,
        by_status::{ByStatus, ResponseByStatus},
        error::unexpected_status,
        format::{OptionalJsonFormat, TextFormat},
        status::{expect_json, expect_status, is_success},
    },
};
use azure_core::{
    Bytes, Result,
    http::{
        AsyncResponse, ClientMethodOptions, Context, JsonFormat, NoFormat, RawResponse, Request,
        Response, StatusCode,
    },
};
use futures::future::BoxFuture;
use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{self, Poll},
};

/// The future of a [`Response`]; methods with one kind of response return it.
///
/// It has no lifetime, and only this small type is compiled for each model.
#[must_use = "futures do nothing unless you `.await` them"]
pub struct ResponseFuture<T, F = JsonFormat> {
    inner: BoxFuture<'static, Result<RawResponse>>,
    model: PhantomData<fn() -> (T, F)>,
}

impl<T, F> ResponseFuture<T, F> {
    pub(crate) fn new(inner: BoxFuture<'static, Result<RawResponse>>) -> Self {
        Self {
            inner,
            model: PhantomData,
        }
    }
}

impl<T, F> Future for ResponseFuture<T, F> {
    type Output = Result<Response<T, F>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let raw = self.inner.as_mut().poll(cx);
        raw.map(|raw| raw.map(Response::from))
    }
}

impl<T, F> fmt::Debug for ResponseFuture<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}

/// The future of a [`ResponseByStatus`]; methods whose responses have one of several models return
/// it.
#[must_use = "futures do nothing unless you `.await` them"]
pub struct ResponseByStatusFuture<T> {
    operation: &'static str,
    inner: BoxFuture<'static, Result<RawResponse>>,
    model: PhantomData<fn() -> T>,
}

impl<T: ByStatus> Future for ResponseByStatusFuture<T> {
    type Output = Result<ResponseByStatus<T>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let operation = self.operation;
        let raw = self.inner.as_mut().poll(cx);
        raw.map(|raw| raw.map(|raw| ResponseByStatus::new(operation, raw)))
    }
}

impl<T> fmt::Debug for ResponseByStatusFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseByStatusFuture")
    }
}

impl Call<'_> {
    /// Sends the request. The response has a JSON body.
    ///
    /// `success` lists the status codes that the description defines. If it is empty, every 2xx is
    /// a success.
    ///
    /// # Errors
    ///
    /// If an argument is not valid, the connection fails, the response has another status (see
    /// [`crate::ArmError`]), is not JSON, or is too long.
    pub fn send<T>(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> ResponseFuture<T> {
        ResponseFuture::new(self.send_raw(success, options, Content::Json))
    }

    /// Sends the request. The response has a JSON body or none, depending on its status.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`].
    pub fn send_optional<T>(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> ResponseFuture<Option<T>, OptionalJsonFormat> {
        ResponseFuture::new(self.send_raw(success, options, Content::Json))
    }

    /// Sends the request. The response's body is text.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`].
    pub fn send_for_text(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> ResponseFuture<String, TextFormat> {
        ResponseFuture::new(self.send_raw(success, options, Content::Any))
    }

    /// Sends the request. The response's status determines the model of its body.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`].
    pub fn send_by_status<T: ByStatus>(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> ResponseByStatusFuture<T> {
        ResponseByStatusFuture {
            operation: self.operation,
            inner: self.send_raw(success, options, Content::Any),
            model: PhantomData,
        }
    }

    /// Sends the request. The response's body, if any, is ignored.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`].
    pub fn send_empty(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> ResponseFuture<(), NoFormat> {
        ResponseFuture::new(self.send_raw(success, options, Content::Any))
    }

    /// Sends the request and returns whether the resource exists: `true` for any 2xx, `false` for
    /// 404.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`], for every other status.
    pub async fn exists(self, options: Option<ClientMethodOptions<'_>>) -> Result<bool> {
        const EXISTS: &[u16] = &[200, 201, 202, 203, 204, 205, 206, 404];
        let raw = self.send_raw(EXISTS, options, Content::Any).await?;
        Ok(raw.status() != StatusCode::NotFound)
    }

    /// Sends the request and returns `true` for any 2xx, for operations whose description does not
    /// define the meaning of 404.
    ///
    /// # Errors
    ///
    /// As for [`Call::send`], for every other status.
    pub async fn succeeds(self, options: Option<ClientMethodOptions<'_>>) -> Result<bool> {
        let raw = self.send_raw(&[], options, Content::Any).await?;
        Ok(raw.status().is_success())
    }

    /// Sends the request and streams the response's body, for downloads. The body is not limited in
    /// size.
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
        let mut context = self.context_for(success, options);
        let mut request = self.into_request()?;
        let span = OperationSpan::start(&client, &mut context, operation);
        let result = stream(&client, &context, &mut request, operation, success).await;
        span.record(result.as_ref());
        result
    }

    /// Returns the context of a call whose description lists these statuses of success.
    fn context_for(
        &self,
        success: &[u16],
        options: Option<ClientMethodOptions<'_>>,
    ) -> Context<'static> {
        let mut context = self.context(options.unwrap_or_default().context);
        if success.iter().any(|status| (300..400).contains(status)) {
            context.insert(DescribedRedirect);
        }
        context
    }

    fn send_raw(
        self,
        success: &'static [u16],
        options: Option<ClientMethodOptions<'_>>,
        content: Content,
    ) -> BoxFuture<'static, Result<RawResponse>> {
        let client = self.scope.client().clone();
        let operation = self.operation;
        let mut context = self.context_for(success, options);
        let request = self.into_request();
        Box::pin(async move {
            let mut request = request?;
            let span = OperationSpan::start(&client, &mut context, operation);
            let sent = send(&client, &context, &mut request, operation, success, content);
            let result = sent.await;
            span.record(result.as_ref());
            result
        })
    }
}

/// Sends the first request of a long-running operation, or the request for a page; see
/// [`send_registered`].
///
/// Futures are compiled in each module that makes them. Pollers and pagers get theirs from this
/// module, boxed, so that the code is not compiled again for them.
pub(super) fn send_boxed<'a>(
    client: &'a Client,
    context: &'a Context<'_>,
    request: &'a mut Request,
) -> BoxFuture<'a, Result<RawResponse>> {
    Box::pin(send_registered(client, context, request))
}

/// Polls a long-running operation; boxed for the same reason as in [`send_boxed`].
pub(super) fn poll_boxed<'a>(
    client: &'a Client,
    context: Context<'a>,
    mut request: Request,
) -> BoxFuture<'a, Result<RawResponse>> {
    Box::pin(async move { client.send(&context, &mut request).await })
}

/// The expected content of a response's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Json,
    Any,
}

async fn send(
    client: &Client,
    context: &Context<'_>,
    request: &mut Request,
    operation: &str,
    success: &[u16],
    content: Content,
) -> Result<RawResponse> {
    let raw = send_registered(client, context, request).await?;
    let raw = expect_status(raw, operation, success)?;
    if content == Content::Json {
        // The information in a redirection is in its headers; its body is for people.
        if raw.status().is_redirection() {
            let (status, headers, _) = raw.deconstruct();
            return Ok(RawResponse::from_bytes(status, headers, Bytes::new()));
        }
        expect_json(&raw, operation)?;
    }
    Ok(raw)
}

async fn stream(
    client: &Client,
    context: &Context<'_>,
    request: &mut Request,
    operation: &str,
    success: &[u16],
) -> Result<AsyncResponse> {
    let response = client.stream(context, request).await?;
    if is_success(response.status(), success) {
        return Ok(response.into());
    }
    let raw = body::read(response, client.max_response_bytes()).await?;
    Err(unexpected_status(operation, raw, success))
}
