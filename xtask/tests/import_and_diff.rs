//! The commands `import` and `diff` as they are called.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;
use std::process::{Command, Output};

fn xtask(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(folder)
        .args(args)
        .output()
        .unwrap()
}

fn swagger(id: &str) -> String {
    format!(
        r#"{{ "swagger": "2.0", "info": {{ "title": "x", "version": "1" }},
            "paths": {{ "/providers/A.B/c": {{ "get": {{ "operationId": "{id}", "responses": {{}} }} }} }} }}"#
    )
}

#[test]
fn import_writes_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), swagger("C_List")).unwrap();
    let done = xtask(
        folder.path(),
        &["import", "--swagger", "a.json", "--output", "out/a.yaml"],
    );
    assert!(done.status.success(), "{done:?}");
    let written = std::fs::read_to_string(folder.path().join("out/a.yaml")).unwrap();
    assert!(written.starts_with("openapi: 3.0.3\n"));

    let failed = xtask(
        folder.path(),
        &[
            "import",
            "--swagger",
            "a.json",
            "b.json",
            "--output",
            "out/b.yaml",
        ],
    );
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("b.json: cannot be read"));
    let names: Vec<_> = std::fs::read_dir(folder.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["a.yaml"]);
}

#[test]
fn diff_tells_by_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), swagger("C_List")).unwrap();
    std::fs::write(folder.path().join("b.json"), swagger("C_All")).unwrap();
    let code = |args: &[&str]| xtask(folder.path(), args).status.code();
    assert_eq!(code(&["diff", "a.json", "a.json"]), Some(0));
    assert_eq!(
        code(&["diff", "a.json", "b.json", "--format", "json"]),
        Some(1)
    );
    assert_eq!(code(&["diff", "a.json", "absent.json"]), Some(2));
    assert_eq!(
        code(&["diff", "a.json", "b.json", "--format", "poem"]),
        Some(2)
    );
    assert_eq!(code(&["diff", "a.json"]), Some(2));
    assert_eq!(code(&["import"]), Some(2));
}
