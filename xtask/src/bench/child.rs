//! Child processes and what they cost.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};
use wait4::Wait4;

/// What a process and those it waited for cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    /// Seconds on the clock.
    pub(super) wall: f64,
    /// Seconds of user code on all processors.
    pub(super) user: f64,
    /// Peak memory of the largest process in bytes.
    pub(super) peak: f64,
}

/// Runs a command to its end, silently; its error output is the error.
pub(super) fn run(command: &mut Command) -> Result<Cost, String> {
    let log = tempfile::tempfile().map_err(|error| error.to_string())?;
    let clone = log.try_clone().map_err(|error| error.to_string())?;
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(clone)
        .spawn()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let used = child.wait4().map_err(|error| error.to_string())?;
    let wall = start.elapsed().as_secs_f64();
    if !used.status.success() {
        return Err(format!("{command:?}: {}\n{}", used.status, text(log)));
    }
    Ok(Cost {
        wall,
        user: used.rusage.utime.as_secs_f64(),
        peak: bytes(used.rusage.maxrss),
    })
}

/// Runs a command to its end and gives what it printed.
pub(super) fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Cargo, in a folder, with nothing that would make builds differ from run to run.
pub(super) fn cargo(folder: &Path, target: &Path) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        // With it, every error of azure_core brings a backtrace.
        .env_remove("RUST_BACKTRACE")
        .env_remove("CARGO_MANIFEST_DIR");
    command
}

fn text(mut log: std::fs::File) -> String {
    use std::io::{Read, Seek};
    let mut text = String::new();
    let read = log.rewind().and_then(|()| log.read_to_string(&mut text));
    read.map_or_else(|error| error.to_string(), |_| text)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of bytes are far below 2^52"
)]
fn bytes(count: u64) -> f64 {
    count as f64
}
