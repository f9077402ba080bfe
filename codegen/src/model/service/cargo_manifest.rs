//! The parts of the crate's `Cargo.toml` that differ between crates or are explanations.

/// The feature that enables everything that only previews have.
pub const PREVIEW: &str = "preview";

/// The contents of the crate's `Cargo.toml`.
#[derive(Clone, Debug)]
pub struct CargoManifest {
    /// Description of the package, one sentence.
    pub description: String,
    /// Keys of `[package]` after name and description, with their values.
    pub package: Vec<(&'static str, CargoValue)>,
    /// Lints of the crate.
    pub lints: CargoLints,
    /// Features that every generated crate has.
    pub general_features: Vec<GeneralFeature>,
    /// Features that follow from the operation groups.
    pub group_features: Vec<Feature>,
    /// Dependencies, by name.
    pub dependencies: Vec<Dependency>,
    /// Dependencies of the examples in the documentation, by name.
    pub dev_dependencies: Vec<Dependency>,
    /// The program that serves the fake.
    pub fake_program: ProgramTarget,
}

/// Value of a key that a member may inherit from its workspace.
#[derive(Clone, Debug)]
pub enum CargoValue {
    /// The workspace's value of the key.
    Workspace,
    /// Text.
    Text(String),
    /// A list of texts.
    List(Vec<&'static str>),
}

/// Lints of a crate.
#[derive(Clone, Debug)]
pub enum CargoLints {
    /// The lints of the workspace.
    Workspace,
    /// Lints of the compiler and their levels.
    Rust(Vec<(&'static str, &'static str)>),
}

/// A Cargo feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Name of the feature, in kebab case.
    pub name: String,
    /// Names of the features that this one enables.
    pub needs: Vec<String>,
}

/// A Cargo feature that every generated crate has.
#[derive(Clone, Debug)]
pub struct GeneralFeature {
    /// Comment above the feature, one sentence.
    pub comment: Option<&'static str>,
    /// The feature.
    pub feature: Feature,
}

/// A dependency of the crate.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// Name of the package.
    pub name: &'static str,
    /// Where the package comes from.
    pub source: DependencySource,
    /// Whether the default features of the package are enabled.
    pub default_features: bool,
    /// Features of the package that are enabled.
    pub features: Vec<&'static str>,
    /// Whether the dependency is optional, enabled by a feature of the crate.
    pub optional: bool,
}

/// Where a dependency comes from.
#[derive(Clone, Debug)]
pub enum DependencySource {
    /// The workspace's source.
    Workspace,
    /// A folder, or the registry once the crate is published.
    Path {
        /// The folder, relative to that of the crate.
        path: String,
        /// The version in the registry.
        version: &'static str,
    },
    /// The registry, in this version.
    Version(String),
}

/// A program in the package.
#[derive(Clone, Debug)]
pub struct ProgramTarget {
    /// Name of the executable.
    pub name: &'static str,
    /// Path of its source file, relative to the folder of the crate.
    pub path: &'static str,
    /// The feature that the program requires.
    pub required_feature: &'static str,
}
