//! `cargo xtask bench`: ours and the baselines, measured in turn.
//!
//! What is measured is in one module each; [`row`] holds the numbers, [`report`] writes them down.

mod baseline;
mod child;
mod codegen;
mod compile;
mod in_process;
mod machine;
mod plot;
mod report;
mod row;
mod scratch;
mod size;
mod synthetic;

use row::Report;
use std::{ffi::OsString, path::PathBuf};

/// How it is called.
pub(crate) const USAGE: &str = "  cargo xtask bench compile|codegen|call|decode|size [--runs N]
      measures against the baselines, in turn, and writes docs/performance/;
      each number is the median of N runs (3 if not given)";

const RUNS: usize = 3;

struct Flags {
    what: What,
    runs: usize,
}

#[derive(Clone, Copy)]
enum What {
    Compile,
    Codegen,
    Call,
    Decode,
    Size,
}

impl Flags {
    fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let name = args.next().unwrap_or_default();
        let what = What::from_name(name.to_str().unwrap_or_default())
            .ok_or_else(|| format!("bench does not know {name:?}; usage:\n{USAGE}"))?;
        let mut runs = RUNS;
        while let Some(arg) = args.next() {
            match arg.to_str() {
                Some("--runs") => runs = number(args.next())?,
                _ => return Err(format!("bench does not know {arg:?}; usage:\n{USAGE}")),
            }
        }
        Ok(Self { what, runs })
    }
}

fn number(arg: Option<OsString>) -> Result<usize, String> {
    arg.and_then(|arg| arg.to_str()?.parse().ok())
        .filter(|runs| *runs > 0)
        .ok_or_else(|| format!("--runs takes a number; usage:\n{USAGE}"))
}

impl What {
    fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::Compile,
            Self::Codegen,
            Self::Call,
            Self::Decode,
            Self::Size,
        ];
        all.into_iter().find(|what| what.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Compile => "compile",
            Self::Codegen => "codegen",
            Self::Call => "call",
            Self::Decode => "decode",
            Self::Size => "size",
        }
    }

    fn run(self, place: &Place, runs: usize) -> Result<Report, String> {
        match self {
            Self::Compile => compile::run(place, runs),
            Self::Codegen => codegen::run(place, runs),
            Self::Call => in_process::call(place, runs),
            Self::Decode => in_process::decode(place, runs),
            Self::Size => size::run(place),
        }
    }
}

/// Where things are.
struct Place {
    /// The workspace.
    root: PathBuf,
    /// For baselines and what is built from them; reused by the next run.
    scratch: PathBuf,
}

impl Place {
    fn new() -> Self {
        let root = crate::paths::project_root();
        let target = std::env::var_os("CARGO_TARGET_DIR");
        let target = target.map_or_else(|| root.join("target"), |target| root.join(target));
        Self {
            scratch: target.join("bench"),
            root,
        }
    }
}

/// Runs it.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> Result<(), String> {
    let flags = Flags::parse(args)?;
    let place = Place::new();
    let report = flags.what.run(&place, flags.runs)?;
    println!("{}", report::table(&report));
    let folder = place.root.join("docs/performance");
    report::write(&folder, flags.what.name(), flags.runs, &report)
}
