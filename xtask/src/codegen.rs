//! `cargo xtask codegen`: from the descriptions in `specs/` to the generated crate.

use arm_codegen::{Generated, emit::File, output};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// How it is called.
pub(crate) const USAGE: &str = "  cargo xtask codegen [--check]
      writes the crate that specs/ describes to generated/, and what its proofs go by to tests/;
      --check writes nothing and fails when the files on disk are others";

const SPECS: &str = "specs/machinelearningservices";
const OUTPUT: &str = "generated";
const PROOFS: &str = "tests";

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
    let root = project_root();
    let specs = relative(&root.join(SPECS));
    let generated = arm_codegen::generate_folder(&specs).map_err(|error| error.to_string())?;
    let proofs = arm_codegen::emit::emit_proofs(&generated.service);
    let proofs = proofs.map_err(|error| error.to_string())?;
    let outputs = [(OUTPUT, &generated.files), (PROOFS, &proofs)];
    let mut drifted = false;
    for (name, files) in outputs {
        let folder = root.join(name);
        let step = if flags.check {
            output::compare
        } else {
            output::write
        };
        let drift =
            step(&folder, files).map_err(|error| format!("{}: {error}", folder.display()))?;
        list(name, &drift);
        if !flags.check {
            report(files, &drift);
        } else if drift.is_empty() {
            println!("{name}/ is what {SPECS}/ describes");
        } else {
            eprintln!(
                "{name}/ is not what {SPECS}/ describes; run `cargo xtask codegen` and commit"
            );
            drifted = true;
        }
    }
    if !flags.check {
        summary(&generated);
        println!("{} ms", start.elapsed().as_millis());
    }
    Ok(ExitCode::from(u8::from(drifted)))
}

fn summary(generated: &Generated) {
    let service = &generated.service;
    let operations: usize = service.groups.iter().map(|group| group.methods.len()).sum();
    let models: usize = service
        .modules
        .iter()
        .map(|module| module.items.len())
        .sum();
    println!(
        "{}: {} groups, {operations} operations, {models} models",
        service.crate_name,
        service.groups.len(),
    );
}

fn report(files: &[File], drift: &output::Drift) {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    let lines: usize = rust.map(|file| file.text.lines().count()).sum();
    println!(
        "{} files, {lines} lines of Rust: {} new, {} changed, {} removed, {} as they were",
        files.len(),
        drift.new.len(),
        drift.changed.len(),
        drift.stale.len(),
        files.len() - drift.new.len() - drift.changed.len()
    );
}

fn list(output: &str, drift: &output::Drift) {
    let lists = [
        ("new", &drift.new),
        ("changed", &drift.changed),
        ("stale", &drift.stale),
    ];
    for (what, paths) in lists {
        for path in paths {
            println!("{what:>8} {output}/{path}");
        }
    }
}

fn project_root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// The path as a person in the current folder would write it.
fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
