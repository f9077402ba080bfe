//! The tables of `docs/swagger.md`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

/// Each row names a test that there is.
#[test]
fn every_row_names_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs/swagger.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let rows: Vec<&str> = rows
        .filter(|row| !row.starts_with("| construct "))
        .collect();
    assert!(rows.len() > 40, "{}", rows.len());
    for row in rows {
        let cell = row
            .trim_end_matches([' ', '|'])
            .rsplit(" | ")
            .next()
            .unwrap();
        let names: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
        let [file, test] = names[..] else {
            panic!("expected a file and a test, found {cell:?} in {row}");
        };
        let text = fs::read_to_string(root.join(file));
        let text = text.unwrap_or_else(|error| panic!("{file}: {error}, in {row}"));
        let (before, _) = text
            .split_once(&format!("fn {test}("))
            .unwrap_or_else(|| panic!("there is no test {test} in {file}, in {row}"));
        let attributes: String = before.lines().rev().take(2).collect();
        assert!(attributes.contains("test]"), "{test} in {file} is no test");
    }
}
