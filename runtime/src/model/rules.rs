//! The rules on a member, as [`model!`](crate::model!) has them.

use crate::Constraints;

/// What holds for a member: whether it must be there, and the limits on its value.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub(super) required: bool,
    pub(super) limits: &'static Constraints,
}

/// The limits of a value without limits.
pub(super) static NO_LIMITS: Constraints = Constraints::new();

impl Rules {
    /// No rules.
    pub const NONE: Self = Self::new(false, &NO_LIMITS);

    /// The member must be there.
    pub const REQUIRED: Self = Self::new(true, &NO_LIMITS);

    /// Rules of both kinds.
    pub const fn new(required: bool, limits: &'static Constraints) -> Self {
        Self { required, limits }
    }
}

/// Makes [`Rules`] of those in the line of a model, one by one.
///
/// Limits on numbers may be integers there.
#[doc(hidden)]
#[macro_export]
macro_rules! __rules {
    (required) => {
        $crate::model::Rules::REQUIRED
    };
    (@ $required:tt [$limits:expr]) => {
        $crate::model::Rules::new($required, const { &$limits })
    };
    (@ $required:tt [$limits:expr] required $(, $($more:tt)*)?) => {
        $crate::__rules!(@ true [$limits] $($($more)*)?)
    };
    (@ $required:tt [$limits:expr] minimum($number:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $required [$limits.minimum($number as f64)] $($($more)*)?)
    };
    (@ $required:tt [$limits:expr] maximum($number:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $required [$limits.maximum($number as f64)] $($($more)*)?)
    };
    (@ $required:tt [$limits:expr] exclusive_minimum($number:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $required [$limits.minimum($number as f64).exclusive_minimum()] $($($more)*)?)
    };
    (@ $required:tt [$limits:expr] exclusive_maximum($number:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $required [$limits.maximum($number as f64).exclusive_maximum()] $($($more)*)?)
    };
    (@ $required:tt [$limits:expr] multiple_of($number:literal) $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $required [$limits.multiple_of($number as f64)] $($($more)*)?)
    };
    (@ $required:tt [$limits:expr] $rule:ident $(($limit:literal))? $(, $($more:tt)*)?) => {
        $crate::__rules!(@ $required [$limits.$rule($($limit)?)] $($($more)*)?)
    };
    ($($rules:tt)*) => {
        $crate::__rules!(@ false [$crate::Constraints::new()] $($rules)*)
    };
}
