//! Runs child processes and measures their time and memory.

use crate::error::Error;
use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read as _, Seek as _},
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};
use wait4::Wait4 as _;

/// Time and memory of a process and of the processes that it waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Wall-clock time in seconds.
    pub(crate) wall: f64,
    /// User time on all processors in seconds.
    pub(crate) user: f64,
    /// System time on all processors in seconds.
    pub(crate) system: f64,
    /// Peak memory of the largest process in bytes.
    pub(crate) peak: f64,
}

impl Cost {
    /// Returns user and system time in seconds.
    pub(crate) fn processor(self) -> f64 {
        self.user + self.system
    }
}

/// Runs a command to its end without printing; if it fails, its standard error is the error.
pub(crate) fn run(command: &mut Command) -> Result<Cost, Error> {
    let failed = |error| Error::new(format!("{command:?}: {error}"));
    let log = tempfile::tempfile().map_err(failed)?;
    let clone = log.try_clone().map_err(failed)?;
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let used = command
        .stderr(clone)
        .spawn()
        .and_then(|mut child| child.wait4());
    let wall = start.elapsed().as_secs_f64();
    let used = used.map_err(|error| Error::new(format!("{command:?}: {error}")))?;
    if !used.status.success() {
        let message = format!("{command:?}: {}\n{}", used.status, text(log));
        return Err(Error::new(message));
    }
    Ok(Cost {
        wall,
        user: used.rusage.utime.as_secs_f64(),
        system: used.rusage.stime.as_secs_f64(),
        peak: float(used.rusage.maxrss),
    })
}

/// Runs a command to its end and passes on each line that it prints.
pub(crate) fn lines(
    command: &mut Command,
    mut line: impl FnMut(&str) -> Result<(), Error>,
) -> Result<(), Error> {
    let failed = |error| Error::new(format!("a bench cannot be run: {error}"));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    for text in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).lines())
    {
        line(&text.map_err(failed)?)?;
    }
    let status = child.wait().map_err(failed)?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::new(format!("{command:?}: {status}")))
    }
}

/// Returns a Cargo command in a folder, without environment variables that change builds.
pub(crate) fn cargo(folder: &Path, target: &Path) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        // With this variable, every error of azure_core captures a backtrace.
        .env_remove("RUST_BACKTRACE")
        .env_remove("CARGO_MANIFEST_DIR");
    command
}

/// Converts a number of bytes to a floating-point number.
#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of bytes are far below 2^52"
)]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}

fn text(mut log: File) -> String {
    let mut text = String::new();
    let read = log.rewind().and_then(|()| log.read_to_string(&mut text));
    read.map_or_else(|error| error.to_string(), |_| text)
}
