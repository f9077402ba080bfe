//! How large a program gets that creates a batch endpoint and waits.

use super::{
    Place, baseline, child,
    row::{Report, Row, Target, Unit},
    scratch::{Package, Scratch},
};
use std::fs;

const OURS: &str = include_str!("size/ours.rs.txt");
const THEIRS: &str = include_str!("size/theirs.rs.txt");

const PLAIN: &str = "[profile.release]\nstrip = true\n";
const SMALL: &str = "[profile.release]\nstrip = true\nopt-level = \"z\"\nlto = true\n";
const TOKIO: &str =
    "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"time\"] }\n";

/// A pair of programs.
struct Pair {
    row: &'static str,
    ours: &'static str,
    theirs: &'static str,
    profile: &'static str,
    target: Option<Target>,
}

const PAIRS: [Pair; 4] = [
    Pair {
        row: "default features: rustls (in it) against OpenSSL (beside it)",
        ours: "",
        theirs: "",
        profile: PLAIN,
        target: Some(Target::RatioAtMost(0.6)),
    },
    Pair {
        row: "the same, opt-level z and lto",
        ours: "",
        theirs: "",
        profile: SMALL,
        target: Some(Target::RatioAtMost(0.6)),
    },
    Pair {
        row: "both with rustls",
        ours: "",
        theirs: RUSTLS,
        profile: PLAIN,
        target: Some(Target::RatioAtMost(0.6)),
    },
    Pair {
        row: "both with rustls, opt-level z and lto",
        ours: "",
        theirs: RUSTLS,
        profile: SMALL,
        target: Some(Target::RatioAtMost(0.6)),
    },
];

const RUSTLS: &str =
    ", default-features = false, features = [\"default_tag\", \"enable_reqwest_rustls\"]";

/// Measures it. A size is the same in every run.
pub(super) fn run(place: &Place) -> Result<Report, String> {
    let rows = PAIRS.iter().map(|pair| pair.measure(place));
    Ok(Report {
        title: "A program that creates one batch endpoint and waits, stripped",
        baseline: baseline::name(),
        rows: rows.collect::<Result<_, _>>()?,
        notes: vec![
            "The deprecated crate does not wait for long-running operations, so its program asks \
             for the endpoint until it is there."
                .to_owned(),
            "By default the deprecated crate links the system's OpenSSL, a shared library that is \
             not counted; ours has rustls and its cryptography inside."
                .to_owned(),
        ],
    })
}

impl Pair {
    fn measure(&self, place: &Place) -> Result<Row, String> {
        let path = place.root.join("generated");
        let ours = format!(
            "arm_machinelearning = {{ path = {path:?}{} }}\nazure_core = {{ version = \"1.1\", default-features = \
             false }}\nasync-trait = \"0.1\"\n{TOKIO}\n{}",
            self.ours, self.profile
        );
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
            main: OURS,
        };
        let theirs = Package {
            name: "size_theirs",
            dependencies: &theirs,
            main: THEIRS,
        };
        let lock = place.root.join("Cargo.lock");
        let ours = built(
            &Scratch::new(&place.scratch, &ours)?.locked_like(&lock)?,
            "size_ours",
        )?;
        let theirs = built(&Scratch::new(&place.scratch, &theirs)?, "size_theirs")?;
        let mut row = Row::new(self.row, Unit::Megabytes).values(ours, Some(theirs));
        row.target = self.target;
        Ok(row)
    }
}

fn built(package: &Scratch, name: &str) -> Result<f64, String> {
    child::run(package.cargo().args(["build", "--release"]))?;
    let program = package.target().join("release").join(name);
    let length = fs::metadata(&program)
        .map_err(|error| error.to_string())?
        .len();
    u32::try_from(length)
        .map(|bytes| f64::from(bytes) / 1e6)
        .map_err(|error| error.to_string())
}
