//! Paged lists.

use super::{next_pages::NextPages, send::send_boxed};
use crate::{
    connection::{client::Client, links, span::OperationSpan},
    model::{ListResult, Wire},
    request::call::Call,
    response::{
        error::bad_response,
        headers::HasHeaders,
        status::{expect_json, expect_status},
    },
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
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The model of one page of a list (`x-ms-pageable`).
pub trait ListPage: DeserializeOwned {
    /// Type of the list's items.
    type Item: Send;

    /// Returns the link to the next page; `None` or empty on the last page.
    fn next_link(&self) -> Option<&str>;

    /// Returns the items of this page; a page without `value` has none.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T: Wire + Send> ListPage for ListResult<T> {
    type Item = T;

    fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    fn into_items(self) -> Vec<T> {
        self.value.unwrap_or_default()
    }
}

/// A paged list as a stream of items; [`ItemIterator::into_pages`] turns it into a stream of pages.
///
/// [`ItemIterator::continuation`] returns the link to resume from, perhaps in another process, with
/// [`PagerOptions::continuation`](azure_core::http::pager::PagerOptions). Links may be signed:
/// protect continuations like the data that they give access to.
pub type Pager<P> = ItemIterator<Page<P>>;

/// One page of a list: the parsed model with the response's status and headers.
pub struct Page<P> {
    status: StatusCode,
    headers: Headers,
    model: P,
}

impl<P> Page<P> {
    /// Returns the HTTP status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// Returns a reference to the model of the page.
    pub fn model(&self) -> &P {
        &self.model
    }

    /// Returns the model of the page.
    ///
    /// # Errors
    ///
    /// None: the page is already parsed. It returns a `Result` so that pages and
    /// [`Response`](crate::Response)s are used in the same way.
    pub fn into_model(self) -> Result<P> {
        Ok(self.model)
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
    /// Returns a paged list. Pages are requested when they are needed.
    ///
    /// A link to the next page is followed unchanged; if it has no `api-version`, that of the first
    /// request is added.
    ///
    /// # Errors
    ///
    /// If an argument is not valid, or the continuation is not a link to the client's endpoint.
    pub fn pager<P: ListPage + Send + 'static>(
        self,
        success: &'static [u16],
        options: Option<PagerOptions<'_>>,
    ) -> Result<Pager<P>> {
        self.pager_by(P::next_link, success, options)
    }

    /// Returns a paged list whose pages are linked differently than the model's usual way:
    /// `next_link` returns the link in a page. See [`Call::pager`].
    ///
    /// # Errors
    ///
    /// As for [`Call::pager`].
    pub fn pager_by<P: ListPage + Send + 'static>(
        self,
        next_link: NextLink<P>,
        success: &'static [u16],
        options: Option<PagerOptions<'_>>,
    ) -> Result<Pager<P>> {
        let (list, options) = List::new(self, None, success, options)?;
        Ok(pager(list, next_link, options))
    }

    /// Returns a paged list whose next pages another operation returns. `next_link` returns the link
    /// or token in a page that the operation needs. See [`Call::pager`].
    ///
    /// # Errors
    ///
    /// As for [`Call::pager`].
    pub fn pager_with<P: ListPage + Send + 'static>(
        self,
        next_link: NextLink<P>,
        next: NextPages,
        success: &'static [u16],
        options: Option<PagerOptions<'_>>,
    ) -> Result<Pager<P>> {
        let (list, options) = List::new(self, Some(next), success, options)?;
        Ok(pager(list, next_link, options))
    }
}

/// Returns the link to the next page in a page.
pub(crate) type NextLink<P> = fn(&P) -> Option<&str>;

/// The first page of a list, which was already received, and the URL to which its links are
/// relative.
pub(crate) struct FirstPage {
    pub(crate) client: Client,
    pub(crate) operation: &'static str,
    pub(crate) context: Context<'static>,
    pub(crate) raw: RawResponse,
    pub(crate) url: Url,
}

/// Returns a paged list whose first page was already received.
pub(crate) fn pager_after<P: ListPage + Send + 'static>(
    first: FirstPage,
    next_link: NextLink<P>,
) -> Pager<P> {
    let options = PagerOptions {
        context: first.context,
        continuation: None,
    };
    let response = First::Response(first.raw, first.url);
    let list = List::begin(first.client, first.operation, &[], response);
    pager(list, next_link, options)
}

