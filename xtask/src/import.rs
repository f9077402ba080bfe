//! `cargo xtask import`: Swagger 2.0 files become one description of ours.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use arm_codegen::swagger::{self, Descriptions, Imported, Inputs, NoteKind};

use crate::arguments::{Arguments, Sources, nothing_written};

/// How the command is called.
pub(crate) const USAGE: &str = "\
cargo xtask import --swagger FILE... --output OUT.yaml [--docs-from EXISTING.yaml] [--descriptions ours|upstream]
cargo xtask import --readme README.md --tag TAG --output OUT.yaml [...]";

/// Runs the command; the error is for people.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> Result<(), String> {
    let mut args = Arguments::new(args, USAGE);
    let mut sources = Sources::default();
    let mut inputs = Inputs::default();
    let mut output: Option<PathBuf> = None;
    while let Some(flag) = args.next() {
        match flag.as_str() {
            "--output" => output = Some(args.value(&flag)?.into()),
            "--docs-from" => inputs.docs_from = Some(args.value(&flag)?.into()),
            "--descriptions" => {
                let choices = [
                    ("ours", Descriptions::Ours),
                    ("upstream", Descriptions::Upstream),
                ];
                inputs.descriptions = args.choice(&flag, &choices)?;
            }
            _ if sources.take(&flag, &mut args)? => {}
            _ => return Err(args.unknown(&flag)),
        }
    }
    inputs.files = sources.files(&args)?;
    let output = output.ok_or_else(|| args.complaint("--output is missing"))?;
    let imported = swagger::import(&inputs).map_err(nothing_written)?;
    write_whole(&output, &imported.to_yaml())?;
    report(&imported, &output);
    Ok(())
}

/// Writes a file whole or not at all.
fn write_whole(path: &Path, text: &str) -> Result<(), String> {
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let folder = path.parent().unwrap_or(Path::new(""));
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(&temporary, text)?;
        std::fs::rename(&temporary, path)
    };
    write().map_err(|error| {
        // Left over at worst; the error that matters is the first one.
        let _ = std::fs::remove_file(&temporary);
        format!("{}: cannot be written ({error})", path.display())
    })
}

fn report(imported: &Imported, output: &Path) {
    let count = |pointer: &str| {
        imported
            .document
            .pointer(pointer)
            .and_then(serde_json::Value::as_object)
            .map_or(0, serde_json::Map::len)
    };
    tell_notes(imported, |_| true);
    eprintln!(
        "{}: {} paths, {} schemas",
        output.display(),
        count("/paths"),
        count("/components/schemas")
    );
}

/// Lists what an import has to say of some kinds, and how much of every kind there is.
pub(crate) fn tell_notes(imported: &Imported, lists: impl Fn(NoteKind) -> bool) {
    for note in imported.notes.iter().filter(|note| lists(note.kind)) {
        eprintln!("{note}");
    }
    for kind in [
        NoteKind::NotUnderstood,
        NoteKind::Corrected,
        NoteKind::Named,
        NoteKind::Fixed,
        NoteKind::Undocumented,
    ] {
        let notes = imported.notes.iter();
        let number = notes.filter(|note| note.kind == kind).count();
        eprintln!("{kind:>16}: {number}");
    }
}
