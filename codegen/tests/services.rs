//! The crates generated for whole services similar to Storage, Key Vault, App Service and others,
//! described in `tests/services`, compile without warnings.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use arm_codegen::{
    emit,
    manifest::Runtime,
    manifest_names::Names,
    output,
    standalone::{self, Standalone, Target},
    swagger::{Descriptions, Inputs},
};

/// Each service and its files.
const SERVICES: [(&str, &[&str]); 5] = [
    ("data_plane", &["data_plane.json"]),
    ("names", &["names.json"]),
    ("shapes", &["shapes.json"]),
    ("storage", &["storage.json"]),
    ("web", &["web.json", "web_more.json"]),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/services")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

fn generate(name: &str, files: &[&str], descriptions: Descriptions) -> Standalone {
    let inputs = Inputs {
        files: files.iter().map(|file| folder().join(file)).collect(),
        descriptions,
        ..Inputs::default()
    };
    let target = Target {
        crate_name: format!("services_{name}"),
        service: None,
        runtime: Runtime::Path(root().join("runtime").display().to_string()),
        names: Names::default(),
        license: Some("MIT OR Apache-2.0".to_owned()),
    };
    standalone::generate_swagger(&inputs, &target).unwrap_or_else(|problems| panic!("{problems}"))
}

fn service(name: &str) -> Standalone {
    let (name, files) = SERVICES.iter().find(|(own, _)| *own == name).unwrap();
    generate(name, files, Descriptions::Upstream)
}

fn text(made: &Standalone, path: &str) -> String {
    let file = made.generated.files.iter().find(|file| file.path == path);
    file.unwrap_or_else(|| panic!("no {path}")).text.clone()
}

#[test]
fn generated_crates_compile_without_warnings() {
    // Kept between runs, so that only changed crates are compiled.
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("services");
    let mut members = Vec::new();
    for (name, files) in SERVICES {
        for (suffix, descriptions) in [("", Descriptions::Upstream), ("_bare", Descriptions::Ours)]
        {
            let made = generate(&format!("{name}{suffix}"), files, descriptions);
            let member = format!("{name}{suffix}");
            output::create(&workspace.join(&member), &made.generated.files).unwrap();
            members.push(format!("\"{member}\""));
        }
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let done = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--offline",
            "--message-format",
            "short",
            "--color",
            "never",
        ])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    let complaints: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("warning") || line.contains("error"))
        .collect();
    assert!(done.status.success() && complaints.is_empty(), "{said}");
}

#[test]
fn crates_have_the_requested_licence() {
    let cargo_toml = text(&service("storage"), "Cargo.toml");
    assert!(
        cargo_toml.contains("\nlicense = \"MIT OR Apache-2.0\"\n"),
        "{cargo_toml}"
    );
}

#[test]
fn programs_are_compiled_with_the_dependencies_that_the_page_lists() {
    let made = service("storage");
    let (page, manifest) = (text(&made, "README.md"), text(&made, "Cargo.toml"));
    let settings = "default-features = false, features = [\"tokio\"] }\n";
    assert!(page.contains(&format!(
        "\nazure_identity = {{ version = \"1\", {settings}"
    )));
    let listed = format!("\nazure_identity = {{ version = \"1.0\", {settings}");
    assert!(manifest.contains(&listed), "{manifest}");
    let fake = format!("{}\"", root().join("fake").display());
    assert!(manifest.contains(&fake), "{manifest}");
}

#[test]
fn hyphens_in_names_of_crates_are_underscores_in_code() {
    let made = generate("of-hyphens", &["storage.json"], Descriptions::Upstream);
    let service = &made.generated.service;
    assert!(text(&made, "Cargo.toml").contains("name = \"services_of-hyphens\"\n"));
    assert!(text(&made, "README.md").contains("\nuse services_of_hyphens::"));
    assert!(text(&made, "src/bin/arm-fake.rs").contains("use services_of_hyphens::fake"));
    let mut files = made.generated.files.iter();
    let example = files.find(|file| file.path.starts_with("docs/"));
    assert!(
        example
            .unwrap()
            .text
            .contains("# use services_of_hyphens::{")
    );
    let (_, proofs) = emit::emit_with_proofs(service).unwrap();
    for file in proofs.iter().filter(|file| !file.path.ends_with("/mod.rs")) {
        assert!(
            file.text.contains("use services_of_hyphens::{"),
            "{}",
            file.path
        );
    }
}

