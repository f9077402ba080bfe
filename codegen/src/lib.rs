//! Turns the description of an Azure Resource Manager service into a Rust client crate.
