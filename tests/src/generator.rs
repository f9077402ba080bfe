//! Helpers for tests of the generator: the small descriptions and the files generated from them.

use arm_codegen::{
    Generated,
    description::{self, Description},
    manifest::Manifest,
    problem::{Problem, Problems},
};
use std::{fs, path::PathBuf};

/// The names of the descriptions in `descriptions/`, without the file extension.
pub const SMALL: [&str; 29] = [
    "aliases",
    "api_versions",
    "bare",
    "bodies",
    "collections",
    "constants",
    "containers",
    "empty",
    "enums",
    "extension",
    "formats",
    "headers",
    "inheritance",
    "long_running",
    "member_names",
    "mixed",
    "no_hierarchy",
    "operation_names",
    "paging",
    "parameters",
    "properties",
    "resource_collections",
    "request_ids",
    "response_headers",
    "scalars",
    "scopes",
    "type_names",
    "type_prefixes",
    "unions",
];

/// Returns the root folder of the project.
pub fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().expect("the workspace").to_owned()
}

/// Returns the manifest of the service of a small description.
pub fn manifest(name: &str) -> Manifest {
    manifest_with(name, "").expect("a good manifest")
}

/// Returns that manifest with `more` appended.
pub fn manifest_with(name: &str, more: &str) -> Result<Manifest, Problems> {
    let service: String = name
        .split('_')
        .map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..]))
        .collect();
    let text = format!(
        "provider: Contoso.Test\ncrate: contoso_{name}\nservice: Contoso\n\
         title: Contoso {service}\ndefault: v1\nversions: [{{version: v1}}]\n{more}"
    );
    Manifest::parse("manifest.yaml", &text)
}

/// Returns the text of a small description.
pub fn text(name: &str) -> String {
    let path = root().join(format!("tests/descriptions/{name}.yaml"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}.yaml: {error}"))
}

/// Parses a description into a tree.
pub fn tree(text: &str) -> serde_json::Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Generates the crate of a small description.
pub fn small(name: &str) -> Generated {
    small_with(name, "").unwrap_or_else(|problems| panic!("{problems}"))
}

/// Generates the crate of a small description with `more` appended to its manifest.
pub fn small_with(name: &str, more: &str) -> Result<Generated, Problems> {
    let description = description::read(&format!("{name}.yaml"), &text(name))?;
    arm_codegen::generate(&manifest_with(name, more)?, &[description])
}

/// Generates the crate of the two API versions in `descriptions/versions`.
pub fn versions() -> Generated {
    arm_codegen::generate_folder(&root().join("tests/descriptions/versions"))
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// Generates the crate of the stable versions and previews in `descriptions/previews`.
pub fn previews() -> Generated {
    arm_codegen::generate_folder(&root().join("tests/descriptions/previews"))
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// Generates the crate of the descriptions in `specs/`.
pub fn real() -> Generated {
    arm_codegen::generate_folder(&root().join("specs/machinelearningservices"))
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// Returns the texts of the files whose paths begin with one of `paths`, one after another.
pub fn files(generated: &Generated, paths: &[&str]) -> String {
    let mut text = String::new();
    for prefix in paths {
        let mut found = generated
            .files
            .iter()
            .filter(|file| file.path.starts_with(prefix))
            .peekable();
        assert!(found.peek().is_some(), "no file {prefix}");
        for file in found {
            let (_, code) = file.text.split_once("\n\n").unwrap_or(("", &file.text));
            text.push_str(&format!("==> {}\n{code}\n", file.path));
        }
    }
    text
}

/// Returns the calls from the client to all operations, and the notes on their names.
pub fn routes(generated: &Generated) -> String {
    let mut text = String::new();
    for group in &generated.service.groups {
        let steps = group.route.steps.iter();
        let steps: String = steps.map(|step| format!(".{}(…)?", step.method)).collect();
        let aliases = group.aliases.join(", ");
        text += &format!(
            "client{steps}.{}(): {} [{aliases}]\n",
            group.accessor, group.type_name
        );
        for method in &group.methods {
            let arguments = method
                .arguments
                .iter()
                .map(|argument| argument.name.as_str());
            let arguments = arguments.collect::<Vec<_>>().join(", ");
            text += &format!("    .{}({arguments}) {}\n", method.name, method.operation);
        }
    }
    let notes = generated.notes.iter();
    text + &notes.map(|note| format!("{note}\n")).collect::<String>()
}

/// Generates a crate from a text.
pub fn run(text: &str) -> Result<Generated, Problems> {
    let description: Description = description::read("small.yaml", text)?;
    arm_codegen::generate(&manifest("small"), &[description])
}

/// Returns the problems of a text.
pub fn problems(text: &str) -> Vec<Problem> {
    match run(text) {
        Ok(_) => panic!("no problem was found in\n{text}"),
        Err(Problems(problems)) => problems,
    }
}
