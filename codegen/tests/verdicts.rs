//! Checks the verdicts of `diff` with the compiler.
//!
//! `verdicts/program.rs` uses the whole crate that is generated from `verdicts/base.yaml`, within
//! the contract on the crate's front page. For each change in `verdicts/changes.yaml` it is
//! compiled against the crate of the changed description. It must fail to compile exactly if `diff`
//! says that the change breaks Rust.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use arm_codegen::{
    description,
    diff::{self, Change, Format, Side},
    generate,
    manifest::{Manifest, Packaging, Runtime},
    output,
};
use serde::Deserialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A change of the base description.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Name of the change.
    change: String,
    /// Values by the JSON pointers at which they are inserted; `-` is the end of a list.
    #[serde(default)]
    set: BTreeMap<String, Value>,
    /// JSON pointers of values that are removed before others are inserted.
    #[serde(default)]
    remove: Vec<String>,
    /// Words that are replaced everywhere in the document.
    #[serde(default)]
    replace: BTreeMap<String, String>,
}

/// The replacement for `@` in pointers: the path of a store.
const STORE: &str =
    "~1subscriptions~1{subscriptionId}~1providers~1Contoso.Widgets~1stores~1{storeName}";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verdicts")
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    let mut value: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    value.apply_merge().unwrap();
    serde_yaml::from_value(value).unwrap()
}

impl Row {
    /// Returns the base description with the change applied.
    fn apply(&self, base: &Value) -> Value {
        let mut document = base.clone();
        for pointer in &self.remove {
            let (parent, key) = parent(&mut document, pointer);
            match parent {
                Value::Object(map) => assert!(map.shift_remove(&key).is_some(), "{pointer}"),
                Value::Array(items) => drop(items.remove(key.parse().unwrap())),
                _ => panic!("{pointer} leads into a scalar"),
            }
        }
        for (pointer, value) in &self.set {
            let (parent, key) = parent(&mut document, pointer);
            match (parent, key.as_str()) {
                (Value::Object(map), _) => drop(map.insert(key, value.clone())),
                (Value::Array(items), "-") => items.push(value.clone()),
                (Value::Array(items), _) => items.insert(key.parse().unwrap(), value.clone()),
                _ => panic!("{pointer} leads into a scalar"),
            }
        }
        let mut text = document.to_string();
        for (from, to) in &self.replace {
            assert!(text.contains(from), "the document does not contain {from}");
            text = text.replace(from, to);
        }
        serde_json::from_str(&text).unwrap()
    }
}

/// Returns the parent of the value at a pointer, and the last segment. A pointer that begins with
/// `/` starts at a path below the provider, any other at a schema.
fn parent<'a>(document: &'a mut Value, pointer: &str) -> (&'a mut Value, String) {
    let pointer = match pointer.strip_prefix('/') {
        Some(path) => format!("/paths/{}", path.replace('@', STORE)),
        None => format!("/components/schemas/{pointer}"),
    };
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    let parent = document.pointer_mut(parent);
    (
        parent.unwrap_or_else(|| panic!("there is no value at {pointer}")),
        key,
    )
}

/// Writes the crate of a description, with the program as an example.
fn write_crate(workspace: &Path, name: &str, document: &Value) {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let runtime = runtime.canonicalize().unwrap().display().to_string();
    let manifest = Manifest {
        packaging: Packaging::Alone {
            runtime: Runtime::Path(runtime),
            license: None,
        },
        ..Manifest::parse(
            "manifest",
            &format!(
                "{{provider: Contoso.Widgets, crate: {name}, service: Compared, title: Widgets, \
                  default: 2030-01-01, versions: [{{version: 2030-01-01}}]}}"
            ),
        )
        .unwrap()
    };
    let description = description::from_value(name, document.clone())
        .unwrap_or_else(|problems| panic!("{name}: {problems}"));
    let mut files = generate(&manifest, &[description]).unwrap().files;
    let cargo = files
        .iter_mut()
        .find(|file| file.path == "Cargo.toml")
        .unwrap();

    cargo.text.push_str(
        "\n[lib]\nname = \"widgets\"\n\n[[example]]\nname = \"program\"\npath = \"../program.rs\"\n",
    );
    output::create(&workspace.join(name), &files).unwrap();
}

