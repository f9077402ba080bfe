//! Counts lines and bytes of code.

use crate::{error::Error, process::float};
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

/// The size of some files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CodeSize {
    /// Lines with anything but white space.
    lines: u64,
    bytes: u64,
}

impl CodeSize {
    /// Returns the number of lines that are not blank.
    pub(crate) fn lines(self) -> f64 {
        float(self.lines)
    }

    /// Returns the size in megabytes.
    pub(crate) fn megabytes(self) -> f64 {
        float(self.bytes) / 1e6
    }
}

/// Counts all files below a folder with one of the given extensions.
pub(crate) fn of_folder(folder: &Path, endings: &[&str]) -> Result<CodeSize, Error> {
    let mut files = Vec::new();
    let mut waiting: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).map_err(Error::at(&path))? {
                waiting.push(entry.map_err(Error::at(&path))?.path());
            }
        } else if path
            .extension()
            .and_then(OsStr::to_str)
            .is_some_and(|own| endings.contains(&own))
        {
            files.push(path);
        }
    }
    of_files(&files)
}

/// Counts the files that the compiler has read, as listed in its `.d` file.
pub(crate) fn of_dep_info(dep_info: &Path) -> Result<CodeSize, Error> {
    let text = fs::read_to_string(dep_info).map_err(Error::at(dep_info))?;
    of_files(&sources(&text))
}

/// Returns the sources in a `.d` file: each has its own line that ends in a colon.
fn sources(dep_info: &str) -> Vec<PathBuf> {
    let lines = dep_info.lines().filter_map(|line| line.strip_suffix(':'));
    lines.map(|path| path.replace("\\ ", " ").into()).collect()
}

fn of_files(files: &[PathBuf]) -> Result<CodeSize, Error> {
    let mut size = CodeSize::default();
    for path in files {
        let text = fs::read_to_string(path).map_err(Error::at(path))?;
        size.lines += text.lines().filter(|line| !line.trim().is_empty()).count() as u64;
        size.bytes += text.len() as u64;
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_other_files_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("src");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("a.rs"), "one\n\n  \ntwo\n").unwrap();
        fs::write(folder.path().join("b.md"), "three").unwrap();
        fs::write(folder.path().join("c.lock"), "four").unwrap();
        let size = of_folder(folder.path(), &["md", "rs"]).unwrap();
        assert_eq!(
            size,
            CodeSize {
                lines: 3,
                bytes: 17
            }
        );
    }

    #[test]
    fn dep_info_lists_what_was_compiled() {
        let text = "/t/liba.rlib: /a/lib.rs /a/my\\ mod.rs\n\n/a/lib.rs:\n/a/my\\ mod.rs:\n\n# env-dep:X\n";
        assert_eq!(
            sources(text),
            [Path::new("/a/lib.rs"), Path::new("/a/my mod.rs")]
        );
    }
}
