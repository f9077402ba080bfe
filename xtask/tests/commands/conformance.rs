//! The command `conformance`, from Swagger files to figures.

use crate::process::{run_in, services};
use serde_json::Value;
use std::{fs, path::Path};

/// Examples changed to hold a string where their schemas want a number or a boolean. Renaming a
/// property would not contradict the schema: the client keeps members that it does not know.
const CONTRADICTIONS: [(&str, &str, &str); 2] = [
    ("crate_get.json", "\"weight\": 1.5", "\"weight\": \"yes\""),
    (
        "crate_list.json",
        "\"isOpen\": false",
        "\"isOpen\": \"yes\"",
    ),
];

/// Copies the small services, and breaks some of their examples.
fn write_services(folder: &Path) {
    fs::create_dir(folder.join("examples")).unwrap();
    for name in ["shapes.json", "storage.json", "web.json", "web_more.json"] {
        fs::copy(services().join(name), folder.join(name)).unwrap();
    }
    for entry in fs::read_dir(services().join("examples")).unwrap() {
        let entry = entry.unwrap();
        let mut text = fs::read_to_string(entry.path()).unwrap();
        for (file, from, to) in CONTRADICTIONS {
            if entry.file_name() == *file {
                assert!(text.contains(from), "{file}");
                text = text.replace(from, to);
            }
        }
        fs::write(folder.join("examples").join(entry.file_name()), text).unwrap();
    }
}

/// Runs the examples of some files. Slow: compiles a client and a program.
fn report(folder: &Path, crate_name: &str, files: &[&str]) -> Value {
    let mut arguments = vec!["conformance", "--format", "json"];
    arguments.extend(["--crate-name", crate_name, "--swagger"]);
    arguments.extend(files);
    let done = run_in(folder, &arguments);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
    serde_json::from_str(&done.stdout).unwrap()
}

fn figures(report: &Value) -> [u64; 4] {
    ["examples", "passed", "contradictory", "failed"].map(|name| report[name].as_u64().unwrap())
}

#[test]
fn examples_pass_or_contradict_themselves() {
    let folder = tempfile::tempdir().unwrap();
    write_services(folder.path());
    let storage = report(
        folder.path(),
        "tried_storage",
        &["storage.json", "shapes.json"],
    );
    assert_eq!(figures(&storage), [14, 12, 2, 0], "{storage:#}");
    let details = storage["details"].as_array().unwrap().iter();
    let contradictory = details.filter(|example| example["verdict"] == "contradictory");
    let files: Vec<&str> = contradictory
        .map(|example| example["file"].as_str().unwrap())
        .collect();
    for (file, _, _) in CONTRADICTIONS {
        assert!(files.iter().any(|own| own.ends_with(file)), "{files:?}");
    }
    let web = report(folder.path(), "tried_web", &["web.json", "web_more.json"]);
    assert_eq!(figures(&web), [2, 2, 0, 0], "{web:#}");
}

#[test]
fn files_that_no_client_can_be_generated_from() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), "{}").unwrap();
    let failed = run_in(folder.path(), &["conformance", "--swagger", "a.json"]);
    assert_eq!(failed.code, Some(2), "{}", failed.stdout);
    assert!(failed.stderr.contains("a.json"), "{}", failed.stderr);
}
