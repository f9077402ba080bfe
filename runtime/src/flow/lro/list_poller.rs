//! Long-running operations whose result is a paged list.

use super::{options::PollerOptions, poller::Poller, status::OperationStatus, track::FinalState};
use crate::{
    connection::client::Client,
    flow::page::{FirstPage, ListPage, NextLink, Pager, pager_after},
    request::{call::Call, scope::Scope},
};
use azure_core::{Result, http::Context};
use futures::{Stream, future::BoxFuture};
use std::{
    fmt,
    pin::Pin,
    task::{self, Poll},
};

/// A long-running operation whose result is a paged list.
///
/// Awaited, it gives a [`Pager`] that begins with the operation's result and follows the links from
/// there; pages after the first are requested as they are needed. Everything else is as for a
/// [`Poller`].
#[must_use = "an operation does not begin until it is awaited or polled"]
pub struct ListPoller<P> {
    poller: Poller<P>,
    client: Client,
    operation: &'static str,
    context: Context<'static>,
    next_link: NextLink<P>,
}

impl<P> ListPoller<P> {
    /// What the operation's `resume` method needs to go on; see [`Poller::continuation_token`].
    pub fn continuation_token(&self) -> Option<&str> {
        self.poller.continuation_token()
    }
}

impl Call<'_> {
    /// Begins a long-running operation whose result is a paged list; see [`Call::begin`].
    ///
    /// # Errors
    ///
    /// A wrong argument.
    pub fn begin_list<P: ListPage>(
        self,
        final_state: Option<FinalState>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<ListPoller<P>> {
        self.begin_list_by(P::next_link, final_state, options)
    }

    /// Begins a long-running operation whose result is a paged list; `next_link` finds the link to
    /// the next page in a page. See [`Call::begin`].
    ///
    /// # Errors
    ///
    /// A wrong argument.
    pub fn begin_list_by<P: ListPage>(
        self,
        next_link: NextLink<P>,
        final_state: Option<FinalState>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<ListPoller<P>> {
        let options = options.unwrap_or_default();
        Ok(ListPoller {
            client: self.scope.client().clone(),
            operation: self.operation,
            context: self.context(options.context.clone()),
            poller: self.begin(final_state, Some(options))?,
            next_link,
        })
    }
}

impl Scope {
    /// Goes on with a long-running operation whose result is a paged list; see [`Scope::resume`].
    ///
    /// # Errors
    ///
    /// As for [`Scope::resume`].
    pub fn resume_list<P: ListPage>(
        &self,
        operation: &'static str,
        token: &str,
        options: Option<PollerOptions<'_>>,
    ) -> Result<ListPoller<P>> {
        self.resume_list_by(P::next_link, operation, token, options)
    }

    /// Goes on with a long-running operation whose result is a paged list; `next_link` finds the
    /// link to the next page in a page. See [`Scope::resume`].
    ///
    /// # Errors
    ///
    /// As for [`Scope::resume`].
    pub fn resume_list_by<P: ListPage>(
        &self,
        next_link: NextLink<P>,
        operation: &'static str,
        token: &str,
        options: Option<PollerOptions<'_>>,
    ) -> Result<ListPoller<P>> {
        let options = options.unwrap_or_default();
        Ok(ListPoller {
            client: self.client().clone(),
            operation,
            context: options.context.clone().into_owned(),
            poller: self.resume(operation, token, Some(options))?,
            next_link,
        })
    }
}

impl<P> Stream for ListPoller<P> {
    type Item = Result<OperationStatus>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.poller).poll_next(cx)
    }
}

impl<P: ListPage + Send + 'static> IntoFuture for ListPoller<P> {
    type Output = Result<Pager<P>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Self {
            poller,
            client,
            operation,
            context,
            next_link,
        } = self;
        let url = poller.original().clone();
        let result = poller.into_raw();
        Box::pin(async move {
            let first = FirstPage {
                raw: result.await?,
                client,
                operation,
                context,
                url,
            };
            Ok(pager_after(first, next_link))
        })
    }
}

impl<P> fmt::Debug for ListPoller<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ListPoller")
    }
}
