//! Generates a separate crate from Swagger 2.0 files in one step.

use crate::{
    Generated,
    crate_name::{CRATE_NAME, SERVICE_NAME, is_crate_name, is_service_name},
    description, generate,
    manifest::{Examples, Manifest, Packaging, Runtime, Version},
    manifest_names::Names,
    problem::{Problem, Problems},
    swagger::{self, Imported, Inputs},
};
use arm_fake::table::Behavior;
use serde_json::Value;
use std::collections::BTreeMap;

/// Names of a crate that is generated from Swagger files, and the location of its runtime.
#[derive(Clone, Debug)]
pub struct Target {
    /// Name of the crate.
    pub crate_name: String,
    /// Name of the service in Rust; by default that of the resource provider.
    pub service: Option<String>,
    /// Location of the crate's runtime.
    pub runtime: Runtime,
    /// Names of items that replace those of the description.
    pub names: Names,
    /// SPDX expression of the crate's licence, which registries require.
    pub license: Option<String>,
}

/// A crate that was generated from Swagger files and is not written to disk.
#[derive(Clone, Debug)]
pub struct Standalone {
    /// The imported description.
    pub imported: Imported,
    /// The crate.
    pub generated: Generated,
}

/// Imports Swagger 2.0 files and generates a crate from them.
///
/// # Errors
///
/// If the files or the names are not valid.
pub fn generate_swagger(inputs: &Inputs, target: &Target) -> Result<Standalone, Problems> {
    let imported = check_names(target).and(swagger::import(inputs))?;
    let manifest = manifest(&imported.document, target);
    // If the document is not valid, the importer has an error: it has checked the files.
    let description = description::from_value("imported description", imported.document.clone())?;
    let generated = generate(&manifest, &[description])?;
    Ok(Standalone {
        imported,
        generated,
    })
}

fn check_names(target: &Target) -> Problems {
    let Target {
        crate_name,
        service,
        license,
        ..
    } = target;
    let mut problems = Problems::default();
    let mut expect = |sound: bool, expected: &str, found: &str| {
        if !sound {
            let message = format!("expected {expected}, found {found:?}");
            problems.push(Problem::of_file("arguments", message));
        }
    };
    expect(is_crate_name(crate_name), CRATE_NAME, crate_name);
    if let Some(service) = service {
        expect(is_service_name(service), SERVICE_NAME, service);
    }
    if let Some(license) = license {
        let sound = license
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || " .-+()".contains(char));
        let expected = "an SPDX expression such as MIT OR Apache-2.0";
        expect(sound && !license.trim().is_empty(), expected, license);
    }
    problems
}

/// Returns the manifest for a document that has none.
pub(crate) fn manifest(document: &Value, target: &Target) -> Manifest {
    let text = |key: &str| document["info"][key].as_str();
    let version = text("version").unwrap_or_default().to_owned();
    let title = plain(text("title").unwrap_or_default());
    let provider = text("x-arm-provider").unwrap_or(&title).to_owned();
    let service = target.service.clone();
    Manifest {
        crate_name: target.crate_name.clone(),
        service: service.unwrap_or_else(|| service_name(&provider)),
        provider,
        title,
        default: version.clone(),
        versions: vec![Version {
            version,
            same_as: None,
            preview: false,
        }],
        output: None,
        proofs: None,
        fake: Behavior::default(),
        examples: Examples::default(),
        names: names(&target.names),
        file: String::new(),
        read_only: BTreeMap::new(),
        packaging: Packaging::Alone {
            runtime: target.runtime.clone(),
            license: target.license.clone(),
        },
    }
}

/// Returns the names with the file that they can be written to, for messages.
fn names(given: &Names) -> Names {
    let mut names = given.clone();
    if names.file.is_empty() {
        "--names FILE".clone_into(&mut names.file);
    }
    names
}

/// Returns the service's name in a provider's: `KeyVault` in `Microsoft.KeyVault`.
fn service_name(provider: &str) -> String {
    let own = provider.split_once('.').map_or(provider, |(_, own)| own);
    let pascal = swagger::pascal(own);
    if pascal.starts_with(|c: char| c.is_ascii_alphabetic()) {
        pascal
    } else {
        format!("Service{pascal}")
    }
}

/// Returns a title on one line and without characters that are markup in documentation.
fn plain(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").replace(['<', '>', '[', ']', '`'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_named_after_their_providers() {
        for (provider, service) in [
            (
                "Microsoft.MachineLearningServices",
                "MachineLearningServices",
            ),
            ("microsoft.insights", "Insights"),
            ("Microsoft.Foo.Bar", "FooBar"),
            ("Contoso", "Contoso"),
            ("3D widgets", "Service3DWidgets"),
            ("", "Service"),
        ] {
            assert_eq!(service_name(provider), service, "{provider}");
        }
    }

    #[test]
    fn invalid_names_are_rejected() {
        let complaints = |crate_name: &str, service: &str| {
            let target = Target {
                crate_name: crate_name.to_owned(),
                service: Some(service.to_owned()),
                runtime: Runtime::Version("1".to_owned()),
                names: Names::default(),
                license: None,
            };
            check_names(&target).0.len()
        };
        assert_eq!(complaints("arm-storage_2", "Storage"), 0);
        for name in ["", "2a", "a b", "a/b", "match", "test"] {
            assert_eq!(complaints(name, "Storage"), 1, "{name}");
        }
        for service in ["", "storage", "Key Vault", "2"] {
            assert_eq!(complaints("arm", service), 1, "{service}");
        }
    }
}
