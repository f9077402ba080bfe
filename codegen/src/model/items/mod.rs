//! Schemas to types, and the modules that these are in.

pub(crate) mod modules;
pub(crate) mod schemas;
pub(crate) mod types;
