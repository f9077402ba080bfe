//! Step 1: reads a file into a checked OpenAPI document.

mod check;
mod extensions;
mod read;
mod unsupported;
mod xml;

use crate::{json_pointer::JsonPointer, note::Note};
use openapiv3::OpenAPI;
use std::collections::HashSet;

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
    /// Operations that no code is generated for, by where they are in the document.
    pub left_out: HashSet<JsonPointer>,
}
