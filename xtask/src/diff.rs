//! `cargo xtask diff`.

use crate::{EXIT_CODES, print, progress};
use arm_codegen::diff::{self, Change};
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// Lists the differences between two descriptions, and which callers each one breaks
///
/// OLD and NEW are an OpenAPI 3.0 file, a folder with manifest.yaml, Swagger 2.0 files separated by
/// commas, a folder of them, or readme.md#TAG.
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// The older description
    old: String,

    /// The newer description
    new: String,

    /// Format of the list
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
    Markdown,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let changes = changes(&arguments.old, &arguments.new)?;
    let format = match arguments.format {
        Format::Table => diff::Format::Table,
        Format::Json => diff::Format::Json,
        Format::Markdown => diff::Format::Markdown,
    };
    print::result(&diff::render(&changes, format))?;
    let breaks = changes.iter().any(|change| change.breaks.any());
    Ok(ExitCode::from(u8::from(breaks)))
}

fn changes(old: &str, new: &str) -> Result<Vec<Change>, String> {
    let _progress = progress::bar("comparing");
    let (old, new) = diff::load_both(old, new).map_err(|problems| problems.to_string())?;
    Ok(diff::compare(&old, &new))
}
