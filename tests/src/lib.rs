//! Snapshot and integration tests of the workspace, and what they share.

pub mod generator;
pub mod loopback;

/// The programs in the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub mod readme {}
