//! Generates a client for each file in `descriptions/`, which contains Swagger 2.0 as YAML.
//!
//! Each test file includes the client of the description with the same name.
#![allow(clippy::unwrap_used, reason = "a build script fails by panicking")]

use arm_codegen::{
    Generated,
    manifest::Runtime,
    manifest_names::Names,
    output,
    standalone::{Target, generate_swagger},
    swagger::{Descriptions, Inputs},
};
use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

fn main() {
    println!("cargo::rerun-if-changed=descriptions");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let mut features = BTreeSet::new();
    for entry in fs::read_dir("descriptions").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let generated = generate(&path, name, &out);
        let folder = out.join(name);
        output::write(&folder, &generated.files).unwrap();
        includable(&folder.join("src/lib.rs"));
        let groups = generated.service.groups.into_iter();
        features.extend(groups.map(|group| group.feature));
    }
    for feature in &features {
        println!("cargo::rustc-cfg=feature={feature:?}");
    }
    let features: Vec<String> = features.iter().map(|name| format!("{name:?}")).collect();
    println!(
        "cargo::rustc-check-cfg=cfg(feature, values(\"fake\", {}))",
        features.join(", ")
    );
    println!("cargo::rustc-check-cfg=cfg(docsrs)");
}

fn generate(path: &Path, name: &str, out: &Path) -> Generated {
    let text = fs::read_to_string(path).unwrap();
    let swagger: serde_json::Value = serde_yaml::from_str(&text).unwrap();
    let file = out.join(format!("{name}.json"));
    fs::write(&file, swagger.to_string()).unwrap();
    let inputs = Inputs {
        files: vec![file],
        docs_from: None,
        descriptions: Descriptions::Upstream,
    };
    let target = Target {
        crate_name: format!("wire_{name}"),
        service: Some("Wire".to_owned()),
        runtime: Runtime::Version("0".to_owned()),
        names: Names::default(),
        license: None,
    };
    let made = generate_swagger(&inputs, &target);
    made.unwrap_or_else(|problems| panic!("{problems}"))
        .generated
}

/// Removes what a file that is included cannot have: attributes of the crate.
fn includable(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines();
    let kept = lines.filter(|line| !line.starts_with("//!") && !line.starts_with("#!["));
    fs::write(path, kept.collect::<Vec<_>>().join("\n")).unwrap();
}
