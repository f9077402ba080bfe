//! Compares requests and results with what an example describes.

use crate::{
    compare::{differences, is_same_text},
    example::{Exchange, ExpectedRequest, ExpectedResult},
    finding::{Finding, Part},
    plan::{Observation, Request, Returned},
    specification::percent_decode,
};
use serde_json::Value;

/// Returns the differences between an exchange and what was observed.
pub(crate) fn judge(exchange: &Exchange, observation: &Observation) -> Vec<Finding> {
    let Some(request) = &observation.request else {
        let message = match &observation.result {
            Returned::Error(error) => error,
            _ => "nothing was sent",
        };
        return vec![Finding::new(Part::Request, message)];
    };
    let mut found = request_findings(&exchange.request, request);
    let part = Part::Response(exchange.status);
    found.extend(result_findings(
        &part,
        &exchange.result,
        &observation.result,
    ));
    found
}

fn result_findings(part: &Part, expected: &ExpectedResult, actual: &Returned) -> Vec<Finding> {
    let wrong = |message: &str| vec![Finding::new(part.clone(), message)];
    match (expected, actual) {
        (ExpectedResult::Unknown, _) => Vec::new(),
        (_, Returned::Error(error)) => wrong(error),
        (ExpectedResult::Success, _) => Vec::new(),
        (ExpectedResult::Exists(expected), Returned::Exists(actual)) if expected == actual => {
            Vec::new()
        }
        (ExpectedResult::Exists(expected), actual) => {
            wrong(&format!("expected {expected}, got {actual:?}"))
        }
        (ExpectedResult::Text(expected), Returned::Text(actual)) if expected == actual => {
            Vec::new()
        }
        (ExpectedResult::Text(_), _) => wrong("the bytes differ"),
        (ExpectedResult::Value(expected), Returned::Model(actual)) => {
            differences(part, expected, actual)
        }
        (ExpectedResult::Value(expected), Returned::Pages(pages)) => match pages.as_slice() {
            [first, ..] => differences(part, expected, first),
            [] => wrong("the list has no pages"),
        },
        (ExpectedResult::Value(expected), Returned::Text(text)) if is_text_of(expected, text) => {
            Vec::new()
        }
        (ExpectedResult::Value(_), _) => wrong("the method returned no value"),
    }
}

/// Returns whether a text is the string form of a value.
fn is_text_of(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => own == text,
        other => serde_json::from_str::<Value>(text).is_ok_and(|read| read == *other),
    }
}

fn request_findings(expected: &ExpectedRequest, actual: &Request) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut wrong = |message: String| found.push(Finding::new(Part::Line, message));
    if actual.method != expected.method {
        wrong(format!(
            "the method is {}, not {}",
            actual.method, expected.method
        ));
    }
    let target = &actual.target;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path: Vec<String> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(percent_decode)
        .collect();
    if path != expected.path {
        wrong(format!(
            "the path is /{}, not /{}",
            path.join("/"),
            expected.path.join("/")
        ));
    }
    found.extend(query_findings(expected, query));
    for (name, value) in &expected.headers {
        let own = actual.headers.get(name).map_or("", String::as_str);
        if !is_same_text(value, own) {
            let part = Part::Parameter("header", name.clone());
            found.push(Finding::new(
                part,
                format!("{own:?} was sent, not {value:?}"),
            ));
        }
    }
    found.extend(body_findings(expected, actual));
    found
}

fn query_findings(expected: &ExpectedRequest, query: &str) -> Vec<Finding> {
    let decode = |text: &str| percent_decode(&text.replace('+', " "));
    let mut actual: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    let mut found = Vec::new();
    for (name, value) in &expected.query {
        let same = |(own, text): &(String, String)| own == name && is_same_text(text, value);
        let part = || Part::Parameter("query", name.clone());
        match actual.iter().position(same) {
            Some(at) => {
                actual.remove(at);
            }
            None => match actual.iter().position(|(own, _)| own == name) {
                Some(at) => {
                    let (_, own) = actual.remove(at);
                    found.push(Finding::new(
                        part(),
                        format!("{own:?} was sent, not {value:?}"),
                    ));
                }
                None => found.push(Finding::new(part(), format!("{value:?} was not sent"))),
            },
        }
    }
    for (name, value) in actual {
        let part = Part::Parameter("query", name);
        found.push(Finding::new(part, format!("{value:?} was sent")));
    }
    found
}

