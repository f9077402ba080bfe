//! Reads a document into a type and writes it again.

use arm_runtime::{
    Validate, Validator,
    model::{Wire, support},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::fmt::Debug;

/// A document after it was parsed and serialized again.
#[derive(Clone, Debug)]
pub struct Reserialized {
    /// The value, serialized again.
    pub json: String,
    /// The `Debug` output of the value.
    pub debug: String,
    /// The first rule that it violates, of those that clients check before they send it.
    pub violation: Option<String>,
}

/// Parses a document into a type; the error is that of the parser.
pub type RoundTrip = fn(&str) -> Result<Reserialized, String>;

/// [`RoundTrip`] through `T`.
///
/// # Errors
///
/// If the type does not accept the document or cannot serialize it again.
pub fn round_trip<T>(json: &str) -> Result<Reserialized, String>
where
    T: DeserializeOwned + Serialize + Debug + Validate,
{
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let mut validator = Validator::new();
    value.validate(&mut validator);
    Ok(Reserialized {
        json: serde_json::to_string(&value).map_err(|error| error.to_string())?,
        debug: format!("{value:?}"),
        violation: validator.violation().map(str::to_owned),
    })
}

/// Reads a member of a union by its accessor.
pub type Access = fn(&str) -> Result<Option<Value>, String>;

/// Returns the JSON of what `get` reads from a document.
///
/// # Errors
///
/// If the union does not accept the document, or the member cannot be serialized.
pub fn access<U: DeserializeOwned, T: Wire>(
    json: &str,
    get: impl Fn(&U) -> Option<T>,
) -> Result<Option<Value>, String> {
    let union = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let member = get(&union).map(|member| support::write(&member, serde_json::value::Serializer));
    member.transpose().map_err(|error| error.to_string())
}
