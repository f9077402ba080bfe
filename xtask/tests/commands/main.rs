//! The commands, run as processes.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod codegen;
mod command_line;
mod conformance;
mod import_and_diff;
mod process;
#[cfg(unix)]
mod semver;
