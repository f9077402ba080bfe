//! The original files: every tag of upstream's readme whose files exist is imported and generated.
//!
//! Whether the crates compile and do what the examples say is checked by `cargo xtask conformance`,
//! which takes minutes.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use arm_codegen::{
    manifest::Runtime,
    manifest_names::Names,
    note::NoteKind,
    standalone::{self, Target},
    swagger::{self, Descriptions, Inputs},
};

/// Returns the folders with a `readme.md`, if upstream exists.
fn readmes() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/upstream/specification");
    let mut found = Vec::new();
    for service in std::fs::read_dir(root).into_iter().flatten().flatten() {
        let readme = service.path().join("resource-manager/readme.md");
        if readme.is_file() {
            found.push(readme);
        }
    }
    found.sort();
    found
}

/// Returns the tags of a readme.
fn tags(readme: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(readme).unwrap();
    let conditions = text.split("$(tag) == '").skip(1);
    conditions
        .filter_map(|rest| rest.split_once('\'').map(|(tag, _)| tag.to_owned()))
        .collect()
}

#[test]
fn every_tag_is_imported_and_generated() {
    let readmes = readmes();
    if readmes.is_empty() {
        eprintln!("skipped: there is no ../shared/upstream with a readme.md");
        return;
    }
    let mut generated = 0;
    for readme in readmes {
        for tag in tags(&readme) {
            let files = swagger::tag_files(&readme, &tag).unwrap();
            if !files.iter().all(|file| file.is_file()) {
                continue;
            }
            let inputs = Inputs {
                files,
                descriptions: Descriptions::Upstream,
                ..Inputs::default()
            };
            let target = Target {
                crate_name: "arm_upstream".to_owned(),
                service: None,
                runtime: Runtime::Version("0.1".to_owned()),
                names: Names::default(),
                license: None,
            };
            let made = standalone::generate_swagger(&inputs, &target)
                .unwrap_or_else(|problems| panic!("{tag}:\n{problems}"));
            let service = &made.generated.service;
            let methods: usize = service.groups.iter().map(|group| group.methods.len()).sum();
            let paths = made.imported.document["paths"].as_object().unwrap();
            let operations: usize = paths
                .values()
                .map(|item| item.as_object().unwrap().len())
                .sum();
            assert_eq!(
                methods, operations,
                "{tag}: each operation becomes one method"
            );
            let lost: Vec<String> = made
                .imported
                .notes
                .iter()
                .filter(|note| note.kind == NoteKind::NotUnderstood)
                .map(ToString::to_string)
                .collect();
            println!("{tag}: {methods} operations, {} not understood", lost.len());
            generated += 1;
        }
    }
    assert_ne!(generated, 0, "no tag has all of its files");
}
