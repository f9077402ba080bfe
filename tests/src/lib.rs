//! Snapshot and integration tests of the workspace.

pub mod generator;
