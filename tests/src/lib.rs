//! Snapshot and integration tests of the workspace, and what they share.

pub mod generator;
pub mod loopback;
