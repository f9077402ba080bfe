//! Checks a finished document before it is handed out.

use serde_json::Value;

use crate::json_pointer::JsonPointer;
use crate::problem::Problem;

/// Keys of maps from names to something.
const HOLDS_NAMES: [&str; 6] = [
    "headers",
    "parameters",
    "paths",
    "properties",
    "responses",
    "schemas",
];

/// Finds references that lead nowhere, and whatever keeps the document from being OpenAPI 3.0.
pub(crate) fn check(document: &Value, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    references(
        document,
        document,
        &JsonPointer::root(),
        false,
        &mut problems,
    );
    if let Err(error) = serde_json::from_value::<openapiv3::OpenAPI>(document.clone()) {
        problems.push(problem(
            &JsonPointer::root(),
            format!("the result is not valid OpenAPI 3.0 ({error})"),
        ));
    }
    for problem in &mut problems {
        problem.file = file.to_owned();
    }
    problems
}

fn problem(pointer: &JsonPointer, message: String) -> Problem {
    Problem {
        file: String::new(),
        pointer: pointer.clone(),
        message,
    }
}

/// Looks at references only where they mean one: neither in values and extensions nor in names.
fn references(
    document: &Value,
    value: &Value,
    pointer: &JsonPointer,
    is_names: bool,
    problems: &mut Vec<Problem>,
) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let here = pointer.child(key);
                let is_data = matches!(key.as_str(), "default" | "example" | "examples" | "enum");
                if !is_names && (is_data || key.starts_with("x-")) {
                    continue;
                }
                match inner.as_str().filter(|_| key == "$ref") {
                    Some(reference) => problems.extend(dangling(document, reference, &here)),
                    None => references(
                        document,
                        inner,
                        &here,
                        !is_names && HOLDS_NAMES.contains(&key.as_str()),
                        problems,
                    ),
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                references(document, inner, &pointer.child(index), false, problems);
            }
        }
        _ => {}
    }
}

fn dangling(document: &Value, reference: &str, pointer: &JsonPointer) -> Option<Problem> {
    let found = reference
        .strip_prefix('#')
        .and_then(|target| document.pointer(target));
    found.is_none().then(|| {
        problem(
            pointer,
            format!("`{reference}` leads nowhere in this document"),
        )
    })
}
