//! From examples to what is sent, answered and expected.

use super::{
    finding::{Finding, Part},
    schema::{Direction, Schemas, of_parameter},
    spec::{At, Operation, Spec, normal, object, read_json},
};
use serde_json::{Map, Value, json};

/// An example of an operation.
#[derive(Debug)]
pub(super) struct Example {
    /// Id of the operation in the generated client.
    pub(super) operation: String,
    /// The example's name.
    pub(super) name: String,
    /// The file it stands in.
    pub(super) file: String,
    /// Where the example contradicts the description.
    pub(super) contradictions: Vec<Finding>,
    /// One exchange for each answer.
    pub(super) exchanges: Vec<Exchange>,
}

/// A request and its answer.
#[derive(Debug)]
pub(super) struct Exchange {
    /// What the driver is told.
    pub(super) plan: Value,
    /// What the request must be.
    pub(super) request: Request,
    /// What must come back.
    pub(super) outcome: Outcome,
    /// Status of the answer.
    pub(super) status: u16,
}

/// A request as the example has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    /// Segments of the path, decoded.
    pub(super) path: Vec<String>,
    /// Name and value, decoded.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Value>,
    pub(super) content_types: Vec<String>,
}

/// What must come back.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// A value that is the same when it is written again.
    Value(Value),
    /// Bytes.
    Text(String),
    /// Whether something exists.
    Exists(bool),
    /// No error.
    Fine,
    /// Nothing is known of the answer.
    Any,
}

/// All examples of an operation.
pub(super) fn examples<'a>(
    spec: &'a Spec,
    schemas: &mut Schemas<'a>,
    operation: &Operation<'a>,
    id: &str,
) -> Result<Vec<Example>, String> {
    let mut all = Vec::new();
    for (name, example) in operation.at.members("x-ms-examples") {
        let (file, content) = match example.text("$ref") {
            Some(path) => {
                let folder = operation.root.file.parent();
                let path = normal(&folder.unwrap_or(operation.root.file).join(path));
                (path.display().to_string(), read_json(&path)?)
            }
            None => (
                operation.root.file.display().to_string(),
                example.value.clone(),
            ),
        };
        let mut builder = Builder {
            spec,
            schemas,
            operation,
            parameters: object(content.get("parameters"))
                .cloned()
                .unwrap_or_default(),
            contradictions: Vec::new(),
            request: Request::default(),
            plan: Plan::default(),
        };
        let exchanges = builder.exchanges(id, &content);
        all.push(Example {
            operation: id.to_owned(),
            name: name.to_owned(),
            file,
            contradictions: builder.contradictions,
            exchanges,
        });
    }
    Ok(all)
}

#[derive(Default)]
struct Plan {
    path: Vec<Value>,
    query: Map<String, Value>,
    header: Map<String, Value>,
}

struct Builder<'b, 'a> {
    spec: &'a Spec,
    schemas: &'b mut Schemas<'a>,
    operation: &'b Operation<'a>,
    parameters: Map<String, Value>,
    contradictions: Vec<Finding>,
    request: Request,
    plan: Plan,
}

