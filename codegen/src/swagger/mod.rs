//! Imports Swagger 2.0: one or several files become one self-contained OpenAPI 3.0.3 document.
//!
//! Three steps, each of which uses only those before it: `read` (files, references), `convert`
//! (operations, parameters, schemas, responses, hosts) and `finish` (names, order, descriptions,
//! check, YAML). `fixups` correct known mistakes of particular files between the first two.
//!
//! The result has the form of the descriptions in `specs`. What is kept, changed or left out:
//!
//! - Definitions of the files asked for, and those of other files that these need, become schemas,
//!   whose names start with a capital letter. Equal definitions of one name are merged, different
//!   ones get the name of their file appended.
//! - Enums with a name and objects that are written in place become schemas of their own. Members of
//!   an `allOf` that are written in place are merged into the schema around them.
//! - Shared parameters and responses that no operation refers to are left out.
//! - `additionalProperties: false`, `readOnly: false` and `x-nullable: false` say what holds anyway
//!   and are left out.
//! - Titles, summaries and examples are documentation and follow [`Descriptions`].
//! - `x-ms-examples` keeps the path of each example as the Swagger file has it.
//! - An operation whose file has another API version than the result carries it as
//!   `x-ms-api-version`.
//! - `discriminator.mapping` names all subtypes over all levels.
//! - Paths from `x-ms-paths` are among the others, with their query in the key.
//!
//! Whatever is not understood is reported in a [`Note`].

mod convert;
mod finish;
mod fixups;
mod read;
mod text;

use self::read::{Sources, provider};
pub(crate) use self::text::pascal;
pub use self::{
    finish::Descriptions,
    fixups::{FIXUPS, Fixup},
    read::readme::tag_files,
};
use crate::{
    note::Note,
    problem::{Problem, Problems},
    strict,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What to import, and how.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Swagger 2.0 files; names are given in this order.
    pub files: Vec<PathBuf>,
    /// OpenAPI document (YAML or JSON) whose descriptions are used.
    pub docs_from: Option<PathBuf>,
    /// What to do where that document has none.
    pub descriptions: Descriptions,
}

/// An imported description.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The OpenAPI 3.0.3 document, with its keys in order.
    pub document: Value,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

impl Imported {
    /// Writes the document in the form of the files in `specs`.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        finish::to_yaml(&self.document)
    }
}

/// Imports Swagger 2.0 files.
///
/// # Errors
///
/// All that is wrong with them: files that cannot be read or are no Swagger 2.0, references that
/// lead nowhere, values of a kind that the format does not have there, and whatever code could not
/// be generated from.
pub fn import(inputs: &Inputs) -> Result<Imported, Problems> {
    import_with(inputs, FIXUPS)
}

/// Imports Swagger 2.0 files with other corrections than the usual ones.
///
/// # Errors
///
/// As [`import`]; and when a correction does not apply to the file it is meant for.
pub fn import_with(inputs: &Inputs, fixups: &[Fixup]) -> Result<Imported, Problems> {
    let mut problems = Problems::default();
    let documented = inputs.docs_from.as_deref().map(read_yaml).transpose();
    let documented = problems.collect(documented).flatten();
    problems.and(import_files(inputs, documented.as_ref(), fixups))
}

fn import_files(
    inputs: &Inputs,
    documented: Option<&Value>,
    fixups: &[Fixup],
) -> Result<Imported, Problems> {
    if inputs.files.is_empty() {
        let message = "no Swagger file was named; name at least one";
        return Err(Problem::of_file("arguments", message).into());
    }
    let (mut sources, files) = Sources::open(&inputs.files)?;
    let provider = provider(&sources, &files);
    fixups::apply(&mut sources, &files, provider.as_deref(), fixups);
    let (context, operations) = convert::convert(sources, &files);
    let (document, notes) = finish::finish(
        context,
        operations,
        &files,
        provider.as_deref(),
        documented,
        inputs.descriptions,
    )?;
    Ok(Imported { document, notes })
}

/// Reads a YAML or JSON file.
pub(crate) fn read_yaml(path: &Path) -> Result<Value, Problem> {
    let problem = |message: String| Problem::of_file(path.display().to_string(), message);
    let text = std::fs::read_to_string(path)
        .map_err(|error| problem(format!("cannot be read ({error}); check the path")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    strict::yaml(text).map_err(|error| {
        problem(format!(
            "is neither valid YAML nor JSON ({error}); fix the file"
        ))
    })
}
