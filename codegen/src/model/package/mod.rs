//! What surrounds the types and methods of a crate: its manifest, imports, documentation pages and
//! the table of the fake service.

pub(crate) mod cargo_manifest;
pub(crate) mod endpoint;
pub(crate) mod fake_table;
pub(crate) mod imports;
pub(crate) mod pages;
mod patterns;
pub(crate) mod prose;
