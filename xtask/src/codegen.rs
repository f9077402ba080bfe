//! `cargo xtask codegen`.

use crate::{
    EXIT_CODES, notes, paths, print, progress,
    sources::{Sources, nothing_written},
};
use arm_codegen::{
    emit::File,
    manifest::Runtime,
    manifest_names::Names,
    model::service::Service,
    note::NoteKind,
    output::{self, Drift},
    standalone::{self, Target},
    swagger::{Descriptions, Inputs},
    workspace::{self, Member},
};
use clap::{ArgGroup, Args};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// Writes generated crates
///
/// Without other options, writes the crate of each folder in specs/ to where its manifest.yaml
/// says. With Swagger files, writes a separate crate for the service that they describe.
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
#[command(group = ArgGroup::new("input").args(["swagger", "readme"]).multiple(true)
    .requires_all(["output", "crate_name"]))]
pub(crate) struct Arguments {
    /// Write nothing; fail if the files on disk differ from what specs/ describes
    #[arg(long, conflicts_with_all = [
        "sources", "output", "crate_name", "service", "runtime", "names", "license",
    ])]
    check: bool,

    #[command(flatten)]
    sources: Sources,

    /// The folder of the new crate
    #[arg(long, value_name = "DIR", requires = "input")]
    output: Option<PathBuf>,

    /// Name of the new crate
    #[arg(long, value_name = "NAME", requires = "input")]
    crate_name: Option<String>,

    /// Name of the service in Rust [default: that of the resource provider]
    #[arg(long, value_name = "NAME", requires = "input")]
    service: Option<String>,

    /// Folder or version of the new crate's runtime [default: this repository's]
    #[arg(long, value_name = "PATH|VERSION", requires = "input")]
    runtime: Option<String>,

    /// A file of names for items, in the form of `names` in a manifest
    #[arg(long, value_name = "FILE", requires = "input")]
    names: Option<PathBuf>,

    /// Licence of the new crate, an SPDX expression; registries ask for one [default: none]
    #[arg(long, value_name = "SPDX", requires = "input")]
    license: Option<String>,
}

/// Runs the command.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, String> {
    match (arguments.output, arguments.crate_name) {
        (Some(output), Some(crate_name)) if !arguments.sources.is_empty() => {
            let files = arguments.sources.files()?;
            let runtime = runtime(arguments.runtime.as_deref(), &output)?;
            let names = arguments.names.as_deref().map(Names::read).transpose();
            let target = Target {
                crate_name,
                service: arguments.service,
                runtime,
                names: names.map_err(nothing_written)?.unwrap_or_default(),
                license: arguments.license,
            };
            standalone(files, &target, &output)
        }
        _ if arguments.check => check(),
        _ => write(),
    }
}

fn members() -> Result<Vec<Member>, String> {
    let _progress = progress::bar("generating");
    workspace::generate(&paths::shown(&paths::root())).map_err(nothing_written)
}

fn check() -> Result<ExitCode, String> {
    let mut is_same = true;
    for member in members()? {
        let specs = member.specs.display();
        for (folder, files) in &member.outputs {
            let drift = at(&paths::root().join(folder), |path| {
                output::compare(path, files)
            })?;
            print::result(&list(folder, &drift))?;
            if drift.is_empty() {
                print::result(&format!("{folder}/ is up to date with {specs}/\n"))?;
            } else {
                eprintln!(
                    "{folder}/ is not up to date with {specs}/; run `cargo xtask codegen` and commit"
                );
            }
            is_same &= drift.is_empty();
        }
    }
    Ok(ExitCode::from(u8::from(!is_same)))
}

fn write() -> Result<ExitCode, String> {
    let start = Instant::now();
    for member in members()? {
        for (folder, files) in &member.outputs {
            let drift = at(&paths::root().join(folder), |path| {
                output::write(path, files)
            })?;
            print::result(&list(folder, &drift))?;
            print::result(&files_line(files, &drift))?;
        }
        // Notes on keywords for other tools are not needed: the descriptions in specs/ are our own.
        notes::print(&member.notes, |kind| kind != NoteKind::NoEffect);
        print::result(&service_line(&member.service))?;
    }
    print::result(&format!("{} ms\n", start.elapsed().as_millis()))?;
    Ok(ExitCode::SUCCESS)
}

fn standalone(files: Vec<PathBuf>, target: &Target, output: &Path) -> Result<ExitCode, String> {
    let start = Instant::now();
    let inputs = Inputs {
        files,
        // This repository has no own texts for this service.
        descriptions: Descriptions::Upstream,
        ..Inputs::default()
    };
    let progress = progress::bar("generating");
    let made = standalone::generate_swagger(&inputs, target).map_err(nothing_written)?;
    let drift = at(output, |path| output::create(path, &made.generated.files))?;
    drop(progress);
    notes::print(&made.imported.notes, |kind| {
        !matches!(
            kind,
            NoteKind::Named | NoteKind::Undocumented | NoteKind::NoEffect
        )
    });
    let mut disambiguated = made.generated.notes;
    disambiguated.retain(|note| note.kind == NoteKind::Disambiguated);
    notes::print(&disambiguated, |_| true);
    print::result(&files_line(&made.generated.files, &drift))?;
    print::result(&service_line(&made.generated.service))?;
    let (folder, time) = (output.display(), start.elapsed().as_millis());
    print::result(&format!("{folder}, {time} ms\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn runtime(wanted: Option<&str>, output: &Path) -> Result<Runtime, String> {
    let own = || paths::root().join("runtime").display().to_string();
    let wanted = wanted.map_or_else(own, str::to_owned);
    Runtime::find(&wanted, output).map_err(|message| format!("--runtime: {message}"))
}

fn at<T>(path: &Path, action: impl Fn(&Path) -> std::io::Result<T>) -> Result<T, String> {
    action(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn service_line(service: &Service) -> String {
    let (operations, models) = (service.operation_count(), service.model_count());
    format!(
        "{}: {} groups, {operations} operations, {models} models; {} schemas that no operation \
         reaches are left out\n",
        service.crate_name,
        service.groups.len(),
        service.unreached,
    )
}

fn files_line(files: &[File], drift: &Drift) -> String {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    let lines: usize = rust.map(|file| file.text.lines().count()).sum();
    format!(
        "{} files, {lines} lines of Rust: {} new, {} changed, {} removed, {} unchanged\n",
        files.len(),
        drift.new.len(),
        drift.changed.len(),
        drift.stale.len(),
        files.len() - drift.new.len() - drift.changed.len()
    )
}

/// Returns a line for each file that differs.
fn list(folder: &str, drift: &Drift) -> String {
    let lists = [
        ("new", &drift.new),
        ("changed", &drift.changed),
        ("stale", &drift.stale),
    ];
    let lines = lists.into_iter().flat_map(|(what, paths)| {
        let paths = paths.iter();
        paths.map(move |path| format!("{what:>8} {folder}/{path}\n"))
    });
    lines.collect()
}
