//! Parameters of an operation and their values.

use super::{constraints::Constraints, error::invalid_argument};
use azure_core::{Result, Uuid};
use std::borrow::Cow;

/// The description of a path, query or header parameter.
///
/// Generated code creates it in `const` context:
///
/// ```
/// # use arm_runtime::Parameter;
/// static ENDPOINT_NAME: Parameter = Parameter::new("endpointName").argument("endpoint_name")
///     .pattern("^[a-z0-9-]+$").max_length(32);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    name: &'static str,
    argument: &'static str,
    required: bool,
    encode: bool,
    constraints: Constraints,
}

/// A parameter with a description, or one with a name only.
#[derive(Clone, Copy, Debug)]
pub struct NamedParameter(pub(crate) Parameter);

impl From<&'static str> for NamedParameter {
    fn from(name: &'static str) -> Self {
        Self(Parameter::new(name))
    }
}

impl From<&Parameter> for NamedParameter {
    fn from(parameter: &Parameter) -> Self {
        Self(*parameter)
    }
}

impl Parameter {
    /// Creates a parameter with a name on the wire, without constraints.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            argument: name,
            required: false,
            encode: true,
            constraints: Constraints::new(),
        }
    }

    /// Sets the name of the Rust argument, which errors show.
    pub const fn argument(mut self, argument: &'static str) -> Self {
        self.argument = argument;
        self
    }

    /// Requires the parameter.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Inserts the value into the URL without encoding it (`x-ms-skip-url-encoding`). Instead it is
    /// checked: in a path it may have several segments, but none that changes the path, such as
    /// `..`.
    pub const fn skip_encoding(mut self) -> Self {
        self.encode = false;
        self
    }

    /// Sets all constraints at once.
    pub const fn constraints(mut self, constraints: Constraints) -> Self {
        self.constraints = constraints;
        self
    }

    /// See [`Constraints::min_length`].
    pub const fn min_length(mut self, characters: usize) -> Self {
        self.constraints = self.constraints.min_length(characters);
        self
    }

    /// See [`Constraints::max_length`].
    pub const fn max_length(mut self, characters: usize) -> Self {
        self.constraints = self.constraints.max_length(characters);
        self
    }

    /// See [`Constraints::pattern`].
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.constraints = self.constraints.pattern(pattern);
        self
    }

    /// See [`Constraints::minimum`].
    pub const fn minimum(mut self, minimum: f64) -> Self {
        self.constraints = self.constraints.minimum(minimum);
        self
    }

    /// See [`Constraints::maximum`].
    pub const fn maximum(mut self, maximum: f64) -> Self {
        self.constraints = self.constraints.maximum(maximum);
        self
    }

    /// Returns the name on the wire.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn is_required(&self) -> bool {
        self.required
    }

    pub(crate) const fn is_encoded(&self) -> bool {
        self.encode
    }

    /// An error that says what is wrong with the argument.
    pub(crate) fn error(&self, operation: &str, problem: &str) -> azure_core::Error {
        invalid_argument(format!(
            "{operation}: the argument `{}` {problem}",
            self.argument
        ))
    }

    /// The value for an error message.
    pub(crate) fn shown(&self, value: &str) -> String {
        self.constraints.shown(value)
    }

    /// Checks a value against the description.
    pub(crate) fn check(&self, operation: &str, value: &str) -> Result<()> {
        self.constraints
            .check_text(value)
            .and_then(|()| self.check_number(value))
            .map_err(|problem| self.error(operation, &problem))
    }

    /// Checks a list against the description.
    pub(crate) fn check_list(&self, operation: &str, values: &[&str]) -> Result<()> {
        self.constraints
            .check_count(values.len())
            .and_then(|()| self.constraints.check_unique(values))
            .map_err(|problem| self.error(operation, &problem))
    }

    fn check_number(&self, value: &str) -> std::result::Result<(), String> {
        if !self.constraints.limits_numbers() {
            return Ok(());
        }
        match value.parse() {
            Ok(number) => self.constraints.check_number(number),
            Err(_) => Err(format!("must be a number, but is {}", self.shown(value))),
        }
    }
}

/// A value as text, or what is wrong with it: `cannot be …`.
pub(crate) type ValueText<'a> = std::result::Result<Cow<'a, str>, String>;

/// A value of a path, query or header parameter.
pub trait ParameterValue {
    /// Returns the value as text, not yet encoded.
    ///
    /// # Errors
    ///
    /// If the value cannot be written in a request. The text continues a sentence that begins with
    /// the name of the argument, as in "must be a finite number".
    fn to_text(&self) -> std::result::Result<Cow<'_, str>, String>;
}

impl ParameterValue for str {
    fn to_text(&self) -> ValueText<'_> {
        Ok(Cow::Borrowed(self))
    }
}

impl ParameterValue for String {
    fn to_text(&self) -> ValueText<'_> {
        Ok(Cow::Borrowed(self))
    }
}

impl ParameterValue for &str {
    fn to_text(&self) -> ValueText<'_> {
        Ok(Cow::Borrowed(self))
    }
}

macro_rules! displayed {
    ($($t:ty),*) => {
        $(impl ParameterValue for $t {
            fn to_text(&self) -> ValueText<'_> {
                Ok(self.to_string().into())
            }
        })*
    };
}

displayed!(bool, i32, i64, u32, u64, Uuid);

macro_rules! finite {
    ($($t:ty),*) => {
        $(impl ParameterValue for $t {
            fn to_text(&self) -> ValueText<'_> {
                if !self.is_finite() {
                    return Err(format!("must be a finite number, but is {self}"));
                }
                Ok(self.to_string().into())
            }
        })*
    };
}

finite!(f32, f64);

/// How the items of a list form a parameter (`collectionFormat`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListStyle {
    /// Separated by commas.
    #[default]
    Csv,
    /// Separated by spaces.
    Ssv,
    /// Separated by tabs.
    Tsv,
    /// Separated by `|`.
    Pipes,
    /// The parameter is repeated for each item.
    Multi,
}

impl ListStyle {
    /// Returns the separator of items in a form's field; `None` if the field is repeated.
    pub(crate) const fn plain_separator(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some(","),
            Self::Ssv => Some(" "),
            Self::Tsv => Some("\t"),
            Self::Pipes => Some("|"),
            Self::Multi => None,
        }
    }

    /// Returns the separator of items in a query; `None` if the parameter is repeated.
    pub(crate) const fn separator(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some(","),
            Self::Ssv => Some("%20"),
            Self::Tsv => Some("%09"),
            Self::Pipes => Some("%7C"),
            Self::Multi => None,
        }
    }

    /// Returns the separator of items in a path.
    pub(crate) const fn separator_in_path(self) -> &'static str {
        match self.separator() {
            Some(separator) => separator,
            None => ",",
        }
    }

    /// Returns the separator of items in a header.
    pub(crate) const fn separator_in_header(self) -> &'static str {
        match self {
            // Several headers with one name are equivalent to one with commas.
            Self::Csv | Self::Multi => ",",
            Self::Ssv => " ",
            Self::Tsv => "\t",
            Self::Pipes => "|",
        }
    }
}
