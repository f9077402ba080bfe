//! Command lines of this workspace: arguments in, a library call, a report out.

mod bench;
mod codegen;
mod conformance;
mod diff;
mod fake;
mod import;
mod notes;
mod paths;
mod print;
mod progress;
mod semver;
mod sources;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use std::{ffi::OsString, process::ExitCode};

/// Generating allocates many small values, on several threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Shown below the help of every command.
const EXIT_CODES: &str = "\
Exit codes:
  0  done; a check found nothing
  1  a check found something: files that differ, a change that breaks, an example that fails
  2  error: a wrong command line, or input that cannot be used; nothing was written";

/// Generates clients of Azure Resource Manager services, and checks and measures them.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Codegen(codegen::Arguments),
    Import(import::Arguments),
    Diff(diff::Arguments),
    Semver(semver::Arguments),
    Conformance(conformance::Arguments),
    Bench(bench::Arguments),
    Fake(fake::Arguments),
}

fn main() -> ExitCode {
    let arguments = with_help(std::env::args_os().collect());
    let result = match CommandLine::parse_from(arguments).command {
        Command::Codegen(arguments) => codegen::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Semver(arguments) => semver::run(arguments),
        Command::Conformance(arguments) => conformance::run(arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Fake(arguments) => fake::run(arguments),
    };
    result.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::from(2)
    })
}

/// Replaces `help` after the names of commands by `--help`. clap accepts it only after commands
/// that have subcommands.
fn with_help(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let names = arguments.get(1..).unwrap_or_default();
    let has_only_names = names
        .iter()
        .all(|name| !name.to_string_lossy().starts_with('-'));
    if let [_, .., last] = names
        && last == "help"
        && names[0] != "help"
        && has_only_names
    {
        let last = arguments.len() - 1;
        arguments[last] = "--help".into();
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_definition_is_valid() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn help_after_names_is_the_flag() {
        let after = |line: &str| {
            let arguments = line.split(' ').map(OsString::from).collect();
            with_help(arguments).join(" ".as_ref())
        };
        for (line, expected) in [
            ("xtask help", "xtask help"),
            ("xtask help diff", "xtask help diff"),
            ("xtask diff help", "xtask diff --help"),
            ("xtask bench call help", "xtask bench call --help"),
            ("xtask import --swagger help", "xtask import --swagger help"),
        ] {
            assert_eq!(after(line), expected);
        }
    }
}
