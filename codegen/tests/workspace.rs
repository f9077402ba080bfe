//! The crates of all folders in `specs/`.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use arm_codegen::workspace;
use std::{fs, path::Path};

const DESCRIPTION: &str = "\
openapi: 3.0.3
info: {title: Small, version: v1, x-arm-provider: Contoso.Small}
paths:
  /providers/Contoso.Small/operations:
    get:
      operationId: Operations_List
      tags: [Operations]
      description: Lists operations.
      parameters: [{name: api-version, in: query, required: true, schema: {type: string}}]
      responses: {'200': {description: Done.}}
";

fn specs(root: &Path, name: &str, more: &str) {
    let folder = root.join("specs").join(name);
    fs::create_dir_all(&folder).unwrap();
    let manifest = format!(
        "provider: Contoso.Small\ncrate: contoso_{name}\nservice: Small\ntitle: Small\n\
         default: v1\nversions: [{{version: v1}}]\n{more}"
    );
    fs::write(folder.join("manifest.yaml"), manifest).unwrap();
    fs::write(folder.join("v1.yaml"), DESCRIPTION).unwrap();
}

#[test]
fn each_folder_is_generated_as_its_manifest_says() {
    let root = tempfile::tempdir().unwrap();
    specs(root.path(), "two", "output: crates/two\n");
    specs(root.path(), "one", "output: crates/one\nproofs: checks\n");
    fs::write(root.path().join("specs/README.md"), "Descriptions.").unwrap();
    let members = workspace::generate(root.path()).unwrap();
    let outputs: Vec<Vec<&str>> = members
        .iter()
        .map(|member| {
            member
                .outputs
                .iter()
                .map(|(name, _)| name.as_str())
                .collect()
        })
        .collect();
    assert_eq!(outputs, [vec!["crates/one", "checks"], vec!["crates/two"]]);
    assert_eq!(members[1].service.crate_name, "contoso_two");
}

#[test]
fn manifests_must_have_separate_outputs() {
    let root = tempfile::tempdir().unwrap();
    specs(root.path(), "a", "output: same\nproofs: tests\n");
    specs(root.path(), "b", "output: same\nproofs: tests\n");
    specs(root.path(), "c", "");
    let problems = workspace::generate(root.path()).unwrap_err();
    let specs = root.path().join("specs");
    let file = |name: &str| specs.join(name).join("manifest.yaml").display().to_string();
    let first = specs.join("a").display().to_string();
    let expected = [
        format!(
            "{}: at /output: same is already written to by {first}; choose another folder",
            file("b")
        ),
        format!(
            "{}: at /proofs: tests is already written to by {first}; choose another folder",
            file("b")
        ),
        format!(
            "{}: output is missing; name the folder that the crate is written to, relative to the \
             root of the repository, such as generated",
            file("c")
        ),
    ];
    assert_eq!(problems.to_string(), expected.join("\n"));
}

#[test]
fn specs_without_a_manifest() {
    let root = tempfile::tempdir().unwrap();
    let problems = workspace::generate(root.path()).unwrap_err();
    assert!(
        problems.to_string().contains("specs: cannot be read"),
        "{problems}"
    );
    fs::create_dir(root.path().join("specs")).unwrap();
    let problems = workspace::generate(root.path()).unwrap_err();
    assert!(
        problems
            .to_string()
            .contains("expected a folder with a manifest.yaml"),
        "{problems}"
    );
}

#[test]
fn folders_without_a_manifest() {
    let root = tempfile::tempdir().unwrap();
    specs(root.path(), "a", "output: a\n");
    fs::create_dir(root.path().join("specs/b")).unwrap();
    let problems = workspace::generate(root.path()).unwrap_err().to_string();
    let manifest = root.path().join("specs/b/manifest.yaml");
    assert!(
        problems.starts_with(&manifest.display().to_string()),
        "{problems}"
    );
}
