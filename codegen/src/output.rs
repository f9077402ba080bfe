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
    let own = ["rs", "md"].map(|ending| own_folder(files, ending));
    let own = own.into_iter().flatten();
    let mut present = Vec::new();
    for own in own {
        sources(&folder.join(&own), &own, &mut present)?;
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
    let wanted = files.iter().filter(|file| wanted.contains(&file.path));
    let mut staged = Vec::new();
    let result = stage(folder, wanted, &mut staged).and_then(|()| put(&staged));
    if result.is_err() {
        for (beside, _) in &staged {
            // What failed first is what the caller has to hear of.
            let _ = fs::remove_file(beside);
        }
    }
    result?;
    for path in &drift.stale {
        fs::remove_file(folder.join(path))?;
    }
    Ok(drift)
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

/// The innermost folder that holds all files of an ending, but for those that lie beside folders.
fn own_folder(files: &[File], ending: &str) -> Option<String> {
    let ends = |file: &&File| {
        Path::new(&file.path)
            .extension()
            .is_some_and(|own| own == ending)
    };
    let mut folders = files.iter().filter(ends).filter_map(|file| {
        let (folder, _) = file.path.rsplit_once('/')?;
        Some(folder.split('/').collect::<Vec<_>>())
    });
    let first = folders.next()?;
    let common = folders.fold(first, |common, folder| {
        let both = common.into_iter().zip(folder);
        both.map_while(|(a, b)| (a == b).then_some(a)).collect()
    });
    Some(common.join("/"))
}

/// Where a file is written first. Files that differ in their extension only stay apart.
fn beside(place: &Path) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".new~");
    name.into()
}

/// The files of a kind that the generator writes, in a folder, with `/` between the parts of their paths.
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
        } else if name.ends_with(".rs") || name.ends_with(".md") {
            found.push(name);
        }
    }
    Ok(())
}
