//! Snapshot and integration tests of the workspace, and what they share.
//!
//! The proofs check the generated crate against the descriptions. All that says what is right
//! reads the YAML itself and shares nothing with the generator: [`description`] and [`shape`]
//! look things up, [`documents`] makes random values, [`rules`] says whether a value is valid and
//! [`compare`] what has to come back of it. Only the tables in [`generated`] come from the
//! generator.

pub mod calls;
pub mod compare;
pub mod description;
pub mod documents;
pub mod expected_after_put;
pub mod fuzz;
// Formatted by the generator.
#[rustfmt::skip]
pub mod generated;
pub mod generator;
pub mod http_message;
pub mod invalid_documents;
pub mod invalid_requests;
pub mod loopback;
pub mod operations;
pub mod pattern;
pub mod random;
pub mod recording_proxy;
pub mod report;
pub mod requests;
pub mod resources;
pub mod round_trip;
pub mod rules;
pub mod scenarios;
pub mod server;
pub mod shape;

/// The programs in the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub mod readme {}
