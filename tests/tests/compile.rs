//! Generated crates compile without warnings.

use arm_codegen::output;
use arm_tests::generator::{SMALL, manifest, previews, real, root, small, versions};
use std::{fs, path::Path, process::Command};

/// The lints of the project; warnings are errors.
const LINTS: &str = "[workspace.lints.rust]
missing_debug_implementations = \"warn\"
missing_docs = \"warn\"
unreachable_pub = \"warn\"
unsafe_code = \"forbid\"
warnings = { level = \"deny\", priority = -1 }
";

#[test]
fn all_crates_compile_without_warnings() {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = tmp.join("crates");
    let mut members = Vec::new();
    let small = SMALL.map(|name| (manifest(name).crate_name, small(name)));
    let more = [
        ("contoso_versions", versions()),
        (PREVIEWS, previews()),
        (REAL, real()),
    ];
    let more = more.map(|(name, generated)| (name.to_owned(), generated));
    for (name, generated) in small.into_iter().chain(more) {
        output::write(&folder.join(&name), &generated.files).expect("a folder to write to");
        members.push(format!("{name:?}"));
    }
    let (runtime, fake) = (root().join("runtime"), root().join("fake"));
    // Without its features the runtime needs no HTTP stack, which is slow to build.
    let workspace = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n\
         [workspace.package]\nversion = \"0.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n\
         rust-version = \"1.88\"\n\n\
         [workspace.dependencies]\n\
         arm_fake = {{ path = {fake:?}, default-features = false }}\n\
         arm_runtime = {{ path = {runtime:?}, default-features = false }}\n\
         azure_identity = {{ version = \"1.0\", default-features = false }}\n\
         tokio = {{ version = \"1.49\", default-features = false }}\n\n{LINTS}",
        members.join(", ")
    );
    write_if_changed(&folder.join("Cargo.toml"), &workspace);
    // Uses the versions of this workspace, which are in Cargo's cache and need no network.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("Cargo.lock");
    let check = |arguments: &[&str]| {
        let check = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--quiet", "--keep-going"])
            .args(arguments)
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", tmp.join("crates-target"))
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&check.stderr);
        assert!(check.status.success(), "{arguments:?}:\n{said}");
    };
    check(&[
        "--workspace",
        "--no-default-features",
        "--features",
        "all-groups",
    ]);
    // Every selection of features compiles. These need the fewest and the most shared modules, are
    // in preview, or have parameters that no other group has.
    let with = |package: &str, features: &str| {
        let chosen = ["--no-default-features", "--features", features];
        check(&[&["-p", package], &chosen[..]].concat());
    };
    let real = [
        "",
        "jobs",
        "operations",
        "compute",
        "delta-models",
        "preview",
    ];
    for features in real {
        with(REAL, features);
    }
    for features in ["", "things", "preview", "lanes", "preview,things"] {
        with(PREVIEWS, features);
    }
}

const PREVIEWS: &str = "contoso_previews";
const REAL: &str = "arm_machinelearning";

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("a file to write to");
    }
}
