//! The commands `import` and `diff`.

use crate::process::run_in;

fn swagger(id: &str) -> String {
    format!(
        r#"{{ "swagger": "2.0", "info": {{ "title": "x", "version": "1" }},
            "paths": {{ "/providers/A.B/c": {{ "get": {{ "operationId": "{id}", "responses": {{ "200": {{ "description": "All" }} }} }} }} }} }}"#
    )
}

#[test]
fn import_writes_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), swagger("C_List")).unwrap();
    let done = run_in(
        folder.path(),
        &["import", "--swagger", "a.json", "--output", "out/a.yaml"],
    );
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let written = std::fs::read_to_string(folder.path().join("out/a.yaml")).unwrap();
    assert!(written.starts_with("openapi: 3.0.3\n"));
    // What has no description is named with the file in which one can be written.
    let undocumented = "out/a.yaml: at /paths/";
    assert!(done.stderr.contains(undocumented), "{}", done.stderr);

    let failed = run_in(
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
    assert_eq!(failed.code, Some(2));
    assert!(
        failed.stderr.contains("b.json: cannot be read"),
        "{}",
        failed.stderr
    );
    let names: Vec<_> = std::fs::read_dir(folder.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["a.yaml"]);
}

#[test]
fn the_exit_code_of_diff_says_whether_changes_break() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), swagger("C_List")).unwrap();
    std::fs::write(folder.path().join("b.json"), swagger("C_All")).unwrap();
    let code = |args: &[&str]| run_in(folder.path(), args).code;
    assert_eq!(code(&["diff", "a.json", "a.json"]), Some(0));
    assert_eq!(
        code(&["diff", "a.json", "b.json", "--format", "json"]),
        Some(1)
    );
    assert_eq!(code(&["diff", "a.json", "absent.json"]), Some(2));
}
