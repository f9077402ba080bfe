//! Paths in the repository.

use std::path::{Path, PathBuf};

/// The root of this repository.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Returns Cargo's target folder of this workspace. Builds of other packages use it too, so that
/// shared dependencies are compiled once.
pub(crate) fn target() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => here.join(folder),
        None => root().join("target"),
    }
}

/// Returns the path relative to the current folder, as a user would type it.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
