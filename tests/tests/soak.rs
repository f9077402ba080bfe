//! Runs two thousand long-running operations of every style on the fake, 64 at a time, while polls
//! fail at random. Each must end as the fake says, send no unnecessary requests, and leave no
//! memory allocated.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use arm_fake::{Fault, Pace, Recorded};
use arm_machinelearning::{MachineLearningClient, fake::Server, models::UnderlyingResourceAction};
use arm_runtime::{
    ArmClientOptions, ArmErrorExt, ClientOptions, Duration, MethodOptions, Poller, PollerOptions,
    PollingStopped, Result,
};
use arm_tests::random::Random;
use azure_core::http::{ExponentialRetryOptions, RetryOptions, UserAgentOptions};
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

const ROUNDS: usize = 4;
const OPERATIONS: usize = 500;
const AT_A_TIME: usize = 64;
/// Maximum number of polls of an operation, not counting the one that finds its end.
const MOST_POLLS: usize = 4;
const SUBSCRIPTION: &str = "11111111-1111-1111-1111-111111111111";
const ROOT: &str = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg\
    /providers/Microsoft.MachineLearningServices";

/// How an operation is started and polled.
#[derive(Clone, Copy, Debug)]
enum Style {
    /// PUT, 202 with `Location`.
    Workspace,
    /// PUT, 201 with a status monitor.
    Endpoint,
    /// PUT, 200, polled by the resource's state.
    Replace,
    /// PUT, 201 with a status monitor that may contain the result.
    Registry,
    /// PATCH, 202 with `Location`.
    Update,
    /// DELETE, 202 with `Location`.
    Delete,
    /// DELETE, 202 with a status monitor and `Location`.
    DeleteCompute,
    /// POST without a result.
    Regenerate,
    /// POST with a result.
    Diagnose,
}

const STYLES: [Style; 9] = [
    Style::Workspace,
    Style::Endpoint,
    Style::Replace,
    Style::Registry,
    Style::Update,
    Style::Delete,
    Style::DeleteCompute,
    Style::Regenerate,
    Style::Diagnose,
];

impl Style {
    /// Returns the path of the resource that an operation changes.
    fn path(self, name: &str) -> String {
        match self {
            Self::Workspace | Self::Diagnose => format!("{ROOT}/workspaces/{name}"),
            Self::Registry => format!("{ROOT}/registries/{name}"),
            Self::DeleteCompute => format!("{ROOT}/workspaces/wks/computes/{name}"),
            _ => format!("{ROOT}/workspaces/wks/onlineEndpoints/{name}"),
        }
    }

    /// Returns the resource that must exist before.
    fn seed(self) -> Option<Value> {
        match self {
            Self::Workspace | Self::Endpoint | Self::Registry => None,
            Self::Diagnose => Some(json!({"location": "l", "properties": {}})),
            Self::DeleteCompute => Some(json!({"properties": {"computeType": "AmlCompute"}})),
            _ => Some(endpoint()),
        }
    }

    fn deletes(self) -> bool {
        matches!(self, Self::Delete | Self::DeleteCompute)
    }
}

/// One operation of the round.
#[derive(Clone, Debug)]
struct Plan {
    name: String,
    style: Style,
    /// Whether the operation fails.
    fails: bool,
    /// The number of steps after which its process ends and another one resumes it.
    patience: usize,
}

fn endpoint() -> Value {
    json!({"location": "l", "properties": {"authMode": "Key"}})
}

/// Random numbers that all operations share.
#[derive(Clone)]
struct Dice(Arc<Mutex<Random>>);

impl Dice {
    fn new(seed: &str) -> Self {
        Self(Arc::new(Mutex::new(Random::new(seed))))
    }

    fn below(&self, limit: usize) -> usize {
        self.0.lock().unwrap().below(limit)
    }
}

/// Returns which operation a request belongs to: each has its own client, which sends its name.
fn operation_of(request: &Recorded) -> &str {
    let agent = request.header("user-agent").unwrap_or_default();
    agent.split(' ').next().unwrap_or_default()
}

