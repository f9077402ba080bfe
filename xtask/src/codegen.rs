//! `cargo xtask codegen`: from the descriptions in `specs/` to the generated crate.

use arm_codegen::{Generated, output};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// How it is called.
pub(crate) const USAGE: &str = "  cargo xtask codegen [--check]
      writes the crate that specs/ describes to generated/;
      --check writes nothing and fails when the files on disk are others";

const SPECS: &str = "specs/machinelearningservices";
const OUTPUT: &str = "generated";

struct Flags {
    check: bool,
}

impl Flags {
    fn parse(args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut flags = Self { check: false };
        for arg in args {
            match arg.to_str() {
                Some("--check") => flags.check = true,
                _ => return Err(format!("codegen does not know {arg:?}; usage:\n{USAGE}")),
            }
        }
        Ok(flags)
    }
}

/// Runs it.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> Result<ExitCode, String> {
    let flags = Flags::parse(args)?;
    let start = Instant::now();
    let root = crate::project_root();
    let specs = relative(&root.join(SPECS));
    let generated = arm_codegen::generate_folder(&specs).map_err(|error| error.to_string())?;
    let folder = root.join(OUTPUT);
    let describe = |error| format!("{}: {error}", folder.display());
    if flags.check {
        let drift = output::compare(&folder, &generated.files).map_err(describe)?;
        return Ok(check(&drift));
    }
    let drift = output::write(&folder, &generated.files).map_err(describe)?;
    report(&generated, &drift);
    println!("{} ms", start.elapsed().as_millis());
    Ok(ExitCode::SUCCESS)
}

fn check(drift: &output::Drift) -> ExitCode {
    if drift.is_empty() {
        println!("{OUTPUT}/ is what {SPECS}/ describes");
        return ExitCode::SUCCESS;
    }
    list(drift);
    eprintln!("{OUTPUT}/ is not what {SPECS}/ describes; run `cargo xtask codegen` and commit");
    ExitCode::FAILURE
}

fn report(generated: &Generated, drift: &output::Drift) {
    list(drift);
    let service = &generated.service;
    let operations: usize = service.groups.iter().map(|group| group.methods.len()).sum();
    let models: usize = service
        .modules
        .iter()
        .map(|module| module.items.len())
        .sum();
    let lines: usize = generated
        .files
        .iter()
        .map(|file| file.text.lines().count())
        .sum();
    println!(
        "{}: {} groups, {operations} operations, {models} models; {} files, {lines} lines",
        service.crate_name,
        service.groups.len(),
        generated.files.len()
    );
    println!(
        "{} new, {} changed, {} removed, {} as they were",
        drift.new.len(),
        drift.changed.len(),
        drift.stale.len(),
        generated.files.len() - drift.new.len() - drift.changed.len()
    );
}

fn list(drift: &output::Drift) {
    let lists = [
        ("new", &drift.new),
        ("changed", &drift.changed),
        ("stale", &drift.stale),
    ];
    for (what, paths) in lists {
        for path in paths {
            println!("{what:>8} {OUTPUT}/{path}");
        }
    }
}

/// The path as a person in the current folder would write it.
fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
