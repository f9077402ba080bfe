//! The command `codegen` on Swagger files.

use crate::process::{run_in, services};
use std::{fs, path::Path};

#[test]
fn a_crate_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let swagger = services().join("storage.json").display().to_string();
    let crate_folder = folder.path().join("deep/arm_storage");
    let output = crate_folder.display().to_string();
    let run = |more: &[&str]| {
        let mut arguments = vec!["codegen", "--swagger", &swagger, "--output", &output];
        arguments.extend(more);
        run_in(Path::new("."), &arguments)
    };
    let done = run(&["--crate-name", "arm_storage", "--runtime", "0.1"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let figures = "3 groups, 12 operations";
    assert!(done.stdout.contains(figures), "{}", done.stdout);
    let manifest = fs::read_to_string(crate_folder.join("Cargo.toml")).unwrap();
    let runtime = "arm_runtime = { version = \"0.1\", default-features = false }";
    assert!(manifest.contains(runtime), "{manifest}");
    for (arguments, complaint) in [
        (&["--crate-name", "no name"][..], "expected a crate's name"),
        (&[], "--crate-name <NAME>"),
        (
            &["--crate-name", "a", "--runtime", "nowhere"],
            "nowhere is neither a version",
        ),
        (
            &["--crate-name", "a", "--check"],
            "cannot be used with '--check'",
        ),
        (
            &["--crate-name", "a", "--service", "x y"],
            "expected a name in UpperCamelCase",
        ),
        (
            &["--crate-name", "a", "--verbose"],
            "unexpected argument '--verbose'",
        ),
        (
            &["--crate-name"],
            "a value is required for '--crate-name <NAME>'",
        ),
    ] {
        let failed = run(arguments);
        assert_eq!(failed.code, Some(2), "{}", failed.stdout);
        assert!(failed.stderr.contains(complaint), "{}", failed.stderr);
    }
    let beside: Vec<_> = fs::read_dir(folder.path().join("deep")).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}
