//! Step 5: writes files to disk, only where they differ.

use crate::emit::File;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// The differences between the files on disk and the generated ones. Paths are relative to the
/// crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Files that do not exist on disk.
    pub new: Vec<String>,
    /// Files with different contents.
    pub changed: Vec<String>,
    /// Files that are no longer generated.
    pub stale: Vec<String>,
}

impl Drift {
    /// Returns whether the files on disk equal the generated ones.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.stale.is_empty()
    }
}

/// Compares the files without writing.
///
/// # Errors
///
/// If a file or folder cannot be read.
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
    let rust = own_folder(files);
    for (own, ending) in [("docs", "md"), (&rust, "rs")] {
        sources(&folder.join(own), own, ending, &mut present)?;
    }
    present.retain(|path| !expected.contains(path.as_str()));
    present.sort();
    drift.stale = present;
    Ok(drift)
}

/// Writes the files that differ and removes the stale ones.
///
/// Each file is first written next to its destination, so that a partly written file is never
/// visible. Nothing is changed unless all files could be written there.
///
/// # Errors
///
/// If a file cannot be written or removed.
pub fn write(folder: &Path, files: &[File]) -> io::Result<Drift> {
    let drift = compare(folder, files)?;
    let wanted: BTreeSet<&String> = drift.new.iter().chain(&drift.changed).collect();
    write_all(
        folder,
        files.iter().filter(|file| wanted.contains(&file.path)),
    )?;
    for path in &drift.stale {
        fs::remove_file(folder.join(path))?;
    }
    Ok(drift)
}

/// Writes all files or none.
fn write_all<'a>(folder: &Path, files: impl Iterator<Item = &'a File>) -> io::Result<()> {
    let mut staged = Vec::new();
    let result = stage(folder, files, &mut staged).and_then(|()| put(&staged));
    if result.is_err() {
        for (beside, _) in &staged {
            // The first error is the one to report.
            let _ = fs::remove_file(beside);
        }
    }
    result
}

fn stage<'a>(
    folder: &Path,
    files: impl Iterator<Item = &'a File>,
    staged: &mut Vec<(PathBuf, PathBuf)>,
) -> io::Result<()> {
    for file in files {
        let place = folder.join(&file.path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        let beside = beside(&place);
        staged.push((beside.clone(), place));
        fs::write(&beside, &file.text)?;
    }
    Ok(())
}

fn put(staged: &[(PathBuf, PathBuf)]) -> io::Result<()> {
    staged
        .iter()
        .try_for_each(|(beside, place)| fs::rename(beside, place))
}

/// Writes a file completely or not at all, and creates its folder.
///
/// # Errors
///
/// If the file cannot be written.
pub fn write_file(path: &Path, text: &str) -> io::Result<()> {
    let file = File {
        path: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        text: text.to_owned(),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    write_all(folder, [&file].into_iter())
}

/// Writes a separate crate, completely or not at all.
///
/// A new crate is written next to its destination and moved there when it is complete. A crate that
/// was generated before is updated. Nothing else is overwritten.
///
/// # Errors
///
/// If the folder contains something else, or a file cannot be written.
pub fn create(folder: &Path, files: &[File]) -> io::Result<Drift> {
    if !is_vacant(folder)? {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        if !manifest.starts_with(crate::emit::MANIFEST_HEADER) {
            let message = "the folder is not empty and contains no generated crate; choose another";
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        return write(folder, files);
    }
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(format!(".new~{}", std::process::id()));
    let beside = folder.with_file_name(name);
    let staged = write(&beside, files).and_then(|drift| {
        // The folder may exist and be empty.
        let _ = fs::remove_dir(folder);
        fs::rename(&beside, folder)?;
        Ok(drift)
    });
    if staged.is_err() {
        // The first error is the one to report.
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

/// Returns the innermost folder that contains all Rust files.
fn own_folder(files: &[File]) -> String {
    let mut folders = files.iter().filter_map(|file| {
        let (folder, _) = file.path.rsplit_once('/')?;
        has_ending(&file.path, "rs").then(|| folder.split('/').collect::<Vec<_>>())
    });
    let first = folders.next().unwrap_or_default();
    let common = folders.fold(first, |common, folder| {
        let both = common.into_iter().zip(folder);
        both.map_while(|(a, b)| (a == b).then_some(a)).collect()
    });
    common.join("/")
}

/// Returns the path where a file is written first. Files that differ only in their extension get
/// different paths.
fn beside(place: &Path) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".new~");
    name.into()
}

/// Returns the files with an extension in a folder, with `/` between the parts of their paths.
fn sources(folder: &Path, prefix: &str, ending: &str, found: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            sources(&entry.path(), &name, ending, found)?;
        } else if has_ending(&name, ending) {
            found.push(name);
        }
    }
    Ok(())
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|own| own == ending)
}
