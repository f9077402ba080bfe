//! Step 1: a file becomes a checked OpenAPI document.

mod check;
mod read;
mod unsupported;

use crate::note::Note;
use openapiv3::OpenAPI;

pub use read::{from_value, read};

/// A description that was read and found sound: references lead somewhere, types are known.
#[derive(Clone, Debug)]
pub struct Description {
    /// The file, as problems name it.
    pub file: String,
    /// The document.
    pub api: OpenAPI,
    /// Parts of the document that no code is generated for.
    pub notes: Vec<Note>,
}
