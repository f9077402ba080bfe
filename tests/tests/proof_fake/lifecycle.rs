//! Calls every operation before and after the resources that it needs exist.

use crate::fixture::{Fixture, PAGE, POLLS};
use arm_fake::Fault;
use arm_runtime::{ArmErrorExt, Duration, Result};
use arm_tests::{
    calls::{Call, Outcome},
    compare::difference_by,
    description::Description,
    documents::{Maker, SECRET_MARK, Style},
    expected_after_put::{expected_after_put, merge_patched, without_empty_objects},
    invalid_requests::invalid_requests,
    operations::{Operation, Parameter},
    recording_proxy::Exchange,
    requests::{Given, is_structure, own, problems},
    resources::{Resources, placeholders},
    rules::{response_problems, stored_problems, text_problems},
    server::Recorded,
    shape::Shape,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const SUBSCRIPTION: &str = "11111111-1111-1111-1111-111111111111";

/// Number of resources in a list.
const ITEMS: usize = 3;

/// Number of invalid bodies that are sent to an operation.
const INVALID_BODIES: usize = 8;

/// Number of patches that are tried.
const PATCHES: usize = 4;

/// How many resources are tried until one is of a kind that has secrets.
const KINDS: usize = 30;

/// How often an existing resource is replaced.
const REPLACED: usize = 3;

/// Numbers of calls and requests.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) calls: usize,
    pub(crate) requests: usize,
    pub(crate) followed: usize,
    pub(crate) documents: usize,
    pub(crate) missing: usize,
    pub(crate) refused: usize,
    pub(crate) faults: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        self.calls += other.calls;
        self.requests += other.requests;
        self.followed += other.followed;
        self.documents += other.documents;
        self.missing += other.missing;
        self.refused += other.refused;
        self.faults += other.faults;
    }
}

/// The operations of the description, and the calls for them.
pub(crate) struct Table {
    pub(crate) operations: Vec<Operation<'static>>,
    pub(crate) calls: BTreeMap<&'static str, Call>,
}

type Op<'s> = &'s Operation<'static>;

pub(crate) struct Lifecycle<'s> {
    table: &'s Table,
    fixture: Fixture,
    seed: String,
    /// Whether all parameters are passed, or only the required ones.
    all: bool,
    /// Texts for the placeholders of paths, by the indexes of their segments.
    names: BTreeMap<usize, String>,
    pub(crate) counts: Counts,
    pub(crate) found: Vec<String>,
}

impl<'s> Lifecycle<'s> {
    pub(crate) fn new(table: &'s Table, fixture: Fixture, seed: String, all: bool) -> Self {
        Self {
            table,
            fixture,
            seed,
            all,
            names: BTreeMap::new(),
            counts: Counts::default(),
            found: Vec::new(),
        }
    }

    /// Calls an operation before and after everything that it needs exists.
    pub(crate) async fn run(&mut self, operation: Op<'s>) {
        let resources = Resources(&self.table.operations);
        let item = operation.pageable;
        let item = item.and_then(|_| resources.item_maker(operation));
        let mut makers = resources.makers(item.unwrap_or(operation).path);
        let chain: Vec<Op<'s>> = makers.iter().copied().chain([operation]).collect();
        self.names = names(&chain, &self.seed);
        if item.is_some() || operation.method == "PUT" {
            makers.pop();
        }
        let subject = makers.pop_if(|maker| is_made_by(operation, maker));

        self.unknown_version(operation).await;
        self.faults(operation).await;
        if !makers.is_empty() {
            self.missing(operation, "ParentResourceNotFound").await;
        }
        for maker in makers {
            self.make(maker, "parent").await;
        }
        if subject.is_some() && !self.fixture.creates_parent(operation) {
            self.missing(operation, "ResourceNotFound").await;
        }
        let acts = !operation.path.ends_with('}');
        match (operation.method.as_str(), subject, item) {
            ("PUT", ..) => self.put(operation).await,
            ("GET", Some(maker), _) if !acts => self.get(operation, maker).await,
            ("PATCH", Some(maker), _) => self.patch(operation, maker).await,
            ("DELETE", Some(maker), _) => self.delete(operation, maker).await,
            ("GET", None, Some(maker)) => self.list(operation, maker).await,
            (_, maker, _) => self.act(operation, maker).await,
        }
        self.fails_midway(operation, subject).await;
    }

