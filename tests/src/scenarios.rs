//! Scenarios: possible responses of a service to an operation, and the result that a client must
//! return.

use crate::{
    calls::Outcome,
    compare,
    description::Description,
    documents::{Maker, Style},
    operations::Operation,
    server::{Recorded, StubResponse},
    shape::Shape,
};
use serde_json::{Value, json};

const MONITOR: &str = "/monitor/1";
const PLACE: &str = "/place/1";
const NEXT: &str = "/next%20page";

/// The requests of an operation, the responses and the expected outcome.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name of the scenario.
    pub name: String,
    /// The targets of all requests after the first.
    pub targets: Vec<Target>,
    /// A response for each request.
    pub responses: Vec<StubResponse>,
    /// The expected outcome.
    pub expected: Expected,
}

/// The target of a request; all after the first are GETs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The target of the first request.
    Again,
    /// A path.
    At(&'static str),
}

/// The expected outcome of a scenario.
#[derive(Clone, Debug)]
pub enum Expected {
    /// A value of a schema.
    Model(Value, Value),
    /// Success without a value.
    Empty,
    /// Pages of a schema, each with this number of items.
    Pages(Value, Vec<(Value, usize)>),
    /// An error whose message contains these texts.
    Error(Vec<String>),
}

/// Returns the possible responses of a service to an operation.
pub fn scenarios(
    description: &Description,
    operation: &Operation<'_>,
    seed: &str,
) -> Vec<Scenario> {
    let mut all = Vec::new();
    for response in &operation.responses {
        let name = format!("{} {seed}", response.status);
        for style in [Style::FULL, Style::WILD] {
            let mut maker = Maker::new(description, &name, style);
            let mut builder = ScenarioBuilder {
                description,
                operation,
                status: response.status,
                all: &mut all,
                name: name.clone(),
            };
            if operation.pageable.is_some() {
                builder.pages(response.schema, &mut maker);
            } else if operation.long_running.is_some() {
                builder.long_running(response.schema, &mut maker);
            } else {
                builder.simple(response.schema, &mut maker);
            }
        }
    }
    all.extend(undeclared(operation));
    all.push(failure(operation));
    all
}

struct ScenarioBuilder<'s> {
    description: &'s Description,
    operation: &'s Operation<'s>,
    status: u16,
    all: &'s mut Vec<Scenario>,
    name: String,
}

impl<'s> ScenarioBuilder<'s> {
    fn add(&mut self, what: &str, turns: Vec<(Target, StubResponse)>, expected: Expected) {
        let (mut targets, responses): (Vec<Target>, Vec<StubResponse>) = turns.into_iter().unzip();
        targets.remove(0);
        self.all.push(Scenario {
            name: format!("{} {what}", self.name),
            targets,
            responses,
            expected,
        });
    }

    fn simple(&mut self, schema: Option<&'s Value>, maker: &mut Maker<'s>) {
        let (response, expected) = with_body(StubResponse::new(self.status), schema, maker);
        self.add("at once", vec![(Target::Again, response)], expected);
    }

    fn pages(&mut self, schema: Option<&'s Value>, maker: &mut Maker<'s>) {
        let (Some(schema), Some((items, link))) = (schema, self.operation.pageable) else {
            return;
        };
        let mut page = |next: Option<Value>| {
            let mut page = maker.value(schema);
            page[link] = next.unwrap_or_default();
            let own = page[items].as_array().into_iter().flatten();
            let count = own.filter(|item| !item.is_null()).count();
            (page, count)
        };
        let pages = vec![
            page(Some(json!(format!("{{base}}{NEXT}?page=2")))),
            page(None),
        ];
        let mut turns = vec![(
            Target::Again,
            StubResponse::new(self.status).body(pages[0].0.clone()),
        )];
        turns.push((
            Target::At(NEXT),
            StubResponse::new(200).body(pages[1].0.clone()),
        ));
        self.add("two pages", turns, Expected::Pages(schema.clone(), pages));
    }

