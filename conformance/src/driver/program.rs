//! A program that executes a plan: it reads one case from each line and prints one observation for
//! it.

use super::{Arguments, Call, Location, Outcome, Parameter, server::Server};
use crate::plan::{Case, ENDPOINT, Observation, Returned};
use arm_runtime::{ArmClientOptions, Bytes, Result};
use serde_json::Value;
use std::{error::Error, fs, io::Write as _, time::Duration};
use tokio::{runtime::Builder, time::timeout};

/// The reason why the program ended before the end of its plan.
pub type Failure = Box<dyn Error>;

/// Time limit of a call; one that takes longer has failed.
const LIMIT: Duration = Duration::from_secs(10);

/// The subscription of clients for operations outside of any subscription.
const NO_SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";

/// Executes the plan in the file that the first argument of the program names. Each case gets its
/// own client, which `client` creates from a subscription and options, and its responses come from
/// a server in this process.
///
/// # Errors
///
/// If the plan cannot be read, or the server cannot be started.
pub fn run<C>(
    operations: &[(&str, Call<C>)],
    client: impl Fn(&str, ArmClientOptions) -> Result<C>,
) -> std::result::Result<(), Failure> {
    let path = std::env::args_os().nth(1).ok_or("usage: PROGRAM PLAN")?;
    let plan = fs::read_to_string(path)?;
    let server = Server::start()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut out = std::io::stdout().lock();
    for line in plan.lines() {
        let case: Case = serde_json::from_str(line)?;
        server.script(case.responses.clone());
        let result = runtime.block_on(call(operations, &client, &case, server.endpoint()));
        let observation = Observation {
            request: server.take_request(),
            result,
        };
        let line = serde_json::to_string(&observation)?;
        writeln!(out, "{}", line.replace(server.endpoint(), ENDPOINT))?;
        out.flush()?;
    }
    Ok(())
}

async fn call<C>(
    operations: &[(&str, Call<C>)],
    client: &impl Fn(&str, ArmClientOptions) -> Result<C>,
    case: &Case,
    endpoint: &str,
) -> Returned {
    let own = operations.iter().find(|(id, _)| *id == case.operation);
    let Some((_, call)) = own else {
        return Returned::Error("the client has no such operation".to_owned());
    };
    let options = ArmClientOptions {
        endpoint: Some(endpoint.to_owned()),
        min_poll_frequency: arm_runtime::Duration::ZERO,
        // Examples have them, and all that an example has is looked for in the request.
        send_read_only: true,
        ..ArmClientOptions::default()
    };
    let subscription = case.subscription.as_deref().unwrap_or(NO_SUBSCRIPTION);
    let result = match client(subscription, options) {
        Ok(client) => timeout(LIMIT, call(&client, case)).await,
        Err(error) => Ok(Err(error)),
    };
    match result {
        Ok(Ok(outcome)) => returned(outcome),
        Ok(Err(error)) => Returned::Error(causes(&error)),
        Err(_) => Returned::Error(format!("did not end in {} seconds", LIMIT.as_secs())),
    }
}

fn returned(outcome: Outcome) -> Returned {
    match outcome {
        Outcome::Model(model) => Returned::Model(model),
        Outcome::Empty => Returned::Nothing,
        Outcome::Exists(exists) => Returned::Exists(exists),
        Outcome::Bytes(bytes) => Returned::Text(String::from_utf8_lossy(&bytes).into_owned()),
        Outcome::Pages(pages) => Returned::Pages(pages.into_iter().map(|(page, _)| page).collect()),
    }
}

/// Formats an error and its causes; a cause that the message already contains is left out.
fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        next = error.source();
    }
    text
}

impl Arguments for Case {
    fn get(&self, parameter: Parameter) -> Option<&Value> {
        let value = match parameter.location {
            Location::Path(index) => self.path.get(index),
            Location::Query(name) => self.query.get(name),
            // Examples of forms are not tried field by field.
            Location::Form(_) => None,
            Location::Header(name) => self.header.get(name),
        };
        value.filter(|value| !value.is_null())
    }

    fn document(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    fn bytes(&self) -> Option<Bytes> {
        let body = self.body.as_ref()?;
        Some(match body {
            Value::String(text) => Bytes::from(text.clone()),
            other => Bytes::from(other.to_string()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn case() -> Case {
        Case {
            path: vec![json!("first"), Value::Null],
            query: [("$top".to_owned(), json!(3))].into(),
            header: [("If-Match".to_owned(), json!("*"))].into(),
            body: Some(json!({ "a": 1 })),
            ..Case::default()
        }
    }

    #[test]
    fn arguments_are_read_from_their_locations() {
        let case = case();
        let arguments: &dyn Arguments = &case;
        assert_eq!(arguments.text(Parameter::path(0, "name")).unwrap(), "first");
        let missing = arguments.text(Parameter::path(1, "other")).unwrap_err();
        assert_eq!(missing.to_string(), "no text for other");
        let top: i32 = arguments.value(Parameter::query("$top", "top")).unwrap();
        assert_eq!(top, 3);
        let skip: Option<i32> = arguments
            .optional(Parameter::query("$skip", "skip"))
            .unwrap();
        assert_eq!(skip, None);
        let header = Parameter::header("If-Match", "if_match");
        assert!(arguments.value::<i32>(header).is_err());
        assert_eq!(arguments.text(header).unwrap(), "*");
        assert_eq!(arguments.raw_body().unwrap(), "{\"a\":1}");
    }

    #[tokio::test]
    async fn cases_without_an_operation_or_an_end() {
        async fn never() -> Result<Outcome> {
            std::future::pending().await
        }
        tokio::time::pause();
        let operations: [(&str, Call<()>); 1] = [("A_Wait", |(), _| Box::pin(never()))];
        let mut case = case();
        let client = |_: &str, _| Ok(());
        for (id, expected) in [
            ("A_Get", "the client has no such operation"),
            ("A_Wait", "did not end in 10 seconds"),
        ] {
            case.operation = id.to_owned();
            let result = call(&operations, &client, &case, "http://localhost").await;
            assert_eq!(result, Returned::Error(expected.to_owned()));
        }
    }
}
