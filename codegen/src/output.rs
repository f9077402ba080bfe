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
    let rust = own_folder(files);
    for (own, ending) in [("docs", "md"), (&rust, "rs")] {
        sources(&folder.join(own), own, ending, &mut present)?;
    }
    present.retain(|path| !expected.contains(path.as_str()));
    present.sort();
    drift.stale = present;
    Ok(drift)
}

/// Writes what differs and removes what is stale.
///
/// Each file is written beside its place first, so that nobody ever sees half of one; nothing is
/// changed unless all could be written there.
///
/// # Errors
///
/// When a file cannot be written or removed.
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
            // What failed first is what the caller has to hear of.
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

/// Writes a file whole or not at all, and the folder that it is in.
///
/// # Errors
///
/// When the file cannot be written.
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

/// The innermost folder that holds all Rust files.
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

/// Where a file is written first. Files that differ in their extension only stay apart.
fn beside(place: &Path) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".new~");
    name.into()
}

/// The files of an ending in a folder, with `/` between the parts of their paths.
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