    fn long_running(&mut self, schema: Option<&'s Value>, maker: &mut Maker<'s>) {
        if self.status == 204 || (self.status == 200 && schema.is_none()) {
            let response = StubResponse::new(self.status);
            self.add("at once", vec![(Target::Again, response)], Expected::Empty);
            return;
        }
        let result = self.operation.result();
        let body = schema.map(|schema| succeeded(maker.value(schema)));
        let first = StubResponse {
            body,
            ..StubResponse::new(self.status)
        };
        match (&result, first.body.clone()) {
            (Some(result), Some(body)) if self.status != 202 => {
                let expected = Expected::Model(result.clone(), body.clone());
                self.add(
                    "at once",
                    vec![(Target::Again, first.clone())],
                    expected.clone(),
                );
                self.by_state(&first, &body, expected);
            }
            _ => {}
        }
        let body = result.clone().map(|result| {
            let mut maker = Maker::new(self.description, &self.name, Style::FULL);
            // The type of results has a name, so it can outlive the maker.
            let name = result["$ref"]
                .as_str()
                .and_then(|text| text.rsplit('/').next());
            succeeded(maker.named(name.expect("a result has a name")))
        });
        let expected = match (result, &body) {
            (Some(result), Some(body)) => Expected::Model(result, body.clone()),
            _ => Expected::Empty,
        };
        if self.status == 202 {
            self.by_location(&first, body.clone(), expected.clone());
        }
        self.by_monitor(&first, body, expected);
    }

    /// The resource itself reports the progress.
    fn by_state(&mut self, first: &StubResponse, body: &Value, expected: Expected) {
        if self.operation.method != "PUT" || body["properties"]["provisioningState"].is_null() {
            return;
        }
        let mut underway = body.clone();
        underway["properties"]["provisioningState"] = json!("Creating");
        let turns = vec![
            (Target::Again, first.clone().body(underway.clone())),
            (Target::Again, StubResponse::new(200).body(underway)),
            (Target::Again, StubResponse::new(200).body(body.clone())),
        ];
        self.add("by state", turns, expected);
    }

    /// The HTTP status at a `Location` reports the progress, and the body there is the result.
    fn by_location(&mut self, first: &StubResponse, body: Option<Value>, expected: Expected) {
        let last = StubResponse {
            body,
            ..StubResponse::new(200)
        };
        let turns = vec![
            (
                Target::Again,
                first.clone().header("Location", "{base}/place/0"),
            ),
            (
                Target::At("/place/0"),
                StubResponse::new(202).header("Location", "/place/1"),
            ),
            (
                Target::At(PLACE),
                StubResponse::new(202).header("Retry-After", "0"),
            ),
            (Target::At(PLACE), last),
        ];
        self.add("by location", turns, expected);
    }

    /// A status monitor reports the progress. The result of a PUT or PATCH is the resource; for
    /// other methods the description says where the result is.
    fn by_monitor(&mut self, first: &StubResponse, body: Option<Value>, expected: Expected) {
        let via = self
            .operation
            .long_running
            .and_then(|o| o["final-state-via"].as_str());
        let first = first
            .clone()
            .header("Azure-AsyncOperation", &format!("{{base}}{MONITOR}"))
            .header("Location", &format!("{{base}}{PLACE}"));
        let underway = json!({ "status": "Running", "percentComplete": 50 });
        let mut done = json!({ "status": "Succeeded" });
        let mut turns = vec![
            (Target::Again, first),
            (Target::At(MONITOR), StubResponse::new(202).body(underway)),
        ];
        let mut last = None;
        if let Some(body) = body {
            let response = StubResponse::new(200).body(body.clone());
            match (self.operation.method.as_str(), via) {
                ("PUT" | "PATCH", _) => {
                    done["properties"] = json!({});
                    last = Some((Target::Again, response));
                }
                (_, Some("location")) => last = Some((Target::At(PLACE), response)),
                (_, Some("azure-async-operation")) => done["properties"] = body,
                _ => last = Some((Target::Again, response)),
            }
        }
        turns.push((Target::At(MONITOR), StubResponse::new(200).body(done)));
        turns.extend(last);
        self.add("by monitor", turns, expected);
    }
}

fn with_body<'s>(
    response: StubResponse,
    schema: Option<&'s Value>,
    maker: &mut Maker<'s>,
) -> (StubResponse, Expected) {
    match schema {
        Some(schema) => {
            let body = maker.value(schema);
            let expected = Expected::Model(schema.clone(), body.clone());
            (response.body(body), expected)
        }
        None => (response, Expected::Empty),
    }
}

/// Returns the resource in its final state.
fn succeeded(mut resource: Value) -> Value {
    if let Some(state) = resource.pointer_mut("/properties/provisioningState") {
        *state = json!("Succeeded");
    }
    resource
}

