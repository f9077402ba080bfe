//! Measures the size of a program that creates a batch endpoint and waits.

use crate::{
    baseline,
    error::Error,
    process,
    row::{Report, Row, Target, Unit},
    scratch::{Package, Scratch},
    workspace::Workspace,
};
use std::{fs, path::Path};

const OURS: &str = include_str!("programs/ours.rs.txt");
const THEIRS: &str = include_str!("programs/baseline.rs.txt");

/// One GET with `azure_core`, without a model: the lower bound for programs that use it.
const AZURE_CORE: &str = include_str!("programs/azure_core.rs.txt");

/// One GET and nothing else: the lower bound for programs that use reqwest.
const REQWEST_ALONE: &str = include_str!("programs/reqwest.rs.txt");

const PLAIN: &str = "[profile.release]\nstrip = true\n";
const SMALL: &str = "[profile.release]\nstrip = true\nopt-level = \"z\"\nlto = true\n";
const REQWEST: &str = "reqwest = { version = \"0.13\", default-features = false, \
     features = [\"native-tls\"] }\n";
const TOKIO: &str =
    "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"time\"] }\n";

/// A pair of programs.
struct Pair {
    row: &'static str,
    ours: Ours,
    /// Further keys of the dependency on the deprecated crate.
    theirs: &'static str,
    profile: &'static str,
    target: Option<Target>,
}

/// Our side of a pair.
enum Ours {
    Default,
    /// One group, no patterns, and the system's TLS.
    Small,
    /// `azure_core` without any of our crates.
    AzureCore,
    /// reqwest without any of our crates.
    Reqwest,
}

/// For rows with the same TLS on both sides.
const TARGET: Option<Target> = Some(Target::RatioAtMost(1.0));
const OPENSSL: &str = "";
const RUSTLS: &str =
    ", default-features = false, features = [\"default_tag\", \"enable_reqwest_rustls\"]";

const PAIRS: [Pair; 7] = [
    Pair {
        row: "default features: rustls linked in, against OpenSSL as a shared library",
        ours: Ours::Default,
        theirs: OPENSSL,
        profile: PLAIN,
        target: None,
    },
    Pair {
        row: "both with rustls",
        ours: Ours::Default,
        theirs: RUSTLS,
        profile: PLAIN,
        target: TARGET,
    },
    Pair {
        row: "both with rustls, opt-level z and lto",
        ours: Ours::Default,
        theirs: RUSTLS,
        profile: SMALL,
        target: TARGET,
    },
    Pair {
        row: "both with OpenSSL, ours with the features it needs",
        ours: Ours::Small,
        theirs: OPENSSL,
        profile: PLAIN,
        target: TARGET,
    },
    Pair {
        row: "the same, opt-level z and lto",
        ours: Ours::Small,
        theirs: OPENSSL,
        profile: SMALL,
        target: TARGET,
    },
    Pair {
        row: "one GET with azure_core alone, OpenSSL (not ours)",
        ours: Ours::AzureCore,
        theirs: OPENSSL,
        profile: PLAIN,
        target: None,
    },
    Pair {
        row: "one GET with reqwest alone, OpenSSL (not ours)",
        ours: Ours::Reqwest,
        theirs: OPENSSL,
        profile: PLAIN,
        target: None,
    },
];

/// Runs the benchmark, once: the size is the same in every run.
pub(crate) fn run(workspace: &Workspace) -> Result<Report, Error> {
    workspace.expect_steps(2 * PAIRS.len());
    let rows = PAIRS.iter().map(|pair| pair.measure(workspace));
    Ok(Report {
        title: "A program that creates one batch endpoint and waits, stripped",
        baseline: Some(baseline::name()),
        rows: rows.collect::<Result<_, _>>()?,
        notes: vec![
            "The deprecated crate does not wait for long-running operations, so its program polls \
             the endpoint until it exists."
                .to_owned(),
            "By default the deprecated crate links the system's OpenSSL, a shared library that is \
             not counted; ours has rustls and its cryptography inside."
                .to_owned(),
            "The features that ours needs are `batch-endpoints`, and of `arm_runtime` `reqwest` and \
             `tokio`; the last rows show the sizes of programs with nothing but what it stands on: \
             a GET without models, waiting or retries that are safe."
                .to_owned(),
        ],
    })
}

impl Ours {
    fn main(&self) -> &'static str {
        match self {
            Self::Default | Self::Small => OURS,
            Self::AzureCore => AZURE_CORE,
            Self::Reqwest => REQWEST_ALONE,
        }
    }

    fn dependencies(&self, root: &Path) -> String {
        let (generated, runtime) = (root.join("generated"), root.join("runtime"));
        let plain = azure("");
        match self {
            Self::Default => format!("arm_machinelearning = {{ path = {generated:?} }}\n{plain}"),
            Self::Small => format!(
                "arm_machinelearning = {{ path = {generated:?}, default-features = false, \
                 features = [\"batch-endpoints\"] }}\n\
                 arm_runtime = {{ path = {runtime:?}, default-features = false, \
                 features = [\"reqwest\", \"tokio\"] }}\n{plain}{REQWEST}"
            ),
            Self::AzureCore => azure("\"reqwest\", \"tokio\"") + REQWEST,
            Self::Reqwest => REQWEST.to_owned(),
        }
    }
}

impl Pair {
    fn measure(&self, workspace: &Workspace) -> Result<Row, Error> {
        let ours = self.ours.dependencies(&workspace.root);
        let ours = format!("{ours}{TOKIO}\n{}", self.profile);
        let theirs = format!(
            "{} = {{ version = \"={}\"{} }}\nazure_core = {{ version = \"0.21\", \
             default-features = false }}\nasync-trait = \"0.1\"\ntime = \"0.3\"\nurl = \"2\"\n{TOKIO}\n{}",
            baseline::CRATE,
            baseline::VERSION,
            self.theirs,
            self.profile
        );
        let ours = Package {
            name: "size_ours",
            dependencies: &ours,
            main: self.ours.main(),
        };
        let theirs = Package {
            name: "size_theirs",
            dependencies: &theirs,
            main: THEIRS,
        };
        let lock = workspace.root.join("Cargo.lock");
        workspace.announce(self.row);
        let ours = built(
            &Scratch::new(&workspace.scratch(), &ours)?.locked_like(&lock)?,
            "size_ours",
        )?;
        workspace.step();
        let theirs = built(&Scratch::new(&workspace.scratch(), &theirs)?, "size_theirs")?;
        workspace.step();
        let mut row = Row::new(self.row, Unit::Megabytes).values(ours, Some(theirs));
        row.target = self.target;
        Ok(row)
    }
}

/// Returns the dependencies on `azure_core`, with these features, and of a credential for it.
fn azure(features: &str) -> String {
    format!(
        "azure_core = {{ version = \"1.1\", default-features = false, features = [{features}] }}\n\
         async-trait = \"0.1\"\n"
    )
}

fn built(package: &Scratch, name: &str) -> Result<f64, Error> {
    process::run(package.cargo().args(["build", "--release"]))?;
    let program = package.target().join("release").join(name);
    let length = fs::metadata(&program).map_err(Error::at(&program))?.len();
    Ok(process::float(length) / 1e6)
}
