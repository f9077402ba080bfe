//! The benchmarks.

use crate::{
    cold_build, compile, error::Error, generator, in_process, program_size, row::Report,
    workspace::Workspace,
};

/// A benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Benchmark {
    /// Compile time and size of the generated crate.
    Compile,
    /// Build time of a small program from nothing.
    Cold,
    /// Run time of the generator.
    Codegen,
    /// Calls over loopback.
    Call,
    /// Reading and writing models.
    Decode,
    /// The size of a small program.
    Size,
}

impl Benchmark {
    /// Returns the name, which is also the name of its report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compile => "compile",
            Self::Cold => "cold",
            Self::Codegen => "codegen",
            Self::Call => "call",
            Self::Decode => "decode",
            Self::Size => "size",
        }
    }
}

/// Measures a benchmark `runs` times.
///
/// # Errors
///
/// If a build or a program fails, or a file cannot be written.
pub fn run(benchmark: Benchmark, workspace: &Workspace, runs: usize) -> Result<Report, Error> {
    match benchmark {
        Benchmark::Compile => compile::run(workspace, runs),
        Benchmark::Cold => cold_build::run(workspace, runs),
        Benchmark::Codegen => generator::run(workspace, runs),
        Benchmark::Call => in_process::call(workspace, runs),
        Benchmark::Decode => in_process::decode(workspace, runs),
        Benchmark::Size => program_size::run(workspace),
    }
}
