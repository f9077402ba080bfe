//! Corrections of mistakes in particular descriptions.
//!
//! Each belongs to one version of one provider and must find the mistake it is there for; when the
//! mistake is gone from that version the fixup is an error, so that none outlives its reason.

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
    /// Where the mistake is reported.
    pub link: &'static str,
    /// Resource provider it is for.
    pub provider: &'static str,
    /// API version it is for.
    pub version: &'static str,
    /// End of the path of the file it is for.
    pub file: &'static str,
    /// Corrects the file; returns whether the mistake was there.
    pub apply: fn(&mut Value) -> bool,
}

/// The corrections in force.
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

/// Applies those of the fixups that are meant for these files.
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
            "the fixup `{name}` does not apply any more ({reason}, see {link}); remove it from fixups.rs"
        );
        sources.problem(&at, message);
    }
}
