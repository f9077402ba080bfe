//! `cargo xtask diff`: how two descriptions differ, and whom that breaks.

use std::ffi::OsString;
use std::io::Write as _;

use arm_codegen::diff::{self, Format};

/// How the command is called.
pub(crate) const USAGE: &str = "\
cargo xtask diff OLD NEW [--format table|json|markdown]
  OLD, NEW: OpenAPI 3.0 file, Swagger 2.0 file(s) separated by commas, folder of them, or readme.md#TAG
  exit code: 0 nothing breaks, 1 something breaks, 2 error";

/// Runs the command and returns whether something breaks; the error is for people.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> Result<bool, String> {
    let (old, new, format) = parse(args)?;
    let changes = match (diff::load(&old), diff::load(&new)) {
        (Ok(old), Ok(new)) => diff::compare(&old, &new),
        (old, new) => {
            let problems: Vec<String> = [old.err(), new.err()]
                .into_iter()
                .flatten()
                .map(|problems| problems.to_string())
                .collect();
            return Err(problems.join("\n"));
        }
    };
    let text = diff::render(&changes, format);
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(|error| format!("cannot write the result ({error})"))?;
    Ok(changes.iter().any(|change| change.breaks.any()))
}

fn parse(mut args: impl Iterator<Item = OsString>) -> Result<(String, String, Format), String> {
    let mut sides = Vec::new();
    let mut format = Format::default();
    while let Some(arg) = args.next() {
        let arg = arg.to_string_lossy().into_owned();
        if arg == "--format" {
            let name = args
                .next()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            format = match name.as_str() {
                "table" => Format::Table,
                "json" => Format::Json,
                "markdown" => Format::Markdown,
                other => {
                    return Err(format!(
                        "--format is table, json or markdown, not `{other}`\n{USAGE}"
                    ));
                }
            };
        } else if arg.starts_with("--") {
            return Err(format!("unknown argument {arg}\n{USAGE}"));
        } else {
            sides.push(arg);
        }
    }
    match <[String; 2]>::try_from(sides) {
        Ok([old, new]) => Ok((old, new, format)),
        Err(_) => Err(format!("name two descriptions\n{USAGE}")),
    }
}
