//! What comes out of the small descriptions compiles without a warning.

use arm_codegen::output;
use arm_tests::generator::{SMALL, manifest, root, small, versions};
use std::{fs, path::Path, process::Command};

/// The lints of the project, warnings being errors.
const LINTS: &str = "[workspace.lints.rust]
missing_debug_implementations = \"warn\"
missing_docs = \"warn\"
unreachable_pub = \"warn\"
unsafe_code = \"forbid\"
warnings = { level = \"deny\", priority = -1 }
";

#[test]
fn all_small_crates_compile_without_warnings() {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = tmp.join("small-crates");
    let mut members = Vec::new();
    let small = SMALL.map(|name| (manifest(name).crate_name, small(name)));
    let all = small
        .into_iter()
        .chain([("contoso_versions".to_owned(), versions())]);
    for (name, generated) in all {
        output::write(&folder.join(&name), &generated.files).expect("a folder to write to");
        members.push(format!("{name:?}"));
    }
    let runtime = root().join("runtime");
    // Without its features the runtime needs no HTTP stack, which takes long to build.
    let workspace = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n\
         [workspace.package]\nversion = \"0.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n\
         rust-version = \"1.88\"\n\n\
         [workspace.dependencies]\n\
         arm_runtime = {{ path = {runtime:?}, default-features = false }}\n\n{LINTS}",
        members.join(", ")
    );
    write_if_changed(&folder.join("Cargo.toml"), &workspace);
    // The versions that this workspace was built with are at hand, even without a network.
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    if !folder.join("Cargo.lock").exists() {
        write_if_changed(&folder.join("Cargo.lock"), &lock);
    }
    let check = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--offline",
            "--quiet",
            "--keep-going",
        ])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", tmp.join("small-crates-target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{said}");
}

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("a file to write to");
    }
}
