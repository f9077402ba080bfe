//! What can be measured.

use crate::{
    cold_build, compile, error::Error, generator, in_process, program_size, row::Report,
    workspace::Workspace,
};

/// Something to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Benchmark {
    /// How long the generated crate takes to compile, and how large it is.
    Compile,
    /// How long a small program takes to build from nothing.
    Cold,
    /// How long the generator takes.
    Codegen,
    /// Calls over loopback.
    Call,
    /// Reading and writing models.
    Decode,
    /// The size of a small program.
    Size,
}

impl Benchmark {
    /// The name, which is that of its report.
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

/// Measures in `runs` runs.
///
/// # Errors
///
/// A build or a program that fails, and files that cannot be written.
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
