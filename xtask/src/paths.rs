//! Where things are.

use std::path::{Path, PathBuf};

/// The root of this repository.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Cargo's target folder, where this workspace's own parts are built, so that what they share is
/// built once.
pub(crate) fn target() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => here.join(folder),
        None => root().join("target"),
    }
}

/// The path as a person in the current folder would write it.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
