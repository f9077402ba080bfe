//! Packages that exist only to be built.

use crate::{error::Error, process};
use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// A package outside of this workspace, with a target folder of its own.
pub(crate) struct Scratch {
    folder: PathBuf,
}

/// What a package is made of.
pub(crate) struct Package<'a> {
    /// Its name, which is that of its folder too.
    pub(crate) name: &'a str,
    /// What comes after `[dependencies]`, other tables included.
    pub(crate) dependencies: &'a str,
    pub(crate) main: &'a str,
}

impl Scratch {
    /// Writes a package; what was built of it before is kept.
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

    /// Takes over the versions that a lock file names.
    pub(crate) fn locked_like(self, lock: &Path) -> Result<Self, Error> {
        fs::copy(lock, self.folder.join("Cargo.lock")).map_err(Error::at(lock))?;
        Ok(self)
    }

    /// The name of the package and of its program.
    pub(crate) fn name(&self) -> &OsStr {
        self.folder.file_name().unwrap_or_default()
    }

    /// Forgets all that was built.
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
