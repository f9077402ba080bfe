//! The rules on a member, as [`model!`](crate::model!) has them.

use crate::Constraints;

/// What holds for a member: whether it must be there, and the limits on its value.
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
