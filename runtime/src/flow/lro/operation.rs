//! Sending, waiting and giving up: the part of a poller that is compiled once.

use super::{
    ending::Ending,
    failure::Failure,
    options::PollerOptions,
    rules::{Fetched, Step},
    status::OperationStatus,
    stopped::PollingStopped,
    token,
    track::{Bounds, Track},
    waiting::{Deadline, Pace, wait},
};
use crate::{
    answer::{
        error::unexpected_status,
        headers,
        status::{self, expect_json},
    },
    connection::{
        client::Client, retry::SendOnce, span::OperationSpan, transport_error::is_transient,
    },
    flow::registration::send_registered,
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

/// How many times in a row a request may fail for passing reasons. Polls are not repeated by the
/// pipeline: the next poll is the repetition.
const MOST_FAILURES: u32 = 5;

/// What a service adds to an answer for people, such as that an operation is held up.
const WARNING: HeaderName = HeaderName::from_static("warning");

/// A long-running operation on its way.
pub(super) struct Operation {
    client: Client,
    context: Context<'static>,
    span: Option<OperationSpan>,
    track: Track,
    phase: Phase,
    pace: Pace,
    /// How long everything may take, until it starts.
    time: Option<Duration>,
    deadline: Option<Deadline>,
    /// How long to wait before the next request.
    wait: Duration,
    /// What the last answer warned of.
    warning: Option<String>,
}

enum Phase {
    /// The first request is not sent yet.
    Unsent(Box<Request>),
    Polling,
    Succeeded(Ending),
    Failed(Failure),
    /// An error has ended polling; the operation may go on.
    Stopped,
    /// The operation is not known to have begun.
    Refused,
    /// The operation has succeeded, but its result cannot be had.
    Unreadable,
}

impl Operation {
    pub(super) fn new(
        client: Client,
        track: Track,
        first: Option<Request>,
        options: PollerOptions<'_>,
    ) -> Self {
        Self {
            pace: Pace::new(options.frequency, client.min_poll_frequency()),
            client,
            track,
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

    /// Whether there is nothing left to poll.
    pub(super) fn is_over(&self) -> bool {
        !matches!(self.phase, Phase::Unsent(_) | Phase::Polling)
    }

    /// URL of the request that began the operation.
    pub(super) fn original(&self) -> &Url {
        &self.track.original
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
            self.deadline = self.time.and_then(Deadline::from_now);
        }
    }

    /// Ends a piece of work when the deadline passes.
    async fn in_time<T>(&mut self, work: impl AsyncFnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let Some(deadline) = self.deadline.clone() else {
            return work(self).await;
        };
        match deadline.limit(work(self)).await {
            Some(result) => result,
            None => Err(self.too_late()),
        }
    }

    fn too_late(&self) -> Error {
        let name = &self.track.operation;
        let message = if matches!(self.phase, Phase::Unsent(_)) {
            format!(
                "{name}: the caller's deadline has passed before the service answered; it is not \
                 known whether the operation has begun"
            )
        } else {
            format!(
                "{name}: the operation has not ended within the caller's deadline; it may still \
                 go on, and the continuation token is there to resume it{}",
                self.warned()
            )
        };
        Error::with_message(ErrorKind::Other, message)
    }

    /// The warning of the last answer as the end of a message.
    fn warned(&self) -> String {
        let warning = self.warning.as_deref();
        let warning = warning.and_then(|text| excerpt(text.as_bytes()));
        warning.map_or_else(String::new, |text| {
            format!("; the last answer warned: {text}")
        })
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
                let raw = self.send_first((**request).clone()).await?;
                // From here on the operation has begun, whatever else the answer says.
                self.phase = Phase::Polling;
                let step = self.track.first(&raw, bounds(&self.client))?;
                (raw, step)
            }
            _ => {
                let raw = self.get(&self.track.poll.clone()).await?;
                let step = self.track.next(&raw, bounds(&self.client))?;
                (raw, step)
            }
        };
        self.wait = self.pace.after(raw.headers());
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
                self.fetch(Some(self.track.original.clone())).await
            }
            Phase::Succeeded(Ending::Location) => self.fetch(None).await,
            Phase::Failed(failure) => {
                let error = self.failed(&failure);
                self.phase = Phase::Failed(failure);
                Err(error)
            }
            Phase::Refused => {
                self.phase = Phase::Refused;
                Err(self.ended_before("the operation is not known to have begun"))
            }
            _ => Err(self.ended_before("the continuation token is there to resume it")),
        }
    }

    /// GETs the result, from where the track's `location` leads if no URL is given.
    async fn fetch(&mut self, resource: Option<Url>) -> Result<RawResponse> {
        self.wait = Duration::ZERO;
        loop {
            let url = match &resource {
                Some(url) => url.clone(),
                None => self.result_url()?,
            };
            let raw = self.get(&url).await?;
            self.wait = self.pace.after(raw.headers());
            match self.track.fetched(raw, &url) {
                Fetched::Here(raw) => return Ok(raw),
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
        let url = self.track.result_url(bounds(&self.client));
        if url.is_err() {
            self.phase = Phase::Unreadable;
        }
        url
    }

    fn failed(&self, failure: &Failure) -> Error {
        failure.error(&self.track.operation)
    }

    fn ended_before(&self, hint: &str) -> Error {
        invalid_argument(format!(
            "{}: polling ended with an error before; {hint}",
            self.track.operation
        ))
    }

    /// GETs a URL, with patience for passing failures.
    async fn get(&mut self, url: &Url) -> Result<RawResponse> {
        let mut failures = 0;
        loop {
            wait(self.wait, self.deadline.as_ref()).await;
            let result = self.get_once(url).await;
            failures += 1;
            let last = failures == MOST_FAILURES;
            self.wait = match result {
                Ok(raw) if !status::is_transient(raw.status()) => return Ok(raw),
                Ok(raw) if last => return Err(self.refused(raw, &[])),
                Ok(raw) => self.pace.after(raw.headers()),
                Err(error) if is_transient(&error) && !last => self.pace.usual(),
                Err(error) => {
                    let message = format!("{}: {error}", self.track.operation);
                    return Err(error.with_context(message));
                }
            };
        }
    }

    async fn get_once(&self, url: &Url) -> Result<RawResponse> {
        let mut request = Request::new(url.clone(), Method::Get);
        request.insert_header(ACCEPT, "application/json");
        let context = self.context.clone().with_value(SendOnce);
        self.client.send(&context, request).await
    }

    fn refused(&self, raw: RawResponse, expected: &[u16]) -> Error {
        unexpected_status(&self.track.operation, raw, expected)
    }
}

fn bounds(client: &Client) -> Bounds<'_> {
    Bounds {
        endpoint: client.endpoint(),
        trusted_origin: client.trusted_origin(),
    }
}
