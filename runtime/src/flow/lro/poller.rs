//! The typed interface to an operation.

use super::{
    operation::Operation,
    options::PollerOptions,
    state::{FinalState, OperationState},
    status::OperationStatus,
    token,
};
use crate::{
    connection::client::Client,
    flow::send::ResponseFuture,
    request::{call::Call, scope::Scope},
    response::format::OptionalJsonFormat,
    rules::error::invalid_argument,
};
use azure_core::{
    Result,
    http::{JsonFormat, NoFormat, RawResponse, Url},
};
use futures::{Stream, future::BoxFuture};
use std::{
    fmt,
    marker::PhantomData,
    mem,
    pin::Pin,
    task::{self, Poll},
};

/// A long-running operation, such as the creation of a resource.
///
/// Awaiting it returns the result. As a stream it yields an [`OperationStatus`] for every response
/// of the service, as soon as it arrives; after the end of the stream it can still be awaited for
/// the result.
///
/// Nothing is sent before it is first awaited or polled. Dropping it stops polling; the operation
/// continues in the service.
///
/// # Errors
///
/// If an operation fails or is canceled, the error contains the service's
/// [`ArmError`](crate::ArmError) and the last [`OperationStatus`]. If polling ends for another
/// reason although the operation has started, the error contains a
/// [`PollingStopped`](crate::PollingStopped), with a continuation token if the operation can still
/// be polled.
#[must_use = "an operation does not start until it is awaited or polled"]
pub struct Poller<T, F = JsonFormat> {
    core: Core,
    model: PhantomData<fn() -> (T, F)>,
}

