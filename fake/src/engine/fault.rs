//! Faults that tests inject.

use super::exchange::{Recorded, Response};
use azure_core::time::Duration;
use serde_json::{Value, json};
use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A fault. It happens once unless configured otherwise; see
/// [`Server::inject`](crate::Server::inject).
///
/// ```
/// use arm_fake::Fault;
/// use azure_core::time::Duration;
/// let busy = Fault::throttle(Duration::seconds(1)).times(2).on("GET", "/workspaces/");
/// let broken = Fault::operation("OutOfCapacity", "there are no machines left");
/// let lost = Fault::lost_response().on_operation("Workspaces_CreateOrUpdate").nth(2);
/// ```
#[derive(Clone)]
pub struct Fault {
    what: What,
    /// How often it happens; `None` means always.
    times: Option<usize>,
    /// How many requests that meet the conditions are skipped first.
    spared: usize,
    conditions: Vec<Condition>,
}

type Condition = Arc<dyn Fn(&Recorded) -> bool + Send + Sync>;

#[derive(Clone, Debug)]
pub(crate) enum What {
    Response(Response),
    /// The connection breaks before the request takes effect.
    Drop,
    /// The connection breaks after the request has taken effect.
    Lose,
    Refuse,
    Delay(Duration),
    /// The delay of the body after the headers.
    SlowBody(Duration),
    /// A long-running operation ends with this error.
    Operation(Value),
}

impl Fault {
    /// Creates a fault: the service responds with an error of this status.
    pub fn status(status: u16) -> Self {
        Self::error(
            status,
            "InjectedFault",
            "a fault was injected into the fake",
        )
    }

