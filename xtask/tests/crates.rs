//! The commands `codegen` and `conformance` as they are called on Swagger files.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn xtask(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(args)
        .output()
        .unwrap()
}

fn services() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/services")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn a_crate_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let swagger = services().join("storage.json").display().to_string();
    let place = folder.path().join("deep/arm_storage");
    let output = place.display().to_string();
    let run = |more: &[&str]| {
        let mut args = vec!["codegen", "--swagger", &swagger, "--output", &output];
        args.extend(more);
        xtask(&args)
    };
    let done = run(&["--crate-name", "arm_storage", "--runtime", "0.1"]);
    assert!(done.status.success(), "{}", said(&done));
    assert!(
        said(&done).contains("3 groups, 12 operations"),
        "{}",
        said(&done)
    );
    let manifest = fs::read_to_string(place.join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("arm_runtime = { version = \"0.1\", default-features = false }"),
        "{manifest}"
    );
    for (args, complaint) in [
        (
            &["--crate-name", "no name"][..],
            "cannot be the name of a crate",
        ),
        (&[], "--crate-name is missing"),
        (
            &["--crate-name", "a", "--runtime", "nowhere"],
            "nowhere is neither a version",
        ),
        (&["--crate-name", "a", "--check"], "--check is for"),
        (
            &["--crate-name", "a", "--service", "x y"],
            "cannot be the name of a service",
        ),
        (
            &["--crate-name", "a", "--verbose"],
            "unknown argument --verbose",
        ),
        (&["--crate-name"], "--crate-name needs a value"),
    ] {
        let failed = run(args);
        assert_eq!(failed.status.code(), Some(2), "{}", said(&failed));
        assert!(said(&failed).contains(complaint), "{}", said(&failed));
    }
    let beside: Vec<_> = fs::read_dir(folder.path().join("deep")).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}

#[test]
#[ignore = "compiles a client and a program, which takes a minute or two"]
fn examples_pass_or_contradict_themselves() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("examples")).unwrap();
    for name in ["storage.json", "web.json", "web_more.json", "shapes.json"] {
        fs::copy(services().join(name), folder.path().join(name)).unwrap();
    }
    for entry in fs::read_dir(services().join("examples")).unwrap() {
        let entry = entry.unwrap();
        let to = folder.path().join("examples").join(entry.file_name());
        fs::copy(entry.path(), to).unwrap();
    }
    // One that says yes where its schema wants a number, and one with another name for a property.
    for (name, from, to) in [
        ("crate_get.json", "\"weight\": 1.5", "\"weight\": \"yes\""),
        ("crate_list.json", "\"isOpen\"", "\"is_open\""),
    ] {
        let path = folder.path().join("examples").join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(&path, text.replace(from, to)).unwrap();
    }
    let report = |files: &[&str], crate_name: &str| -> serde_json::Value {
        let files: Vec<String> = files
            .iter()
            .map(|file| folder.path().join(file).display().to_string())
            .collect();
        let mut args = vec![
            "conformance",
            "--format",
            "json",
            "--crate-name",
            crate_name,
            "--swagger",
        ];
        args.extend(files.iter().map(String::as_str));
        let done = xtask(&args);
        assert!(done.status.success(), "{}", said(&done));
        serde_json::from_slice(&done.stdout).unwrap()
    };
    let figures = |report: &serde_json::Value| {
        ["examples", "passed", "contradictory", "failed"].map(|name| report[name].as_u64().unwrap())
    };
    let storage = report(&["storage.json"], "tried_storage");
    assert_eq!(figures(&storage), [8, 6, 2, 0], "{storage:#}");
    assert_eq!(
        figures(&report(&["shapes.json"], "tried_shapes")),
        [6, 6, 0, 0]
    );
    let web = report(&["web.json", "web_more.json"], "tried_web");
    assert_eq!(figures(&web), [2, 2, 0, 0], "{web:#}");
}
