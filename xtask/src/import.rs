//! `cargo xtask import`: Swagger 2.0 files become one description of ours.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use arm_codegen::swagger::{self, Descriptions, Imported, Inputs, NoteKind};

/// How the command is called.
pub(crate) const USAGE: &str = "\
cargo xtask import --swagger FILE... --output OUT.yaml [--docs-from EXISTING.yaml] [--descriptions ours|upstream]
cargo xtask import --readme README.md --tag TAG --output OUT.yaml [...]";

#[derive(Debug, Default)]
struct Flags {
    swagger: Vec<PathBuf>,
    readme: Option<PathBuf>,
    tag: Option<String>,
    output: Option<PathBuf>,
    docs_from: Option<PathBuf>,
    descriptions: Descriptions,
}

/// Runs the command; the error is for people.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> Result<(), String> {
    let flags = parse(args)?;
    let mut files = flags.swagger;
    match (&flags.readme, &flags.tag) {
        (Some(readme), Some(tag)) => {
            files.extend(swagger::tag_files(readme, tag).map_err(|problems| problems.to_string())?);
        }
        (None, None) => {}
        _ => return Err(format!("--readme and --tag belong together\n{USAGE}")),
    }
    let output = flags
        .output
        .ok_or_else(|| format!("--output is missing\n{USAGE}"))?;
    if files.is_empty() {
        return Err(format!(
            "name files with --swagger, or --readme and --tag\n{USAGE}"
        ));
    }
    let inputs = Inputs {
        files,
        docs_from: flags.docs_from,
        descriptions: flags.descriptions,
    };
    let imported = swagger::import(&inputs).map_err(|problems| problems.to_string())?;
    write_whole(&output, &imported.to_yaml())?;
    report(&imported, &output);
    Ok(())
}

fn parse(args: impl Iterator<Item = OsString>) -> Result<Flags, String> {
    let mut flags = Flags::default();
    let mut args = args.peekable();
    while let Some(flag) = args.next() {
        let flag = flag.to_string_lossy().into_owned();
        let mut value = || {
            args.next()
                .ok_or_else(|| format!("{flag} needs a value\n{USAGE}"))
        };
        match flag.as_str() {
            "--swagger" => {
                flags.swagger.push(value()?.into());
                while let Some(file) =
                    args.next_if(|next| !next.to_string_lossy().starts_with("--"))
                {
                    flags.swagger.push(file.into());
                }
            }
            "--readme" => flags.readme = Some(value()?.into()),
            "--tag" => flags.tag = Some(value()?.to_string_lossy().into_owned()),
            "--output" => flags.output = Some(value()?.into()),
            "--docs-from" => flags.docs_from = Some(value()?.into()),
            "--descriptions" => {
                flags.descriptions = match value()?.to_string_lossy().as_ref() {
                    "ours" => Descriptions::Ours,
                    "upstream" => Descriptions::Upstream,
                    other => {
                        return Err(format!("--descriptions is ours or upstream, not {other}"));
                    }
                }
            }
            other => return Err(format!("unknown argument {other}\n{USAGE}")),
        }
    }
    Ok(flags)
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
    for note in &imported.notes {
        eprintln!("{note}");
    }
    let count = |pointer: &str| {
        imported
            .document
            .pointer(pointer)
            .and_then(serde_json::Value::as_object)
            .map_or(0, serde_json::Map::len)
    };
    eprintln!(
        "{}: {} paths, {} schemas",
        output.display(),
        count("/paths"),
        count("/components/schemas")
    );
    for kind in [
        NoteKind::NotUnderstood,
        NoteKind::Corrected,
        NoteKind::Named,
        NoteKind::Fixed,
        NoteKind::Undocumented,
    ] {
        let number = imported
            .notes
            .iter()
            .filter(|note| note.kind == kind)
            .count();
        eprintln!("{kind:>16}: {number}");
    }
}
