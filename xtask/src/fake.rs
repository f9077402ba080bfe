//! `cargo xtask fake`.

use crate::{paths, sources::nothing_written};
use arm_codegen::workspace;
use clap::Args;
use std::{
    ffi::OsString,
    process::{Command, ExitCode},
};

/// Serves the fake of a service until it is stopped
///
/// Builds the program arm-fake of a generated crate and runs it. Arguments after `--` are passed to
/// it, such as `-- --help` or `-- --port 8080`; its exit code is returned.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The generated crate [default: the only one in specs/]
    #[arg(long, value_name = "NAME")]
    package: Option<String>,

    /// Arguments of arm-fake
    #[arg(last = true, value_name = "ARGUMENTS")]
    rest: Vec<OsString>,
}

/// Runs the command.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, String> {
    let package = match arguments.package {
        Some(package) => package,
        None => only_package()?,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["run", "--quiet", "--package", &package])
        .args([
            "--features",
            "fake-server",
            "--bin",
            "arm-fake",
            "--manifest-path",
        ])
        .arg(paths::root().join("Cargo.toml"))
        .arg("--")
        .args(arguments.rest);
    become_process(command)
}

/// Replaces this process, so that a signal that stops it stops the fake.
#[cfg(unix)]
fn become_process(mut command: Command) -> Result<ExitCode, String> {
    use std::os::unix::process::CommandExt as _;

    let error = command.exec();
    Err(format!("cargo cannot be started: {error}"))
}

/// Runs a program to its end, and returns its exit code.
#[cfg(not(unix))]
fn become_process(mut command: Command) -> Result<ExitCode, String> {
    let status = command.status();
    let status = status.map_err(|error| format!("cargo cannot be started: {error}"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn only_package() -> Result<String, String> {
    let mut names = workspace::crate_names(&paths::root()).map_err(nothing_written)?;
    match (names.pop(), names.as_slice()) {
        (Some(only), []) => Ok(only),
        (None, _) => Err("specs/ describes no crate".to_owned()),
        (Some(last), others) => Err(format!(
            "specs/ describes {} and {last}: choose one with --package",
            others.join(", ")
        )),
    }
}
