//! `cargo xtask semver`, with a program in place of cargo-semver-checks.

use crate::process::{Run, run_with};
use std::{env, fs, os::unix::fs::PermissionsExt, path::Path};

/// Prints its arguments and ends with a code.
const PROGRAM: &str = "#!/bin/sh
echo \"$*\"
[ \"$2\" = --version ] || exit \"$EXIT_CODE\"
";

fn run(exit_code: &str) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("cargo-semver-checks");
    fs::write(&program, PROGRAM).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), env::var("PATH").unwrap());
    let variables = [("PATH", path.as_str()), ("EXIT_CODE", exit_code)];
    run_with(Path::new("."), &["semver", "--baseline", "v1"], &variables)
}

#[test]
fn exit_codes_tell_breaking_changes_from_errors() {
    for (theirs, ours) in [("0", 0), ("1", 1), ("100", 1), ("101", 2)] {
        let run = run(theirs);
        assert_eq!(run.code, Some(ours), "{theirs}: {}", run.stderr);
        let arguments = "--package arm_machinelearning --all-features --baseline-rev v1";
        assert!(run.stdout.contains(arguments), "{}", run.stdout);
    }
    let failed = run("101");
    assert!(
        failed.stderr.contains("could not compare"),
        "{}",
        failed.stderr
    );
}
