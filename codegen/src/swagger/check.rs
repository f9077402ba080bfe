//! Checks a finished document before it is handed out.

use serde_json::Value;

use super::place::escape;
use crate::problem::Problem;

/// Finds references that lead nowhere, and whatever keeps the document from being OpenAPI 3.0.
pub(crate) fn check(document: &Value, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    references(document, document, "", &mut problems);
    if let Err(error) = serde_json::from_value::<openapiv3::OpenAPI>(document.clone()) {
        problems.push(problem(
            "",
            format!("the result is not valid OpenAPI 3.0 ({error})"),
        ));
    }
    for problem in &mut problems {
        problem.file = file.to_owned();
    }
    problems
}

fn problem(pointer: &str, message: String) -> Problem {
    Problem {
        file: String::new(),
        pointer: pointer.to_owned(),
        message,
    }
}

fn references(document: &Value, value: &Value, pointer: &str, problems: &mut Vec<Problem>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let here = format!("{pointer}/{}", escape(key));
                match inner.as_str().filter(|_| key == "$ref") {
                    Some(reference) => {
                        let found = reference
                            .strip_prefix('#')
                            .and_then(|target| document.pointer(target));
                        if found.is_none() {
                            problems.push(problem(
                                &here,
                                format!("`{reference}` leads nowhere in this document"),
                            ));
                        }
                    }
                    None => references(document, inner, &here, problems),
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                references(document, inner, &format!("{pointer}/{index}"), problems);
            }
        }
        _ => {}
    }
}
