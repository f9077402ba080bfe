//! From Swagger 2.0 files to a crate of its own, in one step.

use crate::{
    Generated, description, generate,
    manifest::{Manifest, Packaging, Runtime, Version},
    names,
    problem::{Problem, Problems},
    swagger::{self, Imported, Inputs},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the crate is to be.
#[derive(Clone, Debug)]
pub struct Target {
    /// Name of the crate.
    pub crate_name: String,
    /// Name of the service in Rust; that of the resource provider unless given.
    pub service: Option<String>,
    /// Where the crate has its runtime from.
    pub runtime: Runtime,
}

/// A crate that was generated from Swagger files, not yet on disk.
#[derive(Clone, Debug)]
pub struct Standalone {
    /// The description that the files became.
    pub imported: Imported,
    /// The crate.
    pub generated: Generated,
}

/// Imports Swagger 2.0 files and generates a crate from them.
///
/// # Errors
///
/// What is wrong with the files or with the names asked for.
pub fn generate_swagger(inputs: &Inputs, target: &Target) -> Result<Standalone, Problems> {
    let mut problems = names_of(target);
    let imported = match swagger::import(inputs) {
        Ok(imported) if problems.is_empty() => imported,
        Ok(_) => return Err(Problems(problems)),
        Err(Problems(more)) => {
            problems.extend(more);
            return Err(Problems(problems));
        }
    };
    let manifest = manifest(&imported.document, target);
    // Where the document is unsound, the import is at fault: it has checked the files.
    let description = description::from_value("imported description", imported.document.clone())?;
    let generated = generate(&manifest, &[description])?;
    Ok(Standalone {
        imported,
        generated,
    })
}

fn names_of(target: &Target) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut complain = |message| problems.push(Problem::new("arguments", "", message));
    let name = &target.crate_name;
    let is_word = |text: &str, more: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    if !is_word(name, "-_") || names::snake_name(name).ends_with('_') || name == "test" {
        complain(format!(
            "{name:?} cannot be the name of a crate; take letters, digits, - and _, and no keyword"
        ));
    }
    if let Some(service) = &target.service
        && !(is_word(service, "") && service.starts_with(|c: char| c.is_ascii_uppercase()))
    {
        complain(format!(
            "{service:?} cannot be the name of a service; begin with a capital letter, then \
             letters and digits, as in MachineLearning"
        ));
    }
    problems
}

fn manifest(document: &Value, target: &Target) -> Manifest {
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
        }],
        output: None,
        proofs: None,
        views: BTreeMap::new(),
        packaging: Packaging::Alone(target.runtime.clone()),
    }
}

/// The service's name in a provider's: `Microsoft.KeyVault` is of `KeyVault`.
fn service_name(provider: &str) -> String {
    let own = provider.split_once('.').map_or(provider, |(_, own)| own);
    let pascal = swagger::pascal(own);
    if pascal.starts_with(|c: char| c.is_ascii_alphabetic()) {
        pascal
    } else {
        format!("Service{pascal}")
    }
}

/// A title on one line and without what documentation would take for markup.
fn plain(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").replace(['<', '>', '[', ']', '`'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_called_after_their_providers() {
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
    fn names_that_cannot_be_are_refused() {
        let complaints = |crate_name: &str, service: &str| {
            let target = Target {
                crate_name: crate_name.to_owned(),
                service: Some(service.to_owned()),
                runtime: Runtime::Version("1".to_owned()),
            };
            names_of(&target).len()
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
