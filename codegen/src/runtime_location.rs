//! Finds the runtime of a standalone crate.

use crate::manifest::Runtime;
use std::path::{Component, Path, PathBuf};

impl Runtime {
    /// Returns the runtime for a version or the path of a folder, for a crate in the folder
    /// `crate_folder`.
    ///
    /// # Errors
    ///
    /// If it is neither a version nor a folder with a package.
    pub fn find(version_or_path: &str, crate_folder: &Path) -> Result<Self, String> {
        if is_version(version_or_path) {
            return Ok(Self::Version(version_or_path.to_owned()));
        }
        let path = Path::new(version_or_path);
        if !path.join("Cargo.toml").is_file() {
            return Err(format!(
                "{version_or_path} is neither a version nor a folder with a Cargo.toml"
            ));
        }
        let absolute = |path: &Path| {
            std::path::absolute(path)
                .map(|path| normal(&path))
                .map_err(|error| format!("{}: {error}", path.display()))
        };
        let relative = relative(&absolute(crate_folder)?, &absolute(path)?);
        Ok(Self::Path(relative.display().to_string()))
    }
}

fn is_version(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "^~=<>*".contains(c))
        && !text.contains(['/', '\\'])
}

/// Returns the relative path from one folder to another. Both must be absolute.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let pairs = from.components().zip(to.components());
    let common = pairs.take_while(|(a, b)| a == b).count();
    let has_root_only = common <= 1;
    if has_root_only {
        return to.to_owned();
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

/// Returns the path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_up_and_down() {
        for (from, to, expected) in [
            ("/a/b/c", "/a/d", "../../d"),
            ("/a/b", "/a/b/c", "c"),
            ("/tmp/x", "/other/y", "/other/y"),
        ] {
            assert_eq!(
                relative(Path::new(from), Path::new(to)),
                Path::new(expected)
            );
        }
    }

    #[test]
    fn versions_are_not_paths() {
        assert!(is_version("0.1") && is_version("^1.2") && is_version("=1.0.0-beta.1"));
        assert!(!is_version("runtime") && !is_version("../runtime") && !is_version("1/2"));
    }
}
