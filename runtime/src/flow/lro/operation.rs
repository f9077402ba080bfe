//! Sends, waits and gives up: the part of a poller that does not depend on the model and is
//! compiled once.

use super::{
    failure::Failure,
    options::PollerOptions,
    result_location::ResultLocation,
    rules::{Fetched, Step},
    state::{OperationState, Origins},
    status::OperationStatus,
    stopped::PollingStopped,
    token,
    waiting::{Deadline, PollInterval, limit, wait},
};
use crate::{
    connection::{
        client::Client, retry::SendOnce, span::OperationSpan, transport_error::is_transient,
    },
    flow::send::{poll_boxed, send_boxed},
    response::{
        error::unexpected_status,
        headers,
        status::{self, expect_json},
    },
    rules::error::invalid_argument,
    text::excerpt::excerpt,
};
use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{
        Context, Method, RawResponse, Request, Url,
        headers::{ACCEPT, HeaderName},
    },
    time::Duration,
};
use futures::future::BoxFuture;
use std::pin::pin;

/// How many times in a row a request may fail for transient reasons. The pipeline does not retry
/// polls: the next poll is the retry.
const MAX_FAILURES_IN_A_ROW: u32 = 5;

/// The header in which a service warns, for example that an operation is delayed.
const WARNING: HeaderName = HeaderName::from_static("warning");

/// A long-running operation that is being polled.
pub(super) struct Operation {
    client: Client,
    context: Context<'static>,
    span: Option<OperationSpan>,
    state: OperationState,
    phase: Phase,
    interval: PollInterval,
    /// The time limit of all requests together, until the first one starts.
    time: Option<Duration>,
    deadline: Option<Deadline>,
    /// The wait before the next request.
    wait: Duration,
    /// The warning in the last response.
    warning: Option<String>,
}

enum Phase {
    /// The first request has not been sent yet.
    Unsent(Box<Request>),
    Polling,
    Succeeded(ResultLocation),
    Failed(Failure),
    /// An error has ended polling; the operation may still be running.
    Stopped,
    /// It is not known whether the operation has started.
    Refused,
    /// The operation has succeeded, but its result cannot be read.
    Unreadable,
}

impl Operation {
    pub(super) fn new(
        client: Client,
        state: OperationState,
        first: Option<Request>,
        options: PollerOptions<'_>,
    ) -> Self {
        Self {
            interval: PollInterval::new(options.frequency, client.min_poll_frequency()),
            client,
            state,
            context: options.context.into_owned(),
            span: None,
            phase: match first {
                Some(request) => Phase::Unsent(Box::new(request)),
                None => Phase::Polling,
            },
            time: options.deadline,
            deadline: None,
            wait: Duration::ZERO,
            warning: None,
        }
    }

    /// Returns whether nothing is left to poll.
    pub(super) fn is_over(&self) -> bool {
        !matches!(self.phase, Phase::Unsent(_) | Phase::Polling)
    }

    /// Returns the URL of the request that started the operation.
    pub(super) fn original(&self) -> &Url {
        &self.state.original
    }

    pub(super) fn token(&self) -> Option<String> {
        match self.phase {
            Phase::Polling | Phase::Stopped => token::write(&self.state),
            _ => None,
        }
    }

    /// Does one step: waits as long as the last response asked for, sends a request, and interprets
    /// the response.
    pub(super) async fn step(&mut self) -> Result<OperationStatus> {
        self.start();
        let result = self.in_time(Self::step_untimed).await;
        self.stop_on_error(result)
    }

    /// Polls until the end and returns the result.
    pub(super) async fn run(mut self) -> Result<RawResponse> {
        while !self.is_over() {
            self.step().await?;
        }
        let result = self.in_time(Self::checked_result).await;
        self.stop_on_error(result)
    }

    /// Starts the span and the deadline at the first call.
    fn start(&mut self) {
        if self.span.is_none() {
            let name = &self.state.operation;
            let span = OperationSpan::start(&self.client, &mut self.context, name);
            self.span = Some(span);
            self.deadline = self.time.and_then(Deadline::from_now);
        }
    }

    /// Does some work, and stops it when the deadline passes.
    async fn in_time<T>(&mut self, work: impl AsyncFnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let deadline = self.deadline.clone();
        let done = limit(deadline.as_ref(), pin!(work(self))).await;
        done.unwrap_or_else(|| Err(self.deadline_error()))
    }

    fn deadline_error(&self) -> Error {
        let name = &self.state.operation;
        let message = if matches!(self.phase, Phase::Unsent(_)) {
            format!(
                "{name}: the caller's deadline passed before the service responded; it is not \
                 known whether the operation has started"
            )
        } else {
            format!(
                "{name}: the operation has not ended within the caller's deadline; it may still be \
                 running, and the continuation token resumes it{}",
                self.warned()
            )
        };
        Error::with_message(ErrorKind::Other, message)
    }

    /// The warning of the last response as the end of a message.
    fn warned(&self) -> String {
        let warning = self.warning.as_deref();
        let warning = warning.and_then(|text| excerpt(text.as_bytes()));
        warning.map_or_else(String::new, |text| {
            format!("; the last response warned: {text}")
        })
    }

    fn stop_on_error<T>(&mut self, result: Result<T>) -> Result<T> {
        let result = result.map_err(|error| self.stop(error));
        if let Some(span) = &self.span {
            span.record(result.as_ref());
        }
        result
    }

