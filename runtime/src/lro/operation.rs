//! Sending, waiting and giving up: the part of a poller that is compiled once.

use super::{
    rules::{Bounds, Ending, Step, Track},
    status::OperationStatus,
    token,
};
use crate::{
    answer::{error::unexpected_status, headers::retry_after, status::expect_json},
    connection::{client::Client, span::OperationSpan, transport_error::is_transient},
    flow::registration::send_registered,
    rules::error::invalid_argument,
};
use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{
        Context, Method, RawResponse, Request, StatusCode, Url,
        headers::{ACCEPT, Headers},
    },
    sleep::sleep,
    time::Duration,
};
use futures::future::{Either, select};
use std::{
    fmt,
    pin::pin,
    time::{Duration as StdDuration, Instant},
};

/// How many polls in a row may fail for passing reasons. The pipeline has tried each of them
/// several times already.
const MOST_FAILURES: u32 = 5;

/// Polling has stopped although the operation may go on: the deadline has passed, or the service
/// could not be reached or understood.
///
/// Found among the causes of an [`azure_core::Error`]; see [`PollingStopped::of`].
pub struct PollingStopped {
    cause: Error,
    token: Option<String>,
}

impl PollingStopped {
    /// The `PollingStopped` in an error, if it is one.
    ///
    /// ```
    /// # use arm_runtime::PollingStopped;
    /// fn can_resume(error: &azure_core::Error) -> Option<&str> {
    ///     PollingStopped::of(error)?.continuation_token()
    /// }
    /// ```
    pub fn of(error: &Error) -> Option<&Self> {
        crate::answer::error::find(error)
    }

    /// What [`Client::resume`](crate::Client::resume) needs to go on.
    pub fn continuation_token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

impl fmt::Display for PollingStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.cause, f)
    }
}

