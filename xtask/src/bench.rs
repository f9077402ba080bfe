//! `cargo xtask bench`.

use crate::{EXIT_CODES, paths, print, progress};
use arm_benches::{Benchmark, Workspace};
use clap::{Args, ValueEnum};
use std::{num::NonZero, process::ExitCode};

/// Measures this repository and its baselines in alternating runs, and writes docs/performance/
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// What to measure
    what: What,

    /// Number of runs; each result is the median of them
    #[arg(long, value_name = "N", default_value = "3")]
    runs: NonZero<usize>,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Compile time and size of the generated crate
    Compile,
    /// Build time of the README's program from nothing
    Cold,
    /// Run time of the generator
    Codegen,
    /// Calls over loopback
    Call,
    /// Reading and writing models
    Decode,
    /// The size of a small program
    Size,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let benchmark = match arguments.what {
        What::Compile => Benchmark::Compile,
        What::Cold => Benchmark::Cold,
        What::Codegen => Benchmark::Codegen,
        What::Call => Benchmark::Call,
        What::Decode => Benchmark::Decode,
        What::Size => Benchmark::Size,
    };
    let runs = arguments.runs.get();
    let progress = progress::bar("");
    let workspace = Workspace {
        root: paths::root(),
        target: paths::target(),
        progress: progress.0.clone(),
    };
    let measured = arm_benches::run(benchmark, &workspace, runs);
    drop(progress);
    let report = measured.map_err(|error| error.to_string())?;
    print::result(&format!("{}\n", arm_benches::table(&report)))?;
    let folder = workspace.root.join("docs/performance");
    arm_benches::write(&folder, benchmark, runs, &report).map_err(|error| error.to_string())?;
    Ok(ExitCode::SUCCESS)
}