impl<T, F> Poller<T, F> {
    pub(crate) fn begin(
        call: Call<'_>,
        final_state: Option<FinalState>,
        has_body: bool,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Self> {
        Core::begin(call, final_state, has_body, options).map(Self::new)
    }

    pub(crate) fn resume(
        client: &Client,
        operation: &str,
        token: &str,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Self> {
        Core::resume(client, operation, token, options).map(Self::new)
    }

    /// Returns the token that the operation's `resume` method needs to continue, in this process or
    /// another; `None` before the first response and when nothing is left to poll.
    ///
    /// The token is versioned and opaque. It contains the operation's name and its links, with
    /// their queries, which the service may have signed, because polling needs them. It contains no
    /// credential and no body. Store it as securely as the links.
    pub fn continuation_token(&self) -> Option<&str> {
        self.core.token.as_deref()
    }

    /// Returns the URL of the request that started the operation.
    pub(super) fn original(&self) -> &Url {
        &self.core.original
    }

    /// Waits for the result without deserializing it into a model.
    pub(super) fn into_raw(self) -> BoxFuture<'static, Result<RawResponse>> {
        self.core.run()
    }

    fn new(core: Core) -> Self {
        Self {
            core,
            model: PhantomData,
        }
    }
}

impl Call<'_> {
    /// Starts a long-running operation. The request is sent when the poller is first awaited or
    /// polled.
    ///
    /// The first response may be 200, 201, 202 or 204. `final_state` is `final-state-via` in the
    /// description.
    ///
    /// # Errors
    ///
    /// If an argument is not valid.
    pub fn begin<T>(
        self,
        final_state: Option<FinalState>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Poller<T>> {
        Poller::begin(self, final_state, true, options)
    }

    /// Starts a long-running operation whose result has a body or none; see [`Call::begin`].
    ///
    /// # Errors
    ///
    /// If an argument is not valid.
    pub fn begin_optional<T>(
        self,
        final_state: Option<FinalState>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Poller<Option<T>, OptionalJsonFormat>> {
        Poller::begin(self, final_state, true, options)
    }

    /// Starts a long-running operation whose result has no body; see [`Call::begin`].
    ///
    /// # Errors
    ///
    /// If an argument is not valid.
    pub fn begin_empty(
        self,
        final_state: Option<FinalState>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Poller<(), NoFormat>> {
        Poller::begin(self, final_state, false, options)
    }
}

impl Scope {
    /// Resumes a long-running operation that a [`Poller`], perhaps in another process, started.
    ///
    /// The `resume` methods of generated clients call this. `operation` is the operation ID in the
    /// description, such as `Workspaces_CreateOrUpdate`; `T` and `F` must be those of the method
    /// that started it. The token comes from [`Poller::continuation_token`]. The client must be of
    /// the same cloud and tenant.
    ///
    /// # Errors
    ///
    /// If the token is not valid, is of another operation or version, or has links to another host.
    pub fn resume<T, F>(
        &self,
        operation: &str,
        token: &str,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Poller<T, F>> {
        Poller::resume(self.client(), operation, token, options)
    }
}

impl<T, F> Stream for Poller<T, F> {
    type Item = Result<OperationStatus>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Option<Self::Item>> {
        self.core.poll_next(cx)
    }
}

impl<T, F> IntoFuture for Poller<T, F> {
    type Output = <ResponseFuture<T, F> as Future>::Output;
    type IntoFuture = ResponseFuture<T, F>;

    fn into_future(self) -> Self::IntoFuture {
        ResponseFuture::new(self.into_raw())
    }
}

impl<T, F> fmt::Debug for Poller<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Poller")
    }
}

/// The part of a poller that does not depend on the model.
struct Core {
    slot: Slot,
    original: Url,
    /// The token after the last response.
    token: Option<String>,
}

type Stepping = BoxFuture<'static, (Box<Operation>, Result<OperationStatus>)>;

enum Slot {
    Idle(Box<Operation>),
    Busy(Stepping),
    /// Only while the slot is being changed.
    Gone,
}

impl Core {
    fn begin(
        call: Call<'_>,
        final_state: Option<FinalState>,
        has_body: bool,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Self> {
        let client = call.scope.client().clone();
        let operation = call.operation;
        let mut options = options.unwrap_or_default();
        options.context = call.context(options.context);
        let request = call.into_request()?;
        let url = request.url().clone();
        let state = OperationState::new(operation, request.method(), url, final_state, has_body);
        let operation = Operation::new(client, state, Some(request), options);
        Ok(Self::new(operation))
    }

    fn resume(
        client: &Client,
        operation: &str,
        token: &str,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Self> {
        let state = token::read(client, operation, token)?;
        let options = options.unwrap_or_default();
        Ok(Self::new(Operation::new(
            client.clone(),
            state,
            None,
            options,
        )))
    }

    fn new(operation: Operation) -> Self {
        Self {
            token: operation.token(),
            original: operation.original().clone(),
            slot: Slot::Idle(Box::new(operation)),
        }
    }

    fn poll_next(&mut self, cx: &mut task::Context<'_>) -> Poll<Option<Result<OperationStatus>>> {
        let mut stepping = match mem::replace(&mut self.slot, Slot::Gone) {
            Slot::Idle(operation) if operation.is_over() => {
                self.slot = Slot::Idle(operation);
                return Poll::Ready(None);
            }
            Slot::Idle(operation) => step(operation),
            Slot::Busy(stepping) => stepping,
            Slot::Gone => return Poll::Ready(None),
        };
        match stepping.as_mut().poll(cx) {
            Poll::Pending => {
                self.slot = Slot::Busy(stepping);
                Poll::Pending
            }
            Poll::Ready((operation, result)) => {
                self.token = operation.token();
                self.slot = Slot::Idle(operation);
                Poll::Ready(Some(result))
            }
        }
    }

    fn run(self) -> BoxFuture<'static, Result<RawResponse>> {
        Box::pin(async move {
            let operation = match self.slot {
                Slot::Idle(operation) => operation,
                Slot::Busy(stepping) => {
                    let (operation, result) = stepping.await;
                    result?;
                    operation
                }
                Slot::Gone => {
                    return Err(invalid_argument(
                        "the poller was polled before and panicked".to_owned(),
                    ));
                }
            };
            operation.run().await
        })
    }
}

fn step(mut operation: Box<Operation>) -> Stepping {
    Box::pin(async move {
        let result = operation.step().await;
        (operation, result)
    })
}
