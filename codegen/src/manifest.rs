//! The manifest beside the descriptions of a service: what to generate from them.

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

/// What `manifest.yaml` in a folder of `specs/` says.
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
    /// Name of the service in prose.
    pub title: String,
    /// The API version that a client speaks when its user names none.
    pub default: String,
    /// The API versions that the crate knows, oldest first.
    pub versions: Vec<Version>,
    /// The folder that `cargo xtask codegen` writes the crate to, relative to the root of the
    /// repository; crates that are not part of a repository have none.
    pub output: Option<String>,
    /// The folder of the package that `cargo xtask codegen` writes the tables of the proofs to,
    /// relative to the root of the repository; without it there are none.
    pub proofs: Option<String>,
    /// What the fake of the service does beyond the description.
    #[serde(default)]
    pub fake: Behavior,
    /// Which examples the documentation shows.
    #[serde(default)]
    pub examples: Examples,
    /// What items are called where the description's own names read badly.
    #[serde(default)]
    pub names: Names,
    /// The manifest's own file, for messages.
    #[serde(skip)]
    pub file: String,
    /// Whether POST operations only read, by their ids: those that are not listed do if they are
    /// called `List…`.
    #[serde(default)]
    pub read_only: BTreeMap<String, bool>,
    /// What the crate is part of.
    #[serde(skip)]
    pub packaging: Packaging,
}

/// Which examples the documentation of a crate shows, where those that are taken without a word
/// are not what its users need most.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Examples {
    /// The operation that shows a list on the front page, by its ID.
    pub list: Option<String>,
    /// The operation that shows how to create something on the front page, by its ID.
    pub create: Option<String>,
    /// The kind that examples show of a union, by their schemas.
    #[serde(default)]
    pub kinds: BTreeMap<String, String>,
}

/// What a generated crate is part of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Packaging {
    /// The workspace of the generator, from which it inherits.
    #[default]
    Member,
    /// Nothing: it stands alone.
    Alone {
        /// Where its runtime comes from.
        runtime: Runtime,
        /// SPDX expression of its licence.
        license: Option<String>,
    },
}

/// Where a crate that stands alone has its runtime from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A folder, seen from that of the crate.
    Path(String),
    /// A registry.
    Version(String),
}

/// An API version that the crate knows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Version {
    /// The version as it stands in the query, such as `2025-12-01`.
    pub version: String,
    /// The version whose shapes this one has; without it, `VERSION.yaml` describes this one.
    pub same_as: Option<String>,
    /// Whether it is a preview of a stable version to come.
    #[serde(default)]
    pub preview: bool,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// When the text is not a manifest, or when its versions contradict each other.
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

    /// The versions that have a description of their own, oldest first.
    pub fn described(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.versions
            .iter()
            .filter(|version| version.same_as.is_none())
            .map(|version| version.version.as_str())
    }

    /// Descriptions, each with the versions that it describes.
    pub(crate) fn with_versions<'a>(
        &self,
        descriptions: &'a [Description],
    ) -> Vec<(api::Version, &'a Description)> {
        let versions = descriptions.iter();
        let versions = versions.map(|one| (self.described_by(&one.api.info.version), one));
        versions.collect()
    }

    /// The versions that the file of `described` describes.
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
            // It becomes a file's name, too.
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

    /// The default is a stable version if there is one, and a preview has no shapes of a stable
    /// version: nothing of it would be a preview.
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

/// Whether a path is relative and never leaves the folder it starts from.
fn is_inside(path: &str) -> bool {
    let is_name = |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['\\', ':']);
    path.split('/').all(is_name)
}
