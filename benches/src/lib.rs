//! Benchmarks: the generator, the generated crate and its baselines, measured in turn.
//!
//! [`run`] measures one [`Benchmark`] and gives a [`Report`]. Those that need a process of their
//! own are the benches in `benches/`, which share [`clients`].

#[cfg(feature = "clients")]
pub mod clients;

mod baseline;
mod benchmark;
mod code_size;
mod cold_build;
mod compile;
mod error;
mod generator;
mod in_process;
mod machine;
mod plot;
mod process;
mod program_size;
mod report;
mod row;
mod scratch;
mod synthetic;
mod workspace;

pub use self::{
    benchmark::{Benchmark, run},
    error::Error,
    report::{table, write},
    row::{Report, Row, Target, Unit},
    workspace::Workspace,
};