/// The result of compiling the program.
enum Outcome {
    Compiles,
    /// The codes of the errors.
    Breaks(BTreeSet<String>),
}

/// Compiles the program against each crate of the workspace in one run.
fn compile(workspace: &Path) -> BTreeMap<String, Outcome> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates-target");
    let done = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--lib", "--examples"])
        .args(["--offline", "--keep-going", "--message-format", "json"])
        // Without its features the runtime needs no HTTP stack, which is slow to build.
        .args(["--no-default-features", "--features", "all-groups"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        // Each crate is replaced completely or not at all.
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .unwrap();
    let mut outcomes = BTreeMap::new();
    for line in String::from_utf8_lossy(&done.stdout).lines() {
        let message: Value = serde_json::from_str(line).unwrap();
        outcome(&message, &mut outcomes);
    }
    assert!(
        !outcomes.is_empty(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    outcomes
}

/// Records what a message of cargo says about the program.
fn outcome(message: &Value, outcomes: &mut BTreeMap<String, Outcome>) {
    let manifest = message["manifest_path"].as_str().map(Path::new);
    let folder = manifest.and_then(Path::parent).and_then(Path::file_name);
    let package = folder.unwrap_or_default().to_string_lossy().into_owned();
    let is_program = message["target"]["name"] == "program";
    let compiler = &message["message"];
    match message["reason"].as_str() {
        Some("compiler-artifact") if is_program => {
            outcomes.insert(package, Outcome::Compiles);
        }
        Some("compiler-message") if compiler["level"] == "error" => {
            assert!(is_program, "{package}: {}", compiler["rendered"]);
            let code = compiler["code"]["code"].as_str().map(str::to_owned);
            match outcomes
                .entry(package)
                .or_insert(Outcome::Breaks(BTreeSet::new()))
            {
                Outcome::Breaks(codes) => codes.extend(code),
                Outcome::Compiles => {}
            }
        }
        _ => {}
    }
}

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}

/// Returns the name of the crate for a change.
fn crate_name(change: &str) -> String {
    let letter = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    change.chars().map(letter).collect()
}

fn says(breaks: bool, otherwise: &'static str) -> &'static str {
    if breaks { "breaks" } else { otherwise }
}

#[test]
fn the_compiler_agrees() {
    // Kept between runs, so that only changed crates are compiled.
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdicts");
    let base: Value = read("base.yaml");
    let rows: Vec<Row> = read("changes.yaml");
    write_crate(&workspace, "base", &base);
    let mut members = vec!["base".to_owned()];
    let old = Side::from_document("base", base.clone()).unwrap();
    let mut verdicts = Vec::new();
    for row in &rows {
        let (name, document) = (crate_name(&row.change), row.apply(&base));
        write_crate(&workspace, &name, &document);
        let new = Side::from_document(&name, document).unwrap();
        verdicts.push(diff::compare(&old, &new));
        members.push(name);
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    write_if_changed(&workspace.join("Cargo.toml"), &manifest);
    let program = fs::read_to_string(folder().join("program.rs")).unwrap();
    write_if_changed(&workspace.join("program.rs"), &program);
    let lock = folder().join("../../../Cargo.lock");
    fs::copy(lock, workspace.join("Cargo.lock")).unwrap();

    let outcomes = compile(&workspace);
    if let Outcome::Breaks(codes) = &outcomes["base"] {
        panic!("the program does not compile against its own crate: {codes:?}");
    }
    let mut table = String::from("change | wire | Rust | compiler\n");
    let mut wrong = String::new();
    for ((row, changes), member) in rows.iter().zip(&verdicts).zip(&members[1..]) {
        let any = |test: fn(&Change) -> bool| changes.iter().any(test);
        let rust = any(|change| change.breaks.rust);
        let errors = match &outcomes[member] {
            Outcome::Compiles => None,
            Outcome::Breaks(codes) => Some(codes),
        };
        table.push_str(&format!(
            "{} | {} | {} | {}\n",
            row.change,
            says(any(|change| change.breaks.wire), "-"),
            says(rust, "-"),
            says(errors.is_some(), "compiles"),
        ));
        if rust != errors.is_some() {
            let found = diff::render(changes, Format::Table);
            wrong.push_str(&format!("{}: {errors:?}, but\n{found}\n", row.change));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    insta::assert_snapshot!(table);
}
