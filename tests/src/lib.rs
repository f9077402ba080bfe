//! Snapshot and integration tests of the workspace, and what they share.
//!
//! The proofs check the generated crate against the descriptions. All that says what is right
//! reads the YAML itself and shares nothing with the generator: [`description`] and [`shape`]
//! look things up, [`documents`] makes random values, [`rules`] says whether a value is valid and
//! [`compare`] what has to come back of it. Only the tables in [`generated`] come from the
//! generator.

pub mod calls;
pub mod compare;
pub mod conversations;
pub mod description;
pub mod documents;
pub mod fuzz;
// Formatted by the generator.
#[rustfmt::skip]
pub mod generated;
pub mod generator;
pub mod kept;
pub mod loopback;
pub mod operations;
pub mod pattern;
pub mod random;
pub mod refusals;
pub mod relay;
pub mod report;
pub mod requests;
pub mod resources;
pub mod rules;
pub mod server;
pub mod shape;
pub mod trip;
pub mod wire;
pub mod wrong;

/// The programs in the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub mod readme {}
