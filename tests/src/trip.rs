//! The way of a document through a type and back.

use arm_runtime::{Validate, Validator};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The value, written again.
    pub json: String,
    /// The value's `Debug`.
    pub debug: String,
    /// What a client would refuse to send it for.
    pub violation: Option<String>,
}

/// Parses a document into a type; the error is that of the parser.
pub type Trip = fn(&str) -> Result<Trace, String>;

/// [`Trip`] through `T`.
///
/// # Errors
///
/// What the type does not accept, or cannot write again.
pub fn trip<T>(json: &str) -> Result<Trace, String>
where
    T: DeserializeOwned + Serialize + Debug + Validate,
{
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let mut validator = Validator::new();
    value.validate(&mut validator);
    Ok(Trace {
        json: serde_json::to_string(&value).map_err(|error| error.to_string())?,
        debug: format!("{value:?}"),
        violation: validator.violation().map(str::to_owned),
    })
}