fn body_findings(expected: &ExpectedRequest, actual: &Request) -> Vec<Finding> {
    let sent = &actual.body;
    let Some(body) = &expected.body else {
        let unexpected =
            (!sent.is_empty()).then(|| Finding::new(Part::Body, "a body was sent, expected none"));
        return unexpected.into_iter().collect();
    };
    let mut found = Vec::new();
    let content_type = actual.headers.get("content-type");
    let content_type = content_type.map_or("", String::as_str);
    let bare = |text: &str| {
        text.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase()
    };
    let types = &expected.content_types;
    if !types.is_empty() && !types.iter().any(|one| bare(one) == bare(content_type)) {
        let message = format!("sent as {content_type:?}, not as {}", types.join(" or "));
        found.push(Finding::new(Part::Body, message));
    }
    if !content_type.contains("json") {
        if body
            .as_str()
            .map_or_else(|| body.to_string(), str::to_owned)
            != *sent
        {
            found.push(Finding::new(Part::Body, "the bytes differ"));
        }
        return found;
    }
    match serde_json::from_str::<Value>(sent) {
        Ok(sent) => found.extend(differences(&Part::Body, body, &sent)),
        Err(error) => found.push(Finding::new(
            Part::Body,
            format!("the body is not JSON: {error}"),
        )),
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Case;
    use serde_json::json;

    fn exchange() -> Exchange {
        Exchange {
            case: Case::default(),
            request: ExpectedRequest {
                method: "PUT".to_owned(),
                path: vec!["a".to_owned(), "b c".to_owned()],
                query: vec![("api-version".to_owned(), "1".to_owned())],
                headers: vec![("if-match".to_owned(), "*".to_owned())],
                body: Some(json!({ "x": 1 })),
                content_types: vec!["application/json".to_owned()],
            },
            result: ExpectedResult::Value(json!({ "y": 2 })),
            status: 200,
        }
    }

    fn result() -> Value {
        json!({
            "request": {
                "method": "PUT", "target": "/a/b%20c?api-version=1",
                "headers": { "if-match": "*", "content-type": "application/json" },
                "body": "{\"x\":1}",
            },
            "result": { "model": { "y": 2 } },
        })
    }

    fn findings(change: impl Fn(&mut Value)) -> String {
        let mut result = result();
        change(&mut result);
        let found = judge(&exchange(), &serde_json::from_value(result).unwrap());
        found
            .iter()
            .map(Finding::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn an_exchange_equal_to_the_example_passes() {
        assert_eq!(findings(|_| {}), "");
    }

    #[test]
    fn each_part_is_compared() {
        for (pointer, value, expected) in [
            (
                "/request/method",
                json!("POST"),
                "request line: the method is POST, not PUT",
            ),
            (
                "/request/target",
                json!("/a/b?api-version=1"),
                "request line: the path is /a/b, not /a/b c",
            ),
            (
                "/request/target",
                json!("/a/b%20c?api-version=2&z=1"),
                "query parameter api-version: \"2\" was sent, not \"1\"; query parameter z: \"1\" was sent",
            ),
            (
                "/request/headers/if-match",
                json!("x"),
                "header parameter if-match: \"x\" was sent, not \"*\"",
            ),
            (
                "/request/headers/content-type",
                json!("text/json"),
                "request body: sent as \"text/json\", not as application/json",
            ),
            (
                "/request/body",
                json!("{}"),
                "request body at /x: 1 was lost",
            ),
            (
                "/result/model",
                json!({ "y": 3 }),
                "response 200 at /y: 2 became 3",
            ),
            ("/request", Value::Null, "request: nothing was sent"),
        ] {
            let found = findings(|result| {
                if let Some(place) = result.pointer_mut(pointer) {
                    *place = value.clone();
                }
            });
            assert_eq!(found, expected);
        }
        let failed = findings(|result| result["result"] = json!({ "error": "no" }));
        assert_eq!(failed, "response 200: no");
    }
}
