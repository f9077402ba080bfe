//! Imports Swagger 2.0: converts one or several files to one self-contained OpenAPI 3.0.3 document.
//!
//! There are three steps, each of which uses only those before it: `read` (files, references),
//! `convert` (operations, parameters, schemas, responses, hosts) and `finish` (names, order,
//! descriptions, check, YAML). `fixups` correct known mistakes in particular files between the
//! first two.
//!
//! The result has the form of the descriptions in `specs`. These rules apply:
//!
//! - Definitions of the input files, and those of other files that they need, become schemas, whose
//!   names start with a capital letter. Equal definitions with the same name are merged; different
//!   ones get the name of their file appended.
//! - Inline enums with a name and inline objects become separate schemas. Inline members of an
//!   `allOf` are merged into the surrounding schema.
//! - Shared parameters and responses that no operation refers to are left out.
//! - `additionalProperties: false`, `readOnly: false` and `x-nullable: false` are defaults and are
//!   left out.
//! - Titles, summaries and examples are documentation and follow [`Descriptions`].
//! - `x-ms-examples` keeps the path of each example as the Swagger file has it.
//! - An operation whose file has another API version than the result carries it as
//!   `x-ms-api-version`, unless its parameter fixes a version or it has none.
//! - An operation of a path that is one placeholder, such as `{nextLink}`, names it as
//!   `x-arm-link-parameter`.
//! - `discriminator.mapping` names all subtypes over all levels.
//! - Paths from `x-ms-paths` are among the others, with their query in the key.
//!
//! Everything that is not recognized is reported in a [`Note`].

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

/// Options of an import.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Swagger 2.0 files; components are named in this order.
    pub files: Vec<PathBuf>,
    /// OpenAPI document (YAML or JSON) whose descriptions are used.
    pub docs_from: Option<PathBuf>,
    /// The source of descriptions that the document does not have.
    pub descriptions: Descriptions,
}

/// An imported description.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The OpenAPI 3.0.3 document, with its keys in order.
    pub document: Value,
    /// Notes on the import.
    pub notes: Vec<Note>,
}

impl Imported {
    /// Writes the document in the form of the files in `specs`.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        finish::to_yaml(&self.document)
    }

    /// Returns the notes, given the file that the document is written to: notes on the document
    /// itself name it.
    #[must_use]
    pub fn notes_in(&self, file: &str) -> Vec<Note> {
        let mut notes = self.notes.clone();
        for note in notes.iter_mut().filter(|note| note.file == finish::RESULT) {
            file.clone_into(&mut note.file);
        }
        notes
    }
}

/// Imports Swagger 2.0 files.
///
/// # Errors
///
/// All problems of the files: files that cannot be read or are not Swagger 2.0, references without
/// a target, values of wrong types, and everything for which no code could be generated.
pub fn import(inputs: &Inputs) -> Result<Imported, Problems> {
    import_with(inputs, FIXUPS)
}

/// Imports Swagger 2.0 files with other corrections than the built-in ones.
///
/// # Errors
///
/// As for [`import`]; and if a correction does not apply to its file.
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
        let message = "no Swagger file was given; pass at least one";
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
