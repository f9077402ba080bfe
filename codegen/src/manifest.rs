//! The manifest next to the descriptions of a service: what to generate from them.

use crate::{
    crate_name::{CRATE_NAME, SERVICE_NAME, is_crate_name, is_service_name},
    description::Description,
    json_pointer::JsonPointer,
    manifest_names::Names,
    problem::{Problem, Problems},
    resolve::api,
    strict,
};
use arm_fake::table::Behavior;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The contents of `manifest.yaml` in a folder of `specs/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// Namespace of the resource provider, such as `Microsoft.MachineLearningServices`.
    pub provider: String,
    /// Name of the generated crate.
    #[serde(rename = "crate")]
    pub crate_name: String,
    /// Name of the service in Rust: `MachineLearning` gives `MachineLearningClient`.
    pub service: String,
    /// Title of the service in documentation.
    pub title: String,
    /// The API version of clients whose user chooses none.
    pub default: String,
    /// The supported API versions, oldest first.
    pub versions: Vec<Version>,
    /// The output folder of the crate for `cargo xtask codegen`, relative to the root of the
    /// repository; `None` for crates that are not part of a repository.
    pub output: Option<String>,
    /// The folder of the package for the tables of the proofs, relative to the root of the
    /// repository; `None` without proofs.
    pub proofs: Option<String>,
    /// Behavior of the fake beyond the description.
    #[serde(default)]
    pub fake: Behavior,
    /// The examples in the documentation.
    #[serde(default)]
    pub examples: Examples,
    /// Names of items that replace those derived from the description.
    #[serde(default)]
    pub names: Names,
    /// The manifest's file name, for messages.
    #[serde(skip)]
    pub file: String,
    /// Whether POST operations only read, by their IDs. Operations that are not listed only read if
    /// their names begin with `List`.
    #[serde(default)]
    pub read_only: BTreeMap<String, bool>,
    /// The surroundings of the crate.
    #[serde(skip)]
    pub packaging: Packaging,
}

/// The examples in the documentation of a crate, where the default ones are not the most useful.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Examples {
    /// The ID of the operation that shows a list on the front page.
    pub list: Option<String>,
    /// The ID of the operation that shows how to create a resource on the front page.
    pub create: Option<String>,
    /// The kinds of unions in examples, by their schemas.
    #[serde(default)]
    pub kinds: BTreeMap<String, String>,
    /// The values of enums in examples, by their schemas.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// The surroundings of a generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Packaging {
    /// A member of the generator's workspace, from which it inherits.
    #[default]
    Member,
    /// A standalone crate.
    Alone {
        /// The location of its runtime.
        runtime: Runtime,
        /// SPDX expression of its licence.
        license: Option<String>,
    },
}

/// The location of a standalone crate's runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A folder, relative to that of the crate.
    Path(String),
    /// A registry.
    Version(String),
}

/// A supported API version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Version {
    /// The version as it is written in the query, such as `2025-12-01`.
    pub version: String,
    /// The version whose types this one uses; without it, `VERSION.yaml` describes this one.
    pub same_as: Option<String>,
    /// Whether it is a preview of a later stable version.
    #[serde(default)]
    pub preview: bool,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// If the text is not a manifest, or its versions contradict each other.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let mut manifest: Self = serde_yaml::from_str(text)
            .and_then(|manifest| strict::yaml(text).map(|_| manifest))
            .map_err(|error| Problem::of_file(file, format!("not a manifest: {error}")))?;
        file.clone_into(&mut manifest.file);
        file.clone_into(&mut manifest.names.file);
        manifest.names.pointer = ["names"].into();
        let mut problems = Problems::default();
        problems.collect(manifest.check(file));
        problems.collect(manifest.names.check());
        problems.into_result(manifest)
    }

    /// Returns the versions with their own description, oldest first.
    pub fn described(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.versions
            .iter()
            .filter(|version| version.same_as.is_none())
            .map(|version| version.version.as_str())
    }

    /// Returns descriptions, each with the versions that it describes.
    pub(crate) fn with_versions<'a>(
        &self,
        descriptions: &'a [Description],
    ) -> Vec<(api::Version, &'a Description)> {
        let versions = descriptions.iter();
        let versions = versions.map(|one| (self.described_by(&one.api.info.version), one));
        versions.collect()
    }

    /// Returns the versions that the file of `described` describes.
    fn described_by(&self, described: &str) -> api::Version {
        let shares = |version: &&Version| {
            let file = version.same_as.as_ref().unwrap_or(&version.version);
            file == described
        };
        let versions = self.versions.iter().filter(shares);
        let mut names: Vec<String> = versions.clone().map(|own| own.version.clone()).collect();
        if names.is_empty() {
            names.push(described.to_owned());
        }
        api::Version {
            names,
            preview: versions.clone().any(|own| own.preview),
        }
    }

    fn check(&self, file: &str) -> Result<(), Problems> {
        let mut problems = Problems::default();
        let mut expect = |sound: bool, pointer: JsonPointer, expected: &str, found: &str| {
            if !sound {
                let message = format!("expected {expected}, found {found:?}");
                problems.push(Problem::new(file, pointer, message));
            }
        };
        let sound = is_crate_name(&self.crate_name);
        expect(sound, ["crate"].into(), CRATE_NAME, &self.crate_name);
        let sound = is_service_name(&self.service);
        expect(sound, ["service"].into(), SERVICE_NAME, &self.service);
        let line = !self.title.contains(char::is_control);
        expect(line, ["title"].into(), "one line", &self.title);
        for (name, folder) in [("output", &self.output), ("proofs", &self.proofs)] {
            if let Some(folder) = folder {
                let expected = "a folder inside the repository such as generated, relative to its \
                                root and with / between names";
                expect(is_inside(folder), [name].into(), expected, folder);
            }
        }
        for (index, Version { version, .. }) in self.versions.iter().enumerate() {
            let pointer = JsonPointer::from(["versions"])
                .child(index)
                .child("version");
            // It is used as a file's name, too.
            let sound = version
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-')
                && version.contains(char::is_alphanumeric);
            expect(
                sound,
                pointer.clone(),
                "an API version such as 2025-12-01",
                version,
            );
            let first = self.versions[..index]
                .iter()
                .all(|known| known.version != *version);
            expect(first, pointer, "each version once", version);
        }
        if !self.versions.iter().any(|v| v.version == self.default) {
            let message = format!("the default {} is not among the versions", self.default);
            problems.push(Problem::new(file, ["default"], message));
        }
        for (index, version) in self.versions.iter().enumerate() {
            if let Some(same_as) = &version.same_as
                && !self.described().any(|described| described == same_as)
            {
                let pointer = JsonPointer::from(["versions"])
                    .child(index)
                    .child("same-as");
                let message = format!("{same_as} is not a version with a description of its own");
                problems.push(Problem::new(file, pointer, message));
            }
        }
        self.check_previews(file, &mut problems);
        problems.into_result(())
    }

    /// Checks that the default is a stable version if there is one, and that a preview does not use
    /// the types of a stable version, because then it would contain no previews.
    fn check_previews(&self, file: &str, problems: &mut Problems) {
        let has_stable = self.versions.iter().any(|version| !version.preview);
        let find = |name: &str| self.versions.iter().find(|own| own.version == name);
        if has_stable && find(&self.default).is_some_and(|own| own.preview) {
            let message = format!(
                "the default {} is a preview; name a version that is none",
                self.default
            );
            problems.push(Problem::new(file, ["default"], message));
        }
        for (index, version) in self.versions.iter().enumerate() {
            let same_as = version.same_as.as_deref().and_then(find);
            if let Some(same_as) = same_as.filter(|other| other.preview != version.preview) {
                let pointer = JsonPointer::from(["versions"]).child(index);
                let message = format!(
                    "expected {} and {}, which have one description, both with preview: true or \
                     both without",
                    version.version, same_as.version
                );
                problems.push(Problem::new(file, pointer, message));
            }
        }
    }
}

/// Returns whether a path is relative and never leaves the folder that it starts from.
fn is_inside(path: &str) -> bool {
    let is_name = |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['\\', ':']);
    path.split('/').all(is_name)
}
