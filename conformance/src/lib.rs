//! Runs the examples of Swagger files (`x-ms-examples`) against the clients that are generated from
//! the files.
//!
//! With the feature `runner`, `run` imports Swagger files, generates a client, compiles it together
//! with a program that calls each of its methods, and runs the examples: the program sends the
//! example's request to a server on loopback, which returns the example's response. Requests and
//! results are checked against the Swagger files, without the generator: the expected paths,
//! queries, headers and bodies are built from the files a second time, and a JSON Schema validator
//! reports where an example contradicts its own schema.
//!
//! With the feature `driver`, the crate provides the parts of such a program, except for the
//! generated table of calls.

#[cfg(feature = "runner")]
mod compare;
#[cfg(feature = "driver")]
pub mod driver;
#[cfg(feature = "runner")]
mod error;
#[cfg(feature = "runner")]
mod example;
#[cfg(feature = "runner")]
mod finding;
#[cfg(feature = "runner")]
mod json_schema;
#[cfg(feature = "runner")]
mod judge;
#[cfg(feature = "runner")]
mod options;
pub mod plan;
#[cfg(feature = "runner")]
mod project;
#[cfg(feature = "runner")]
mod report;
#[cfg(feature = "runner")]
mod runner;
#[cfg(feature = "runner")]
mod specification;

#[cfg(feature = "runner")]
pub use self::{
    error::Error,
    finding::{Finding, Part},
    options::Options,
    report::{Judged, Report, Verdict},
    runner::run,
};