/// Returns a server whose polls fail with a probability of one in four, and sometimes five times in
/// a row.
fn server(plans: &[Plan], dice: &Dice) -> Server {
    let server = Server::new();
    let seed = |path: &str, body: Value| server.seed(path, body).unwrap();
    let workspace = json!({"location": "l", "properties": {}});
    seed(&format!("{ROOT}/workspaces/wks"), workspace);
    for plan in plans {
        if let Some(body) = plan.style.seed() {
            seed(&plan.style.path(&plan.name), body);
        }
        if plan.fails {
            let name = plan.name.clone();
            let fault = Fault::operation(&format!("Code-{name}"), "it was told to");
            server.inject(fault.when(move |request| operation_of(request) == name));
        }
    }
    let faults = [
        Fault::status(503),
        Fault::status(500),
        Fault::status(408),
        Fault::throttle(Duration::ZERO),
        Fault::disconnect(),
        Fault::unreachable(),
    ];
    for fault in faults {
        let dice = dice.clone();
        let happens = move |request: &Recorded| request.method() == "GET" && dice.below(24) == 0;
        server.inject(fault.always().when(happens));
    }
    let dice = dice.clone();
    let busy = move |request: &Recorded| request.method() != "GET" && dice.below(8) == 0;
    server.inject(Fault::throttle(Duration::ZERO).always().when(busy));
    server.inject(storms());
    server
}

/// Makes every tenth operation fail five times in a row at its first poll.
fn storms() -> Fault {
    let met: Mutex<BTreeMap<String, usize>> = Mutex::default();
    Fault::status(502).always().when(move |request| {
        let name = operation_of(request);
        if request.method() != "GET" || !name.ends_with('0') {
            return false;
        }
        let mut met = met.lock().unwrap();
        let times = met.entry(name.to_owned()).or_default();
        *times += 1;
        *times <= 5
    })
}

fn client(server: &Server, plan: &Plan) -> Result<MachineLearningClient> {
    let retry = ExponentialRetryOptions {
        initial_delay: Duration::MILLISECOND,
        max_retries: 50,
        ..ExponentialRetryOptions::default()
    };
    let options = ArmClientOptions {
        client_options: ClientOptions {
            retry: RetryOptions::exponential(retry),
            user_agent: UserAgentOptions {
                application_id: Some(plan.name.clone()),
            },
            ..ClientOptions::default()
        },
        ..ArmClientOptions::default()
    };
    server.client_with(SUBSCRIPTION, options)
}

fn quick() -> PollerOptions<'static> {
    PollerOptions::default().with_frequency(Duration::MILLISECOND)
}

fn begin() -> Option<MethodOptions<PollerOptions<'static>>> {
    Some(MethodOptions {
        method_options: quick(),
    })
}

/// Polls an operation to its end, in as many processes as it needs.
async fn follow<T, F>(
    plan: &Plan,
    poller: Result<Poller<T, F>>,
    resume: impl Fn(&str) -> Result<Poller<T, F>>,
) -> Result<Followed> {
    let mut poller = poller?;
    let mut stops = 0;
    loop {
        match follow_once(plan, poller).await {
            Ended::At(result) => return Ok(Followed { result, stops }),
            Ended::Left(token) => poller = resume(&token)?,
            Ended::Stopped(token) => {
                stops += 1;
                poller = resume(&token)?;
            }
        }
    }
}

/// How an operation was polled to its end.
struct Followed {
    result: Result<()>,
    /// How often polling stopped because of failures in a row.
    stops: usize,
}

/// How a process ended.
enum Ended {
    At(Result<()>),
    /// As planned, with the token of an operation that is still running.
    Left(String),
    /// Because polling stopped.
    Stopped(String),
}

