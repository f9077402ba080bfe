//! The responses of an example, and the results that a client must return for them.

use super::{Builder, Exchange, ExpectedResult, plain};
use crate::{
    finding::{Finding, Part},
    json_schema::Direction,
    plan::{Case, ENDPOINT, StubResponse},
    specification::{Located, object},
};
use serde_json::{Map, Value, json};

/// Headers of examples that are not sent: they link to other hosts or describe the connection.
const IGNORED_HEADERS: [&str; 9] = [
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

impl<'a> Builder<'_, 'a> {
    /// Returns the exchange with one of the responses; `None` if that is an error.
    pub(super) fn exchange(
        &mut self,
        status: u16,
        response: &Value,
        responses: &Map<String, Value>,
    ) -> Option<Exchange> {
        let is_head = self.operation.method == "head";
        let is_success = (200..300).contains(&status) || (is_head && status == 404);
        let declared = self.declared(status);
        let is_error = declared.is_some_and(|response| response.flag("x-ms-error-response"));
        if !is_success || is_error {
            return None;
        }
        let body = response.get("body").cloned().filter(|body| !body.is_null());
        self.check_response(status, declared, body.as_ref());
        let schema = declared.and_then(|response| response.get("schema"));
        Some(if is_head {
            let result = ExpectedResult::Exists(status != 404);
            self.planned(status, vec![empty(status)], result)
        } else if self.operation.node.flag("x-ms-long-running-operation") {
            self.long_running(status, schema.is_some(), body, responses)
        } else {
            self.immediate(status, schema, body, response)
        })
    }

    /// Returns the exchange of an example without responses.
    pub(super) fn without_response(&self) -> Exchange {
        self.planned(204, vec![empty(204)], ExpectedResult::Unknown)
    }

    fn declared(&self, status: u16) -> Option<Located<'a>> {
        let responses = self.operation.node.get("responses")?;
        Some(
            self.specification
                .resolve(responses.get(&status.to_string())?),
        )
    }

    /// Records where the response contradicts the description.
    fn check_response(&mut self, status: u16, declared: Option<Located<'_>>, body: Option<&Value>) {
        let part = Part::Response(status);
        let Some(declared) = declared else {
            self.contradict(Finding::new(part, "the operation has no such response"));
            return;
        };
        match (declared.get("schema"), body) {
            (Some(schema), Some(body)) => self.check(part, schema, Direction::Response, body),
            (Some(_), None) => {
                let message = "the description has a body, the example has none";
                self.contradict(Finding::new(part, message));
            }
            (None, Some(_)) => {
                let message = "the example has a body, the description has none";
                self.contradict(Finding::new(part, message).harmless());
            }
            (None, None) => {}
        }
    }

    /// Returns the exchange of an operation that ends with its first response.
    fn immediate(
        &self,
        status: u16,
        schema: Option<Located<'_>>,
        body: Option<Value>,
        example: &Value,
    ) -> Exchange {
        let schema = schema.map(|schema| self.specification.resolve(schema));
        let is_file = schema.is_some_and(|schema| schema.text("type") == Some("file"));
        let mut first = response(status, body.as_ref(), example);
        let mut next = None;
        let result = match (schema, body) {
            (Some(_), Some(Value::String(text))) if is_file => {
                first.body.clone_from(&text);
                ExpectedResult::Text(text)
            }
            (Some(_), Some(body)) if is_file => ExpectedResult::Text(body.to_string()),
            (Some(_), Some(mut body)) => {
                next = self.link_next_page(&mut body);
                first.body = body.to_string();
                ExpectedResult::Value(body)
            }
            // The result of such an operation is the status, not the body.
            _ => ExpectedResult::Success,
        };
        let responses = [Some(first), next].into_iter().flatten().collect();
        self.planned(status, responses, result)
    }

    /// Changes the link to the next page so that it refers to the server of the program, and returns
    /// that page. It is the last one and has no items.
    fn link_next_page(&self, body: &mut Value) -> Option<StubResponse> {
        let pageable = self.operation.node.get("x-ms-pageable")?;
        let link = pageable.text("nextLinkName").unwrap_or("nextLink");
        let link = body.get_mut(link)?;
        if link.as_str().is_none_or(|link| link.trim().is_empty()) {
            return None;
        }
        *link = json!(format!("{ENDPOINT}/next?api-version=1"));
        let items = pageable.text("itemName").unwrap_or("value");
        let last_page = json!({ items: [] });
        Some(response(200, Some(&last_page), &Value::Null))
    }

    /// Returns the exchange of a long-running operation. It starts with the response and, if that
    /// is not final, ends with the next poll.
    fn long_running(
        &self,
        status: u16,
        has_schema: bool,
        body: Option<Value>,
        responses: &Map<String, Value>,
    ) -> Exchange {
        let body = body.map(finished);
        let has_result = self.operation.method != "delete"
            && [200, 201].into_iter().any(|status| {
                let declared = self.declared(status);
                declared.is_some_and(|response| response.get("schema").is_some())
            });
        let mut first = response(status, body.as_ref(), &Value::Null);
        let goes_on = status == 202 || (has_result && !has_schema && status != 204);
        if !goes_on {
            let result = match body {
                Some(body) if has_result && has_schema => ExpectedResult::Value(body),
                _ => ExpectedResult::Success,
            };
            return self.planned(status, vec![first], result);
        }
        let of_end = |status| responses.get(status)?.get("body");
        let end = ["200", "201"].into_iter().find_map(of_end);
        let end = end.filter(|end| !end.is_null()).cloned();
        let end = end.map(finished).or(body);
        let (last, result) = match end {
            Some(end) if has_result => {
                let last = response(200, Some(&end), &Value::Null);
                (last, ExpectedResult::Value(end))
            }
            _ if has_result => {
                let last = response(200, Some(&json!({})), &Value::Null);
                (last, ExpectedResult::Success)
            }
            _ => (empty(204), ExpectedResult::Success),
        };
        self.link_end(&mut first);
        self.planned(status, vec![first, last], result)
    }

    /// Adds the URL for polls to the first response.
    fn link_end(&self, first: &mut StubResponse) {
        let mut link = |name: &str, path: &str| {
            let url = format!("{ENDPOINT}{path}");
            first.headers.insert(name.to_owned(), url);
        };
        link("location", "/result");
        let description = self.operation.node.value.to_string().to_lowercase();
        let has_monitor = ["azure-asyncoperation", "azure-async-operation"];
        if has_monitor.iter().any(|name| description.contains(name)) {
            link("azure-asyncoperation", "/status");
        }
    }

    fn planned(
        &self,
        status: u16,
        responses: Vec<StubResponse>,
        result: ExpectedResult,
    ) -> Exchange {
        Exchange {
            case: Case {
                responses,
                ..self.case.clone()
            },
            request: self.request.clone(),
            result,
            status,
        }
    }
}

/// Returns a response without a body.
fn empty(status: u16) -> StubResponse {
    StubResponse {
        status,
        ..StubResponse::default()
    }
}

/// Returns a response with the headers of the example.
fn response(status: u16, body: Option<&Value>, example: &Value) -> StubResponse {
    let mut response = empty(status);
    for (name, value) in object(example.get("headers")).into_iter().flatten() {
        let name = name.to_lowercase();
        let is_token = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let text = plain(value);
        let is_printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if is_token && is_printable && !IGNORED_HEADERS.contains(&name.as_str()) {
            response.headers.insert(name, text);
        }
    }
    if let Some(body) = body {
        let json = "application/json".to_owned();
        response.headers.insert("content-type".to_owned(), json);
        response.body = body.to_string();
    }
    response
}

/// Returns the resource with a final provisioning state.
fn finished(mut body: Value) -> Value {
    if let Some(state) = body.pointer_mut("/properties/provisioningState")
        && !state.is_null()
    {
        *state = json!("Succeeded");
    }
    body
}