#[test]
fn generated_crates_can_be_packaged() {
    let folder = tempfile::tempdir().unwrap();
    let made = service("web");
    output::create(&folder.path().join("web"), &made.generated.files).unwrap();
    let done = Command::new(env!("CARGO"))
        // The runtime is not in a registry before it is published, so the package cannot be built
        // and no lock file can be created.
        .args(["package", "--no-verify", "--exclude-lockfile", "--offline"])
        .current_dir(folder.path().join("web"))
        .env("CARGO_TARGET_DIR", folder.path().join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let package = folder.path().join("target/package");
    assert!(package.join("services_web-0.1.0.crate").is_file(), "{said}");
}

#[test]
fn two_runs_write_the_same() {
    for (name, _) in SERVICES {
        assert_eq!(service(name).generated.files, service(name).generated.files);
    }
}

#[test]
fn crates_stand_alone() {
    let made = service("web");
    let manifest = text(&made, "Cargo.toml");
    assert!(!manifest.contains("workspace"), "{manifest}");
    assert!(manifest.contains("arm_runtime = { path = "), "{manifest}");
    let service = made.generated.service;
    assert_eq!(service.provider, "Contoso.Web");
    assert_eq!(service.client.type_name, "WebClient");
    let versions = service.api_versions.iter();
    let versions: Vec<&str> = versions.map(|version| version.name.as_str()).collect();
    assert_eq!(versions, ["2031-06-01"]);
}

/// Returns the generated method of an operation.
fn method(made: &Standalone, id: &str) -> String {
    let service = &made.generated.service;
    let all = service.groups.iter();
    let (group, method) = all
        .flat_map(|group| group.methods.iter().map(move |method| (group, method)))
        .find(|(_, method)| method.operation == id)
        .unwrap_or_else(|| panic!("no {id}"));
    let text = text(made, &format!("src/operations/{}.rs", group.module));
    let start = text.find(&format!("fn {}", method.name)).unwrap();
    let end = text[start..].find("\n    }\n").unwrap();
    text[start..start + end].to_owned()
}

#[test]
fn fixed_queries_are_sent() {
    let storage = service("storage");
    let metadata = method(&storage, "Crates_GetMetadata");
    assert!(
        metadata.contains(".fixed_query(\"restype=crate\")"),
        "{metadata}"
    );
    assert!(
        metadata.contains(".fixed_query(\"comp=metadata\")"),
        "{metadata}"
    );
    let block = method(&storage, "Crates_PutBlock");
    assert!(block.contains("block_id: &str"), "{block}");
    assert!(
        block.contains(".query(\"blockid\", Some(block_id))"),
        "{block}"
    );
    assert!(!block.contains('?') || !block.contains("?comp"), "{block}");
}

#[test]
fn content_types_are_those_of_the_description() {
    let storage = service("storage");
    let download = method(&storage, "Content_Download");
    assert!(
        download.contains(".accept(\"application/octet-stream\")"),
        "{download}"
    );
    let form = method(&storage, "Login");
    assert!(
        form.contains(".form(\"user name\", Some(user_name))") && form.contains(".url_encoded()"),
        "{form}"
    );
    let patch = method(&service("shapes"), "Shapes_Patch");
    assert!(
        patch.contains(".content_type(\"application/merge-patch+json\")"),
        "{patch}"
    );
}

#[test]
fn operations_have_versions_and_base_paths_of_their_own() {
    let web = service("web");
    let get = method(&web, "Sites_Get");
    assert!(get.contains("\"/base/subscriptions/"), "{get}");
    assert!(get.contains(".api_version(\"2029-09-09\")"), "{get}");
    let domains = method(&web, "Sites_ListWebMore");
    assert!(
        domains.contains(".api_version(\"2030-01-01\")"),
        "{domains}"
    );
    assert!(!domains.contains("/base"), "{domains}");
    // Neither this operation nor its path has the parameter.
    assert!(method(&web, "Sites_CreateOrUpdate").contains(".without_api_version()"));
}

#[test]
fn other_folders_are_not_overwritten() {
    let made = service("web");
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("crate");
    let written = output::create(&place, &made.generated.files).unwrap();
    assert_eq!(written.new.len(), made.generated.files.len());
    assert!(
        output::create(&place, &made.generated.files)
            .unwrap()
            .is_empty()
    );
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(
        names.len(),
        1,
        "nothing else is left next to the crate: {names:?}"
    );
    let foreign = folder.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("Cargo.toml"), "[package]\n").unwrap();
    let error = output::create(&foreign, &made.generated.files).unwrap_err();
    assert!(
        error.to_string().contains("contains no generated crate"),
        "{error}"
    );
    assert_eq!(fs::read_dir(&foreign).unwrap().count(), 1);
}

#[test]
fn invalid_names_and_files_are_reported_together() {
    let inputs = Inputs {
        files: vec![folder().join("absent.json")],
        ..Inputs::default()
    };
    let target = Target {
        crate_name: "not a name".to_owned(),
        service: Some("lower".to_owned()),
        runtime: Runtime::Version("1".to_owned()),
        names: Names::default(),
        license: Some("mine\"".to_owned()),
    };
    let problems = standalone::generate_swagger(&inputs, &target).unwrap_err();
    assert_eq!(problems.0.len(), 4, "{problems}");
}
