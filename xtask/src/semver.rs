//! `cargo xtask semver`.

use crate::{EXIT_CODES, paths};
use clap::Args;
use std::process::{Command, ExitCode};

/// The generated crate.
const PACKAGE: &str = "arm_machinelearning";

const NOT_INSTALLED: &str = "cargo-semver-checks is not installed: \
    run `cargo install --locked cargo-semver-checks`";

/// Compares the Rust API of the generated crate with the last release, with cargo-semver-checks
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Revision of the release to compare with [default: the last tag]
    #[arg(long, value_name = "REVISION")]
    baseline: Option<String>,
}

/// Runs the command.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, String> {
    check_installed()?;
    let baseline = arguments.baseline.map_or_else(last_tag, Ok)?;
    let status = semver_checks()
        .args(["--package", PACKAGE, "--all-features"])
        .args(["--baseline-rev", &baseline])
        .status()
        .map_err(|error| format!("cargo semver-checks cannot be run: {error}"))?;
    match status.code() {
        Some(0) => Ok(ExitCode::SUCCESS),
        // Older releases exit with 1, both for breaking changes and for errors.
        Some(100 | 1) => Ok(ExitCode::FAILURE),
        _ => Err(format!(
            "cargo semver-checks could not compare the crate with {baseline} ({status}): \
             its output above says why"
        )),
    }
}

fn semver_checks() -> Command {
    let mut command = Command::new("cargo");
    command.arg("semver-checks").current_dir(paths::root());
    command
}

fn check_installed() -> Result<(), String> {
    let version = semver_checks().arg("--version").output();
    match version {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err(NOT_INSTALLED.to_owned()),
    }
}

fn last_tag() -> Result<String, String> {
    let tag = Command::new("git")
        .args(["describe", "--tags", "--abbrev=0"])
        .current_dir(paths::root())
        .output()
        .map_err(|error| format!("git cannot be run: {error}"))?;
    if tag.status.success() {
        Ok(String::from_utf8_lossy(&tag.stdout).trim().to_owned())
    } else {
        Err("there is no tag to compare with: name a revision with --baseline".to_owned())
    }
}