impl<'a> Builder<'_, 'a> {
    fn exchanges(&mut self, id: &str, content: &Value) -> Vec<Exchange> {
        self.request.method = self.operation.method.to_uppercase();
        self.path();
        self.query_and_headers();
        self.body();
        self.unknown_parameters();
        let none = Map::new();
        let answers = object(content.get("responses")).unwrap_or(&none);
        let mut exchanges: Vec<Exchange> = answers
            .iter()
            .filter_map(|(status, answer)| self.exchange(id, status.parse().ok()?, answer, answers))
            .collect();
        if exchanges.is_empty() {
            let answer = Scripted::empty(204);
            exchanges.push(self.planned(id, 204, vec![answer], Outcome::Any));
        }
        exchanges
    }

    fn contradict(&mut self, finding: Finding) {
        self.contradictions.push(finding);
    }

    /// The example's value of a parameter.
    fn value(&mut self, parameter: At<'_>, place: &'static str) -> Option<Value> {
        let name = parameter.text("name").unwrap_or_default();
        let also = parameter.text("x-ms-client-name").unwrap_or(name);
        let found = [name, also]
            .into_iter()
            .find_map(|name| self.parameters.get(name));
        let found = found.or_else(|| {
            let mut all = self.parameters.iter();
            let same = all.find(|(other, _)| other.eq_ignore_ascii_case(name))?;
            Some(same.1)
        });
        let value = found.cloned().filter(|value| !value.is_null());
        let part = Part::Parameter(place, name.to_owned());
        match &value {
            Some(value) => {
                let schema = of_parameter(parameter);
                for fault in self.schemas.faults(schema, Direction::Request, value) {
                    self.contradict(Finding::new(part.clone(), fault.message).at(fault.pointer));
                }
            }
            None if parameter.flag("required") && constant(parameter).is_none() => {
                self.contradict(Finding::new(part, "required, but the example has none"));
            }
            None => {}
        }
        value
    }

    fn path(&mut self) {
        let base = self.operation.root.text("basePath").unwrap_or_default();
        let (path, query) = self
            .operation
            .path
            .split_once('?')
            .unwrap_or((self.operation.path, ""));
        let mut segments = segments(base);
        for segment in segments_of(path) {
            let mut text = String::new();
            let mut rest = segment;
            let mut is_raw = false;
            while let Some((before, after)) = rest.split_once('{') {
                let (name, after) = after.split_once('}').unwrap_or((after, ""));
                let (value, raw) = self.placeholder(name);
                text.push_str(before);
                text.push_str(&value);
                is_raw |= raw;
                rest = after;
            }
            text.push_str(rest);
            if is_raw {
                segments.extend(segments_of(&text).map(super::spec::percent_decode));
            } else {
                segments.push(text);
            }
        }
        self.request.path = segments;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let own = value
                .strip_prefix('{')
                .and_then(|value| value.strip_suffix('}'));
            let text = match own {
                Some(own) => {
                    let (text, _) = self.placeholder(own);
                    // It stands in the query, whatever the description calls it.
                    let value = self.plan.path.pop().unwrap_or_default();
                    self.plan.query.insert(name.to_owned(), value);
                    text
                }
                None => value.to_owned(),
            };
            self.request.query.push((name.to_owned(), text));
        }
    }

    /// The value in a placeholder, and whether it stands there as it is.
    fn placeholder(&mut self, name: &str) -> (String, bool) {
        let mut all = self.operation.parameters.iter();
        let found = all.find(|p| p.text("in") == Some("path") && p.text("name") == Some(name));
        let Some(parameter) = found.copied() else {
            let value = self.parameters.get(name).cloned().unwrap_or_default();
            self.plan.path.push(value.clone());
            return (plain(&value), false);
        };
        let value = self
            .value(parameter, "path")
            .or_else(|| constant(parameter));
        let value = value.unwrap_or_default();
        self.plan.path.push(value.clone());
        (plain(&value), parameter.flag("x-ms-skip-url-encoding"))
    }

    fn query_and_headers(&mut self) {
        for parameter in self.operation.parameters.clone() {
            let name = parameter.text("name").unwrap_or_default().to_owned();
            match parameter.text("in") {
                Some("query") => self.query(parameter, name),
                Some("header") => {
                    let Some(value) = self.sent(parameter, "header") else {
                        continue;
                    };
                    let texts = texts(&value).join(",");
                    self.request.headers.push((name.to_lowercase(), texts));
                    self.plan.header.insert(name, value);
                }
                _ => {}
            }
        }
        if !self
            .request
            .query
            .iter()
            .any(|(name, _)| name == "api-version")
        {
            let version = self.version();
            self.request.query.push(("api-version".to_owned(), version));
        }
    }

    fn query(&mut self, parameter: At<'_>, name: String) {
        let fixed = |(known, _): &(String, String)| *known == name;
        if name != "api-version" && self.request.query.iter().any(fixed) {
            return;
        }
        let Some(value) = self.sent(parameter, "query") else {
            return;
        };
        if name == "api-version" {
            let own = plain(&value);
            let version = constant(parameter).map_or_else(|| self.version(), |own| plain(&own));
            if own != version {
                let message = format!("the example is of {own}, the description of {version}");
                let part = Part::Parameter("query", name.clone());
                self.contradict(Finding::new(part, message).harmless());
            }
            self.request.query.push((name, own));
            return;
        }
        let texts = texts(&value);
        let separator = match parameter.text("collectionFormat") {
            Some("multi") => None,
            Some("ssv") => Some(" "),
            Some("tsv") => Some("\t"),
            Some("pipes") => Some("|"),
            _ => Some(","),
        };
        match separator {
            Some(separator) => self
                .request
                .query
                .push((name.clone(), texts.join(separator))),
            None => {
                let all = texts.into_iter().map(|text| (name.clone(), text));
                self.request.query.extend(all);
            }
        }
        self.plan.query.insert(name, value);
    }

    /// The value that a request must have: the example's, or the only one there is.
    fn sent(&mut self, parameter: At<'_>, place: &'static str) -> Option<Value> {
        let value = self.value(parameter, place);
        value.or_else(|| constant(parameter).filter(|_| parameter.flag("required")))
    }

    fn version(&self) -> String {
        let info = self.operation.root.get("info");
        let version = info.and_then(|info| info.text("version"));
        version.unwrap_or_default().to_owned()
    }

    fn body(&mut self) {
        let mut all = self.operation.parameters.iter();
        let Some(body) = all.find(|p| p.text("in") == Some("body")).copied() else {
            return;
        };
        let name = body.text("name").unwrap_or_default();
        let declared = |other: &str| {
            let mut all = self.operation.parameters.iter();
            all.any(|p| p.text("name") == Some(other) && p.text("in") != Some("body"))
        };
        let mut value = self
            .parameters
            .get(name)
            .cloned()
            .filter(|value| !value.is_null());
        if value.is_none() {
            let mut others = self.parameters.iter().filter(|(other, value)| {
                (value.is_object() || value.is_array()) && !declared(other)
            });
            if let (Some((other, only)), None) = (others.next(), others.next()) {
                let message = format!("the example calls it {other:?}, the description {name:?}");
                value = Some(only.clone());
                let finding = Finding::new(Part::Body, message).harmless();
                self.contradictions.push(finding);
            }
        }
        match &value {
            Some(value) => {
                if let Some(schema) = body.get("schema") {
                    self.check(Part::Body, schema, Direction::Request, value);
                }
            }
            None if body.flag("required") => {
                let finding = Finding::new(Part::Body, "required, but the example has none");
                self.contradict(finding);
            }
            None => {}
        }
        self.request.body = value;
        let consumes = self.operation.at.get("consumes");
        let consumes = consumes.or(self.operation.root.get("consumes"));
        let types = consumes.and_then(|consumes| consumes.value.as_array());
        let types = types.into_iter().flatten().filter_map(Value::as_str);
        self.request.content_types = types.map(str::to_owned).collect();
    }

    fn check(&mut self, part: Part, schema: At<'_>, way: Direction, value: &Value) {
        for fault in self.schemas.faults(schema, way, value) {
            let finding = Finding::new(part.clone(), fault.message).at(fault.pointer);
            let finding = if fault.is_surplus {
                finding.harmless()
            } else {
                finding
            };
            self.contradict(finding);
        }
    }

    fn unknown_parameters(&mut self) {
        let known: Vec<String> = self
            .operation
            .parameters
            .iter()
            .flat_map(|p| [p.text("name"), p.text("x-ms-client-name")])
            .flatten()
            .map(str::to_lowercase)
            .collect();
        let has_body = self.request.body.is_some();
        let unknown: Vec<String> = self
            .parameters
            .iter()
            .filter(|(name, value)| {
                let is_body = has_body && (value.is_object() || value.is_array());
                !known.contains(&name.to_lowercase()) && !is_body && *name != "api-version"
            })
            .map(|(name, _)| name.clone())
            .collect();
        for name in unknown {
            let part = Part::Parameter("unknown", name);
            self.contradict(Finding::new(part, "the operation has no such parameter").harmless());
        }
    }

    fn exchange(
        &mut self,
        id: &str,
        status: u16,
        answer: &Value,
        answers: &Map<String, Value>,
    ) -> Option<Exchange> {
        let is_head = self.operation.method == "head";
        let is_answer = (200..300).contains(&status) || (is_head && status == 404);
        if !is_answer {
            return None;
        }
        let part = Part::Answer(status);
        let body = answer.get("body").cloned().filter(|body| !body.is_null());
        let declared = self.declared(status);
        if declared.is_none() {
            let finding = Finding::new(part.clone(), "the operation has no such answer");
            self.contradict(finding);
        } else if declared.is_some_and(|answer| answer.flag("x-ms-error-response")) {
            return None;
        }
        let schema = declared.and_then(|answer| answer.get("schema"));
        match (schema, &body) {
            (Some(schema), Some(body)) => {
                self.check(part, schema, Direction::Answer, body);
            }
            (Some(_), None) => {
                let finding = Finding::new(part, "the schema has a body, the example none");
                self.contradict(finding);
            }
            (None, Some(_)) if declared.is_some() => {
                let finding = Finding::new(part, "the example has a body, the description none");
                self.contradict(finding.harmless());
            }
            _ => {}
        }
        if is_head {
            let scripted = Scripted::empty(status);
            let outcome = Outcome::Exists(status != 404);
            return Some(self.planned(id, status, vec![scripted], outcome));
        }
        let is_file = schema.is_some_and(|schema| {
            let schema = self.spec.resolve(schema);
            schema.text("type") == Some("file")
        });
        if self.operation.at.flag("x-ms-long-running-operation") {
            return Some(self.long_running(id, status, schema.is_some(), body, answers));
        }
        let mut scripted = Scripted::of(status, body.as_ref(), answer);
        let outcome = match (schema, body) {
            (Some(_), Some(Value::String(text))) if is_file => {
                scripted.body.clone_from(&text);
                Outcome::Text(text)
            }
            (Some(_), Some(body)) if is_file => Outcome::Text(body.to_string()),
            (Some(_), Some(body)) => Outcome::Value(self.without_next_page(body, &mut scripted)),
            // The status, not the answer, is what such an operation gives.
            _ => Outcome::Fine,
        };
        Some(self.planned(id, status, vec![scripted], outcome))
    }

    fn declared(&self, status: u16) -> Option<At<'a>> {
        let answers = self.operation.at.get("responses")?;
        Some(self.spec.resolve(answers.get(&status.to_string())?))
    }

    /// Leads a link to the next page back to the server; it is not followed.
    fn without_next_page(&self, mut body: Value, scripted: &mut Scripted) -> Value {
        let Some(pageable) = self.operation.at.get("x-ms-pageable") else {
            return body;
        };
        let name = pageable.text("nextLinkName").unwrap_or("nextLink");
        if let Some(link) = body.get_mut(name).filter(|link| link.is_string()) {
            if link.as_str().is_some_and(|link| !link.trim().is_empty()) {
                *link = json!("{endpoint}/next?api-version=1");
            }
            scripted.body = body.to_string();
        }
        body
    }

    /// The operation begins with the answer and, unless that is the end, ends with the next poll.
    fn long_running(
        &mut self,
        id: &str,
        status: u16,
        has_schema: bool,
        body: Option<Value>,
        answers: &Map<String, Value>,
    ) -> Exchange {
        let body = body.map(finished);
        let gives_result = self.operation.method != "delete"
            && [200, 201].into_iter().any(|status| {
                let declared = self.declared(status);
                declared.is_some_and(|answer| answer.get("schema").is_some())
            });
        let mut first = Scripted::of(status, body.as_ref(), &Value::Null);
        let goes_on = status == 202 || (gives_result && !has_schema && status != 204);
        if !goes_on {
            let outcome = match body {
                Some(body) if gives_result && has_schema => Outcome::Value(body),
                _ => Outcome::Fine,
            };
            return self.planned(id, status, vec![first], outcome);
        }
        let end = ["200", "201"]
            .into_iter()
            .find_map(|status| answers.get(status)?.get("body"));
        let end = end
            .filter(|end| !end.is_null())
            .cloned()
            .map(finished)
            .or(body);
        let (last, outcome) = match end {
            Some(end) if gives_result => (
                Scripted::of(200, Some(&end), &Value::Null),
                Outcome::Value(end),
            ),
            _ if gives_result => {
                let any = Scripted::of(200, Some(&json!({})), &Value::Null);
                (any, Outcome::Fine)
            }
            _ => (Scripted::empty(204), Outcome::Fine),
        };
        let location = json!("{endpoint}/result");
        first.headers.insert("location".to_owned(), location);
        let named = self.operation.at.value.to_string().to_lowercase();
        if named.contains("azure-asyncoperation") || named.contains("azure-async-operation") {
            let monitor = json!("{endpoint}/status");
            first
                .headers
                .insert("azure-asyncoperation".to_owned(), monitor);
        }
        self.planned(id, status, vec![first, last], outcome)
    }

    fn planned(&self, id: &str, status: u16, answers: Vec<Scripted>, outcome: Outcome) -> Exchange {
        let answers: Vec<Value> = answers.into_iter().map(Scripted::into_value).collect();
        Exchange {
            plan: json!({
                "operation": id,
                "path": self.plan.path,
                "query": self.plan.query,
                "header": self.plan.header,
                "body": self.request.body,
                "answers": answers,
            }),
            request: self.request.clone(),
            outcome,
            status,
        }
    }
}

