//! Takes Swagger 2.0 descriptions in: one or several files become one self-contained OpenAPI 3.0.3 document.
//!
//! The result has the form of the descriptions in `specs`. What is kept, changed or left out:
//!
//! - Definitions of the files asked for, and those of other files that these need, become schemas, whose names start
//!   with a capital letter. Equal definitions of one name are merged, different ones get the name of their file appended.
//! - Enums with a name and objects that are written in place become schemas of their own. Members of an `allOf` that
//!   are written in place are taken over by the schema around them.
//! - Shared parameters and responses that no operation refers to are left out.
//! - `additionalProperties: false`, `readOnly: false` and `x-nullable: false` say what holds anyway and are left out.
//! - Titles, summaries and examples are documentation and follow [`Descriptions`].
//! - `x-ms-examples` keeps the path of each example as the Swagger file has it.
//! - An operation whose file has another API version than the result carries it as `x-ms-api-version`.
//! - `discriminator.mapping` names all subtypes over all levels.
//! - Paths from `x-ms-paths` stand among the others, with their query in the key.
//!
//! Whatever is not understood is told in a [`Note`].

mod assemble;
mod context;
mod demands;
mod docs;
mod expect;
mod extension;
mod fixups;
mod host;
mod load;
mod names;
mod note;
mod operation;
mod order;
mod parameter;
mod place;
mod readme;
mod response;
mod scalar;
mod schema;
mod subtypes;
mod text;
mod yaml;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde_json::Value;

pub use self::docs::Descriptions;
pub(crate) use self::docs::path_shape;
pub use self::fixups::{FIXUPS, Fixup};
pub use self::note::{Note, NoteKind};
pub use self::readme::tag_files;
pub(crate) use self::text::{capitalize, pascal};
use crate::json_pointer::JsonPointer;
use crate::problem::{Problem, Problems};
use crate::strict;

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
        yaml::write(&self.document)
    }
}

/// Imports Swagger 2.0 files.
///
/// # Errors
///
/// With everything that is wrong with them: files that cannot be read or are no Swagger 2.0, references that lead
/// nowhere, and whatever is not as the format has it.
pub fn import(inputs: &Inputs) -> Result<Imported, Problems> {
    import_with(inputs, FIXUPS)
}

/// Imports Swagger 2.0 files with other corrections than the usual ones.
///
/// # Errors
///
/// As [`import`]; and when a correction does not apply to the file it is meant for.
pub fn import_with(inputs: &Inputs, fixups: &[Fixup]) -> Result<Imported, Problems> {
    let documented = inputs.docs_from.as_deref().map(read_yaml).transpose();
    let (documented, mut problems) = match documented {
        Ok(documented) => (documented, Vec::new()),
        Err(problem) => (None, vec![problem]),
    };
    let result = assemble::assemble(inputs, documented.as_ref(), fixups);
    match result {
        Ok(imported) if problems.is_empty() => Ok(imported),
        Ok(_) => Err(Problems(problems)),
        Err(more) => {
            problems.extend(more);
            Err(Problems(problems))
        }
    }
}

/// Reads a YAML or JSON file.
pub(crate) fn read_yaml(path: &Path) -> Result<Value, Problem> {
    let problem = |message: String| Problem {
        file: path.display().to_string(),
        pointer: JsonPointer::root(),
        message,
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| problem(format!("cannot be read ({error}); check the path")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    strict::yaml(text).map_err(|error| {
        problem(format!(
            "is neither valid YAML nor JSON ({error}); mend the file"
        ))
    })
}
