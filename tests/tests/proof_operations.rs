//! Proves every operation with calls over HTTP: requests are as described, and answers are returned
//! as results.

use arm_machinelearning::MachineLearningClient;
use arm_runtime::{ArmClientOptions, ClientOptions, Result, reqwest_builder, transport};
use arm_tests::{
    calls::{Call, Outcome},
    description::{Description, NEWEST},
    generated::OPERATIONS,
    operations::Operation,
    report,
    requests::{Given, is_structure, own, problems},
    rules::text_problems,
    scenarios::{Scenario, outcome_problem, request_problems, scenarios},
    server::{Answer, Recorded, Server},
};
use azure_core::http::{RetryOptions, Transport};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A server and the transport of its clients.
struct Fixture {
    server: Server,
    transport: Transport,
}

impl Fixture {
    async fn new() -> Self {
        Self {
            server: Server::start().await.expect("a port is free"),
            transport: transport(reqwest_builder().build().expect("TLS can be set up")),
        }
    }

    fn client(&self, subscription: &str) -> Result<MachineLearningClient> {
        let options = ArmClientOptions {
            endpoint: Some(self.server.base().to_owned()),
            client_options: ClientOptions {
                retry: RetryOptions::none(),
                transport: Some(self.transport.clone()),
                ..ClientOptions::default()
            },
            min_poll_frequency: arm_runtime::Duration::ZERO,
            ..ArmClientOptions::default()
        };
        MachineLearningClient::without_credential(subscription, options)
    }

    /// Calls an operation; returns the outcome and the requests.
    async fn call(
        &self,
        operation: &Operation<'_>,
        call: Call,
        given: &Given,
        answers: Vec<Answer>,
    ) -> (Result<Outcome>, Vec<Recorded>) {
        self.server.script(answers);
        let sample = given.sample(operation);
        let subscription = given.values.get("subscriptionId");
        let subscription = subscription.map_or("unused", |text| text.as_str().expect("a text"));
        let outcome = match self.client(subscription) {
            Ok(client) => call(&client, &sample).await,
            Err(error) => Err(error),
        };
        (outcome, self.server.requests())
    }
}

fn operations(description: &Description) -> Vec<(Operation<'_>, Call)> {
    let calls: BTreeMap<&str, Call> = OPERATIONS.iter().copied().collect();
    let all = description.operations().into_iter();
    all.map(|operation| {
        let call = calls.get(operation.id);
        let call = *call.unwrap_or_else(|| panic!("{} has no method", operation.id));
        (operation, call)
    })
    .collect()
}

#[test]
fn the_table_has_each_operation_once() {
    let operations = NEWEST.operations();
    let described: BTreeSet<&str> = operations.iter().map(|one| one.id).collect();
    let table: Vec<&str> = OPERATIONS.iter().map(|(id, _)| *id).collect();
    assert_eq!(table.len(), described.len());
    assert_eq!(table.into_iter().collect::<BTreeSet<_>>(), described);
}

#[tokio::test]
async fn requests_and_answers_are_as_described() {
    let fixture = Fixture::new().await;
    let mut found = Vec::new();
    let mut played = 0;
    let operations = operations(&NEWEST);
    for (operation, call) in &operations {
        for scenario in scenarios(&NEWEST, operation, operation.id) {
            for all in [false, true] {
                played += 1;
                let wrong = play(&fixture, operation, *call, &scenario, all).await;
                let name = format!("{}, {}, {all}", operation.id, scenario.name);
                found.extend(
                    wrong
                        .into_iter()
                        .map(|problem| format!("{name}: {problem}")),
                );
            }
        }
    }
    report::none("problems", &found);
    println!(
        "{} operations proven by {played} scenarios",
        operations.len()
    );
}

