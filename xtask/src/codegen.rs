//! `cargo xtask codegen`: from descriptions to generated crates.

use crate::{
    arguments::{Arguments, Sources, nothing_written},
    import, paths,
};
use arm_codegen::{
    emit::File,
    model::service::Service,
    output::{self, Drift},
    standalone::{self, Target},
    swagger::{Descriptions, Inputs, NoteKind},
    workspace,
};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// How it is called.
pub(crate) const USAGE: &str = "  cargo xtask codegen [--check]
      writes the crate of each folder in specs/ to where its manifest.yaml says;
      --check writes nothing and fails when the files on disk are others
  cargo xtask codegen --swagger FILE... | --readme README.md --tag TAG
                      --output DIR --crate-name NAME [--service NAME] [--runtime PATH|VERSION]
      writes a crate of its own for the service that Swagger 2.0 files describe;
      its runtime is this project's unless --runtime names another";

#[derive(Default)]
struct Flags {
    check: bool,
    sources: Sources,
    output: Option<PathBuf>,
    crate_name: Option<String>,
    service: Option<String>,
    runtime: Option<String>,
}

impl Flags {
    fn parse(args: &mut Arguments) -> Result<Self, String> {
        let mut flags = Self::default();
        while let Some(flag) = args.next() {
            match flag.as_str() {
                "--check" => flags.check = true,
                "--output" => flags.output = Some(args.value(&flag)?.into()),
                "--crate-name" => flags.crate_name = Some(args.value(&flag)?),
                "--service" => flags.service = Some(args.value(&flag)?),
                "--runtime" => flags.runtime = Some(args.value(&flag)?),
                _ if flags.sources.take(&flag, args)? => {}
                _ => return Err(args.unknown(&flag)),
            }
        }
        Ok(flags)
    }

    fn is_for_specs(&self) -> bool {
        let names = [&self.crate_name, &self.service, &self.runtime];
        self.sources.is_empty() && self.output.is_none() && names.iter().all(|name| name.is_none())
    }
}

/// Runs it.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> Result<ExitCode, String> {
    let mut args = Arguments::new(args, USAGE);
    let flags = Flags::parse(&mut args)?;
    if flags.is_for_specs() {
        from_specs(flags.check)
    } else if flags.check {
        Err(args.complaint("--check is for the crates of specs/ only"))
    } else {
        from_swagger(flags, &args)
    }
}

fn from_specs(check: bool) -> Result<ExitCode, String> {
    let start = Instant::now();
    let root = paths::project_root();
    let members = workspace::generate(&paths::shown(&root)).map_err(nothing_written)?;
    let mut is_drifted = false;
    for member in &members {
        for (name, files) in &member.outputs {
            let folder = root.join(name);
            let step = if check {
                output::compare
            } else {
                output::write
            };
            let drift =
                step(&folder, files).map_err(|error| format!("{}: {error}", folder.display()))?;
            list(name, &drift);
            if check {
                is_drifted |= !tell_drift(name, &member.specs, &drift);
            } else {
                report(files, &drift);
            }
        }
        if !check {
            summary(&member.service);
        }
    }
    if !check {
        println!("{} ms", start.elapsed().as_millis());
    }
    Ok(ExitCode::from(u8::from(is_drifted)))
}

fn from_swagger(flags: Flags, args: &Arguments) -> Result<ExitCode, String> {
    let start = Instant::now();
    let inputs = Inputs {
        files: flags.sources.files(args)?,
        // Nobody has written other words for this service yet.
        descriptions: Descriptions::Upstream,
        ..Inputs::default()
    };
    let missing = |flag: &str| args.complaint(&format!("{flag} is missing"));
    let output = flags.output.ok_or_else(|| missing("--output"))?;
    let target = Target {
        crate_name: flags.crate_name.ok_or_else(|| missing("--crate-name"))?,
        service: flags.service,
        runtime: paths::runtime(flags.runtime.as_deref(), &output)?,
    };
    let made = standalone::generate_swagger(&inputs, &target).map_err(nothing_written)?;
    let drift = output::create(&output, &made.generated.files)
        .map_err(|error| format!("{}: {error}", output.display()))?;
    import::tell_notes(&made.imported, |kind| {
        !matches!(kind, NoteKind::Named | NoteKind::Undocumented)
    });
    report(&made.generated.files, &drift);
    summary(&made.generated.service);
    println!("{}, {} ms", output.display(), start.elapsed().as_millis());
    Ok(ExitCode::SUCCESS)
}

/// Says whether the files are as they should be.
fn tell_drift(folder: &str, specs: &Path, drift: &Drift) -> bool {
    let specs = specs.display();
    if drift.is_empty() {
        println!("{folder}/ is what {specs}/ describes");
    } else {
        eprintln!("{folder}/ is not what {specs}/ describes; run `cargo xtask codegen` and commit");
    }
    drift.is_empty()
}

fn summary(service: &Service) {
    let (operations, models) = (service.operation_count(), service.model_count());
    println!(
        "{}: {} groups, {operations} operations, {models} models",
        service.crate_name,
        service.groups.len(),
    );
}

fn report(files: &[File], drift: &Drift) {
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

fn list(folder: &str, drift: &Drift) {
    let lists = [
        ("new", &drift.new),
        ("changed", &drift.changed),
        ("stale", &drift.stale),
    ];
    for (what, paths) in lists {
        for path in paths {
            println!("{what:>8} {folder}/{path}");
        }
    }
}
