//! Conversations of long-running operations: the responses of the service, the exact requests that
//! are sent, and the result.

use crate::{
    common::{NAME, client, fast},
    support::{Server, StubResponse},
};
use arm_runtime::{Call, FinalState, Poller, Result, Scope};
use serde_json::{Value, json};

/// How an operation is started.
pub(crate) struct Start {
    method: &'static str,
    final_state: Option<FinalState>,
    has_body: bool,
}

impl Start {
    pub(crate) fn via(mut self, final_state: FinalState) -> Self {
        self.final_state = Some(final_state);
        self
    }

    pub(crate) fn empty(mut self) -> Self {
        self.has_body = false;
        self
    }

    pub(crate) fn call<'a>(&self, scope: &'a Scope) -> Call<'a> {
        match self.method {
            "PUT" => scope.put("Things_Do", "/things/{name}"),
            "PATCH" => scope.patch("Things_Do", "/things/{name}"),
            "POST" => scope.post("Things_Do", "/things/{name}"),
            _ => scope.delete("Things_Do", "/things/{name}"),
        }
        .path(&NAME, "a")
    }

    /// Returns the body of the result as JSON, or null if there is none.
    async fn run(&self, scope: &Scope) -> Result<Value> {
        let call = self.call(scope);
        let body = if self.has_body {
            let poller: Poller<Value> = call.begin(self.final_state, fast())?;
            poller.await?.into_body()
        } else {
            call.begin_empty(self.final_state, fast())?
                .await?
                .into_body()
        };
        if body.is_empty() {
            return Ok(Value::Null);
        }
        body.json()
    }
}

fn start(method: &'static str) -> Start {
    Start {
        method,
        final_state: None,
        has_body: true,
    }
}

pub(crate) fn put() -> Start {
    start("PUT")
}

pub(crate) fn patch() -> Start {
    start("PATCH")
}

pub(crate) fn post() -> Start {
    start("POST")
}

pub(crate) fn delete() -> Start {
    start("DELETE")
}

pub(crate) enum Then {
    /// This result.
    Gives(Value),
    /// An error whose message contains all of these.
    Fails(&'static [&'static str]),
}
pub(crate) use Then::{Fails, Gives};

pub(crate) async fn check(start: Start, responses: Vec<StubResponse>, asked: &[&str], then: Then) {
    let server = Server::script(responses).await;
    let result = start.run(&client(&server).root()).await;
    match (then, result) {
        (Gives(expected), result) => assert_eq!(result.expect("a result"), expected),
        (Fails(texts), Err(error)) => {
            let text = error.to_string();
            for part in texts {
                assert!(text.contains(part), "{part:?} is not in {text:?}");
            }
        }
        (Fails(_), Ok(value)) => panic!("an error was expected, not {value}"),
    }
    assert_eq!(server.lines(), asked);
}

pub(crate) fn response(status: u16) -> StubResponse {
    StubResponse::new(status)
}

/// Returns a resource in a provisioning state.
pub(crate) fn resource(status: u16, state: &str) -> StubResponse {
    response(status).json(json!({"name": "a", "properties": {"provisioningState": state}}))
}

pub(crate) fn finished() -> Value {
    json!({"name": "a", "properties": {"provisioningState": "Succeeded"}})
}

pub(crate) fn monitor(status: &str) -> StubResponse {
    response(200).json(json!({"status": status}))
}

/// Returns 202 with a status monitor.
pub(crate) fn accepted() -> StubResponse {
    response(202).header("azure-asyncoperation", "{base}/op")
}

pub(crate) fn located() -> StubResponse {
    response(202).header("location", "{base}/loc")
}

pub(crate) fn failed_monitor(status: &str) -> StubResponse {
    response(200).json(json!({"status": status, "error": {
        "code": "QuotaExceeded", "message": "Too many things.", "target": "things",
        "details": [{"code": "Cores", "message": "No cores left."}]}}))
}

/// A link to a host that requests may not be sent to.
pub(crate) const FOREIGN: &str = "https://data.example/a";
