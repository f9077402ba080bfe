//! Step 5: files on disk, touched only where they differ.

use crate::emit::File;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// How the files on disk differ from the generated ones; paths are relative to the crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Files that are not there yet.
    pub new: Vec<String>,
    /// Files with another content.
    pub changed: Vec<String>,
    /// Files that are no longer generated.
    pub stale: Vec<String>,
}

impl Drift {
    /// Whether the files on disk are those that were generated.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.stale.is_empty()
    }
}

/// Compares without writing.
///
/// # Errors
///
/// When a file or folder cannot be read.
pub fn compare(folder: &Path, files: &[File]) -> io::Result<Drift> {
    let mut drift = Drift::default();
    for file in files {
        match fs::read(folder.join(&file.path)) {
            Ok(text) if text == file.text.as_bytes() => {}
            Ok(_) => drift.changed.push(file.path.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                drift.new.push(file.path.clone());
            }
            Err(error) => return Err(error),
        }
    }
    let expected: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut present = Vec::new();
    sources(&folder.join("src"), "src", &mut present)?;
    present.retain(|path| !expected.contains(path.as_str()));
    present.sort();
    drift.stale = present;
    Ok(drift)
}

/// Writes what differs and removes what is stale.
///
/// Each file is written beside its place first, so that nobody ever sees half of one.
///
/// # Errors
///
/// When a file cannot be written or removed.
pub fn write(folder: &Path, files: &[File]) -> io::Result<Drift> {
    let drift = compare(folder, files)?;
    let wanted: BTreeSet<&String> = drift.new.iter().chain(&drift.changed).collect();
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    for file in files.iter().filter(|file| wanted.contains(&file.path)) {
        let place = folder.join(&file.path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        let beside = place.with_extension("new~");
        staged.push((beside.clone(), place));
        if let Err(error) = fs::write(&beside, &file.text) {
            for (beside, _) in &staged {
                // The write that failed is what the caller has to hear of.
                let _ = fs::remove_file(beside);
            }
            return Err(error);
        }
    }
    for (beside, place) in staged {
        fs::rename(beside, place)?;
    }
    for path in &drift.stale {
        fs::remove_file(folder.join(path))?;
    }
    Ok(drift)
}

/// Writes a crate of its own, whole or not at all.
///
/// A new crate is written beside its place and moved there when it is complete; one that was
/// generated before is brought up to date. Nothing else is written over.
///
/// # Errors
///
/// When the folder holds something else, or a file cannot be written.
pub fn create(folder: &Path, files: &[File]) -> io::Result<Drift> {
    if !is_vacant(folder)? {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        if !manifest.starts_with(crate::emit::MANIFEST_HEADER) {
            let message = "the folder is not empty and holds no generated crate; name another";
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        return write(folder, files);
    }
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(format!(".new~{}", std::process::id()));
    let beside = folder.with_file_name(name);
    let staged = write(&beside, files).and_then(|drift| {
        // An empty folder may be there already.
        let _ = fs::remove_dir(folder);
        fs::rename(&beside, folder)?;
        Ok(drift)
    });
    if staged.is_err() {
        // The first error is what the caller has to hear of.
        let _ = fs::remove_dir_all(&beside);
    }
    staged
}

fn is_vacant(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// The Rust files of a folder, with `/` between the parts of their paths.
fn sources(folder: &Path, prefix: &str, found: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            sources(&entry.path(), &name, found)?;
        } else if name.ends_with(".rs") {
            found.push(name);
        }
    }
    Ok(())
}