    /// Ends polling. If the operation may still be running, the error contains what is needed to
    /// resume it.
    fn stop(&mut self, cause: Error) -> Error {
        match self.phase {
            Phase::Failed(_) | Phase::Refused | Phase::Unreadable => return cause,
            Phase::Unsent(_) => {
                self.phase = Phase::Refused;
                return cause;
            }
            Phase::Polling | Phase::Succeeded(_) | Phase::Stopped => self.phase = Phase::Stopped,
        }
        PollingStopped::error(cause, self.token())
    }

    async fn step_untimed(&mut self) -> Result<OperationStatus> {
        let (raw, step) = match &self.phase {
            Phase::Unsent(request) => {
                let mut request = (**request).clone();
                let raw = self.send_first(&mut request).await?;
                // From here on the operation has started, whatever else the response says.
                self.phase = Phase::Polling;
                let step = self.state.first(&raw, origins(&self.client))?;
                (raw, step)
            }
            _ => {
                let raw = self.get(&self.state.poll.clone()).await?;
                let step = self.state.next(&raw, origins(&self.client))?;
                (raw, step)
            }
        };
        self.wait = self.interval.after(raw.headers());
        self.warning = headers::text(raw.headers(), &WARNING).map(str::to_owned);
        match step {
            Step::InProgress(report) => Ok(report.with_token(self.token())),
            Step::Succeeded(report, ending) => {
                self.phase = Phase::Succeeded(ending);
                Ok(report)
            }
            Step::Failed(failure) => {
                let error = self.failed(&failure);
                self.phase = Phase::Failed(failure);
                Err(error)
            }
        }
    }

    async fn send_first(&self, request: &mut Request) -> Result<RawResponse> {
        const FINE: [u16; 4] = [200, 201, 202, 204];
        let raw = send_boxed(&self.client, &self.context, request).await?;
        if FINE.contains(&raw.status().into()) {
            return Ok(raw);
        }
        Err(self.refused(raw, &FINE))
    }

    async fn checked_result(&mut self) -> Result<RawResponse> {
        let raw = self.result().await?;
        if self.state.has_body {
            expect_json(&raw, &self.state.operation)?;
        }
        Ok(raw)
    }

    /// Returns the result of an operation that has succeeded.
    async fn result(&mut self) -> Result<RawResponse> {
        match std::mem::replace(&mut self.phase, Phase::Stopped) {
            Phase::Succeeded(ResultLocation::Response(raw)) => Ok(raw),
            Phase::Succeeded(ResultLocation::Resource) => {
                self.fetch(Some(self.state.original.clone())).await
            }
            Phase::Succeeded(ResultLocation::Location) => self.fetch(None).await,
            Phase::Failed(failure) => {
                let error = self.failed(&failure);
                self.phase = Phase::Failed(failure);
                Err(error)
            }
            Phase::Refused => {
                self.phase = Phase::Refused;
                Err(self.ended_before("it is not known whether the operation has started"))
            }
            _ => Err(self.ended_before("the continuation token resumes the operation")),
        }
    }

    /// GETs the result, from the state's `location` if no URL is given.
    async fn fetch(&mut self, resource: Option<Url>) -> Result<RawResponse> {
        self.wait = Duration::ZERO;
        loop {
            let url = match &resource {
                Some(url) => url.clone(),
                None => self.result_url()?,
            };
            let raw = self.get(&url).await?;
            self.wait = self.interval.after(raw.headers());
            match self.state.fetched(raw, &url) {
                Fetched::Response(raw) => return Ok(raw),
                Fetched::Later => {}
                Fetched::Never(error) => {
                    self.phase = Phase::Unreadable;
                    return Err(error);
                }
                Fetched::Unclear(error) => return Err(error),
            }
        }
    }

    fn result_url(&mut self) -> Result<Url> {
        let url = self.state.result_url(origins(&self.client));
        if url.is_err() {
            self.phase = Phase::Unreadable;
        }
        url
    }

    fn failed(&self, failure: &Failure) -> Error {
        failure.error(&self.state.operation)
    }

    fn ended_before(&self, hint: &str) -> Error {
        invalid_argument(format!(
            "{}: polling has already ended with an error; {hint}",
            self.state.operation
        ))
    }

    /// GETs a URL, and retries after transient failures.
    async fn get(&mut self, url: &Url) -> Result<RawResponse> {
        let mut failures = 0;
        loop {
            wait(self.wait, self.deadline.as_ref()).await;
            let result = self.get_once(url).await;
            failures += 1;
            let last = failures == MAX_FAILURES_IN_A_ROW;
            self.wait = match result {
                Ok(raw) if !status::is_transient(raw.status()) => return Ok(raw),
                Ok(raw) if last => return Err(self.refused(raw, &[])),
                Ok(raw) => self.interval.after(raw.headers()),
                Err(error) if is_transient(&error) && !last => self.interval.usual(),
                Err(error) => {
                    let message = format!("{}: {error}", self.state.operation);
                    return Err(error.with_context(message));
                }
            };
        }
    }

    fn get_once(&self, url: &Url) -> BoxFuture<'_, Result<RawResponse>> {
        let mut request = Request::new(url.clone(), Method::Get);
        request.insert_header(ACCEPT, "application/json");
        let context = self.context.clone().with_value(SendOnce);
        poll_boxed(&self.client, context, request)
    }

    fn refused(&self, raw: RawResponse, expected: &[u16]) -> Error {
        unexpected_status(&self.state.operation, raw, expected)
    }
}

fn origins(client: &Client) -> Origins<'_> {
    Origins {
        endpoint: client.endpoint(),
        trusted_origin: client.trusted_origin(),
    }
}
