//! Where things are.

use arm_codegen::manifest::Runtime;
use std::path::{Component, Path, PathBuf};

/// The folder of this project.
pub(crate) fn project_root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// The path as a person in the current folder would write it.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

/// The runtime that a crate in a folder is to have: a version, a path, or else this project's.
pub(crate) fn runtime(wanted: Option<&str>, output: &Path) -> Result<Runtime, String> {
    let path = match wanted {
        Some(text) if is_version(text) => return Ok(Runtime::Version(text.to_owned())),
        Some(path) => PathBuf::from(path),
        None => project_root().join("runtime"),
    };
    if !path.join("Cargo.toml").is_file() {
        return Err(format!(
            "--runtime: {} is neither a version nor a folder with a Cargo.toml",
            path.display()
        ));
    }
    let absolute = |path: &Path| {
        std::path::absolute(path)
            .map(|path| normal(&path))
            .map_err(|error| format!("{}: {error}", path.display()))
    };
    let way = way(&absolute(output)?, &absolute(&path)?);
    Ok(Runtime::Path(way.display().to_string()))
}

fn is_version(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "^~=<>*".contains(c))
        && !text.contains(['/', '\\'])
}

/// The way from one folder to another, both absolute.
fn way(from: &Path, to: &Path) -> PathBuf {
    let common = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let root_only = common <= 1;
    if root_only {
        return to.to_owned();
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

/// The path without `.` and `..`.
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
    fn ways_go_up_and_down() {
        for (from, to, expected) in [
            ("/a/b/c", "/a/d", "../../d"),
            ("/a/b", "/a/b/c", "c"),
            ("/tmp/x", "/other/y", "/other/y"),
        ] {
            assert_eq!(way(Path::new(from), Path::new(to)), Path::new(expected));
        }
    }

    #[test]
    fn versions_are_no_paths() {
        assert!(is_version("0.1") && is_version("^1.2") && is_version("=1.0.0-beta.1"));
        assert!(!is_version("runtime") && !is_version("../runtime") && !is_version("1/2"));
    }
}
