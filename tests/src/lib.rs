//! Snapshot and integration tests of the workspace, and their helpers.
//!
//! The proofs check the generated crate against the descriptions. All code that decides what is
//! correct reads the YAML itself and shares nothing with the generator: [`description`] and
//! [`shape`] read it, [`documents`] creates random values, [`rules`] decides whether a value is
//! valid, and [`compare`] what must be returned for it. Only the tables in [`generated`] come from
//! the generator.

pub mod calls;
pub mod compare;
pub mod description;
pub mod documents;
pub mod expected_after_put;
pub mod fuzz;
// rustfmt must not change it: the generator has formatted it.
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
