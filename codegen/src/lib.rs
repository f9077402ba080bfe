//! Turns the description of an Azure Resource Manager service into a Rust client crate.

pub mod diff;
pub mod problem;
pub mod swagger;
