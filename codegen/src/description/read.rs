//! Reads text into a document.

use super::{Description, check, extensions, unsupported, xml};
use crate::{
    problem::{Problem, Problems},
    strict,
};
use openapiv3::OpenAPI;
use serde::Deserialize as _;
use serde_json::Value;

/// Reads a description in YAML or JSON.
///
/// # Errors
///
/// All problems of the file: text that is not YAML, a version other than OpenAPI 3.0, and
/// everything that is not valid in the document.
pub fn read(file: &str, text: &str) -> Result<Description, Problems> {
    let raw = strict::yaml(text)
        .map_err(|error| Problem::of_file(file, format!("not valid YAML: {error}")))?;
    from_value(file, raw)
}

/// Checks a description that was already parsed.
///
/// # Errors
///
/// As for [`read`], without those of the YAML.
pub fn from_value(file: &str, raw: Value) -> Result<Description, Problems> {
    require_openapi_3_0(file, &raw)?;
    check::check(file, &raw).into_result(())?;
    let left_out = xml::operations(&raw);
    let mut notes = unsupported::notes(file, &raw, &left_out);
    notes.extend(extensions::notes(file, &raw));
    let api = OpenAPI::deserialize(&raw)
        .map_err(|error| Problem::of_file(file, format!("not an OpenAPI 3.0 document: {error}")))?;
    Ok(Description {
        file: file.to_owned(),
        api,
        notes,
        left_out,
    })
}

fn require_openapi_3_0(file: &str, raw: &Value) -> Result<(), Problem> {
    let message = match (raw.get("openapi"), raw.get("swagger")) {
        (Some(Value::String(version)), _) if version.starts_with("3.0.") => return Ok(()),
        (Some(version), _) => format!("expected OpenAPI 3.0, found {version}"),
        (None, Some(_)) => {
            "this is Swagger 2.0; `cargo xtask import` converts it to OpenAPI 3.0".to_owned()
        }
        (None, None) => "expected an OpenAPI 3.0 document with `openapi: 3.0.x`".to_owned(),
    };
    Err(Problem::new(file, ["openapi"], message))
}
