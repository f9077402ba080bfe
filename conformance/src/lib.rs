//! Tries the examples of Swagger files (`x-ms-examples`) on the clients that are generated from
//! the files.
//!
//! With the feature `runner`, `run` imports Swagger files, generates a client, compiles it
//! together with a program that calls each of its methods, and goes through the examples: the
//! program sends the example's request to a server on this machine, which answers as the example
//! does. Requests and results are judged by the Swagger files themselves and without the
//! generator: paths, queries, headers and bodies are put together once more from the files, and
//! where an example contradicts its own schema a validator of JSON Schema says so.
//!
//! With the feature `driver`, the crate is the other side: what such a program consists of, except
//! for the generated table of calls.

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
