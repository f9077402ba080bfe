//! Text utilities: encoding, patterns, and excerpts for messages.

pub(crate) mod excerpt;
pub(crate) mod pattern;
pub(crate) mod percent;
#[cfg(feature = "simple_patterns")]
mod simple_pattern;
