//! Temporary packages for measurements.

use crate::{error::Error, process};
use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// A package outside of this workspace with its own target folder.
pub(crate) struct Scratch {
    folder: PathBuf,
}

/// The contents of a package.
pub(crate) struct Package<'a> {
    /// Name of the package and of its folder.
    pub(crate) name: &'a str,
    /// The text after `[dependencies]`, including other tables.
    pub(crate) dependencies: &'a str,
    pub(crate) main: &'a str,
}

impl Scratch {
    /// Writes a package; earlier build results are kept.
    pub(crate) fn new(parent: &Path, package: &Package<'_>) -> Result<Self, Error> {
        let folder = parent.join(package.name);
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{}",
            package.name, package.dependencies
        );
        let write = || -> io::Result<()> {
            fs::create_dir_all(folder.join("src"))?;
            fs::write(folder.join("Cargo.toml"), manifest)?;
            fs::write(folder.join("src/main.rs"), package.main)
        };
        write().map_err(Error::at(&folder))?;
        Ok(Self { folder })
    }

    /// Uses the versions of a lock file.
    pub(crate) fn locked_like(self, lock: &Path) -> Result<Self, Error> {
        fs::copy(lock, self.folder.join("Cargo.lock")).map_err(Error::at(lock))?;
        Ok(self)
    }

    /// The name of the package and of its program.
    pub(crate) fn name(&self) -> &OsStr {
        self.folder.file_name().unwrap_or_default()
    }

    /// Deletes the results of all builds.
    pub(crate) fn remove_target(&self) -> Result<(), Error> {
        let target = self.target();
        match fs::remove_dir_all(&target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::at(&target)(error)),
            _ => Ok(()),
        }
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    pub(crate) fn cargo(&self) -> Command {
        process::cargo(&self.folder, &self.target())
    }
}
