//! Benchmarks of the generator and of the generated crate against baselines, in alternating runs.
//!
//! [`run`] measures one [`Benchmark`] and returns a [`Report`]. Benchmarks that need their own
//! process are in `benches/` and share [`clients`].

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
