//! How long the crate takes to compile, its dependencies being built, and how large it gets.

use super::{
    Place, baseline, child,
    row::{Report, Row, Target, Unit},
    scratch::{Package, Scratch},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

const OURS: &str = "arm_machinelearning";
const ONE_GROUP: &str = "batch-endpoints";
const MEGABYTE: f64 = 1e6;

/// A way to build.
struct Build {
    name: &'static str,
    arguments: &'static [&'static str],
    target: f64,
}

const BUILDS: [Build; 3] = [
    Build {
        name: "check",
        arguments: &["check"],
        target: 0.20,
    },
    Build {
        name: "dev build",
        arguments: &["build"],
        target: 0.20,
    },
    Build {
        name: "release build",
        arguments: &["build", "--release"],
        target: 0.15,
    },
];

/// A crate and the package it is built in.
struct Side {
    package: Scratch,
    name: &'static str,
}

impl Side {
    fn theirs(place: &Place) -> Result<Self, String> {
        let package = Package {
            name: "theirs",
            dependencies: &format!("{} = \"={}\"\n", baseline::CRATE, baseline::VERSION),
            main: "fn main() {}\n",
        };
        Ok(Self {
            package: Scratch::new(&place.scratch, &package)?,
            name: baseline::CRATE,
        })
    }

    fn ours(place: &Place, name: &str, more: &str) -> Result<Self, String> {
        let path = place.root.join("generated");
        let package = Package {
            name,
            dependencies: &format!("{OURS} = {{ path = {path:?}{more} }}\n"),
            main: "fn main() {}\n",
        };
        let lock = place.root.join("Cargo.lock");
        Ok(Self {
            package: Scratch::new(&place.scratch, &package)?.locked_like(&lock)?,
            name: OURS,
        })
    }

    /// Builds the crate with all it needs, so that only itself is left to be measured.
    fn prepare(&self, build: &Build) -> Result<(), String> {
        self.build(build).map(|_| ())
    }

    /// Builds the crate alone.
    fn measure(&self, build: &Build) -> Result<child::Cost, String> {
        let mut clean = self.package.cargo();
        clean.args(["clean", "--package", self.name]);
        clean.args(build.arguments.iter().filter(|flag| **flag == "--release"));
        child::run(&mut clean)?;
        self.build(build)
    }

    fn build(&self, build: &Build) -> Result<child::Cost, String> {
        let mut command = self.package.cargo();
        // Cargo does so for crates from a registry, as theirs is and ours is not.
        command.env("RUSTFLAGS", "--cap-lints=allow");
        command.args(build.arguments).args(["--package", self.name]);
        child::run(&mut command)
    }

    fn rlib(&self) -> Result<f64, String> {
        let folder = self.package.target().join("debug/deps");
        let prefix = format!("lib{}-", self.name);
        let is_it = |name: &str| name.starts_with(&prefix) && name.ends_with(".rlib");
        let files = fs::read_dir(&folder).map_err(|error| error.to_string())?;
        let sizes = files.filter_map(Result::ok).filter_map(|file| {
            let size = file.metadata().ok()?.len();
            file.file_name().to_str().is_some_and(is_it).then_some(size)
        });
        let largest = sizes.max().ok_or_else(|| format!("no {prefix}*.rlib"))?;
        u32::try_from(largest)
            .map(|bytes| f64::from(bytes) / MEGABYTE)
            .map_err(|_| "an rlib of more than 4 GB".to_owned())
    }
}

/// Measures it.
pub(super) fn run(place: &Place, runs: usize) -> Result<Report, String> {
    let theirs = Side::theirs(place)?;
    let ours = Side::ours(place, "ours", "")?;
    let one = format!(", default-features = false, features = [{ONE_GROUP:?}]");
    let one = Side::ours(place, "ours_one_group", &one)?;
    let mut rows = Vec::new();
    for build in &BUILDS {
        rows.extend(against_them(build, &ours, &theirs, runs)?);
    }
    let sizes = Row::new("rlib, dev", Unit::Megabytes);
    let sizes = sizes.values(ours.rlib()?, Some(theirs.rlib()?));
    rows.push(sizes.target(Target::RatioAtMost(0.15)));
    let lines = Row::new("generated code", Unit::Lines).target(Target::AtMost(20_000.0));
    rows.push(lines.values(
        lines_of(&place.root.join("generated/src"))?,
        Some(baseline::LINES),
    ));
    for build in &BUILDS {
        rows.push(one_group(build, &one, &ours, runs)?);
    }
    Ok(Report {
        title: "Compiling the generated crate alone, its dependencies being built",
        baseline: baseline::name(),
        rows,
        notes: vec![
            "Without incremental compilation and, as crates from a registry are built, without \
             lints; default features on both sides. `user` is processor time, which other work on \
             the machine disturbs less than the clock."
                .to_owned(),
            format!(
                "The rows that begin with `{ONE_GROUP}` compare our crate with that feature alone \
                 (ours) with our crate with all features (baseline)."
            ),
        ],
    })
}

fn against_them(
    build: &Build,
    ours: &Side,
    theirs: &Side,
    runs: usize,
) -> Result<[Row; 2], String> {
    let target = Target::RatioAtMost(build.target);
    let mut wall = Row::new(build.name, Unit::Seconds).target(target);
    let mut user = Row::new(format!("{}, user", build.name), Unit::Seconds).target(target);
    ours.prepare(build)?;
    theirs.prepare(build)?;
    for _ in 0..runs {
        let (ours, theirs) = (ours.measure(build)?, theirs.measure(build)?);
        wall = wall.values(ours.wall, Some(theirs.wall));
        user = user.values(ours.user, Some(theirs.user));
    }
    Ok([wall, user])
}

fn one_group(build: &Build, one: &Side, all: &Side, runs: usize) -> Result<Row, String> {
    let name = format!("{ONE_GROUP} alone, {}, user", build.name);
    let mut row = Row::new(name, Unit::Seconds).target(Target::RatioAtMost(0.10));
    one.prepare(build)?;
    for _ in 0..runs {
        let (one, all) = (one.measure(build)?, all.measure(build)?);
        row = row.values(one.user, Some(all.user));
    }
    Ok(row)
}

/// Lines of all Rust files below a folder.
fn lines_of(folder: &Path) -> Result<f64, String> {
    let mut lines = 0;
    let mut waiting: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).map_err(|error| error.to_string())?;
            waiting.extend(entries.filter_map(Result::ok).map(|entry| entry.path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
            lines += text.lines().count();
        }
    }
    u32::try_from(lines)
        .map(f64::from)
        .map_err(|error| error.to_string())
}
