//! Text to document.

use super::{Description, check, unsupported};
use crate::{
    problem::{Problem, Problems},
    strict,
};
use serde_json::Value;

/// Reads a description in YAML (or JSON, which is YAML too).
///
/// # Errors
///
/// Every problem of the file: text that is not YAML, a version other than OpenAPI 3.0, and all
/// that is unsound in the document.
pub fn read(file: &str, text: &str) -> Result<Description, Problems> {
    let raw = strict::yaml(text)
        .map_err(|error| Problem::of_file(file, format!("not valid YAML: {error}")))?;
    from_value(file, raw)
}

/// Takes a description that was read already.
///
/// # Errors
///
/// As [`read`], from the version on.
pub fn from_value(file: &str, raw: Value) -> Result<Description, Problems> {
    require_openapi_3_0(file, &raw)?;
    check::check(file, &raw).into_result(())?;
    let notes = unsupported::notes(file, &raw);
    let api = serde_json::from_value(raw)
        .map_err(|error| Problem::of_file(file, format!("not an OpenAPI 3.0 document: {error}")))?;
    Ok(Description {
        file: file.to_owned(),
        api,
        notes,
    })
}

fn require_openapi_3_0(file: &str, raw: &Value) -> Result<(), Problem> {
    let message = match (raw.get("openapi"), raw.get("swagger")) {
        (Some(Value::String(version)), _) if version.starts_with("3.0.") => return Ok(()),
        (Some(version), _) => format!("expected OpenAPI 3.0, found {version}"),
        (None, Some(_)) => {
            "this is Swagger 2.0; `cargo xtask import` turns it into OpenAPI 3.0".to_owned()
        }
        (None, None) => "expected an OpenAPI 3.0 document with `openapi: 3.0.x`".to_owned(),
    };
    Err(Problem::new(file, ["openapi"], message))
}
