//! Compares the constants for API versions.

use super::super::{change::Subject, finding::Finding};
use crate::model::service::ApiVersion;

/// Compares the versions in the manifests. A description alone does not say which other versions
/// its crate has.
pub(super) fn compare(old: &[ApiVersion], new: &[ApiVersion]) -> Vec<Finding> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let only_in = |versions: &[ApiVersion], others: &[ApiVersion]| -> Vec<ApiVersion> {
        let alone = |one: &&ApiVersion| others.iter().all(|other| other.constant != one.constant);
        versions.iter().filter(alone).cloned().collect()
    };
    let subject = |version: &ApiVersion| Subject::Version(version.name.clone());
    let detail = |version: &ApiVersion| format!("constant {}", version.constant);
    let gone = only_in(old, new).into_iter();
    let gone = gone.map(|version| Finding::removed(subject(&version), detail(&version), true));
    let added = only_in(new, old).into_iter();
    let added = added.map(|version| Finding::added(subject(&version), detail(&version), false));
    gone.chain(added).collect()
}
