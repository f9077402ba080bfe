//! Rules on members, and the check of a request body against them.

use super::wire::Path;
use std::fmt;

/// What a member is checked against.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    required: bool,
    min_length: Option<usize>,
    max_length: Option<usize>,
    pattern: Option<&'static str>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    exclusive_minimum: Option<f64>,
    exclusive_maximum: Option<f64>,
    multiple_of: Option<f64>,
    min_items: Option<usize>,
    max_items: Option<usize>,
    unique_items: bool,
}

macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(mut self, limit: $type) -> Self {
            self.$name = Some(limit);
            self
        }
    )*};
}

impl Rules {
    /// No rules.
    pub const NEW: Self = Self {
        required: false,
        min_length: None,
        max_length: None,
        pattern: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
    };

    /// The rule that there must be a value.
    pub const REQUIRED: Self = Self::NEW.required();

    /// There must be a value.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// No element may occur twice.
    #[must_use]
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    setters! {
        /// The fewest characters.
        min_length: usize;
        /// The most characters.
        max_length: usize;
        /// The ECMAScript regular expression that the text must match.
        pattern: &'static str;
        /// The smallest number.
        minimum: f64;
        /// The largest number.
        maximum: f64;
        /// What the number must be larger than.
        exclusive_minimum: f64;
        /// What the number must be smaller than.
        exclusive_maximum: f64;
        /// What the number must be a multiple of.
        multiple_of: f64;
        /// The fewest elements.
        min_items: usize;
        /// The most elements.
        max_items: usize;
    }
}

/// Something that can be checked before it is sent.
pub trait Validate {
    /// Finds the first violation of a rule.
    fn validate(&self) -> Result<(), Violation>;
}

/// A rule that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where the value lies.
    pub path: String,
    /// What the rule asks for.
    pub rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.rule)
    }
}

impl std::error::Error for Violation {}

/// Looks for the first violation.
#[derive(Debug, Default)]
pub struct Validator {
    found: Option<(Path, String)>,
}

impl Validator {
    /// Whether a violation was found.
    pub fn done(&self) -> bool {
        self.found.is_some()
    }

    /// Notes that a value is missing.
    pub fn missing(&mut self, rules: &Rules) {
        if rules.required {
            self.found = Some((Path::default(), "is required".to_owned()));
        }
    }

    /// Checks a text.
    pub fn text(&mut self, _value: &str, _rules: &Rules) {}

    /// Checks a number.
    pub fn number(&mut self, _number: f64, _shown: &dyn fmt::Display, _rules: &Rules) {}

    /// Checks an array.
    pub fn items<T: PartialEq>(&mut self, _items: &[T], _rules: &Rules) {}

    /// Notes that what was checked lies in the member `name`.
    pub fn leave_member(&mut self, name: &str) {
        if let Some((path, _)) = &mut self.found {
            path.member(name);
        }
    }

    /// Notes that what was checked lies in the element `index`.
    pub fn leave_element(&mut self, index: usize) {
        if let Some((path, _)) = &mut self.found {
            path.element(index);
        }
    }
}

/// Builds the rules of a member.
#[doc(hidden)]
#[macro_export]
macro_rules! __rules {
    (required) => { &$crate::model::Rules::REQUIRED };
    (@ $rules:expr;) => { const { &$rules } };
    (@ $rules:expr; minimum($x:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $rules.minimum($x as f64); $($($more)*)?)
    };
    (@ $rules:expr; maximum($x:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $rules.maximum($x as f64); $($($more)*)?)
    };
    (@ $rules:expr; exclusive_minimum($x:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $rules.exclusive_minimum($x as f64); $($($more)*)?)
    };
    (@ $rules:expr; exclusive_maximum($x:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $rules.exclusive_maximum($x as f64); $($($more)*)?)
    };
    (@ $rules:expr; multiple_of($x:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $rules.multiple_of($x as f64); $($($more)*)?)
    };
    (@ $rules:expr; $rule:ident $(($x:literal))? $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $rules.$rule($($x)?); $($($more)*)?)
    };
    ($($rules:tt)*) => { $crate::__rules!(@ $crate::model::Rules::NEW; $($rules)*) };
}