/// An answer of the server.
struct Scripted {
    status: u16,
    headers: Map<String, Value>,
    body: String,
}

impl Scripted {
    fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Map::new(),
            body: String::new(),
        }
    }

    /// The example's answer, without headers that lead elsewhere or speak of the connection.
    fn of(status: u16, body: Option<&Value>, answer: &Value) -> Self {
        const LEFT_OUT: [&str; 9] = [
            "azure-asyncoperation",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "location",
            "operation-location",
            "retry-after",
            "transfer-encoding",
        ];
        let mut headers = Map::new();
        for (name, value) in object(answer.get("headers")).into_iter().flatten() {
            let name = name.to_lowercase();
            let is_token = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            let text = plain(value);
            let is_fit = is_token && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            if is_fit && !LEFT_OUT.contains(&name.as_str()) {
                headers.insert(name, json!(text));
            }
        }
        if body.is_some() {
            headers.insert("content-type".to_owned(), json!("application/json"));
        }
        Self {
            status,
            headers,
            body: body.map(Value::to_string).unwrap_or_default(),
        }
    }

    fn into_value(self) -> Value {
        json!({ "status": self.status, "headers": self.headers, "body": self.body })
    }
}

/// A resource that is ready.
fn finished(mut body: Value) -> Value {
    if let Some(state) = body.pointer_mut("/properties/provisioningState")
        && !state.is_null()
    {
        *state = json!("Succeeded");
    }
    body
}

/// The only value that a parameter can have.
fn constant(parameter: At<'_>) -> Option<Value> {
    let open = parameter
        .get("x-ms-enum")
        .is_some_and(|hints| hints.flag("modelAsString"));
    match parameter.value.get("enum")?.as_array()?.as_slice() {
        [only] if !open => Some(only.clone()),
        _ => None,
    }
}

fn segments(path: &str) -> Vec<String> {
    segments_of(path).map(str::to_owned).collect()
}

fn segments_of(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// A value as text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A value, or the elements of a list, as text.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        other => vec![plain(other)],
    }
}
