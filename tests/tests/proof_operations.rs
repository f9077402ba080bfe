//! Proves every operation with calls over HTTP: requests are as described, and responses are
//! returned as results.

use arm_machinelearning::MachineLearningClient;
use arm_runtime::{ArmClientOptions, ClientOptions, Result, reqwest_builder, transport};
use arm_tests::{
    calls::{Call, Outcome},
    description::{Description, NEWEST, PREVIEW, newest},
    generated::OPERATIONS,
    operations::Operation,
    report,
    requests::{Given, is_structure, own, problems},
    rules::text_problems,
    scenarios::{Scenario, outcome_problem, request_problems, scenarios},
    server::{Recorded, Server, StubResponse},
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

    fn client(&self, subscription: &str, version: Option<&str>) -> Result<MachineLearningClient> {
        let options = ArmClientOptions {
            api_version: version.map(str::to_owned),
            // All that a document has is looked for in the request.
            send_read_only: true,
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
        responses: Vec<StubResponse>,
    ) -> (Result<Outcome>, Vec<Recorded>) {
        let version = operation.description.chosen;
        self.call_with(operation, call, given, responses, version)
            .await
    }

    /// Calls an operation with a client whose options name this API version.
    async fn call_with(
        &self,
        operation: &Operation<'_>,
        call: Call,
        given: &Given,
        responses: Vec<StubResponse>,
        version: Option<&str>,
    ) -> (Result<Outcome>, Vec<Recorded>) {
        self.server.script(responses);
        let sample = given.sample(operation);
        let subscription = given.values.get("subscriptionId");
        let subscription = subscription.map_or("unused", |text| text.as_str().expect("a text"));
        let outcome = match self.client(subscription, version) {
            Ok(client) => call(&client, &sample).await,
            Err(error) => Err(error),
        };
        (outcome, self.server.requests())
    }
}

/// The operations of some descriptions, with their calls.
fn operations(
    descriptions: impl IntoIterator<Item = &'static Description>,
) -> Vec<(Operation<'static>, Call)> {
    let calls: BTreeMap<&str, Call> = OPERATIONS.iter().copied().collect();
    let all = descriptions.into_iter().flat_map(Description::operations);
    all.map(|operation| {
        let call = calls.get(operation.id);
        let call = *call.unwrap_or_else(|| panic!("{} has no method", operation.id));
        (operation, call)
    })
    .collect()
}

#[test]
fn the_table_has_each_operation_once() {
    let operations = newest().map(Description::operations);
    let operations: Vec<_> = operations.into_iter().flatten().collect();
    let described: BTreeSet<&str> = operations.iter().map(|one| one.id).collect();
    let table: Vec<&str> = OPERATIONS.iter().map(|(id, _)| *id).collect();
    assert_eq!(table.len(), described.len());
    assert_eq!(table.into_iter().collect::<BTreeSet<_>>(), described);
}

#[tokio::test]
async fn requests_and_responses_are_as_described() {
    let fixture = Fixture::new().await;
    let mut found = Vec::new();
    let mut played = 0;
    let operations = operations(newest());
    for (operation, call) in &operations {
        for scenario in scenarios(operation.description, operation, operation.id) {
            for all in [false, true] {
                played += 1;
                let wrong = play(&fixture, operation, *call, &scenario, all).await;
                let name = named(operation, &format!("{}, {all}", scenario.name));
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

/// An operation and its description, for messages.
fn named(operation: &Operation<'_>, what: &str) -> String {
    let version = operation.description.version;
    format!("{} of {version}, {what}", operation.id)
}

async fn play(
    fixture: &Fixture,
    operation: &Operation<'_>,
    call: Call,
    scenario: &Scenario,
    all: bool,
) -> Vec<String> {
    let seed = format!("{} {}", operation.id, scenario.name);
    let given = Given::random(operation.description, operation, &seed, all);
    let responses = scenario.responses.clone();
    let (outcome, requests) = fixture.call(operation, call, &given, responses).await;
    let mut wrong = Vec::new();
    if let Some(first) = requests.first() {
        wrong.extend(problems(operation.description, operation, &given, first));
    }
    wrong.extend(request_problems(operation.description, scenario, &requests));
    wrong.extend(outcome_problem(
        operation.description,
        &scenario.expected,
        &outcome,
    ));
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
    for (operation, call) in operations(newest()) {
        let given = Given::random(operation.description, &operation, operation.id, false);
        for parameter in own(&operation).filter(|own| own.place == "path") {
            for name in DANGEROUS {
                let mut given = given.clone();
                given.values.insert(parameter.name.to_owned(), json!(name));
                let allowed =
                    !is_structure(name) && text_problems(parameter.schema, name).is_empty();
                let responses = vec![StubResponse::new(409)];
                let (outcome, requests) = fixture.call(&operation, call, &given, responses).await;
                let wrong = match (allowed, requests.as_slice()) {
                    (true, [request]) => {
                        sent += 1;
                        problems(operation.description, &operation, &given, request)
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
    for (operation, call) in operations(newest()) {
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

/// What only previews have is asked for with a preview, and not at all with a stable version.
#[tokio::test]
async fn operations_in_preview_have_versions_of_their_own() {
    let fixture = Fixture::new().await;
    let stable = NEWEST.operations();
    let is_stable = |id: &str| stable.iter().any(|one| one.id == id);
    let (mut found, mut tried) = (Vec::new(), 0);
    for (operation, call) in operations([&*PREVIEW]) {
        if is_stable(operation.id) {
            continue;
        }
        tried += 1;
        let given = Given::random(&PREVIEW, &operation, operation.id, false);
        let responses = vec![StubResponse::new(409)];
        let sent = fixture.call_with(&operation, call, &given, responses, None);
        let (_, requests) = sent.await;
        let version = format!("api-version={}", PREVIEW.version);
        if !requests.iter().any(|one| one.target.contains(&version)) {
            found.push(format!("{} is sent as {requests:?}", operation.id));
        }
        for version in [NEWEST.version, "2025-09-01", "2026-05-01"] {
            let sent = fixture.call_with(&operation, call, &given, Vec::new(), Some(version));
            let (outcome, requests) = sent.await;
            let told = |error: &arm_runtime::Error| {
                let text = error.to_string();
                let named = [operation.id, version, "2026-03-15-preview", PREVIEW.version];
                named.into_iter().all(|name| text.contains(name))
            };
            if !requests.is_empty() || !outcome.as_ref().is_err_and(told) {
                found.push(format!("{} with {version}: {outcome:?}", operation.id));
            }
        }
    }
    report::none("problems", &found);
    println!("{tried} operations in preview");
}

/// Arguments with one rule broken.
fn broken(operation: &Operation<'_>) -> Vec<(String, Given)> {
    let given = Given::random(operation.description, operation, operation.id, true);
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
        let problems = arm_tests::rules::problems(operation.description, schema, &empty);
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
