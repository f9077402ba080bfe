//! `docs/fake.md`: the tests that it names exist, and it has every code of an error.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use regress::Regex;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_rule_of_the_fake_names_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/fake.md")).unwrap();
    let mut rules = 0;
    for row in page
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains("::"))
    {
        let tests = row.split('|').nth(2).unwrap();
        for test in tests.split('`').skip(1).step_by(2) {
            let (file, name) = test.split_once("::").unwrap();
            let file = root.join("tests/tests").join(format!("{file}.rs"));
            let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{row}: {file:?}"));
            assert!(
                text.contains(&format!("fn {name}(")),
                "{row}: {file:?} has no {name}"
            );
        }
        rules += 1;
    }
    assert!(rules >= 50, "{rules}");
}

/// Returns the texts of all files in a folder.
fn texts(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let text = |path: PathBuf| match path.is_dir() {
        true => texts(&path),
        false => vec![fs::read_to_string(path).unwrap()],
    };
    entries.flat_map(text).collect()
}

#[test]
fn every_code_of_an_error_is_on_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/fake.md")).unwrap();
    let manifest = root.join("specs/machinelearningservices/manifest.yaml");
    let mut texts = texts(&root.join("fake/src"));
    texts.push(fs::read_to_string(manifest).unwrap());
    let code = Regex::new(r#"\b[1-5]\d\d,\s*(?:code: |")([A-Z]\w+)"#).unwrap();
    let mut codes = BTreeSet::new();
    for text in &texts {
        let found = code.find_iter(text);
        codes.extend(found.filter_map(|one| text.get(one.group(1)?)));
    }
    assert!(codes.len() >= 30, "{codes:?}");
    // Faults that tests inject have codes of their own.
    let is_own = |code: &&str| ["InjectedFault"].contains(code);
    let missing: Vec<&str> = codes
        .into_iter()
        .filter(|code| !page.contains(&format!("`{code}`")) && !is_own(code))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
