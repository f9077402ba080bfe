//! Random descriptions.

use arm_codegen::{description, generate, manifest::Manifest};

const MANIFEST: &str = "{provider: Microsoft.X, crate: arm_x, service: X, title: X, \
     default: '1', versions: [{version: '1'}]}";

/// Generates a crate from a description, if the bytes are one.
///
/// # Panics
///
/// If the generator writes code that is not Rust.
pub fn description(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(description) = description::read("fuzzed.yaml", &text) else {
        return;
    };
    let manifest = Manifest::parse("manifest.yaml", MANIFEST).expect("the manifest is valid");
    if let Err(problems) = generate(&manifest, &[description]) {
        let shown = problems.to_string();
        assert!(!shown.contains("not Rust"), "{shown}");
    }
}
