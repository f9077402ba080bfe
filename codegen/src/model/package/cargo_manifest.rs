//! Decides how the crate is packaged: as a member of the generator's workspace, or standalone.

use super::patterns;
use crate::{
    manifest::{Manifest, Packaging, Runtime},
    model::{
        groups::outlines::GroupOutline,
        service::{
            cargo_manifest::{
                CargoLints, CargoManifest, CargoValue, Dependency, DependencySource, Feature,
                GeneralFeature, PREVIEW, ProgramTarget,
            },
            lint::{Allow, Lint},
        },
    },
    resolve::api::Api,
};

const FAKE: &str = "arm_fake";
const RUNTIME: &str = "arm_runtime";
const FAKE_SERVER: &str = "fake-server";
/// The generator, the runtime and the fake share one version.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Builds the contents of `Cargo.toml`.
pub(crate) fn cargo_manifest(
    api: &Api,
    manifest: &Manifest,
    groups: &[GroupOutline<'_>],
) -> CargoManifest {
    let (package, lints, dependencies) = match &manifest.packaging {
        Packaging::Member => (
            member_package(),
            CargoLints::Workspace,
            member_dependencies(),
        ),
        Packaging::Alone { runtime, license } => (
            standalone_package(license.as_deref()),
            CargoLints::Rust(vec![("unsafe_code", "forbid")]),
            standalone_dependencies(runtime),
        ),
    };
    CargoManifest {
        description: format!("Client for the management API of {}.", manifest.title),
        package: package.into_iter().chain(registry()).collect(),
        lints,
        general_features: general_features(patterns::are_simple(api)),
        group_features: group_features(api, groups),
        dependencies,
        dev_dependencies: dev_dependencies(&manifest.packaging),
        fake_program: ProgramTarget {
            name: "arm-fake",
            path: "src/bin/arm-fake.rs",
            required_feature: FAKE_SERVER,
        },
    }
}

/// Returns the lints that a standalone crate allows. A workspace sets them itself.
pub(crate) fn root_allow(packaging: &Packaging) -> Option<Allow> {
    match packaging {
        Packaging::Member => None,
        // The service determines how many arguments an operation has and their names.
        Packaging::Alone { .. } => Some(Allow {
            lints: vec![
                Lint::ModuleInception,
                Lint::NewRetNoSelf,
                Lint::TooManyArguments,
            ],
            reason: None,
        }),
    }
}

fn member_package() -> Vec<(&'static str, CargoValue)> {
    let inherited = ["version", "edition", "license", "rust-version"];
    let inherited = inherited.map(|key| (key, CargoValue::Workspace));
    inherited.into()
}

fn standalone_package(license: Option<&str>) -> Vec<(&'static str, CargoValue)> {
    let text = |text: &str| CargoValue::Text(text.to_owned());
    let license = license.map(|license| ("license", text(license)));
    let package = [
        ("version", text("0.1.0")),
        ("edition", text("2024")),
        ("rust-version", text("1.88")),
    ];
    package.into_iter().chain(license).collect()
}

/// Returns what registries show, and the published files.
fn registry() -> [(&'static str, CargoValue); 4] {
    let list = |texts: &[&'static str]| CargoValue::List(texts.to_vec());
    [
        ("readme", CargoValue::Text("README.md".to_owned())),
        ("keywords", list(&["azure", "arm", "cloud", "api", "async"])),
        ("categories", list(&["api-bindings", "asynchronous"])),
        (
            "include",
            list(&["/LICENSE", "/README.md", "/docs", "/src"]),
        ),
    ]
}

fn member_dependencies() -> Vec<Dependency> {
    vec![
        Dependency {
            name: FAKE,
            source: DependencySource::Workspace,
            default_features: true,
            features: vec!["server"],
            optional: true,
        },
        Dependency {
            name: RUNTIME,
            source: DependencySource::Workspace,
            default_features: true,
            features: Vec::new(),
            optional: false,
        },
    ]
}

/// Returns the dependencies of a standalone crate; in a folder, the fake is next to the runtime.
fn standalone_dependencies(runtime: &Runtime) -> Vec<Dependency> {
    let at_path = |path| DependencySource::Path {
        path,
        version: RUNTIME_VERSION,
    };
    let (fake, runtime) = match runtime {
        Runtime::Path(path) => (at_path(beside(path, "fake")), at_path(path.clone())),
        Runtime::Version(version) => (
            DependencySource::Version(version.clone()),
            DependencySource::Version(version.clone()),
        ),
    };
    vec![
        Dependency {
            name: FAKE,
            source: fake,
            default_features: true,
            features: Vec::new(),
            optional: true,
        },
        Dependency {
            name: RUNTIME,
            source: runtime,
            default_features: false,
            features: Vec::new(),
            optional: false,
        },
    ]
}

/// Returns the path of another folder beside one.
fn beside(folder: &str, name: &str) -> String {
    match folder.rsplit_once('/') {
        Some((parent, own)) if !matches!(own, "" | "." | "..") => format!("{parent}/{name}"),
        _ => format!("{folder}/../{name}"),
    }
}

/// Returns the dependencies of the program on the front page, as the page lists them.
fn dev_dependencies(packaging: &Packaging) -> Vec<Dependency> {
    let is_member = matches!(packaging, Packaging::Member);
    let source = |version: &str| match packaging {
        Packaging::Member => DependencySource::Workspace,
        Packaging::Alone { .. } => DependencySource::Version(version.to_owned()),
    };
    vec![
        Dependency {
            name: "azure_identity",
            source: source("1.0"),
            // The workspace has these settings already.
            default_features: is_member,
            features: if is_member { Vec::new() } else { vec!["tokio"] },
            optional: false,
        },
        Dependency {
            name: "tokio",
            source: source("1.49"),
            default_features: true,
            features: vec!["macros", "rt-multi-thread"],
            optional: false,
        },
    ]
}

/// Returns the features of every crate. Without `http` there is neither TLS nor a timer.
fn general_features(simple_patterns: bool) -> Vec<GeneralFeature> {
    let patterns = if simple_patterns {
        "arm_runtime/simple_patterns"
    } else {
        "arm_runtime/patterns"
    };
    let general = |name, comment, needs: &[&str]| GeneralFeature {
        comment,
        feature: feature(name, needs.iter().map(|&need| need.to_owned()).collect()),
    };
    vec![
        general("default", None, &["all-groups", "http", "patterns"]),
        general(
            "fake",
            Some("A fake of the service in memory, for tests."),
            &["dep:arm_fake"],
        ),
        general(
            FAKE_SERVER,
            Some("The program arm-fake, which serves the fake to clients in any language."),
            &["fake", "arm_fake/program"],
        ),
        general(
            "http",
            Some("The HTTP stack: reqwest with rustls and ring, gzip, and tokio's timers."),
            &["arm_runtime/http"],
        ),
        general(
            "http-aws-lc-rs",
            Some("The same with aws-lc-rs in place of ring, which takes longer to build."),
            &["arm_runtime/http_aws_lc_rs"],
        ),
        general(
            "http-native-tls",
            Some("The same with the system's TLS, which on Linux is OpenSSL."),
            &["arm_runtime/http_native_tls"],
        ),
        general(
            "patterns",
            Some("Checks of names and texts against the description's patterns."),
            &[patterns],
        ),
    ]
}

/// Returns the features of groups, and those that enable all stable ones and all previews.
fn group_features(api: &Api, groups: &[GroupOutline<'_>]) -> Vec<Feature> {
    let names = |groups: &[&GroupOutline<'_>]| -> Vec<String> {
        groups.iter().map(|group| group.feature.clone()).collect()
    };
    let all = groups.iter();
    let (previews, stable): (Vec<_>, Vec<_>) = all.partition(|group| group.is_preview);
    let mut features = vec![feature("all-groups", names(&stable))];
    if api.has_preview_operations() {
        features.push(feature(PREVIEW, names(&previews)));
    }
    let groups = groups
        .iter()
        .map(|group| feature(&group.feature, Vec::new()));
    features.into_iter().chain(groups).collect()
}

fn feature(name: &str, needs: Vec<String>) -> Feature {
    Feature {
        name: name.to_owned(),
        needs,
    }
}
