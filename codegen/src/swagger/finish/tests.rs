//! Tests of the import.

use serde_json::Value;

fn spec(name: &str) -> (String, Value) {
    let path = format!(
        "{}/../specs/machinelearningservices/{name}.yaml",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let document = serde_yaml::from_str(&text).unwrap();
    let body = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| format!("{line}\n"))
        .collect();
    (body, document)
}

/// Importing the descriptions in `specs` gives the same bytes, which fixes the form.
#[test]
fn our_descriptions_are_written_as_they_are() {
    for name in ["2025-09-01", "2025-12-01"] {
        let (body, document) = spec(name);
        assert!(
            super::to_yaml(&document) == body,
            "{name} is written differently"
        );
    }
}

/// The order of keys is that of the descriptions in `specs`.
#[test]
fn our_descriptions_are_in_order() {
    let (body, mut document) = spec("2025-12-01");
    super::order::arrange(&mut document);
    assert!(super::to_yaml(&document) == body);
}