    /// Creates a fault: the service responds with this status, code and message.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let error = Response::error(status, code, message);
        Self::new(What::Response(error.header("retry-after-ms", "0")))
    }

    /// Creates a fault: the service throttles with 429, `Retry-After` and the headers that say that
    /// the subscription has no requests left.
    pub fn throttle(wait: Duration) -> Self {
        let message = "there are too many requests; try again later";
        let error = Response::error(429, "TooManyRequests", message);
        let seconds = wait.whole_seconds().max(0).to_string();
        let milliseconds = wait.whole_milliseconds().max(0).to_string();
        let error = error
            .header("retry-after", seconds)
            .header("retry-after-ms", milliseconds)
            .header("x-ms-ratelimit-remaining-subscription-deletes", "0")
            .header("x-ms-ratelimit-remaining-subscription-reads", "0")
            .header("x-ms-ratelimit-remaining-subscription-writes", "0");
        Self::new(What::Response(error))
    }

    /// Creates a fault: the service rejects the token with 401 and the challenge that clients read.
    pub fn unauthorized() -> Self {
        let message = "the access token is missing, expired or of another tenant";
        let error = Response::error(401, "InvalidAuthenticationToken", message);
        let challenge = "Bearer authorization_uri=\"https://login.microsoftonline.com/common\", \
                         error=\"invalid_token\", error_description=\"a fault was injected into the fake\"";
        Self::new(What::Response(error.header("www-authenticate", challenge)))
    }

    /// Creates a fault: the caller has no permission, 403 `AuthorizationFailed`.
    pub fn forbidden() -> Self {
        let message = "the client is not authorized to perform this action over this scope";
        Self::error(403, "AuthorizationFailed", message)
    }

    /// Creates a fault: the connection breaks after the request was sent, and the request takes no
    /// effect.
    pub fn disconnect() -> Self {
        Self::new(What::Drop)
    }

    /// Creates a fault: the request takes effect, but the connection breaks before the response
    /// arrives.
    pub fn lost_response() -> Self {
        Self::new(What::Lose)
    }

    /// Creates a fault: the connection is refused. Over a socket this is the same as a broken
    /// connection.
    pub fn unreachable() -> Self {
        Self::new(What::Refuse)
    }

    /// Creates a fault: the response is delayed.
    pub fn delay(wait: Duration) -> Self {
        Self::new(What::Delay(wait))
    }

    /// Creates a fault: the body is delayed after the headers.
    pub fn slow_body(wait: Duration) -> Self {
        Self::new(What::SlowBody(wait))
    }

    /// Creates a fault: the long-running operation that a request starts fails at its end. Its
    /// status monitor has this code and message, and the resource has the provisioning state
    /// `Failed`.
    pub fn operation(code: &str, message: &str) -> Self {
        Self::new(What::Operation(json!({"code": code, "message": message})))
    }

    fn new(what: What) -> Self {
        Self {
            what,
            times: Some(1),
            spared: 0,
            conditions: Vec::new(),
        }
    }

    /// Sets how many times it happens.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Makes it happen every time.
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// Makes it happen first at the nth request, from 1, that meets the conditions.
    pub fn nth(mut self, number: usize) -> Self {
        self.spared = number.saturating_sub(1);
        self
    }

    /// Limits it to requests with this method whose path contains this text, in any letter case.
    pub fn on(self, method: &str, path: &str) -> Self {
        let (method, path) = (method.to_uppercase(), path.to_lowercase());
        self.when(move |request| {
            request.method() == method && request.path().to_lowercase().contains(&path)
        })
    }

    /// Limits it to requests for an operation of the description, such as `Workspaces_Get`.
    pub fn on_operation(self, id: &str) -> Self {
        let id = id.to_owned();
        self.when(move |request| request.operation() == Some(&id))
    }

    /// Limits it to requests for the resource with this ID or its actions.
    pub fn on_resource(self, id: &str) -> Self {
        let id = id.trim_end_matches('/').to_lowercase();
        self.when(move |request| {
            let path = request.path().to_lowercase();
            let rest = path.strip_prefix(&id);
            rest.is_some_and(|rest| rest.matches('/').count() < 2)
        })
    }

    /// Limits it to requests that also meet this condition, which may use the server.
    pub fn when(mut self, condition: impl Fn(&Recorded) -> bool + Send + Sync + 'static) -> Self {
        self.conditions.push(Arc::new(condition));
        self
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("what", &self.what)
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

/// A fault that has not happened as often as it should.
#[derive(Debug)]
pub(crate) struct Pending {
    fault: Fault,
    /// How many requests have met the conditions.
    met: AtomicUsize,
    /// How often it has happened.
    happened: AtomicUsize,
}

impl Pending {
    /// Counts the fault as happened. Returns false if it has already happened as often as it
    /// should.
    pub(crate) fn happens(&self) -> bool {
        let most = self.fault.times;
        let count = self
            .happened
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| {
                most.is_none_or(|most| count < most).then_some(count + 1)
            });
        count.is_ok()
    }

    pub(crate) fn what(&self) -> &What {
        &self.fault.what
    }

    fn is_spent(&self) -> bool {
        let happened = self.happened.load(Ordering::SeqCst);
        self.fault.times.is_some_and(|most| happened >= most)
    }

    /// Returns whether a request meets the conditions and is not skipped.
    fn matches(&self, request: &Recorded) -> bool {
        let mut conditions = self.fault.conditions.iter();
        conditions.all(|condition| condition(request))
            && self.met.fetch_add(1, Ordering::SeqCst) >= self.fault.spared
    }
}

/// The pending faults, in the order in which they were injected.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Arc<Pending>>>);

impl Faults {
    pub(crate) fn add(&self, fault: Fault) {
        let pending = Arc::new(Pending {
            fault,
            met: AtomicUsize::new(0),
            happened: AtomicUsize::new(0),
        });
        self.lock().push(pending);
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// Returns the faults that apply to a request. Conditions are evaluated without a lock.
    pub(crate) fn applying_to(&self, request: &Recorded) -> ActiveFaults {
        let mut all = self.pending();
        all.retain(|pending| pending.matches(request));
        ActiveFaults(all)
    }

    fn pending(&self) -> Vec<Arc<Pending>> {
        let mut all = self.lock();
        all.retain(|pending| !pending.is_spent());
        all.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Pending>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The faults that apply to one request.
#[derive(Clone, Debug, Default)]
pub(crate) struct ActiveFaults(Vec<Arc<Pending>>);

impl ActiveFaults {
    /// Returns the first fault of a kind and counts it as happened.
    pub(crate) fn take<T>(&self, wanted: impl Fn(&What) -> Option<T>) -> Option<T> {
        let mut all = self.0.iter();
        all.find_map(|pending| {
            let found = wanted(pending.what())?;
            pending.happens().then_some(found)
        })
    }
}