fn pager<P: ListPage + Send + 'static>(
    list: List,
    next_link: NextLink<P>,
    options: PagerOptions<'static>,
) -> Pager<P> {
    let list = Arc::new(list);
    let fetch = move |state: PagerState, options: PagerOptions<'static>| {
        let list = list.clone();
        let response = list.clone().fetch(state, options.context);
        let result: pager::PagerResultFuture<Page<P>> = Box::pin(async move {
            let read = response.await.and_then(|response| {
                let page = parse::<P>(&list, response.raw)?;
                let next = list.next(next_link(&page.model), &response.url)?;
                Ok((page, next))
            });
            list.trace(read.as_ref().map(|(_, next)| next.is_some()));
            read.map(|(page, next)| more_or_done(page, next))
        });
        result
    };
    ItemIterator::new(fetch, Some(options))
}

fn parse<P: ListPage>(list: &List, raw: RawResponse) -> Result<Page<P>> {
    // A response such as 204 has no items and no link.
    let body: &[u8] = match raw.body().as_ref() {
        [] if raw.status() == StatusCode::NoContent => b"{}",
        body => body,
    };
    match serde_json::from_slice(body) {
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

fn more_or_done<P>(response: P, next: Option<PagerContinuation>) -> PagerResult<P> {
    match next {
        Some(continuation) => PagerResult::More {
            response,
            continuation,
        },
        None => PagerResult::Done { response },
    }
}

/// A list operation, without the model of its pages.
struct List {
    client: Client,
    operation: &'static str,
    success: &'static [u16],
    first: First,
    /// The `api-version` of the first request, if it has one.
    api_version: Option<String>,
    /// The operation that returns the next pages; if there is none, links are followed.
    next: Option<NextPages>,
    /// Hashes of the requested URLs and tokens. URLs can have kilobytes, and lists can have many pages.
    seen: Mutex<HashSet<u64>>,
    hasher: RandomState,
    /// The span of the whole list, from the first request to the last page. azure_core would create
    /// one too, but its spans contain messages of the service.
    span: Mutex<Option<OperationSpan>>,
}

/// The source of the first page.
enum First {
    Request(Request),
    /// It was already received, from this URL.
    Response(RawResponse, Url),
}

impl First {
    fn url(&self) -> &Url {
        match self {
            Self::Request(request) => request.url(),
            Self::Response(_, url) => url,
        }
    }
}

/// The request for a page, and what is expected of its response.
struct PageRequest {
    request: Request,
    operation: &'static str,
    success: &'static [u16],
    /// Hash of the URL or token.
    key: u64,
}

/// The response of a page and its URL.
struct PageResponse {
    raw: RawResponse,
    url: Url,
}

impl List {
    fn new(
        call: Call<'_>,
        next: Option<NextPages>,
        success: &'static [u16],
        options: Option<PagerOptions<'_>>,
    ) -> Result<(Self, PagerOptions<'static>)> {
        let client = call.scope.client().clone();
        let operation = call.operation;
        let options = options.unwrap_or_default();
        let context = call.context(options.context);
        let request = call.into_request()?;
        let next = next.map(|next| next.after(&request));
        let list = Self {
            next,
            ..Self::begin(client, operation, success, First::Request(request))
        };
        let given = options.continuation.as_ref();
        let continuation = given.map(|given| list.continuation(given.as_ref(), None));
        let continuation = continuation.transpose()?;
        Ok((
            list,
            PagerOptions {
                context,
                continuation,
            },
        ))
    }

    fn begin(
        client: Client,
        operation: &'static str,
        success: &'static [u16],
        first: First,
    ) -> Self {
        Self {
            client,
            operation,
            success,
            api_version: version_of(first.url()),
            first,
            next: None,
            seen: Mutex::default(),
            hasher: RandomState::new(),
            span: Mutex::default(),
        }
    }

    /// Requests a page.
    fn fetch(
        self: Arc<Self>,
        state: PagerState,
        mut context: Context<'static>,
    ) -> BoxFuture<'static, Result<PageResponse>> {
        Box::pin(async move {
            self.enter_span(&mut context);
            let mut page = match (state, &self.first) {
                (PagerState::Initial, First::Request(request)) => self.page(request.clone()),
                (PagerState::Initial, First::Response(raw, url)) => {
                    return Ok(PageResponse {
                        raw: raw.clone(),
                        url: url.clone(),
                    });
                }
                (PagerState::More(continuation), _) => self.following(continuation.as_ref())?,
            };
            let url = page.request.url().clone();
            // A page may be requested twice: azure_core reads the current page again when a stream
            // of items becomes a stream of pages. Only links to earlier pages are errors.
            lock(&self.seen).insert(page.key);
            let raw = send_boxed(&self.client, &context, &mut page.request).await?;
            let raw = expect_status(raw, page.operation, page.success)?;
            expect_json(&raw, page.operation)?;
            Ok(PageResponse { raw, url })
        })
    }

    /// Returns a request of the operation itself for a page.
    fn page(&self, request: Request) -> PageRequest {
        PageRequest {
            key: self.key(request.url().as_str()),
            request,
            operation: self.operation,
            success: self.success,
        }
    }

    /// Returns the request for a page that another one links to.
    fn following(&self, continuation: &str) -> Result<PageRequest> {
        if let Some(next) = &self.next {
            let request = next.request(continuation);
            return Ok(PageRequest {
                request: request.map_err(|error| error_of(self.operation, error))?,
                operation: next.operation(),
                success: next.success(),
                key: self.key(continuation),
            });
        }
        let mut request = Request::new(self.link(continuation, None)?, Method::Get);
        request.insert_header(ACCEPT, "application/json");
        Ok(self.page(request))
    }

    /// Returns the continuation to the next page, unless this is the last one.
    fn next(&self, link: Option<&str>, base: &Url) -> Result<Option<PagerContinuation>> {
        let Some(link) = link.map(str::trim).filter(|link| !link.is_empty()) else {
            return Ok(None);
        };
        let continuation = self.continuation(link, Some(base))?;
        if lock(&self.seen).contains(&self.key(continuation.as_ref())) {
            return Err(Error::with_message(
                ErrorKind::DataConversion,
                format!(
                    "{}: the service's link to the next page leads to a page that was read \
                     already, which would never end",
                    self.operation
                ),
            ));
        }
        Ok(Some(continuation))
    }

    /// Returns the continuation for the link or token in a page.
    fn continuation(&self, link: &str, base: Option<&Url>) -> Result<PagerContinuation> {
        Ok(match &self.next {
            Some(_) => PagerContinuation::Token(link.to_owned()),
            None => PagerContinuation::Link(self.link(link, base)?),
        })
    }

    fn key(&self, continuation: &str) -> u64 {
        self.hasher.hash_one(continuation)
    }

    /// Resolves a link. If it has no `api-version`, that of the first request is added, which may
    /// be the operation's own.
    fn link(&self, link: &str, base: Option<&Url>) -> Result<Url> {
        let base = base.unwrap_or(self.first.url());
        let mut url = links::resolve(self.client.trusted_origin(), base, link)
            .map_err(|error| error_of(self.operation, error))?;
        if let Some(version) = &self.api_version
            && version_of(&url).is_none()
        {
            let mut query = url.query().unwrap_or_default().to_owned();
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str("api-version=");
            query.push_str(&percent::encode(version));
            url.set_query(Some(&query));
        }
        Ok(url)
    }

    /// Adds the list's span to the context of a request, and starts it for the first one.
    fn enter_span(&self, context: &mut Context<'_>) {
        let mut span = lock(&self.span);
        match &*span {
            Some(span) => span.enter(&self.client, context, self.operation),
            None => *span = Some(OperationSpan::start(&self.client, context, self.operation)),
        }
    }

    /// Records the outcome of a page, and ends the list's span unless there are more pages.
    fn trace(&self, is_followed: std::result::Result<bool, &Error>) {
        let mut span = lock(&self.span);
        if let Some(span) = &*span {
            span.record(is_followed);
        }
        if !is_followed.unwrap_or_default() {
            *span = None;
        }
    }

    fn not_a_page(&self, raw: &RawResponse, error: &serde_json::Error) -> Error {
        bad_response(
            self.operation,
            raw,
            &format!("is not a page of the list: {error}"),
        )
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the `api-version` in a query.
fn version_of(url: &Url) -> Option<String> {
    let mut pairs = url.query_pairs();
    let (_, version) = pairs.find(|(name, _)| name.eq_ignore_ascii_case("api-version"))?;
    Some(version.into_owned())
}

/// Adds the operation at the beginning of an error's message.
fn error_of(operation: &str, error: Error) -> Error {
    let message = format!("{operation}: {error}");
    error.with_context(message)
}
