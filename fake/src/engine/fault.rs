//! What goes wrong on demand.

use super::exchange::{Answer, Recorded};
use azure_core::time::Duration;
use serde_json::{Value, json};
use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Something that goes wrong, once unless it says otherwise; see
/// [`Server::inject`](crate::Server::inject).
///
/// ```
/// use arm_fake::Fault;
/// use azure_core::time::Duration;
/// let busy = Fault::throttle(Duration::seconds(1)).times(2).on("GET", "/workspaces/");
/// let broken = Fault::operation("OutOfCapacity", "there are no machines left");
/// let lost = Fault::lost_answer().on_operation("Workspaces_CreateOrUpdate").nth(2);
/// ```
#[derive(Clone)]
pub struct Fault {
    what: What,
    /// How often it happens; without an end when `None`.
    times: Option<usize>,
    /// How many requests that meet the conditions are spared first.
    spared: usize,
    conditions: Vec<Condition>,
}

type Condition = Arc<dyn Fn(&Recorded) -> bool + Send + Sync>;

#[derive(Clone, Debug)]
pub(crate) enum What {
    Answer(Answer),
    /// The connection breaks before the request takes effect.
    Drop,
    /// The connection breaks after the request has taken effect.
    Lose,
    Refuse,
    Delay(Duration),
    /// The body comes so much later than the headers.
    SlowBody(Duration),
    /// A long-running operation ends with this error.
    Operation(Value),
}

impl Fault {
    /// The service answers with an error of this status.
    pub fn status(status: u16) -> Self {
        Self::error(status, "InjectedFault", "the fake was told to fail")
    }

    /// The service answers with this status, code and message.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let error = Answer::error(status, code, message);
        Self::new(What::Answer(error.header("retry-after-ms", "0")))
    }

    /// The service asks to wait, with 429, `Retry-After` and the header that says that the
    /// subscription has no requests left.
    pub fn throttle(wait: Duration) -> Self {
        let message = "there are too many requests; try again later";
        let error = Answer::error(429, "TooManyRequests", message);
        let seconds = wait.whole_seconds().max(0).to_string();
        let milliseconds = wait.whole_milliseconds().max(0).to_string();
        let error = error
            .header("retry-after", seconds)
            .header("retry-after-ms", milliseconds)
            .header("x-ms-ratelimit-remaining-subscription-reads", "0")
            .header("x-ms-ratelimit-remaining-subscription-writes", "0");
        Self::new(What::Answer(error))
    }

    /// The service does not accept the token: 401 with the challenge that clients go by.
    pub fn unauthorized() -> Self {
        let message = "the access token is missing, expired or of another tenant";
        let error = Answer::error(401, "InvalidAuthenticationToken", message);
        let challenge = "Bearer authorization_uri=\"https://login.microsoftonline.com/common\", \
                         error=\"invalid_token\", error_description=\"the fake was told so\"";
        Self::new(What::Answer(error.header("www-authenticate", challenge)))
    }

    /// The caller may not do this: 403 `AuthorizationFailed`.
    pub fn forbidden() -> Self {
        let message = "the client is not authorized to perform this action over this scope";
        Self::error(403, "AuthorizationFailed", message)
    }

    /// The connection breaks after the request was sent, which does not take effect.
    pub fn disconnect() -> Self {
        Self::new(What::Drop)
    }

    /// The request takes effect, but the connection breaks before the answer arrives.
    pub fn lost_answer() -> Self {
        Self::new(What::Lose)
    }

    /// No connection comes about. Over a socket this is the same as a broken connection.
    pub fn unreachable() -> Self {
        Self::new(What::Refuse)
    }

    /// The answer comes late.
    pub fn delay(wait: Duration) -> Self {
        Self::new(What::Delay(wait))
    }

    /// The body comes so much later than the headers.
    pub fn slow_body(wait: Duration) -> Self {
        Self::new(What::SlowBody(wait))
    }

    /// The long-running operation that a request begins fails in the end. Its monitor has this
    /// code and message, and the resource has the provisioning state `Failed`.
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

    /// It happens so many times.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// It happens every time.
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// It first happens to the nth request, from 1, of those that meet the conditions.
    pub fn nth(mut self, number: usize) -> Self {
        self.spared = number.saturating_sub(1);
        self
    }

    /// It happens to requests of this method whose path has this in it, whatever its case.
    pub fn on(self, method: &str, path: &str) -> Self {
        let (method, path) = (method.to_uppercase(), path.to_lowercase());
        self.when(move |request| {
            request.method() == method && request.path().to_lowercase().contains(&path)
        })
    }

    /// It happens to requests for an operation of the description, such as `Workspaces_Get`.
    pub fn on_operation(self, id: &str) -> Self {
        let id = id.to_owned();
        self.when(move |request| request.operation() == Some(&id))
    }

    /// It happens to requests for a resource or its actions, by its ID.
    pub fn on_resource(self, id: &str) -> Self {
        let id = id.trim_end_matches('/').to_lowercase();
        self.when(move |request| {
            let path = request.path().to_lowercase();
            let rest = path.strip_prefix(&id);
            rest.is_some_and(|rest| rest.matches('/').count() < 2)
        })
    }

    /// It happens to requests that also meet this condition, which may use the server.
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

/// A fault that waits to happen.
#[derive(Debug)]
pub(crate) struct Pending {
    fault: Fault,
    /// How many requests have met the conditions.
    met: AtomicUsize,
    /// How often it has happened.
    happened: AtomicUsize,
}

impl Pending {
    /// Counts the fault as happened; false when it has happened as often as it should.
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

    /// Whether a request meets the conditions and is not spared.
    fn meets(&self, request: &Recorded) -> bool {
        let mut conditions = self.fault.conditions.iter();
        conditions.all(|condition| condition(request))
            && self.met.fetch_add(1, Ordering::SeqCst) >= self.fault.spared
    }
}

/// The faults that are to come, in the order they were asked for.
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

    /// The faults that a request meets. Conditions are run without a lock.
    pub(crate) fn met_by(&self, request: &Recorded) -> Met {
        let mut all = self.pending();
        all.retain(|pending| pending.meets(request));
        Met(all)
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

/// The faults that one request meets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Met(Vec<Arc<Pending>>);

impl Met {
    /// The first fault of a kind, which happens now.
    pub(crate) fn take<T>(&self, wanted: impl Fn(&What) -> Option<T>) -> Option<T> {
        let mut all = self.0.iter();
        all.find_map(|pending| {
            let found = wanted(pending.what())?;
            pending.happens().then_some(found)
        })
    }
}
