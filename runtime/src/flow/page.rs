//! Lists that come in pages.

use super::registration::send_registered;
use crate::{
    answer::{
        error::bad_answer,
        headers::HasHeaders,
        status::{expect_json, expect_status},
    },
    connection::{client::Client, links, span},
    request::call::Call,
    text::percent,
};
use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{
        Context, ItemIterator, Method, RawResponse, Request, StatusCode, Url,
        headers::{ACCEPT, Headers},
        pager::{self, PagerContinuation, PagerOptions, PagerResult, PagerState},
    },
};
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;
use std::{
    collections::HashSet,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// The model of one page of a list (`x-ms-pageable`).
pub trait ListPage: DeserializeOwned {
    /// What the list is of.
    type Item: Send;

    /// The link to the next page; `None` or empty at the end.
    fn next_link(&self) -> Option<&str>;

    /// The items of this page; a page without `value` has none.
    fn into_items(self) -> Vec<Self::Item>;
}

/// A list, as a stream of its items; [`ItemIterator::into_pages`] makes it a stream of its pages.
///
/// [`ItemIterator::continuation`] is where to go on, perhaps in another process, with
/// [`PagerOptions::continuation`](azure_core::http::pager::PagerOptions). Links may be signed:
/// treat continuations like the data they lead to.
pub type Pager<P> = ItemIterator<Page<P>>;

/// One page of a list: the parsed model with the answer's status and headers.
pub struct Page<P> {
    status: StatusCode,
    headers: Headers,
    model: P,
}

impl<P> Page<P> {
    /// The HTTP status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The page's model.
    pub fn model(&self) -> &P {
        &self.model
    }

    /// The page's model, by value.
    pub fn into_model(self) -> P {
        self.model
    }
}

impl<P> fmt::Debug for Page<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[async_trait::async_trait]
impl<P: ListPage + Send> pager::Page for Page<P> {
    type Item = P::Item;
    type IntoIter = std::vec::IntoIter<P::Item>;

    async fn into_items(self) -> Result<Self::IntoIter> {
        Ok(self.model.into_items().into_iter())
    }
}

impl<P> HasHeaders for Page<P> {
    fn headers(&self) -> &Headers {
        &self.headers
    }
}

impl Call<'_> {
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
        pager(self, success, options)
    }
}

fn pager<P: ListPage + Send + 'static>(
    call: Call<'_>,
    success: &'static [u16],
    options: Option<PagerOptions<'_>>,
) -> Result<Pager<P>> {
    let (list, options) = List::new(call, success, options)?;
    let list = Arc::new(list);
    let fetch = move |state: PagerState, options: PagerOptions<'static>| {
        let list = list.clone();
        let answer = list.clone().fetch(state, options.context);
        let result: pager::PagerResultFuture<Page<P>> = Box::pin(async move {
            let answer = answer.await?;
            let page = parse::<P>(&list, answer.raw)?;
            let next = list.next(page.model.next_link(), &answer.url)?;
            Ok(more_or_done(page, next))
        });
        result
    };
    Ok(ItemIterator::new(fetch, Some(options)))
}

fn parse<P: ListPage>(list: &List, raw: RawResponse) -> Result<Page<P>> {
    match serde_json::from_slice(raw.body()) {
        Ok(model) => {
            let (status, headers, _) = raw.deconstruct();
            Ok(Page {
                status,
                headers,
                model,
            })
        }
        Err(error) => Err(list.not_a_page(&raw, &error)),
    }
}

fn more_or_done<P>(response: P, next: Option<Url>) -> PagerResult<P> {
    match next {
        Some(link) => PagerResult::More {
            response,
            continuation: PagerContinuation::Link(link),
        },
        None => PagerResult::Done { response },
    }
}

/// A list operation, without the model of its pages.
struct List {
    client: Client,
    operation: &'static str,
    success: &'static [u16],
    first: Request,
    /// The URLs asked for.
    seen: Mutex<HashSet<String>>,
}

/// A page's answer and the URL it came from.
struct Answer {
    raw: RawResponse,
    url: Url,
}

impl List {
    fn new(
        call: Call<'_>,
        success: &'static [u16],
        options: Option<PagerOptions<'_>>,
    ) -> Result<(Self, PagerOptions<'static>)> {
        let client = call.scope.client().clone();
        let operation = call.operation;
        let first = call.into_request()?;
        let options = options.unwrap_or_default();
        let mut context = options.context.into_owned();
        span::instrument(&client, &mut context, operation);
        let list = Self {
            client,
            operation,
            success,
            first,
            seen: Mutex::default(),
        };
        let continuation = match &options.continuation {
            Some(given) => Some(PagerContinuation::Link(list.link(given.as_ref(), None)?)),
            None => None,
        };
        Ok((
            list,
            PagerOptions {
                context,
                continuation,
            },
        ))
    }

    /// Asks for a page.
    fn fetch(
        self: Arc<Self>,
        state: PagerState,
        context: Context<'static>,
    ) -> BoxFuture<'static, Result<Answer>> {
        Box::pin(async move {
            let request = self.request(state)?;
            let url = request.url().clone();
            // A page may be asked for twice: azure_core reads the present page again when a stream
            // of items becomes a stream of pages. Only links back are errors.
            self.lock().insert(url.to_string());
            let raw = send_registered(&self.client, &context, request).await?;
            let raw = expect_status(raw, self.operation, self.success)?;
            expect_json(&raw, self.operation)?;
            Ok(Answer { raw, url })
        })
    }

    fn request(&self, state: PagerState) -> Result<Request> {
        match state {
            PagerState::Initial => Ok(self.first.clone()),
            PagerState::More(continuation) => {
                let url = self.link(continuation.as_ref(), None)?;
                let mut request = Request::new(url, Method::Get);
                request.insert_header(ACCEPT, "application/json");
                Ok(request)
            }
        }
    }

    /// The URL of the next page, unless this is the last.
    fn next(&self, link: Option<&str>, base: &Url) -> Result<Option<Url>> {
        let Some(link) = link.map(str::trim).filter(|link| !link.is_empty()) else {
            return Ok(None);
        };
        let url = self.link(link, Some(base))?;
        if self.lock().contains(url.as_str()) {
            return Err(Error::with_message(
                ErrorKind::DataConversion,
                format!(
                    "{}: the service's link to the next page leads to a page that was read \
                     already, which would never end",
                    self.operation
                ),
            ));
        }
        Ok(Some(url))
    }

    /// Resolves a link and gives it our `api-version` if it has none.
    fn link(&self, link: &str, base: Option<&Url>) -> Result<Url> {
        let base = base.unwrap_or(self.first.url());
        let mut url = links::resolve(self.client.trusted_origin(), base, link)
            .map_err(|error| error_of(self.operation, error))?;
        let has_version = url
            .query_pairs()
            .any(|(name, _)| name.eq_ignore_ascii_case("api-version"));
        if !has_version {
            let mut query = url.query().unwrap_or_default().to_owned();
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str("api-version=");
            query.push_str(&percent::encode(self.client.api_version()));
            url.set_query(Some(&query));
        }
        Ok(url)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn not_a_page(&self, raw: &RawResponse, error: &serde_json::Error) -> Error {
        bad_answer(
            self.operation,
            raw,
            &format!("is not a page of the list: {error}"),
        )
    }
}

/// Puts the operation in front of an error's message.
fn error_of(operation: &str, error: Error) -> Error {
    let message = format!("{operation}: {error}");
    error.with_context(message)
}
