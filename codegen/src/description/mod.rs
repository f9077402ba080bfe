//! Step 1: reads a file into a checked OpenAPI document.

mod check;
mod read;
mod unsupported;

use crate::note::Note;
use openapiv3::OpenAPI;

pub use read::{from_value, read};

/// A description that was read and checked: references have targets, types are known.
#[derive(Clone, Debug)]
pub struct Description {
    /// Name of the file in problems.
    pub file: String,
    /// The document.
    pub api: OpenAPI,
    /// Notes on parts of the document for which no code is generated.
    pub notes: Vec<Note>,
}
