//! The programs on the pages for users compile with exactly the dependencies that the pages list,
//! each in its own package, and the tests among them pass.

use arm_tests::generator::root;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the repository in the pages, next to the folder of a package.
const REPOSITORY: &str = "arm_machinelearning";

#[test]
fn readme() {
    let page = page("README.md");
    let [dependencies, dev_dependencies] = blocks(&page, "toml")[..] else {
        panic!("expected dependencies and dev-dependencies");
    };
    let [program] = blocks(&page, "rust,no_run")[..] else {
        panic!("expected one program");
    };
    let package = Package::new("readme", dependencies);
    package.write("src/main.rs", program);
    package.cargo(&["check"]);
    let package = Package::new("readme_dev", &format!("{dependencies}\n{dev_dependencies}"));
    package.write("src/main.rs", program);
    package.cargo(&["check", "--all-targets"]);
}

#[test]
fn readme_of_the_crate() {
    let page = page("generated/README.md");
    let [dependencies] = blocks(&page, "toml")[..] else {
        panic!("expected one list of dependencies");
    };
    let [program] = blocks(&page, "rust,no_run")[..] else {
        panic!("expected one program");
    };
    let published = [
        ("arm_machinelearning", "generated"),
        ("arm_runtime", "runtime"),
        ("arm_fake", "fake"),
    ];
    let patches = published
        .map(|(name, folder)| format!("{name} = {{ path = \"../{REPOSITORY}/{folder}\" }}\n"));
    let patches = patches.concat();
    let manifest = format!("{dependencies}\n[patch.crates-io]\n{patches}");
    let package = Package::new("readme_of_the_crate", &manifest);
    package.write("src/main.rs", program);
    package.cargo(&["check"]);
}

#[test]
fn testing_guide() {
    let page = page("docs/testing.md");
    let [dependencies] = blocks(&page, "toml")[..] else {
        panic!("expected one list of dependencies");
    };
    let package = Package::new("testing", dependencies);
    package.write("src/lib.rs", "");
    let programs = blocks(&page, "rust");
    assert!(programs.len() > 2, "{}", programs.len());
    for (index, program) in programs.iter().enumerate() {
        package.write(&format!("tests/guide_{index}.rs"), program);
    }
    package.cargo(&["test"]);
}

fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a page")
}

/// Returns the code blocks of a language on a page.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("\n```{language}\n");
    let starts = page.split(&fence).skip(1);
    starts
        .map(|rest| rest.split("\n```\n").next().unwrap_or(rest))
        .collect()
}

/// A package next to the repository.
struct Package(PathBuf);

impl Package {
    fn new(name: &str, dependencies: &str) -> Self {
        let packages = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
        let folder = packages.join(name);
        let package = Self(folder);
        package.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 {dependencies}\n\n[workspace]\n"
            ),
        );
        link(&packages.join(REPOSITORY));
        // Uses the versions of this workspace, which are in Cargo's cache and need no network.
        fs::copy(root().join("Cargo.lock"), package.0.join("Cargo.lock")).expect("Cargo.lock");
        package
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        if fs::read_to_string(&path).ok().as_deref() != Some(text) {
            fs::write(&path, text).expect("a file to write to");
        }
    }

    fn cargo(&self, arguments: &[&str]) {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        let done = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(&self.0)
            // Reuses what the workspace has built.
            .env("CARGO_TARGET_DIR", target.expect("the target folder"))
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&done.stderr);
        let printed = String::from_utf8_lossy(&done.stdout);
        assert!(
            done.status.success(),
            "{}: {said}{printed}",
            self.0.display()
        );
    }
}

/// Links the repository under the name that the pages use.
fn link(link: &Path) {
    let is_there = || fs::canonicalize(link).ok() == fs::canonicalize(root()).ok();
    if !is_there() {
        let _ = fs::remove_file(link);
        #[cfg(unix)]
        let made = std::os::unix::fs::symlink(root(), link);
        #[cfg(windows)]
        let made = std::os::windows::fs::symlink_dir(root(), link);
        // Another test may have created it already.
        assert!(made.is_ok() || is_there(), "{made:?}");
    }
}