async fn follow_once<T, F>(plan: &Plan, mut poller: Poller<T, F>) -> Ended {
    let mut steps = 0;
    let result = loop {
        match poller.next().await {
            Some(Ok(_)) => {
                steps += 1;
                if steps == plan.patience
                    && let Some(token) = poller.continuation_token()
                {
                    return Ended::Left(token.to_owned());
                }
            }
            Some(Err(error)) => break Err(error),
            None => break poller.await.map(drop),
        }
    };
    let token = result.as_ref().err().and_then(|error| {
        let stopped = PollingStopped::of(error)?;
        stopped.continuation_token().map(str::to_owned)
    });
    token.map_or(Ended::At(result), Ended::Stopped)
}

async fn run(server: &Server, plan: &Plan) -> Result<Followed> {
    let client = client(server, plan)?;
    let name = plan.name.as_str();
    let workspace = client.workspace("rg", "wks")?;
    let (workspaces, registries) = (client.workspaces(), client.registries());
    let (endpoints, computes) = (workspace.online_endpoints(), workspace.computes());
    let plain = json!({"location": "l", "properties": {}});
    match plan.style {
        Style::Workspace => {
            let poller = workspaces.begin_create_or_update("rg", name, plain, begin());
            let resume = |token: &str| workspaces.resume_create_or_update(token, Some(quick()));
            follow(plan, poller, resume).await
        }
        Style::Endpoint | Style::Replace => {
            let poller = endpoints.begin_create_or_update(name, endpoint(), begin());
            let resume = |token: &str| endpoints.resume_create_or_update(token, Some(quick()));
            follow(plan, poller, resume).await
        }
        Style::Registry => {
            let poller = registries.begin_create_or_update("rg", name, plain, begin());
            let resume = |token: &str| registries.resume_create_or_update(token, Some(quick()));
            follow(plan, poller, resume).await
        }
        Style::Update => {
            let patch = json!({"tags": {"patched": "yes"}});
            let poller = endpoints.begin_update(name, patch, begin());
            let resume = |token: &str| endpoints.resume_update(token, Some(quick()));
            follow(plan, poller, resume).await
        }
        Style::Delete => {
            let poller = endpoints.begin_delete(name, begin());
            let resume = |token: &str| endpoints.resume_delete(token, Some(quick()));
            follow(plan, poller, resume).await
        }
        Style::DeleteCompute => {
            let action = UnderlyingResourceAction::Delete;
            let poller = computes.begin_delete(name, action, begin());
            let resume = |token: &str| computes.resume_delete(token, Some(quick()));
            follow(plan, poller, resume).await
        }
        Style::Regenerate => {
            let body = json!({"keyType": "Primary"});
            let poller = endpoints.begin_regenerate_keys(name, body, begin());
            let resume = |token: &str| endpoints.resume_regenerate_keys(token, Some(quick()));
            follow(plan, poller, resume).await
        }
        Style::Diagnose => {
            let options = arm_machinelearning::operations::WorkspacesClientBeginDiagnoseOptions {
                body: None,
                method_options: quick(),
            };
            let poller = workspaces.begin_diagnose("rg", name, Some(options));
            let resume = |token: &str| workspaces.resume_diagnose(token, Some(quick()));
            follow(plan, poller, resume).await
        }
    }
}

/// Returns what is wrong with the end of an operation.
fn ended_wrongly(server: &Server, plan: &Plan, followed: &Followed) -> Option<String> {
    // A resource that reports failure by its state does not contain the reason.
    let code = match plan.style {
        Style::Replace => "Failed".to_owned(),
        _ => format!("Code-{}", plan.name),
    };
    let ended = match &followed.result {
        Ok(()) if !plan.fails => None,
        Err(error) if plan.fails && error.arm().and_then(|arm| arm.code()) == Some(&*code) => None,
        Ok(()) => Some(format!("{plan:?} has succeeded")),
        Err(error) => Some(format!("{plan:?} ended with: {error}")),
    };
    let is_there = server.resource_ids().contains(&plan.style.path(&plan.name));
    let should_be = !plan.style.deletes() || plan.fails;
    let state = (is_there != should_be).then(|| format!("{plan:?}: is it there? {is_there}"));
    ended.or(state)
}

