//! What goes wrong on demand.

use crate::exchange::{Answer, Recorded, Reply};
use azure_core::time::Duration;
use serde_json::{Value, json};
use std::{fmt, sync::Arc};

/// Something that goes wrong, once unless it says otherwise; see
/// [`Server::inject`](crate::Server::inject).
///
/// ```
/// use arm_fake::Fault;
/// use azure_core::time::Duration;
/// let busy = Fault::throttle(Duration::seconds(1)).times(2).on("GET", "/workspaces/");
/// let broken = Fault::operation("OutOfCapacity", "there are no machines left");
/// ```
#[derive(Clone)]
pub struct Fault {
    pub(crate) what: What,
    /// How often it still happens; without an end when `None`.
    left: Option<usize>,
    when: Option<When>,
}

type When = Arc<dyn Fn(&Recorded) -> bool + Send + Sync>;

#[derive(Clone, Debug)]
pub(crate) enum What {
    Answer(Answer),
    Drop,
    Refuse,
    Delay(Duration),
    /// A long-running operation ends with this error.
    Operation(Value),
}

impl Fault {
    /// The service answers with an error of this status.
    pub fn status(status: u16) -> Self {
        let message = "the fake was told to fail";
        let error = Answer::error(status, "InjectedFault", message);
        Self::new(What::Answer(error.header("retry-after-ms", "0")))
    }

    /// The service answers with this status, code and message.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let error = Answer::error(status, code, message);
        Self::new(What::Answer(error.header("retry-after-ms", "0")))
    }

    /// The service asks to wait, with 429 and `Retry-After`.
    pub fn throttle(wait: Duration) -> Self {
        let message = "there are too many requests; try again later";
        let error = Answer::error(429, "TooManyRequests", message);
        let seconds = wait.whole_seconds().max(0).to_string();
        let milliseconds = wait.whole_milliseconds().max(0).to_string();
        Self::new(What::Answer(
            error
                .header("retry-after", seconds)
                .header("retry-after-ms", milliseconds),
        ))
    }

    /// The connection breaks after the request was sent, which does not take effect.
    pub fn disconnect() -> Self {
        Self::new(What::Drop)
    }

    /// No connection comes about. Over a socket this is the same as a broken connection.
    pub fn unreachable() -> Self {
        Self::new(What::Refuse)
    }

    /// The answer comes late.
    pub fn delay(wait: Duration) -> Self {
        Self::new(What::Delay(wait))
    }

    /// The long-running operation that a request begins fails in the end.
    pub fn operation(code: &str, message: &str) -> Self {
        Self::new(What::Operation(json!({"code": code, "message": message})))
    }

    fn new(what: What) -> Self {
        Self {
            what,
            left: Some(1),
            when: None,
        }
    }

    /// It happens so many times.
    pub fn times(mut self, times: usize) -> Self {
        self.left = Some(times);
        self
    }

    /// It happens every time.
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// It happens to requests of this method whose path has this in it, whatever its case.
    pub fn on(self, method: &str, path: &str) -> Self {
        let (method, path) = (method.to_uppercase(), path.to_lowercase());
        self.when(move |request| {
            request.method() == method && request.path().to_lowercase().contains(&path)
        })
    }

    /// It happens to requests that fulfil a condition.
    pub fn when(mut self, condition: impl Fn(&Recorded) -> bool + Send + Sync + 'static) -> Self {
        self.when = Some(Arc::new(condition));
        self
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("what", &self.what)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// The faults that are to come, in the order they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// How long a request has to wait.
    pub(crate) fn delay(&mut self, request: &Recorded) -> Duration {
        match self.first(request, |what| matches!(what, What::Delay(_))) {
            Some(What::Delay(wait)) => wait,
            _ => Duration::ZERO,
        }
    }

    /// What happens instead of an answer.
    pub(crate) fn reply(&mut self, request: &Recorded) -> Option<Reply> {
        let what = self.first(request, |what| {
            matches!(what, What::Answer(_) | What::Drop | What::Refuse)
        })?;
        match what {
            What::Answer(answer) => Some(Reply::Answer(answer)),
            What::Drop => Some(Reply::Dropped),
            What::Refuse => Some(Reply::Refused),
            What::Delay(_) | What::Operation(_) => None,
        }
    }

    /// The error that the operation a request begins ends with.
    pub(crate) fn operation(&mut self, request: &Recorded) -> Option<Value> {
        match self.first(request, |what| matches!(what, What::Operation(_)))? {
            What::Operation(error) => Some(error),
            _ => None,
        }
    }

    /// The first fault of a kind that a request meets; counts it.
    fn first(&mut self, request: &Recorded, is_wanted: impl Fn(&What) -> bool) -> Option<What> {
        let position = self.0.iter().position(|fault| {
            let meets = fault.when.as_ref().is_none_or(|when| when(request));
            fault.left != Some(0) && is_wanted(&fault.what) && meets
        })?;
        let fault = self.0.get_mut(position)?;
        let what = fault.what.clone();
        if let Some(left) = &mut fault.left {
            *left -= 1;
        }
        self.0.retain(|fault| fault.left != Some(0));
        Some(what)
    }
}
