//! The rules of a member in [`model!`](crate::model!).

use crate::Constraints;

/// The rules of a member: whether it is required or read-only, and the limits of its value.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub(super) required: bool,
    pub(super) read_only: bool,
    pub(super) limits: &'static Constraints,
}

/// The limits of a value without limits.
pub(super) static NO_LIMITS: Constraints = Constraints::new();

impl Rules {
    /// No rules.
    pub const NONE: Self = Self {
        required: false,
        read_only: false,
        limits: &NO_LIMITS,
    };
}
