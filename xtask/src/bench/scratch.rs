//! Packages that exist only to be built.

use super::child;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A package outside of this workspace, with a target folder of its own.
pub(super) struct Scratch {
    folder: PathBuf,
}

/// What a package is made of.
pub(super) struct Package<'a> {
    /// Its name, which is that of its folder too.
    pub(super) name: &'a str,
    /// What comes after `[dependencies]`, other tables included.
    pub(super) dependencies: &'a str,
    pub(super) main: &'a str,
}

impl Scratch {
    /// Writes a package; what was built of it before is kept.
    pub(super) fn new(parent: &Path, package: &Package<'_>) -> Result<Self, String> {
        let folder = parent.join(package.name);
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{}",
            package.name, package.dependencies
        );
        let describe = |error: std::io::Error| format!("{}: {error}", folder.display());
        fs::create_dir_all(folder.join("src")).map_err(describe)?;
        fs::write(folder.join("Cargo.toml"), manifest).map_err(describe)?;
        fs::write(folder.join("src/main.rs"), package.main).map_err(describe)?;
        Ok(Self { folder })
    }

    /// Takes over the versions that a lock file names.
    pub(super) fn locked_like(self, lock: &Path) -> Result<Self, String> {
        fs::copy(lock, self.folder.join("Cargo.lock"))
            .map_err(|error| format!("{}: {error}", lock.display()))?;
        Ok(self)
    }

    pub(super) fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    pub(super) fn cargo(&self) -> Command {
        child::cargo(&self.folder, &self.target())
    }
}