    /// Calls an operation while the service fails; later calls show that it had no effect.
    async fn faults(&mut self, operation: Op<'s>) {
        self.inject(Fault::error(409, "Conflict", "as the proof wants it"));
        self.fail(operation, 409, "Conflict").await;
        self.inject(Fault::throttle(Duration::ZERO));
        self.fail(operation, 429, "TooManyRequests").await;
        self.inject(Fault::disconnect());
        let given = self.given(operation, "cut");
        let (outcome, _) = self.send_call(operation, &given, None).await;
        let cut = outcome
            .as_ref()
            .is_err_and(|error| error.http_status().is_none());
        if !cut {
            self.wrong(operation, format!("not cut off, but {outcome:?}"));
        }
    }

    /// Starts a long-running operation that fails at its end.
    async fn fails_midway(&mut self, operation: Op<'s>, subject: Option<Op<'s>>) {
        if operation.long_running.is_none() {
            return;
        }
        if let Some(maker) = subject {
            self.make(maker, "last").await;
        }
        self.inject(Fault::operation("OutOfCapacity", "as the proof wants it"));
        let mut given = self.given(operation, "midway");
        if operation.method == "PATCH" {
            // A random one might not fit the existing resource.
            given.body = Some(json!({}));
        }
        let (mut outcome, _) = self.send_call(operation, &given, None).await;
        if is_conflict(&outcome) {
            // The fault must not apply to the deletion.
            self.fixture.clear_faults();
            self.remove(subject.unwrap_or(operation)).await;
            self.inject(Fault::operation("OutOfCapacity", "as the proof wants it"));
            (outcome, _) = self.send_call(operation, &given, None).await;
        }
        // A resource whose provisioning failed does not contain the reason.
        let told = |error: &arm_runtime::Error| {
            let code = error.arm().and_then(|arm| arm.code());
            matches!(code, Some("OutOfCapacity" | "Failed"))
        };
        if !outcome.as_ref().is_err_and(told) {
            self.wrong(operation, format!("did not fail midway, but {outcome:?}"));
        }
    }

    fn inject(&mut self, fault: Fault) {
        self.fixture.inject(fault);
        self.counts.faults += 1;
    }

    fn wrong(&mut self, operation: Op<'_>, problem: impl std::fmt::Display) {
        let version = operation.description.version;
        let what = format!("{} of {version} ({}): {problem}", operation.id, self.seed);
        self.found.push(what);
    }

