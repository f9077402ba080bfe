//! Handles the top level of a file.

use crate::{
    note::NoteKind,
    swagger::read::{SourceLocation, Sources},
};
use serde_json::Value;

/// Notes keys at the top level of a file that nothing else reads.
pub(super) fn note_unknown_keys(sources: &mut Sources, file: usize) {
    const KNOWN: [&str; 17] = [
        "swagger",
        "info",
        "host",
        "basePath",
        "schemes",
        "consumes",
        "produces",
        "paths",
        "x-ms-paths",
        "definitions",
        "parameters",
        "responses",
        "security",
        "securityDefinitions",
        "tags",
        "externalDocs",
        "x-ms-parameterized-host",
    ];
    const INFO: [&str; 3] = ["title", "version", "description"];
    let root = sources.root(file);
    let top = SourceLocation::root(file);
    let info = root.get("info").unwrap_or(&Value::Null);
    for (at, object, known) in [
        (&top, &*root, &KNOWN[..]),
        (&top.child("info"), info, &INFO[..]),
    ] {
        for key in object.as_object().into_iter().flatten().map(|(key, _)| key) {
            if !known.contains(&key.as_str()) {
                sources.note(
                    NoteKind::NotUnderstood,
                    &at.child(key),
                    format!("`{key}` was left out"),
                );
            }
        }
    }
}