/// Shows the cause, but not the token, which has links that may be signed.
impl fmt::Debug for PollingStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollingStopped")
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for PollingStopped {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// A long-running operation on its way.
pub(super) struct Operation {
    client: Client,
    context: Context<'static>,
    span: Option<OperationSpan>,
    track: Track,
    phase: Phase,
    interval: Duration,
    deadline: Option<StdDuration>,
    end: Option<Instant>,
    /// How long to wait before the next request.
    wait: Duration,
}

enum Phase {
    /// The first request is not sent yet.
    Unsent(Box<Request>),
    Polling,
    Succeeded(Ending),
    Failed(RawResponse, String),
    /// An error has ended polling; the operation may go on.
    Stopped,
    /// The operation never began.
    Refused,
}

impl Operation {
    pub(super) fn new(
        client: Client,
        track: Track,
        first: Option<Request>,
        options: super::PollerOptions<'_>,
    ) -> Self {
        Self {
            client,
            track,
            context: options.context.into_owned(),
            span: None,
            phase: match first {
                Some(request) => Phase::Unsent(Box::new(request)),
                None => Phase::Polling,
            },
            interval: options.interval.max(Duration::ZERO),
            deadline: options
                .deadline
                .map(|deadline| deadline.try_into().unwrap_or_default()),
            end: None,
            wait: Duration::ZERO,
        }
    }

    /// Whether there is nothing left to poll.
    pub(super) fn is_over(&self) -> bool {
        !matches!(self.phase, Phase::Unsent(_) | Phase::Polling)
    }

    pub(super) fn token(&self) -> Option<String> {
        match self.phase {
            Phase::Polling | Phase::Stopped => token::write(&self.track),
            _ => None,
        }
    }

    /// One more answer: waits as long as the last one asked for, sends, and says what it means.
    pub(super) async fn step(&mut self) -> Result<OperationStatus> {
        self.start();
        let result = self.in_time(Self::step_untimed).await;
        self.stop_on_error(result)
    }

    /// Polls to the end and gives the result.
    pub(super) async fn run(mut self) -> Result<RawResponse> {
        while !self.is_over() {
            self.step().await?;
        }
        let result = self.in_time(Self::checked_result).await;
        self.stop_on_error(result)
    }

    /// Starts the span and the clock, the first time.
    fn start(&mut self) {
        if self.span.is_none() {
            let name = &self.track.operation;
            let span = OperationSpan::start(&self.client, &mut self.context, name);
            self.span = Some(span);
            // A deadline too far off to be a time is none.
            self.end = self
                .deadline
                .and_then(|wait| Instant::now().checked_add(wait));
        }
    }

    /// Ends a piece of work when the deadline passes.
    async fn in_time<T>(&mut self, work: impl AsyncFnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let Some(end) = self.end else {
            return work(self).await;
        };
        let name = self.track.operation.clone();
        let left = end.saturating_duration_since(Instant::now());
        let left = Duration::try_from(left).unwrap_or(Duration::MAX);
        match select(pin!(work(self)), pin!(sleep(left))).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(Error::with_message(
                ErrorKind::Other,
                format!(
                    "{name}: the operation has not ended within the caller's deadline; it may \
                     still go on, and `Client::resume` can wait for it with the continuation token"
                ),
            )),
        }
    }

    fn stop_on_error<T>(&mut self, result: Result<T>) -> Result<T> {
        let result = result.map_err(|error| self.stop(error));
        if let Some(span) = &self.span {
            span.record(result.as_ref());
        }
        result
    }

    /// Ends polling; if the operation may go on, the error says how to go on with it.
    fn stop(&mut self, cause: Error) -> Error {
        match self.phase {
            Phase::Failed(..) | Phase::Refused => return cause,
            Phase::Unsent(_) => {
                self.phase = Phase::Refused;
                return cause;
            }
            Phase::Polling | Phase::Succeeded(_) | Phase::Stopped => self.phase = Phase::Stopped,
        }
        let token = self.token();
        Error::new(cause.kind().clone(), PollingStopped { cause, token })
    }

    async fn step_untimed(&mut self) -> Result<OperationStatus> {
        let (raw, step) = match &self.phase {
            Phase::Unsent(request) => {
                let raw = self.send_first((**request).clone()).await?;
                let step = self.track.first(&raw, bounds(&self.client))?;
                (raw, step)
            }
            _ => {
                let raw = self.get(self.track.poll.clone()).await?;
                let step = self.track.next(&raw, bounds(&self.client))?;
                (raw, step)
            }
        };
        self.wait = self.wait_after(raw.headers());
        match step {
            Step::InProgress(report) => {
                self.phase = Phase::Polling;
                Ok(report.with_token(self.token()))
            }
            Step::Succeeded(report, ending) => {
                self.phase = Phase::Succeeded(ending);
                Ok(report)
            }
            Step::Failed(status) => {
                self.phase = Phase::Failed(raw.clone(), status.clone());
                Err(self.track.failure(raw, &status))
            }
        }
    }

    async fn send_first(&self, request: Request) -> Result<RawResponse> {
        const FINE: [u16; 4] = [200, 201, 202, 204];
        let raw = send_registered(&self.client, &self.context, request).await?;
        if FINE.contains(&raw.status().into()) {
            return Ok(raw);
        }
        Err(self.refused(raw, &FINE))
    }

    async fn checked_result(&mut self) -> Result<RawResponse> {
        let raw = self.result().await?;
        if self.track.has_body {
            expect_json(&raw, &self.track.operation)?;
        }
        Ok(raw)
    }

    /// The result of an operation that has succeeded.
    async fn result(&mut self) -> Result<RawResponse> {
        match std::mem::replace(&mut self.phase, Phase::Stopped) {
            Phase::Succeeded(Ending::Here(raw)) => Ok(raw),
            Phase::Succeeded(Ending::Resource) => {
                self.wait = Duration::ZERO;
                self.get(self.track.original.clone()).await
            }
            Phase::Succeeded(Ending::Location(url)) => self.result_at(url).await,
            Phase::Failed(raw, status) => {
                let error = self.track.failure(raw.clone(), &status);
                self.phase = Phase::Failed(raw, status);
                Err(error)
            }
            Phase::Refused => {
                self.phase = Phase::Refused;
                Err(self.ended_before("the operation is not known to have begun"))
            }
            _ => Err(self.ended_before("`Client::resume` can go on with the continuation token")),
        }
    }

    fn ended_before(&self, hint: &str) -> Error {
        invalid_argument(format!(
            "{}: polling ended with an error before; {hint}",
            self.track.operation
        ))
    }

    async fn result_at(&mut self, url: Url) -> Result<RawResponse> {
        self.wait = Duration::ZERO;
        let mut url = url;
        loop {
            let raw = self.get(url.clone()).await?;
            self.wait = self.wait_after(raw.headers());
            match self.track.result_at_location(raw, bounds(&self.client))? {
                Some(raw) => return Ok(raw),
                None => url = self.track.location.clone().unwrap_or(url),
            }
        }
    }

    /// GETs a URL, with patience for passing failures.
    async fn get(&mut self, url: Url) -> Result<RawResponse> {
        let mut failures = 0;
        loop {
            sleep(self.wait).await;
            let mut request = Request::new(url.clone(), Method::Get);
            request.insert_header(ACCEPT, "application/json");
            let result = self.client.send(&self.context, request).await;
            failures += 1;
            self.wait = match result {
                Ok(raw) if raw.status().is_success() => return Ok(raw),
                Ok(raw) if passes(raw.status()) && failures < MOST_FAILURES => {
                    self.wait_after(raw.headers())
                }
                Ok(raw) => return Err(self.refused(raw, &[])),
                Err(error) if is_transient(&error) && failures < MOST_FAILURES => self.interval,
                Err(error) => {
                    let message = format!("{}: {error}", self.track.operation);
                    return Err(error.with_context(message));
                }
            };
        }
    }

    fn refused(&self, raw: RawResponse, expected: &[u16]) -> Error {
        unexpected_status(&self.track.operation, raw, expected)
    }

    /// The service's word, or else the caller's interval.
    fn wait_after(&self, headers: &Headers) -> Duration {
        retry_after(headers).unwrap_or(self.interval)
    }
}

/// Whether a poll's status says nothing about the operation.
fn passes(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::RequestTimeout | StatusCode::TooManyRequests
    ) || status.is_server_error()
}

fn bounds(client: &Client) -> Bounds<'_> {
    Bounds {
        trusted_origin: client.trusted_origin(),
    }
}