    fn at(&self, method: &str, operation: Op<'_>) -> Option<Op<'s>> {
        Resources(&self.table.operations).at(method, operation.path)
    }

    /// Returns arguments for an operation.
    fn given(&self, operation: Op<'_>, about: &str) -> Given {
        let seed = format!("{} {} {about}", self.seed, operation.id);
        let mut given = Given::random(operation.description, operation, &seed, self.all);
        for (at, name) in placeholders(operation.path) {
            let text = self.names[&at].clone();
            given.values.insert(name.to_owned(), json!(text));
        }
        if let ("PUT", None, Some((schema, _))) =
            (operation.method.as_str(), &given.body, operation.body)
        {
            // The body may be optional, but the resource is not.
            given.body =
                Some(Maker::new(operation.description, &seed, Style::SPARSE).value(schema));
        }
        if let Some(body) = &mut given.body {
            self.fit(operation, body);
        }
        for name in ["$orderBy", "orderBy"] {
            let own = own(operation).find(|own| own.name == name);
            let is_text = |own: &Parameter| {
                matches!(operation.description.shape(own.schema), Shape::Text(..))
            };
            if let (Some(value), true) = (given.values.get_mut(name), own.is_some_and(is_text)) {
                // Filters that name other members are rejected.
                *value = json!("name");
            }
        }
        if operation.pageable.is_some() {
            // Continuation tokens come from the service, and the page size is fixed.
            given.values.remove("$skip");
            for parameter in own(operation) {
                let number = matches!(
                    operation.description.shape(parameter.schema),
                    Shape::Integer(..)
                );
                if let (true, Some(value)) = (number, given.values.get_mut(parameter.name)) {
                    *value = json!(PAGE);
                }
            }
        }
        given
    }

    /// Adjusts a body to rules that the description does not contain but Resource Manager and the
    /// service enforce: a location that does not change, and shares only for existing resources.
    fn fit(&self, operation: Op<'_>, body: &mut Value) {
        let Value::Object(members) = body else {
            return;
        };
        if let ("PUT", Some((schema, _))) = (operation.method.as_str(), operation.body)
            && let Shape::Object(object) = operation.description.shape(schema)
            && object
                .members
                .get("location")
                .is_some_and(|one| !one.read_only())
        {
            members.insert("location".to_owned(), json!("westeurope"));
        }
        for shares in self.fixture.shares() {
            let (parent, name) = shares.rsplit_once('.').unwrap_or(("", &shares));
            if let Some(Value::Object(members)) = members.get_mut(parent) {
                members.remove(name);
            }
        }
    }

    /// Calls an operation, of another API version than that of the description if one is given.
    async fn send_call(
        &self,
        operation: Op<'_>,
        given: &Given,
        version: Option<&str>,
    ) -> (Result<Outcome>, Vec<Exchange>) {
        let call = self.table.calls[operation.id];
        let version = version.or(operation.description.chosen);
        self.fixture.call(operation, call, given, version).await
    }

    /// Calls an operation; records what is wrong with the exchanges.
    async fn call(&mut self, operation: Op<'_>, given: &Given) -> (Result<Outcome>, Vec<Exchange>) {
        let (outcome, exchanges) = self.send_call(operation, given, None).await;
        self.counts.calls += 1;
        self.counts.requests += exchanges.len();
        match exchanges.split_first() {
            Some((first, others)) => {
                for problem in problems(operation.description, operation, given, &first.request) {
                    self.wrong(operation, problem);
                }
                self.follow(operation, others);
            }
            None => self.wrong(operation, "nothing was sent"),
        }
        (outcome, exchanges)
    }

    /// Checks the requests that follow the first one of an operation or a list.
    fn follow(&mut self, operation: Op<'_>, others: &[Exchange]) {
        self.counts.followed += others.len();
        for Exchange {
            request, status, ..
        } in others
        {
            let pairs = request.query().split('&');
            let versions = pairs
                .filter(|pair| pair.starts_with("api-version="))
                .count();
            let plain = request.method == "GET" && request.body.is_empty();
            if !plain || versions != 1 || !matches!(status, 200 | 202 | 204) {
                let line = format!("{} {}", request.method, request.target);
                self.wrong(operation, format!("the response to {line} was {status}"));
            }
        }
    }

    /// Calls an operation that must succeed; returns the outcome and the first request.
    async fn succeed(&mut self, operation: Op<'_>, given: &Given) -> Option<(Outcome, Recorded)> {
        let (outcome, exchanges) = self.call(operation, given).await;
        self.accepted(operation, outcome, &exchanges)
    }

    /// Checks the outcome of an operation that must succeed.
    fn accepted(
        &mut self,
        operation: Op<'_>,
        outcome: Result<Outcome>,
        exchanges: &[Exchange],
    ) -> Option<(Outcome, Recorded)> {
        let Some(first) = exchanges.first() else {
            self.wrong(operation, format!("nothing was sent: {outcome:?}"));
            return None;
        };
        for problem in first_response(operation, first) {
            self.wrong(operation, problem);
        }
        if operation.long_running.is_some() && first.has_more() && exchanges.len() <= POLLS + 1 {
            self.wrong(operation, format!("{} requests only", exchanges.len()));
        }
        let shown = exchanges
            .iter()
            .filter_map(|exchange| exchange.body.as_ref());
        let shows = |body: &Value| body.to_string().contains(SECRET_MARK);
        if operation.method != "POST" && shown.into_iter().any(shows) {
            self.wrong(operation, "shows a secret");
        }
        match outcome {
            Ok(outcome) => Some((outcome, first.request.clone())),
            Err(error) => {
                self.wrong(operation, format!("failed: {error}"));
                None
            }
        }
    }

    /// Calls an operation that must fail.
    async fn fail(&mut self, operation: Op<'_>, status: u16, code: &str) {
        let given = self.given(operation, "fails");
        let (outcome, _) = self.call(operation, &given).await;
        self.failed(operation, outcome, status, code);
    }

    fn failed(&mut self, operation: Op<'_>, outcome: Result<Outcome>, status: u16, code: &str) {
        let right = outcome.as_ref().is_err_and(|error| {
            let found = error.http_status().map(u16::from);
            found == Some(status) && error.arm().is_some_and(|arm| arm.code() == Some(code))
        });
        if !right {
            self.wrong(operation, format!("not {status} {code}, but {outcome:?}"));
        }
    }

    async fn unknown_version(&mut self, operation: Op<'_>) {
        let given = self.given(operation, "old");
        let (outcome, _) = self.send_call(operation, &given, Some("2001-01-01")).await;
        self.counts.refused += 1;
        self.failed(operation, outcome, 400, "NoRegisteredProviderFound");
    }

    /// Calls an operation whose resource does not exist; deleting it is no error.
    async fn missing(&mut self, operation: Op<'_>, code: &str) {
        self.counts.missing += 1;
        let gone = operation
            .responses
            .iter()
            .any(|response| response.status == 204);
        if operation.method == "DELETE" && code == "ResourceNotFound" && gone {
            let given = self.given(operation, "nothing");
            let (outcome, exchanges) = self.call(operation, &given).await;
            let status = exchanges.first().map(|first| first.status);
            if outcome.is_err() || status != Some(204) {
                self.wrong(operation, format!("of nothing: {status:?}, {outcome:?}"));
            }
        } else {
            self.fail(operation, 404, code).await;
        }
    }

    /// Puts a document; returns it and the request.
    async fn make(&mut self, maker: Op<'_>, about: &str) -> Option<(Value, Recorded)> {
        let given = self.given(maker, about);
        self.put_given(maker, &given).await
    }

    async fn put_given(&mut self, maker: Op<'_>, given: &Given) -> Option<(Value, Recorded)> {
        self.counts.documents += 1;
        let body = given.body.clone().unwrap_or_else(|| json!({}));
        let (mut outcome, mut exchanges) = self.call(maker, given).await;
        if is_conflict(&outcome) {
            // The existing resource does not allow the change, so it is deleted first.
            self.counts.refused += 1;
            self.remove(maker).await;
            (outcome, exchanges) = self.call(maker, given).await;
        }
        let (outcome, request) = self.accepted(maker, outcome, &exchanges)?;
        self.shows(maker, maker, &body, &outcome);
        Some((body, request))
    }

    /// Deletes what an operation has put.
    async fn remove(&mut self, maker: Op<'_>) {
        match self.at("DELETE", maker) {
            Some(delete) => {
                let given = self.given(delete, "room");
                let _ = self.succeed(delete, &given).await;
            }
            None => self.wrong(maker, "what it makes can neither be changed nor removed"),
        }
    }

    /// Checks that an outcome is a resource as it was put.
    fn shows(&mut self, operation: Op<'_>, maker: Op<'_>, put: &Value, outcome: &Outcome) {
        let (Outcome::Model(got), Some(schema)) = (outcome, operation.result()) else {
            return self.wrong(operation, format!("gave {outcome:?}"));
        };
        if let Some(problem) = lost(
            maker,
            &schema,
            put,
            got,
            &self.fixture.set_by_service(maker, put),
        ) {
            self.wrong(operation, problem);
        }
    }

    async fn reads(&mut self, maker: Op<'_>, put: &Value) {
        let Some(reader) = self.at("GET", maker) else {
            return;
        };
        let given = self.given(reader, "again");
        if let Some((outcome, _)) = self.succeed(reader, &given).await {
            self.shows(reader, maker, put, &outcome);
        }
    }

    async fn put(&mut self, operation: Op<'s>) {
        let mut last = None;
        for time in 0..REPLACED {
            let mut given = self.given(operation, &format!("time {time}"));
            if let (1.., Some((schema, _))) = (time, operation.body) {
                let style = if time == 1 { Style::FULL } else { Style::SOME };
                let seed = format!("{} {} {time}", self.seed, operation.id);
                let mut body = Maker::new(operation.description, &seed, style).value(schema);
                self.fit(operation, &mut body);
                given.body = Some(body);
            }
            last = self.put_given(operation, &given).await;
            if let Some((body, _)) = &last {
                self.reads(operation, body).await;
            }
        }
        if let Some((body, request)) = last {
            self.refuse(operation, &request).await;
            self.reads(operation, &body).await;
        }
    }

    async fn get(&mut self, operation: Op<'s>, maker: Op<'s>) {
        if let Some((body, _)) = self.make(maker, "own").await {
            let given = self.given(operation, "own");
            if let Some((outcome, request)) = self.succeed(operation, &given).await {
                self.shows(operation, maker, &body, &outcome);
                self.refuse(operation, &request).await;
            }
        }
    }

    async fn patch(&mut self, operation: Op<'s>, maker: Op<'s>) {
        let Some((body, _)) = self.make(maker, "own").await else {
            return;
        };
        let mut whole = 0;
        let mut body = body;
        for time in 0..PATCHES {
            let given = self.given(operation, &format!("time {time}"));
            let after = changed(operation, maker, &body, &given);
            let Some(after) = after else {
                self.counts.refused += 1;
                let (outcome, _) = self.call(operation, &given).await;
                self.failed(operation, outcome, 400, "InvalidRequestContent");
                continue;
            };
            whole += 1;
            let (outcome, exchanges) = self.call(operation, &given).await;
            if is_conflict(&outcome) {
                self.counts.refused += 1;
                continue;
            }
            if let Some((outcome, request)) = self.accepted(operation, outcome, &exchanges) {
                body = after;
                self.shows(operation, maker, &body, &outcome);
                self.refuse(operation, &request).await;
            }
        }
        self.reads(maker, &body).await;
        if whole == 0 {
            self.wrong(operation, "no patch fits");
        }
    }

    async fn delete(&mut self, operation: Op<'s>, maker: Op<'s>) {
        self.make(maker, "own").await;
        let given = self.given(operation, "own");
        if let Some((outcome, request)) = self.succeed(operation, &given).await {
            if outcome != Outcome::Empty {
                self.wrong(operation, format!("gave {outcome:?}"));
            }
            self.refuse(operation, &request).await;
        }
        if let Some(reader) = self.at("GET", maker) {
            self.fail(reader, 404, "ResourceNotFound").await;
        }
        self.missing(operation, "ResourceNotFound").await;
    }

    async fn list(&mut self, operation: Op<'s>, maker: Op<'s>) {
        let given = self.given(operation, "list");
        let none = self.items(operation, &given, false).await;
        if !none.is_empty() {
            self.wrong(operation, format!("{} items of nothing", none.len()));
        }
        let mut all = BTreeMap::new();
        for (at, name) in item_names(maker, &self.seed).into_values() {
            self.names.insert(at, name.clone());
            let mut given = self.given(maker, &name);
            if let (Some(body), true) = (&mut given.body, all.is_empty()) {
                hide(operation, body);
            }
            if let Some((body, _)) = self.put_given(maker, &given).await {
                all.insert(name, body);
            }
        }
        let listed = self.items(operation, &given, true).await;
        let mut seen = Vec::new();
        for item in &listed {
            let name = item["name"].as_str().unwrap_or_default();
            match all.get(name) {
                Some(put) if !is_in_view(operation, &given, put) => {
                    self.wrong(operation, format!("{name:?} is in another view"));
                }
                Some(put) => {
                    let schema = item_schema(operation);
                    if let Some(problem) = lost(
                        maker,
                        &schema,
                        put,
                        item,
                        &self.fixture.set_by_service(maker, put),
                    ) {
                        self.wrong(operation, format!("{name}: {problem}"));
                    }
                }
                None => self.wrong(operation, format!("{name:?} was never put")),
            }
            seen.push(name);
        }
        let wanted = all
            .iter()
            .filter(|(_, put)| is_in_view(operation, &given, put));
        let wanted = wanted.map(|(name, _)| name).filter(|_| !self.all);
        let absent: Vec<&String> = wanted
            .filter(|name| !seen.contains(&name.as_str()))
            .collect();
        let twice = seen.len() != seen.iter().collect::<BTreeSet<_>>().len();
        if twice || !absent.is_empty() {
            self.wrong(operation, format!("{seen:?} listed, but not {absent:?}"));
        }
    }

    async fn items(&mut self, operation: Op<'s>, given: &Given, refuses: bool) -> Vec<Value> {
        let Some((Outcome::Pages(pages), request)) = self.succeed(operation, given).await else {
            self.wrong(operation, "gave no pages");
            return Vec::new();
        };
        if refuses {
            self.refuse(operation, &request).await;
        }
        let member = operation.pageable.map_or("value", |(items, _)| items);
        let pages = pages.iter().filter_map(|(page, _)| page[member].as_array());
        pages.flatten().cloned().collect()
    }

    /// Calls an operation without a state that could be read.
    async fn act(&mut self, operation: Op<'s>, owner: Option<Op<'s>>) {
        let given = self.given(operation, "act");
        let (outcome, exchanges) = self.act_on(operation, owner, &given).await;
        let Some((outcome, request)) = self.accepted(operation, outcome, &exchanges) else {
            return;
        };
        let problems = match (&outcome, operation.result()) {
            (Outcome::Model(got), Some(schema)) => {
                response_problems(operation.description, &schema, got)
            }
            (Outcome::Pages(pages), Some(_)) if !pages.is_empty() => Vec::new(),
            (Outcome::Empty, None) => Vec::new(),
            _ => vec![format!("gave {outcome:?}")],
        };
        for problem in problems {
            self.wrong(operation, problem);
        }
        self.refuse(operation, &request).await;
    }

    /// Calls an action on a resource. If the resource is of a kind without secrets, which the action
    /// returns, it is replaced by others until one has some.
    async fn act_on(
        &mut self,
        operation: Op<'s>,
        owner: Option<Op<'s>>,
        given: &Given,
    ) -> (Result<Outcome>, Vec<Exchange>) {
        let kind = self.fixture.kind_with_secrets(operation);
        let mut about = "own".to_owned();
        let mut attempt = 0;
        loop {
            attempt += 1;
            if let Some(owner) = owner {
                self.make(owner, &about).await;
            }
            let (outcome, exchanges) = self.call(operation, given).await;
            let is_without_secrets = kind.is_some()
                && outcome.as_ref().is_err_and(|error| {
                    error.arm().and_then(|arm| arm.target()) == kind.as_deref()
                });
            if !is_without_secrets || attempt == KINDS {
                return (outcome, exchanges);
            }
            self.counts.refused += 1;
            about = format!("own {attempt}");
        }
    }

    /// Sends invalid requests made from a valid one.
    async fn refuse(&mut self, operation: Op<'_>, good: &Recorded) {
        for bad in invalid_requests(operation.description, operation, good, INVALID_BODIES) {
            self.counts.refused += 1;
            if let Some(problem) = self.fixture.send(&bad).await {
                self.wrong(operation, problem);
            }
        }
    }
}

/// Returns whether the existing resource does not allow a change.
fn is_conflict(outcome: &Result<Outcome>) -> bool {
    outcome.as_ref().is_err_and(|error| {
        let code = error.arm().and_then(|arm| arm.code());
        error.http_status().map(u16::from) == Some(409)
            && matches!(code, Some("PropertyChangeNotAllowed" | "UserError"))
    })
}

/// Returns whether an operation is about the resource that another one creates, which may be all
/// that its path names.
fn is_made_by(operation: Op<'_>, maker: &Op<'_>) -> bool {
    let rest = operation.path.strip_prefix(maker.path);
    let action = |rest: &str| operation.pageable.is_none() && rest.matches('/').count() == 1;
    rest.is_some_and(|rest| rest.is_empty() || action(rest))
}

/// Returns a resource after a patch; `None` if the patch would make it invalid.
fn changed(operation: Op<'_>, maker: Op<'_>, body: &Value, given: &Given) -> Option<Value> {
    let (schema, _) = maker.body?;
    let change = match (operation.body, &given.body) {
        (Some((schema, _)), Some(change)) => {
            expected_after_put(operation.description, schema, change)
        }
        _ => json!({}),
    };
    let after = expected_after_put(
        operation.description,
        schema,
        &merge_patched(body.clone(), &change),
    );
    stored_problems(operation.description, schema, &after)
        .is_empty()
        .then_some(after)
}

/// Returns everything that is wrong with the first response of an operation.
fn first_response(operation: Op<'_>, first: &Exchange) -> Vec<String> {
    let mut responses = operation.responses.iter();
    let declared = responses.find(|response| response.status == first.status);
    match (declared, &first.body) {
        (None, body) => vec![format!("{} is not declared: {body:?}", first.status)],
        (Some(declared), body) => match (declared.schema, body) {
            (Some(schema), Some(body)) => response_problems(operation.description, schema, body),
            (None, None) => Vec::new(),
            (schema, body) => vec![format!("{body:?} instead of {schema:?}")],
        },
    }
}

/// Returns which parts of a resource that was put are missing in the response, or should not be
/// there.
fn lost(
    maker: Op<'_>,
    schema: &Value,
    put: &Value,
    got: &Value,
    set_by_service: &[String],
) -> Option<String> {
    let (own, _) = maker.body?;
    // The service may return an object only for its own members.
    let comparable = |schema, value| {
        let mut value = expected_after_put(maker.description, schema, value);
        for path in set_by_service {
            let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
            let parent = parent.split('.').filter(|name| !name.is_empty());
            let parent: String = parent.map(|name| format!("/{name}")).collect();
            if let Some(Value::Object(members)) = value.pointer_mut(&parent) {
                members.remove(name);
            }
        }
        without_empty_objects(value)
    };
    let (put, mut got) = (comparable(own, put), comparable(schema, got));
    drop_carried(maker.description, schema, &put, &mut got);
    difference_by(maker.description, schema, &put, &got)
}

/// Drops what was left out, but can be set at creation only and is there from before.
fn drop_carried(description: &Description, schema: &Value, put: &Value, got: &mut Value) {
    let object = match description.shape(schema) {
        Shape::Object(object) => object,
        Shape::Union(tag, kinds) => {
            let kind = put.get(tag).and_then(Value::as_str);
            match kind.and_then(|kind| kinds.get(kind)) {
                Some(name) => description.object_of(name),
                None => return,
            }
        }
        _ => return,
    };
    let Value::Object(members) = got else {
        return;
    };
    for (name, member) in &object.members {
        let mutability = member.schema["x-ms-mutability"].as_array();
        let stays = mutability.is_some_and(|all| !all.contains(&json!("update")));
        match (put.get(*name), members.get_mut(*name)) {
            (None, Some(_)) if stays => {
                members.remove(*name);
            }
            // What was left out may have been put with such members only.
            (None, Some(got @ Value::Object(_))) => {
                drop_carried(description, member.schema, &json!({}), got);
                if *got == json!({}) {
                    members.remove(*name);
                }
            }
            (Some(put), Some(got)) => drop_carried(description, member.schema, put, got),
            _ => {}
        }
    }
}

fn item_schema(list: Op<'_>) -> Value {
    let (Some(page), Some((items, _))) = (list.result(), list.pageable) else {
        return Value::Null;
    };
    list.description.follow(&page)["properties"][items]["items"].clone()
}

/// Returns the parameter that selects what a list shows.
fn view(list: Op<'_>) -> Option<&Parameter<'static>> {
    own(list).find(|own| own.name == "listViewType")
}

/// Changes a resource so that a list does not show it by default.
fn hide(list: Op<'_>, body: &mut Value) {
    let default = view(list).map(|parameter| &parameter.schema["default"]);
    match default.and_then(Value::as_str) {
        Some("EnabledOnly") => body["properties"]["isEnabled"] = json!(false),
        Some("ActiveOnly") => body["properties"]["isArchived"] = json!(true),
        _ => {}
    }
}

/// Returns whether a list shows a resource, which may be archived or disabled.
fn is_in_view(list: Op<'_>, given: &Given, put: &Value) -> bool {
    let Some(parameter) = view(list) else {
        return true;
    };
    let asked = given.values.get(parameter.name);
    let is = |flag: &str| put["properties"][flag].as_bool();
    match asked.unwrap_or(&parameter.schema["default"]).as_str() {
        Some("ActiveOnly") => is("isArchived") != Some(true),
        Some("ArchivedOnly") => is("isArchived") == Some(true),
        Some("EnabledOnly") => is("isEnabled") != Some(false),
        Some("DisabledOnly") => is("isEnabled") == Some(false),
        other => other == Some("All"),
    }
}

/// Returns texts for the placeholders in the paths of some operations, by the indexes of their
/// segments.
fn names(chain: &[Op<'_>], seed: &str) -> BTreeMap<usize, String> {
    let mut rules: BTreeMap<usize, Vec<&'static Value>> = BTreeMap::new();
    let mut subscription = None;
    for operation in chain {
        for (at, name) in placeholders(operation.path) {
            // No description says so, but Resource Manager accepts only GUIDs.
            if name == "subscriptionId" {
                subscription = Some((at, SUBSCRIPTION.to_owned()));
                continue;
            }
            let mut own = own(operation).filter(|own| own.place == "path");
            let schema = own.find(|own| own.name == name).map(|own| own.schema);
            rules.entry(at).or_default().extend(schema);
        }
    }
    let texts = rules.iter();
    let description = chain.first().map(|one| one.description);
    let texts = texts
        .filter_map(|(at, rules)| Some((*at, text(description?, rules, &format!("{seed} {at}")))));
    texts.chain(subscription).collect()
}

/// Returns texts for the items of a list, which differ in lower case too.
fn item_names(maker: Op<'_>, seed: &str) -> BTreeMap<String, (usize, String)> {
    let tries = (0..).filter_map(|time| names(&[maker], &format!("{seed} {time}")).pop_last());
    let mut all = BTreeMap::new();
    for (at, name) in tries {
        all.insert(name.to_lowercase(), (at, name));
        if all.len() == ITEMS {
            break;
        }
    }
    all
}

/// A text that obeys all rules.
fn text(description: &'static Description, rules: &[&'static Value], seed: &str) -> String {
    let tries = (0..1000).flat_map(|time| rules.iter().map(move |rule| (time, *rule)));
    let mut texts = tries.filter_map(|(time, rule)| {
        let mut maker = Maker::new(description, &format!("{seed} {time}"), Style::SOME);
        maker.value(rule).as_str().map(str::to_owned)
    });
    let fits = |text: &String| {
        let mut rules = rules.iter();
        !is_structure(text) && rules.all(|rule| text_problems(rule, text).is_empty())
    };
    texts.find(fits).expect("a text obeys the rules")
}
