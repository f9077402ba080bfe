//! The fake server and its settings for tests.

use crate::{
    engine::{
        clock::{Clock, Pace},
        context::Engine,
        description::Description,
        dispatch,
        exchange::{Recorded, Reply, Response},
        fault::{ActiveFaults, Fault, Faults, What},
        har, route,
        state::State,
        uri,
    },
    table::HttpMethod,
};
use azure_core::{sleep, time::Duration};
use serde_json::Value;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A fake Resource Manager in memory that behaves as a description says.
///
/// Resources that are put can be read, listed, changed and deleted; requests are checked; keys are
/// invented and stored; long-running operations take as long as the server's pace says. Operations
/// without a state, such as most actions, respond with a sample that the description allows.
/// Nothing is random. Clones are the same server.
#[derive(Clone)]
pub struct Server(Arc<Inner>);

struct Inner {
    description: Description,
    faults: Faults,
    state: Mutex<State>,
}

impl Server {
    /// Creates a server without resources.
    pub fn new(description: &Description) -> Self {
        Self(Arc::new(Inner {
            description: description.clone(),
            faults: Faults::default(),
            state: Mutex::default(),
        }))
    }

    /// Returns the description of its service.
    pub fn description(&self) -> &Description {
        &self.0.description
    }

    /// Sets how long operations take that start from now on.
    pub fn set_pace(&self, pace: Pace) {
        self.state().pace = pace;
    }

    /// Sets the source of the time.
    pub fn set_clock(&self, clock: Clock) {
        self.state().watch.clock = clock;
    }

    /// Advances the clock.
    pub fn advance(&self, by: Duration) {
        self.state().watch.advance(by);
    }

    /// Sets the maximum number of items in a page (100 by default).
    pub fn set_page_size(&self, items: usize) {
        self.state().page_size = items.max(1);
    }

    /// Sets the delay of every response.
    pub fn set_latency(&self, latency: Duration) {
        self.state().latency = latency;
    }

    /// Serves requests with an unknown API version as the nearest known version, so that clients of
    /// other versions work. By default they are rejected.
    pub fn accept_any_api_version(&self) {
        self.state().accepts_any_version = true;
    }

    /// Injects a fault.
    pub fn inject(&self, fault: Fault) {
        self.0.faults.add(fault);
    }

    /// Removes the faults that have not happened.
    pub fn clear_faults(&self) {
        self.0.faults.clear();
    }

    /// Returns the latest requests (10,000 at most), oldest first, without credentials.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().log.iter().cloned().collect()
    }

    /// Removes the recorded requests.
    pub fn clear_requests(&self) {
        self.state().log.clear();
    }

    /// Returns the latest requests and responses as an HTTP Archive (HAR 1.2). Bodies may contain
    /// secrets.
    pub fn har(&self) -> Value {
        har::archive(self.state().log.iter())
    }

    /// Handles a request.
    pub(crate) async fn serve(&self, origin: &str, request: Recorded) -> Reply {
        let operation = self.operation_of(&request);
        let request = request.for_operation(operation).sent_to(origin);
        // Conditions of faults may use the server, so nothing is locked here.
        let faults = self.0.faults.applying_to(&request);
        let own = faults.take(|what| match what {
            What::Delay(wait) => Some(*wait),
            _ => None,
        });
        let wait = self.state().latency + own.unwrap_or(Duration::ZERO);
        if wait > Duration::ZERO {
            sleep::sleep(wait).await;
        }
        self.reply(origin, request, &faults)
    }

    fn reply(&self, origin: &str, request: Recorded, faults: &ActiveFaults) -> Reply {
        let instead = faults.take(|what| match what {
            What::Response(response) => Some(Reply::Response(response.clone(), Duration::ZERO)),
            What::Drop => Some(Reply::Dropped),
            What::Refuse => Some(Reply::Refused),
            _ => None,
        });
        let mut state = self.state();
        let reply = instead.unwrap_or_else(|| {
            let catalog = &self.0.description.0;
            let engine = Engine::new(catalog, &mut state, &request, origin, faults);
            let response = dispatch::respond(engine);
            after_effect(response, faults)
        });
        let response = match &reply {
            Reply::Response(response, _) => Some(response),
            Reply::Dropped | Reply::Refused => None,
        };
        let now = state.watch.now();
        state.record(request.with_response(now, response));
        reply
    }

    /// Returns the ID of the operation that a request is for.
    fn operation_of(&self, request: &Recorded) -> Option<&str> {
        let segments = uri::segments(request.path())?;
        let method = HttpMethod::from_name(request.method());
        let found = route::operation_of(&self.0.description.0, method, &segments);
        found.map(|operation| operation.id.as_str())
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("description", &self.0.description)
            .finish_non_exhaustive()
    }
}

/// Applies faults to a response after the request took effect.
fn after_effect(response: Response, faults: &ActiveFaults) -> Reply {
    let lost = faults.take(|what| matches!(what, What::Lose).then_some(()));
    if lost.is_some() {
        return Reply::Dropped;
    }
    let slow = faults.take(|what| match what {
        What::SlowBody(wait) => Some(*wait),
        _ => None,
    });
    Reply::Response(response, slow.unwrap_or(Duration::ZERO))
}
