//! Decides which POST operations only read, so that they are retried like GETs.

use crate::{
    http_method::HttpMethod,
    manifest::Manifest,
    names,
    problem::Problems,
    resolve::api::{Api, Operation},
};

/// Returns whether a POST operation only reads: by the manifest, or else by its name.
pub(crate) fn is_read_only(operation: &Operation, manifest: &Manifest) -> bool {
    let listed = manifest.read_only.get(&operation.id).copied();
    operation.method == HttpMethod::Post && listed.unwrap_or_else(|| lists(&operation.id))
}

/// Returns whether the first word of an operation's name is `list`, as in `Workspaces_ListKeys`.
fn lists(id: &str) -> bool {
    let own = id.split_once('_').map_or(id, |(_, own)| own);
    names::snake_name(own).split('_').next() == Some("list")
}

/// Checks that the manifest lists only POST operations of the service.
///
/// # Errors
///
/// If an ID is of another operation, or of none.
pub(crate) fn check(api: &Api, manifest: &Manifest) -> Result<(), Problems> {
    let is_post = |id: &str| {
        let mut all = api.operations.iter();
        all.any(|operation| operation.id == id && operation.method == HttpMethod::Post)
    };
    let mut problems = Problems::default();
    for id in manifest.read_only.keys() {
        let at = (manifest.file.as_str(), ["read-only", id].into());
        problems.expect_known(is_post(id), at, "the ID of a POST operation", id);
    }
    problems.into_result(())
}

#[cfg(test)]
mod tests {
    use super::lists;

    #[test]
    fn operations_that_list_are_recognized_by_their_names() {
        for id in [
            "Workspaces_ListKeys",
            "Accounts_listKeys",
            "Jobs_List",
            "List",
        ] {
            assert!(lists(id), "{id}");
        }
        for id in [
            "Listeners_Start",
            "Ports_Listen",
            "Lists_Clear",
            "Keys_Relist",
        ] {
            assert!(!lists(id), "{id}");
        }
    }
}