/// Success statuses that the description does not name are errors.
fn undeclared(operation: &Operation<'_>) -> Vec<Scenario> {
    // A long-running operation may respond with all that the ARM RPC names.
    let candidates: &[u16] = match operation.long_running {
        Some(_) => &[203, 206],
        None => &[200, 201, 202, 203, 204, 206],
    };
    let declared: Vec<u16> = operation
        .responses
        .iter()
        .map(|response| response.status)
        .collect();
    let others = candidates
        .iter()
        .filter(|status| !declared.contains(status));
    let all = others.map(|&status| {
        let texts = vec![operation.id.to_owned(), status.to_string()];
        Scenario {
            name: format!("{status}, which is not declared"),
            targets: Vec::new(),
            responses: vec![StubResponse::new(status).body(json!({}))],
            expected: Expected::Error(texts),
        }
    });
    // A response of 204 has no body.
    let mut all: Vec<_> = all.collect();
    for response in all.iter_mut().flat_map(|one| &mut one.responses) {
        if response.status == 204 {
            response.body = None;
        }
    }
    all
}

fn failure(operation: &Operation<'_>) -> Scenario {
    let body = json!({ "error": { "code": "NotToday", "message": "No, thanks.", "target": null } });
    Scenario {
        name: "409".to_owned(),
        targets: Vec::new(),
        responses: vec![StubResponse::new(409).body(body)],
        expected: Expected::Error(
            [operation.id, "409", "NotToday", "No, thanks."]
                .map(str::to_owned)
                .to_vec(),
        ),
    }
}

/// Returns everything that is wrong with the requests after the first.
pub fn request_problems(
    description: &Description,
    scenario: &Scenario,
    requests: &[Recorded],
) -> Vec<String> {
    let Some((first, others)) = requests.split_first() else {
        return vec!["nothing was sent".to_owned()];
    };
    let mut problems = Vec::new();
    if others.len() != scenario.targets.len() {
        let asked: Vec<&str> = others.iter().map(|one| one.target.as_str()).collect();
        problems.push(format!("asked {asked:?}, not {:?}", scenario.targets));
    }
    for (request, target) in others.iter().zip(&scenario.targets) {
        let right = match target {
            Target::Again => request.target == first.target,
            Target::At(NEXT) => {
                let query = format!("page=2&api-version={}", description.version);
                request.path() == NEXT && request.query() == query
            }
            Target::At(path) => request.path() == *path,
        };
        if !right || request.method != "GET" || !request.body.is_empty() {
            problems.push(format!(
                "asked {} {}, not {target:?}",
                request.method, request.target
            ));
        }
    }
    problems
}

/// Returns what is wrong with the outcome of a scenario.
pub fn outcome_problem(
    description: &Description,
    expected: &Expected,
    got: &arm_runtime::Result<Outcome>,
) -> Option<String> {
    let difference = |schema: &Value, sent: &Value, got: &Value| {
        compare::difference_by(description, schema, sent, got)
    };
    match (expected, got) {
        (Expected::Model(schema, sent), Ok(Outcome::Model(got))) => difference(schema, sent, got),
        (Expected::Empty, Ok(Outcome::Empty)) => None,
        (Expected::Pages(schema, sent), Ok(Outcome::Pages(got))) if sent.len() == got.len() => {
            let mut pairs = sent.iter().zip(got);
            pairs.find_map(|((sent, count), (got, items))| {
                let counted = (count != items).then(|| format!("{items} of {count} items"));
                // The server has filled in the link.
                let mut got = got.clone();
                let pointer = match description.shape(schema) {
                    Shape::Object(object) => object.members.keys().find_map(|name| {
                        let link = sent[*name].as_str()?;
                        link.starts_with("{base}").then_some((*name, link))
                    }),
                    _ => None,
                };
                if let Some((name, link)) = pointer {
                    got[name] = json!(link);
                }
                counted.or_else(|| difference(schema, sent, &got))
            })
        }
        (Expected::Error(texts), Err(error)) => {
            let shown = error.to_string();
            let missing = texts.iter().find(|text| !shown.contains(text.as_str()));
            missing.map(|text| format!("{text:?} is not in {shown:?}"))
        }
        (_, Ok(other)) => Some(format!("got {other:?} instead of {expected:?}")),
        (_, Err(error)) => Some(format!("failed: {error}")),
    }
}
