//! Measures the build time of the README's program from nothing, and its size.

use crate::{
    baseline,
    error::Error,
    process::{self, Cost},
    row::{Report, Row, Target, Unit},
    scratch::{Package, Scratch},
    workspace::Workspace,
};
use std::fs;

const OURS: &str = include_str!("programs/readme/ours.rs.txt");
const THEIRS: &str = include_str!("programs/readme/baseline.rs.txt");

const FUTURES: &str = "futures = \"0.3\"\n";
const PLAIN_IDENTITY: &str =
    "azure_identity = { version = \"1\", default-features = false, features = [\"tokio\"] }\n";
const STRIPPED: &str = "\n[profile.release]\nstrip = true\n";

/// A variant of our side and of the baseline.
struct Variant {
    name: &'static str,
    /// Features instead of the default ones; the defaults if empty.
    features: &'static str,
    identity: &'static str,
    /// The TLS of the baseline for the comparison of sizes.
    theirs: &'static Baseline,
    target: Option<Target>,
}

/// The program with the deprecated crate.
struct Baseline {
    package: &'static str,
    /// Further keys of the dependencies on its crates.
    features: [&'static str; 2],
}

const OPENSSL: Baseline = Baseline {
    package: "cold_theirs",
    features: ["", ""],
};
const RUSTLS: Baseline = Baseline {
    package: "cold_theirs_rustls",
    features: [
        ", default-features = false, features = [\"default_tag\", \"enable_reqwest_rustls\"]",
        ", default-features = false, features = [\"enable_reqwest_rustls\"]",
    ],
};

const VARIANTS: [Variant; 3] = [
    Variant {
        name: "default: rustls with ring",
        features: "",
        identity: PLAIN_IDENTITY,
        theirs: &RUSTLS,
        target: Some(Target::RatioAtMost(0.70)),
    },
    Variant {
        name: "rustls with aws-lc-rs",
        features: "\"all-groups\", \"http-aws-lc-rs\", \"patterns\"",
        identity: "azure_identity = \"1\"\n",
        theirs: &RUSTLS,
        target: None,
    },
    Variant {
        name: "the system's TLS",
        features: "\"all-groups\", \"http-native-tls\", \"patterns\"",
        identity: PLAIN_IDENTITY,
        theirs: &OPENSSL,
        target: None,
    },
];

/// Runs the benchmark.
pub(crate) fn run(workspace: &Workspace, runs: usize) -> Result<Report, Error> {
    workspace.expect_steps(VARIANTS.len() * (2 * runs + 2));
    let theirs = baseline_package(workspace, &OPENSSL)?;
    let mut rows = Vec::new();
    for variant in &VARIANTS {
        let ours = variant.package(workspace)?;
        let (mut processor, mut wall) = (variant.row("processor time"), variant.row("clock"));
        workspace.announce(variant.name);
        for _ in 0..runs {
            let (ours, theirs) = (cold(workspace, &ours)?, cold(workspace, &theirs)?);
            processor = processor.values(ours.processor(), Some(theirs.processor()));
            wall = wall.values(ours.wall, Some(theirs.wall));
        }
        rows.extend([processor, wall]);
    }
    for variant in &VARIANTS {
        workspace.announce(format!("{}, size", variant.name));
        let ours = stripped(workspace, &variant.package(workspace)?)?;
        let theirs = stripped(workspace, &baseline_package(workspace, variant.theirs)?)?;
        let row = Row::new(
            format!("{}, stripped program", variant.name),
            Unit::Megabytes,
        );
        let row = row.target(Target::RatioAtMost(1.0));
        rows.push(row.values(ours, Some(theirs)));
    }
    Ok(Report {
        title: "The README's program, built from nothing with the dev profile",
        baseline: Some(baseline::name()),
        rows,
        notes: notes(),
    })
}

fn notes() -> Vec<String> {
    vec![
        "Processor time is that of user code and of the system, of all processes; other work on \
         the machine disturbs it less than the clock."
            .to_owned(),
        "Times are compared with the deprecated crate's program as its documentation has it, which \
         links the system's OpenSSL and does not build it; sizes, in the release profile, with the \
         same TLS on both sides. The deprecated crate's rustls has ring inside."
            .to_owned(),
        "With aws-lc-rs, `azure_identity` has its default features; else it has none but `tokio`, \
         which is enough for the credentials of developer tools."
            .to_owned(),
    ]
}

impl Variant {
    fn row(&self, what: &str) -> Row {
        let row = Row::new(format!("{}, {what}", self.name), Unit::Seconds);
        Row {
            target: self.target,
            ..row
        }
    }

    fn package(&self, workspace: &Workspace) -> Result<Scratch, Error> {
        let path = workspace.root.join("generated");
        let features = match self.features {
            "" => String::new(),
            features => format!(", default-features = false, features = [{features}]"),
        };
        let dependencies = format!(
            "arm_machinelearning = {{ path = {path:?}{features} }}\n{}{FUTURES}\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n{STRIPPED}",
            self.identity
        );
        let package = Package {
            name: "cold_ours",
            dependencies: &dependencies,
            main: OURS,
        };
        let lock = workspace.root.join("Cargo.lock");
        Scratch::new(&workspace.scratch(), &package)?.locked_like(&lock)
    }
}

fn baseline_package(workspace: &Workspace, baseline: &Baseline) -> Result<Scratch, Error> {
    let [client, identity] = baseline.features;
    let dependencies = format!(
        "{} = {{ version = \"={}\"{client} }}\n\
         azure_core = {{ version = \"0.21\", default-features = false }}\n\
         azure_identity = {{ version = \"0.21\"{identity} }}\n{FUTURES}\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"time\"] }}\n\
         {STRIPPED}",
        baseline::CRATE,
        baseline::VERSION,
    );
    let package = Package {
        name: baseline.package,
        dependencies: &dependencies,
        main: THEIRS,
    };
    Scratch::new(&workspace.scratch(), &package)
}

/// Builds a package from nothing; its dependencies are downloaded first.
fn cold(workspace: &Workspace, package: &Scratch) -> Result<Cost, Error> {
    process::run(package.cargo().arg("fetch"))?;
    package.remove_target()?;
    let cost = process::run(package.cargo().args(["build", "--offline"]));
    workspace.step();
    cost
}

/// Returns the size of the stripped program in megabytes.
fn stripped(workspace: &Workspace, package: &Scratch) -> Result<f64, Error> {
    process::run(package.cargo().args(["build", "--release"]))?;
    workspace.step();
    let program = package.target().join("release").join(package.name());
    let length = fs::metadata(&program).map_err(Error::at(&program))?.len();
    Ok(process::float(length) / 1e6)
}
