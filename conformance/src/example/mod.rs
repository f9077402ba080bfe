//! Converts examples to requests, responses and expected results.

mod request;
mod response;

use crate::{
    error::Error,
    finding::{Finding, Part},
    json_schema::{Direction, Schemas, of_parameter},
    plan::Case,
    specification::{Located, Operation, Specification, normal, object, read_json},
};
use serde_json::{Map, Value};

/// An example of an operation.
#[derive(Debug)]
pub(crate) struct Example {
    /// ID of the operation in the generated client.
    pub(crate) operation: String,
    /// The example's name.
    pub(crate) name: String,
    /// The file that contains it.
    pub(crate) file: String,
    /// Where the example contradicts the description.
    pub(crate) contradictions: Vec<Finding>,
    /// One exchange for each response.
    pub(crate) exchanges: Vec<Exchange>,
}

/// A request and its response.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// The case for the driver.
    pub(crate) case: Case,
    /// The request that must be sent.
    pub(crate) request: ExpectedRequest,
    /// The result that the method must return.
    pub(crate) result: ExpectedResult,
    /// Status of the response.
    pub(crate) status: u16,
}

/// The request that an example describes.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExpectedRequest {
    pub(crate) method: String,
    /// Segments of the path, decoded.
    pub(crate) path: Vec<String>,
    /// Name and value, decoded.
    pub(crate) query: Vec<(String, String)>,
    /// Name in lower case, and value.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
    /// The content types that the body may have; empty if any is allowed.
    pub(crate) content_types: Vec<String>,
}

/// The result that a method must return.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExpectedResult {
    /// A value that is the same when it is serialized again.
    Value(Value),
    /// Bytes.
    Text(String),
    /// Whether something exists.
    Exists(bool),
    /// No error.
    Success,
    /// Any result: the example has no response.
    Unknown,
}

/// Returns all examples of an operation.
pub(crate) fn examples<'a>(
    specification: &'a Specification,
    schemas: &mut Schemas<'a>,
    operation: &Operation<'a>,
    id: &str,
) -> Result<Vec<Example>, Error> {
    let mut all = Vec::new();
    for (name, example) in operation.node.members("x-ms-examples") {
        let (file, content) = match example.text("$ref") {
            Some(path) => {
                let folder = operation.root.file.parent();
                let path = normal(&folder.unwrap_or(operation.root.file).join(path));
                (path.display().to_string(), read_json(&path)?)
            }
            None => {
                let file = operation.root.file.display().to_string();
                (file, example.value.clone())
            }
        };
        let parameters = object(content.get("parameters")).cloned();
        let mut builder = Builder {
            specification,
            schemas,
            operation,
            parameters: parameters.unwrap_or_default(),
            contradictions: Vec::new(),
            request: ExpectedRequest::default(),
            case: Case {
                operation: id.to_owned(),
                ..Case::default()
            },
        };
        let exchanges = builder.exchanges(&content);
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

/// The state while an example is read.
struct Builder<'b, 'a> {
    specification: &'a Specification,
    schemas: &'b mut Schemas<'a>,
    operation: &'b Operation<'a>,
    /// The example's values.
    parameters: Map<String, Value>,
    contradictions: Vec<Finding>,
    request: ExpectedRequest,
    /// What all exchanges have in common.
    case: Case,
}

impl Builder<'_, '_> {
    fn exchanges(&mut self, content: &Value) -> Vec<Exchange> {
        self.read_request();
        let none = Map::new();
        let responses = object(content.get("responses")).unwrap_or(&none);
        let mut exchanges: Vec<Exchange> = responses
            .iter()
            .filter_map(|(status, response)| {
                self.exchange(status.parse().ok()?, response, responses)
            })
            .collect();
        if exchanges.is_empty() {
            exchanges.push(self.without_response());
        }
        exchanges
    }

    fn contradict(&mut self, finding: Finding) {
        self.contradictions.push(finding);
    }

    /// Records where a value does not match its schema.
    fn check(&mut self, part: Part, schema: Located<'_>, direction: Direction, value: &Value) {
        for fault in self.schemas.faults(schema, direction, value) {
            let finding = Finding::new(part.clone(), fault.message).at(fault.pointer);
            let finding = if fault.is_surplus {
                finding.harmless()
            } else {
                finding
            };
            self.contradict(finding);
        }
    }

    /// Returns the example's value of a parameter.
    fn value(&mut self, parameter: Located<'_>, location: &'static str) -> Option<Value> {
        let name = parameter.text("name").unwrap_or_default();
        let value = self.find(parameter).filter(|value| !value.is_null());
        let part = Part::Parameter(location, name.to_owned());
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

    /// Finds the value under a parameter's name, its client name, or its name with different letter
    /// case.
    fn find(&self, parameter: Located<'_>) -> Option<Value> {
        let name = parameter.text("name").unwrap_or_default();
        let client_name = parameter.text("x-ms-client-name").unwrap_or(name);
        let exact = [name, client_name]
            .into_iter()
            .find_map(|name| self.parameters.get(name));
        let similar = || {
            let mut all = self.parameters.iter();
            let (_, value) = all.find(|(other, _)| other.eq_ignore_ascii_case(name))?;
            Some(value)
        };
        exact.or_else(similar).cloned()
    }
}

/// Returns the only value that a parameter can have.
fn constant(parameter: Located<'_>) -> Option<Value> {
    let hints = parameter.get("x-ms-enum");
    let is_open = hints.is_some_and(|hints| hints.flag("modelAsString"));
    match parameter.value.get("enum")?.as_array()?.as_slice() {
        [only] if !is_open => Some(only.clone()),
        _ => None,
    }
}

/// Converts a value to text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
