//! Imports between the folders of `src` go one way.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A folder may import those before it, and itself.
const LAYERS: &[&str] = &["text", "rules", "response", "connection", "request", "flow"];

#[test]
fn layers_import_only_lower_layers() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut upward = Vec::new();
    for (index, layer) in LAYERS.iter().enumerate() {
        for file in files(&src.join(layer)) {
            let text = code(&fs::read_to_string(&file).unwrap());
            for above in &LAYERS[index + 1..] {
                if imports(&text, above) {
                    upward.push(format!("{} imports {above}", file.display()));
                }
            }
        }
    }
    assert_eq!(upward, Vec::<String>::new());
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// A file without its comments.
fn code(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a file names a module of the crate, in a path or in a nested import.
fn imports(code: &str, module: &str) -> bool {
    let nested = code.split("use crate::{").skip(1).any(|rest| {
        let end = rest.find(';').unwrap_or(rest.len());
        rest[..end]
            .lines()
            .any(|line| line.starts_with(&format!("    {module}::")))
            || rest[..end].starts_with(&format!("{module}::"))
            || rest[..end].contains(&format!(", {module}::"))
    });
    nested || code.contains(&format!("crate::{module}::"))
}
