//! Corrections of mistakes in particular descriptions.
//!
//! Each one belongs to one version of one provider and must find its mistake. If the mistake was
//! fixed in that version, the fixup is an error, so that it will be removed.

use super::read::{SourceLocation, Sources};
use crate::note::NoteKind;
use serde_json::Value;

/// A correction of one mistake.
#[derive(Debug, Clone, Copy)]
pub struct Fixup {
    /// Name in messages.
    pub name: &'static str,
    /// Why it is needed.
    pub reason: &'static str,
    /// URL at which the mistake is reported.
    pub link: &'static str,
    /// Resource provider that it applies to.
    pub provider: &'static str,
    /// API version that it applies to.
    pub version: &'static str,
    /// End of the path of the file that it applies to.
    pub file: &'static str,
    /// Corrects the file. Returns whether the mistake was found.
    pub apply: fn(&mut Value) -> bool,
}

/// The active corrections.
pub const FIXUPS: &[Fixup] = &[Fixup {
    name: "data import is no folder",
    reason: "DataImport has the discriminator value of UriFolderDataVersion, so that folders would be read as imports",
    link: "https://github.com/Azure/azure-rest-api-specs/blob/main/specification/machinelearningservices/resource-manager/Microsoft.MachineLearningServices/preview/2023-08-01-preview/mfe.json",
    provider: "Microsoft.MachineLearningServices",
    version: "2023-08-01-preview",
    file: "mfe.json",
    apply: |root| {
        let data_import = root
            .pointer_mut("/definitions/DataImport")
            .and_then(Value::as_object_mut);
        data_import.is_some_and(|schema| {
            let is_wrong = schema
                .get("x-ms-discriminator-value")
                .is_some_and(|value| value == "uri_folder");
            if is_wrong {
                schema.shift_remove("x-ms-discriminator-value");
            }
            is_wrong
        })
    },
}];

/// Applies the fixups that apply to these files.
pub(super) fn apply(
    sources: &mut Sources,
    files: &[usize],
    provider: Option<&str>,
    fixups: &[Fixup],
) {
    for fixup in fixups
        .iter()
        .filter(|fixup| provider == Some(fixup.provider))
    {
        for &file in files {
            if sources.text(file, &["info", "version"]) == Some(fixup.version)
                && sources.path_ends_with(file, fixup.file)
            {
                apply_one(sources, file, fixup);
            }
        }
    }
}

fn apply_one(sources: &mut Sources, file: usize, fixup: &Fixup) {
    let at = SourceLocation::root(file);
    let Fixup {
        name, reason, link, ..
    } = fixup;
    let mut root = (*sources.root(file)).clone();
    if (fixup.apply)(&mut root) {
        sources.replace(file, root);
        let message = format!("{name}: {reason} ({link})");
        sources.note(NoteKind::Fixed, &at, message);
    } else {
        let message = format!(
            "the fixup `{name}` no longer applies ({reason}, see {link}); remove it from fixups.rs"
        );
        sources.problem(&at, message);
    }
}
