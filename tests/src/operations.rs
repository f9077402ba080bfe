//! The operations of a description.

use crate::description::{Description, members};
use serde_json::{Value, json};

/// An operation.
#[derive(Debug)]
pub struct Operation<'a> {
    /// The description that contains it.
    pub description: &'a Description,
    /// Operation ID.
    pub id: &'a str,
    /// HTTP method in upper case.
    pub method: String,
    /// Path template.
    pub path: &'a str,
    /// Parameters, including those of the path item.
    pub parameters: Vec<Parameter<'a>>,
    /// Schema of the body, and whether it is required.
    pub body: Option<(&'a Value, bool)>,
    /// Success responses.
    pub responses: Vec<Success<'a>>,
    /// `x-ms-long-running-operation-options`, if it is long-running.
    pub long_running: Option<&'a Value>,
    /// The members for items and the next link, if it is a list.
    pub pageable: Option<(&'a str, &'a str)>,
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter<'a> {
    /// Name on the wire.
    pub name: &'a str,
    /// Client name.
    pub client_name: &'a str,
    /// `path`, `query` or `header`.
    pub place: &'a str,
    /// Schema.
    pub schema: &'a Value,
    /// Whether it is required.
    pub required: bool,
    /// Whether a list is sent as a repeated parameter.
    pub explode: bool,
}

/// A success response.
#[derive(Debug)]
pub struct Success<'a> {
    /// The status code.
    pub status: u16,
    /// The schema of the body, if it has one.
    pub schema: Option<&'a Value>,
}

impl Description {
    /// Returns all operations.
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let mut all = Vec::new();
        for (path, item) in self.paths() {
            let operations = members(item).filter(|(method, _)| *method != "parameters");
            for (method, source) in operations {
                all.push(self.operation(path, item, method, source));
            }
        }
        all
    }

    fn operation<'a>(
        &'a self,
        path: &'a str,
        item: &'a Value,
        method: &str,
        source: &'a Value,
    ) -> Operation<'a> {
        let shared = item["parameters"].as_array().into_iter().flatten();
        let own = source["parameters"].as_array().into_iter().flatten();
        let body = self.follow(&source["requestBody"]);
        let content = &body["content"]["application/json"]["schema"];
        let pageable = &source["x-ms-pageable"];
        Operation {
            description: self,
            id: source["operationId"].as_str().unwrap_or_default(),
            method: method.to_uppercase(),
            path,
            parameters: shared.chain(own).map(|one| self.parameter(one)).collect(),
            body: (!content.is_null()).then_some((content, body["required"] == true)),
            responses: self.responses(source),
            long_running: (source["x-ms-long-running-operation"] == true)
                .then_some(&source["x-ms-long-running-operation-options"]),
            pageable: (!pageable.is_null()).then(|| {
                let name = |member: &str| pageable[member].as_str();
                (
                    name("itemName").unwrap_or("value"),
                    name("nextLinkName").unwrap_or_default(),
                )
            }),
        }
    }

    fn parameter<'a>(&'a self, source: &'a Value) -> Parameter<'a> {
        let source = self.follow(source);
        let name = source["name"].as_str().unwrap_or_default();
        Parameter {
            name,
            client_name: source["x-ms-client-name"].as_str().unwrap_or(name),
            place: source["in"].as_str().unwrap_or_default(),
            schema: &source["schema"],
            required: source["required"] == true,
            explode: source["explode"] != false,
        }
    }

    fn responses<'a>(&'a self, source: &'a Value) -> Vec<Success<'a>> {
        let all = members(&source["responses"]);
        let success = all.filter_map(|(code, response)| {
            let status = code.parse().ok().filter(|code| (200..300).contains(code))?;
            let schema = &self.follow(response)["content"]["application/json"]["schema"];
            let schema = (!schema.is_null()).then_some(schema);
            Some(Success { status, schema })
        });
        success.collect()
    }
}

impl Operation<'_> {
    /// Returns the schema of its final result.
    pub fn result(&self) -> Option<Value> {
        let final_schema = self
            .long_running
            .and_then(|options| options["final-state-schema"].as_str());
        if let Some(reference) = final_schema {
            return Some(json!({ "$ref": reference }));
        }
        self.responses
            .iter()
            .find_map(|response| response.schema)
            .cloned()
    }
}
