//! Members that are copied unchanged.

use super::draft::DraftObject;
use crate::{
    note::NoteKind,
    swagger::read::{SourceLocation, Sources},
};
use serde_json::Value;

/// The extensions that Azure's descriptions use. All of them are kept.
const KNOWN: [&str; 44] = [
    "x-accessibility",
    "x-cadl-name",
    "x-ms-api-version",
    "x-ms-arm-id-details",
    "x-ms-azure-resource",
    "x-ms-cadl-name",
    "x-ms-client-default",
    "x-ms-client-flatten",
    "x-ms-client-name",
    "x-ms-client-request-id",
    "x-ms-code-generation-settings",
    "x-ms-correlation-request-id",
    "x-ms-discriminator-value",
    "x-ms-enum",
    "x-ms-error-response",
    "x-ms-examples",
    "x-ms-external",
    "x-ms-format",
    "x-ms-header-collection-prefix",
    "x-ms-identifiers",
    "x-ms-internal",
    "x-ms-long-running-operation",
    "x-ms-long-running-operation-options",
    "x-ms-mutability",
    "x-ms-no-log",
    "x-ms-odata",
    "x-ms-original",
    "x-ms-pageable",
    "x-ms-parameter-grouping",
    "x-ms-parameter-location",
    "x-ms-parameterized-host",
    "x-ms-paths",
    "x-ms-permissions",
    "x-ms-request-id",
    "x-ms-secret",
    "x-ms-skip-url-encoding",
    "x-ms-space",
    "x-ms-text",
    "x-ms-version",
    "x-ms-vlatest",
    "x-new-pattern",
    "x-publish",
    "x-typespec-generated",
    "x-typespec-name",
];

/// Copies a text.
pub(super) fn text(
    sources: &mut Sources,
    out: &mut DraftObject,
    key: &str,
    value: &Value,
    here: &SourceLocation,
) {
    if let Some(text) = sources.string(value, here) {
        out.insert(key.to_owned(), text.into());
    }
}

/// Copies a flag that is true; false is the default.
pub(super) fn flag(
    sources: &mut Sources,
    out: &mut DraftObject,
    key: &str,
    value: &Value,
    here: &SourceLocation,
) {
    if sources.flag(value, here) {
        out.insert(key.to_owned(), true.into());
    }
}

/// Copies an extension; leaves anything else out.
pub(super) fn extension(
    sources: &mut Sources,
    out: &mut DraftObject,
    key: &str,
    value: &Value,
    here: &SourceLocation,
) {
    if is_kept(sources, key, here) {
        out.insert(key.to_owned(), value.clone().into());
    }
}

/// Returns whether a key that nothing else reads is kept: extensions are, unknown ones with a note.
pub(super) fn is_kept(sources: &mut Sources, key: &str, here: &SourceLocation) -> bool {
    let is_extension = key.starts_with("x-");
    let message = if !is_extension {
        format!("`{key}` is not a keyword here and was left out")
    } else if !KNOWN.contains(&key) {
        format!("`{key}` is an unknown extension and was kept unchanged")
    } else {
        return true;
    };
    sources.note(NoteKind::NotUnderstood, here, message);
    is_extension
}