/// Returns whether the service served the request, without a transient failure.
fn is_served(request: &Recorded) -> bool {
    let passes = |status: u16| status == 408 || status == 429 || status >= 500;
    request.status().is_some_and(|status| !passes(status))
}

/// Returns what is wrong with the requests of an operation. Each that did not fail must be the one
/// that starts it, one of the polls that the fake asked for, the one that finds the end, or one for
/// the result. If the result could not be read, the end is polled once more.
fn asked_wrongly(plan: &Plan, stops: usize, requests: &[&Recorded]) -> Option<String> {
    let served: Vec<_> = requests
        .iter()
        .filter(|request| is_served(request))
        .collect();
    let begun = served.iter().filter(|one| one.method() != "GET").count();
    let asked = served.len() - begun;
    let most = MOST_POLLS + 2 + stops;
    (begun != 1 || asked > most).then(|| {
        let lines: Vec<_> = requests
            .iter()
            .map(|one| format!("{} {:?}", one.line(), one.status()))
            .collect();
        format!("{plan:?} began {begun} times and asked {asked} times: {lines:#?}")
    })
}

async fn round(number: usize) {
    let dice = Dice::new(&format!("round {number}"));
    let plans: Vec<Plan> = (0..OPERATIONS)
        .map(|index| Plan {
            name: format!("op{index}"),
            style: STYLES[dice.below(STYLES.len())],
            fails: dice.below(5) == 0,
            patience: dice.below(6),
        })
        .collect();
    let server = server(&plans, &dice);
    let results: Vec<Result<Followed>> = stream::iter(&plans)
        .map(|plan| {
            let polls = dice.below(MOST_POLLS + 1);
            server.set_pace(Pace::Polls(u32::try_from(polls).unwrap()));
            run(&server, plan)
        })
        .buffered(AT_A_TIME)
        .collect()
        .await;
    server.clear_faults();
    let log = server.requests();
    let mut by_operation: BTreeMap<&str, Vec<&Recorded>> = BTreeMap::new();
    for request in &log {
        let own = by_operation.entry(operation_of(request)).or_default();
        own.push(request);
    }
    let (mut problems, mut stops, mut failed) = (Vec::new(), 0, 0);
    for (plan, followed) in plans.iter().zip(&results) {
        let followed = followed.as_ref().unwrap();
        stops += followed.stops;
        failed += usize::from(followed.result.is_err());
        problems.extend(ended_wrongly(&server, plan, followed));
        let requests = by_operation.get(plan.name.as_str());
        let requests = requests.map(Vec::as_slice).unwrap_or_default();
        problems.extend(asked_wrongly(plan, followed.stops, requests));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert_eq!(by_operation.len(), OPERATIONS);
    let passing = log.iter().filter(|request| !is_served(request)).count();
    println!(
        "round {number}: {} requests, {passing} of them in vain; polling stopped {stops} times; \
         {failed} operations failed",
        log.len()
    );
    assert!(stops > 0 && failed > 0 && passing > OPERATIONS / 2);
}

#[test]
fn operations_end_as_the_service_says_and_leak_no_memory() {
    // The clock is paused, so that waits take no time.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let mut peaks = Vec::new();
    for number in 0..ROUNDS {
        let memory = allocation_counter::measure(|| runtime.block_on(round(number)));
        println!("left behind: {} bytes", memory.bytes_current);
        // The first round fills caches, such as that of the patterns.
        if number > 0 {
            assert!(memory.bytes_current < 64 * 1024, "{memory:?}");
            peaks.push(memory.bytes_max);
        }
    }
    let (least, most) = (peaks.iter().min().unwrap(), peaks.iter().max().unwrap());
    assert!(most * 4 < least * 5, "memory grows: {peaks:?}");
}
