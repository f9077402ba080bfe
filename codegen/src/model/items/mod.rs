//! Converts schemas to types, and assigns them to modules.

pub(crate) mod modules;
pub(crate) mod schemas;
pub(crate) mod types;