async fn play(
    fixture: &Fixture,
    operation: &Operation<'_>,
    call: Call,
    scenario: &Scenario,
    all: bool,
) -> Vec<String> {
    let seed = format!("{} {}", operation.id, scenario.name);
    let given = Given::random(&NEWEST, operation, &seed, all);
    let answers = scenario.answers.clone();
    let (outcome, requests) = fixture.call(operation, call, &given, answers).await;
    let mut wrong = Vec::new();
    if let Some(first) = requests.first() {
        wrong.extend(problems(&NEWEST, operation, &given, first));
    }
    wrong.extend(request_problems(&NEWEST, scenario, &requests));
    wrong.extend(outcome_problem(&NEWEST, &scenario.expected, &outcome));
    wrong
}

/// Names that could change a path.
const DANGEROUS: [&str; 14] = [
    "",
    ".",
    "..",
    "/",
    "../..",
    "a/../b",
    "a?b=c",
    "a#b",
    "%2e%2e",
    "a%2Fb",
    "a b",
    "ä\u{0}\n",
    "a;b&c+d",
    "{id}",
];

#[tokio::test]
async fn names_never_change_the_path() {
    let fixture = Fixture::new().await;
    let (mut found, mut sent, mut refused) = (Vec::new(), 0, 0);
    for (operation, call) in operations(&NEWEST) {
        let given = Given::random(&NEWEST, &operation, operation.id, false);
        for parameter in own(&operation).filter(|own| own.place == "path") {
            for name in DANGEROUS {
                let mut given = given.clone();
                given.values.insert(parameter.name.to_owned(), json!(name));
                let allowed =
                    !is_structure(name) && text_problems(parameter.schema, name).is_empty();
                let answers = vec![Answer::new(409)];
                let (outcome, requests) = fixture.call(&operation, call, &given, answers).await;
                let wrong = match (allowed, requests.as_slice()) {
                    (true, [request]) => {
                        sent += 1;
                        problems(&NEWEST, &operation, &given, request)
                    }
                    (false, []) if outcome.is_err() => {
                        refused += 1;
                        Vec::new()
                    }
                    _ => vec![format!("{outcome:?} after {} requests", requests.len())],
                };
                let what = format!("{} with {name:?} for {}", operation.id, parameter.name);
                found.extend(
                    wrong
                        .into_iter()
                        .map(|problem| format!("{what}: {problem}")),
                );
            }
        }
    }
    report::none("problems", &found);
    println!("{sent} dangerous names sent safely, {refused} refused");
}

#[tokio::test]
async fn requests_that_break_a_rule_are_not_sent() {
    let fixture = Fixture::new().await;
    let (mut found, mut refused) = (Vec::new(), 0);
    for (operation, call) in operations(&NEWEST) {
        for (what, given) in broken(&operation) {
            let (outcome, requests) = fixture.call(&operation, call, &given, Vec::new()).await;
            refused += 1;
            if outcome.is_ok() || !requests.is_empty() {
                found.push(format!("{} is sent with {what}", operation.id));
            }
        }
    }
    report::none("problems", &found);
    println!("{refused} calls that break a rule refused");
}

/// Returns arguments that break one rule each.
fn broken(operation: &Operation<'_>) -> Vec<(String, Given)> {
    let given = Given::random(&NEWEST, operation, operation.id, true);
    let mut all = Vec::new();
    for parameter in own(operation) {
        for text in ["", "!", "-", "ß", &"a".repeat(300)] {
            if text_problems(parameter.schema, text).is_empty() {
                continue;
            }
            let mut given = given.clone();
            given.values.insert(parameter.name.to_owned(), json!(text));
            all.push((format!("{text:?} for {}", parameter.name), given));
        }
    }
    if let Some((schema, _)) = operation.body {
        let empty = json!({});
        let problems = arm_tests::rules::problems(&NEWEST, schema, &empty);
        if problems
            .iter()
            .any(|problem| problem.contains("is required"))
        {
            let mut given = given.clone();
            given.body = Some(empty);
            all.push(("an empty body".to_owned(), given));
        }
    }
    all
}
