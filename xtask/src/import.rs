//! `cargo xtask import`.

use crate::{
    EXIT_CODES, notes, progress,
    sources::{Sources, nothing_written},
};
use arm_codegen::{
    output,
    swagger::{self, Descriptions, Imported, Inputs},
};
use clap::{ArgGroup, Args, ValueEnum};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Converts Swagger 2.0 files into one description for specs/
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
#[command(group = ArgGroup::new("input").args(["swagger", "readme"]).multiple(true).required(true))]
pub(crate) struct Arguments {
    #[command(flatten)]
    sources: Sources,

    /// The description to write
    #[arg(long, value_name = "FILE.yaml")]
    output: PathBuf,

    /// An existing description whose texts are reused for the same operations and schemas
    #[arg(long, value_name = "FILE.yaml")]
    docs_from: Option<PathBuf>,

    /// Which texts to use where --docs-from has none
    #[arg(long, value_name = "WHOSE", default_value = "ours")]
    descriptions: Texts,
}

#[derive(Clone, Copy, ValueEnum)]
enum Texts {
    /// None: they are left to be written by hand
    Ours,
    /// Those of the Swagger files
    Upstream,
}

/// Runs the command.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, String> {
    let inputs = Inputs {
        files: arguments.sources.files()?,
        docs_from: arguments.docs_from,
        descriptions: match arguments.descriptions {
            Texts::Ours => Descriptions::Ours,
            Texts::Upstream => Descriptions::Upstream,
        },
    };
    let output = arguments.output;
    let progress = progress::bar("importing");
    let imported = swagger::import(&inputs).map_err(nothing_written)?;
    output::write_file(&output, &imported.to_yaml())
        .map_err(|error| format!("{}: cannot be written ({error})", output.display()))?;
    drop(progress);
    report(&imported, &output);
    Ok(ExitCode::SUCCESS)
}

fn report(imported: &Imported, output: &Path) {
    let count = |pointer: &str| {
        let members = imported.document.pointer(pointer);
        let members = members.and_then(serde_json::Value::as_object);
        members.map_or(0, serde_json::Map::len)
    };
    let output = output.display().to_string();
    notes::print(&imported.notes_in(&output), |_| true);
    eprintln!(
        "{output}: {} paths, {} schemas",
        count("/paths"),
        count("/components/schemas")
    );
}
