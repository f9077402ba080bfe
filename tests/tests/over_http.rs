//! Generated crates over HTTP: programs call the crates of small descriptions, and a server on the
//! loopback interface records the requests.

use arm_codegen::output;
use arm_tests::generator::{manifest, root, small};
use std::{fs, path::Path, process::Command};

/// Each entry is a file of tests in `programs/` and the description whose crate it calls.
const PROGRAMS: [&str; 5] = [
    "api_versions",
    "collections",
    "constants",
    "formats",
    "request_ids",
];

#[test]
fn programs_send_and_read_what_is_described() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("over_http");
    let mut members = vec!["\"programs\"".to_owned()];
    let mut dependencies = String::new();
    let mut tests = String::new();
    for name in PROGRAMS {
        let package = manifest(name).crate_name;
        output::write(&folder.join(&package), &small(name).files).expect("a folder to write to");
        members.push(format!("{package:?}"));
        dependencies.push_str(&format!("{package} = {{ path = \"../{package}\" }}\n"));
        let path = root().join(format!("tests/programs/{name}.rs"));
        tests.push_str(&format!("[[test]]\nname = {name:?}\npath = {path:?}\n\n"));
    }
    let (runtime, fake) = (root().join("runtime"), root().join("fake"));
    let workspace = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n\
         [workspace.package]\nversion = \"0.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n\
         rust-version = \"1.88\"\n\n\
         [workspace.dependencies]\n\
         arm_fake = {{ path = {fake:?}, default-features = false }}\n\
         arm_runtime = {{ path = {runtime:?}, default-features = false }}\n\
         azure_identity = {{ version = \"1.0\", default-features = false }}\n\
         tokio = {{ version = \"1.49\", default-features = false }}\n\n\
         [workspace.lints.rust]\nunsafe_code = \"forbid\"\n",
        members.join(", ")
    );
    let server = root().join("tests/src/loopback.rs");
    let programs = format!(
        "[package]\nname = \"programs\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [lib]\nname = \"loopback\"\npath = {server:?}\ntest = false\ndoctest = false\n\n\
         {tests}[dependencies]\n{dependencies}\
         arm_runtime = {{ path = {runtime:?} }}\n\
         azure_core = {{ version = \"1\", default-features = false }}\n\
         futures = \"0.3\"\n\
         serde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"io-util\", \"macros\", \"net\", \"rt\"] }}\n",
    );
    write_if_changed(&folder.join("Cargo.toml"), &workspace);
    fs::create_dir_all(folder.join("programs")).expect("a folder to write to");
    write_if_changed(&folder.join("programs/Cargo.toml"), &programs);
    // Uses the versions of this workspace, which are in Cargo's cache and need no network.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("Cargo.lock");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let done = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--quiet", "--no-fail-fast"])
        .args(["--package", "programs"])
        .current_dir(&folder)
        // The dependencies of the runtime have already been built there.
        .env("CARGO_TARGET_DIR", target.expect("the target folder"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&done.stdout);
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}\n{errors}");
}

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("a file to write to");
    }
}
