//! Parameters and the rules that values obey.

use serde_json::Number;

/// A constant that describes a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name of the constant, in upper case.
    pub constant: String,
    /// Name of the parameter on the wire.
    pub wire: String,
    /// Rules that values obey.
    pub rules: Vec<Rule>,
    /// Whether values are written into the URL without percent-encoding.
    pub skip_encoding: bool,
    /// Sets of Cargo features, each of which brings in what uses it; empty when something that is
    /// always there does.
    pub features: Vec<Vec<String>>,
}

/// A rule that a value obeys.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The value must be present in requests.
    Required,
    /// Least length of a text, in characters.
    MinLength(usize),
    /// Greatest length of a text, in characters.
    MaxLength(usize),
    /// Regular expression that a text matches.
    Pattern(String),
    /// Least number.
    Minimum(Number),
    /// Greatest number.
    Maximum(Number),
    /// Number that values are greater than.
    ExclusiveMinimum(Number),
    /// Number that values are less than.
    ExclusiveMaximum(Number),
    /// Number that values are multiples of.
    MultipleOf(Number),
    /// Least number of elements.
    MinItems(usize),
    /// Greatest number of elements.
    MaxItems(usize),
    /// No element occurs twice.
    UniqueItems,
    /// Only these API versions have it, all of them previews, oldest first.
    Previews(Vec<String>),
    /// Only the service sets the value.
    ReadOnly,
}
