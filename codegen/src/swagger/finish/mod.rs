//! Step 3: merges the drafts into one document, which is completed, ordered, checked and written.

mod components;
mod descriptions;
mod document;
mod known_descriptions;
mod names;
mod operations;
mod order;
mod origins;
mod required_members;
mod subtypes;
mod yaml;

#[cfg(test)]
mod tests;

pub use self::descriptions::Descriptions;
pub(crate) use self::origins::RESULT;
pub(crate) use self::yaml::write as to_yaml;
use super::convert::{Context, Operation};
use crate::{note::Note, problem::Problems};
use serde_json::Value;
use std::collections::BTreeSet;

/// Creates a document from the converted parts; the descriptions of `documented` are used.
pub(crate) fn finish(
    context: Context,
    operations: Vec<Operation>,
    files: &[usize],
    provider: Option<&str>,
    documented: Option<&Value>,
    policy: Descriptions,
) -> Result<(Value, Vec<Note>), Problems> {
    let (sources, mut document, origins) = document::assemble(context, files, provider, operations);
    let mut notes = sources.finish()?;
    notes.extend(descriptions::describe_all(
        &mut document,
        documented,
        policy,
    ));
    order::arrange(&mut document);
    notes.extend(origins.check(&document)?);
    let mut seen = BTreeSet::new();
    notes.retain(|note| seen.insert(note.clone()));
    Ok((document, notes))
}
