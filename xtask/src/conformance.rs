//! `cargo xtask conformance`.

use crate::{EXIT_CODES, paths, print, progress, sources::Sources};
use arm_conformance::{Options, Verdict};
use clap::{ArgGroup, Args, ValueEnum};
use std::{path::PathBuf, process::ExitCode};

/// Runs the examples of Swagger files against the client that is generated from them
///
/// Fails if the client does not do what an example says and no mistake in the example explains the
/// difference.
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
#[command(group = ArgGroup::new("input").args(["swagger", "readme"]).multiple(true).required(true))]
pub(crate) struct Arguments {
    #[command(flatten)]
    sources: Sources,

    /// Name of the generated crate
    #[arg(long, value_name = "NAME", default_value = "arm_client")]
    crate_name: String,

    /// Folder for the client and the test program [default: conformance/NAME in the target folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Format of the report
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// Runs the command.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, String> {
    let target = paths::target();
    let default_folder = || target.join("conformance").join(&arguments.crate_name);
    let options = Options {
        files: arguments.sources.files()?,
        folder: arguments.output.unwrap_or_else(default_folder),
        crate_name: arguments.crate_name,
        target,
        root: paths::root(),
    };
    let progress = progress::bar("");
    let report = arm_conformance::run(&options, &progress.0).map_err(|error| error.to_string())?;
    drop(progress);
    print::result(&match arguments.format {
        Format::Table => report.table(),
        Format::Json => format!("{:#}\n", report.json()),
    })?;
    let has_failed = report.count(Verdict::Failed) > 0;
    Ok(ExitCode::from(u8::from(has_failed)))
}
