//! Long-running operations whose result is a paged list.

use super::{options::PollerOptions, poller::Poller, state::FinalState, status::OperationStatus};
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
/// Awaiting it returns a [`Pager`] that starts with the operation's result and follows the links in
/// it; pages after the first are requested when they are needed. Everything else is as for a
/// [`Poller`].
#[must_use = "an operation does not start until it is awaited or polled"]
pub struct ListPoller<P> {
    poller: Poller<P>,
    client: Client,
    operation: &'static str,
    context: Context<'static>,
    next_link: NextLink<P>,
}

impl<P> ListPoller<P> {
    /// Returns the token that the operation's `resume` method needs; see
    /// [`Poller::continuation_token`].
    pub fn continuation_token(&self) -> Option<&str> {
        self.poller.continuation_token()
    }
}

impl Call<'_> {
    /// Starts a long-running operation whose result is a paged list; see [`Call::begin`].
    ///
    /// # Errors
    ///
    /// If an argument is not valid.
    pub fn begin_list<P: ListPage>(
        self,
        final_state: Option<FinalState>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<ListPoller<P>> {
        self.begin_list_by(P::next_link, final_state, options)
    }

    /// Starts a long-running operation whose result is a paged list. `next_link` returns the link
    /// to the next page in a page. See [`Call::begin`].
    ///
    /// # Errors
    ///
    /// If an argument is not valid.
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
    /// Resumes a long-running operation whose result is a paged list; see [`Scope::resume`].
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

    /// Resumes a long-running operation whose result is a paged list. `next_link` returns the link
    /// to the next page in a page. See [`Scope::resume`].
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
