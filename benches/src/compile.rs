//! Measures the compile time of the crate without its dependencies, and its size.

use crate::{
    baseline, code_size,
    error::Error,
    process,
    row::{Report, Row, Target, Unit},
    scratch::{Package, Scratch},
    workspace::Workspace,
};
use serde_json::Value;
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
    fn theirs(workspace: &Workspace) -> Result<Self, Error> {
        let package = Package {
            name: "theirs",
            dependencies: &format!("{} = \"={}\"\n", baseline::CRATE, baseline::VERSION),
            main: "fn main() {}\n",
        };
        Ok(Self {
            package: Scratch::new(&workspace.scratch(), &package)?,
            name: baseline::CRATE,
        })
    }

    fn ours(workspace: &Workspace, name: &str, more: &str) -> Result<Self, Error> {
        let path = workspace.root.join("generated");
        let package = Package {
            name,
            dependencies: &format!("{OURS} = {{ path = {path:?}{more} }}\n"),
            main: "fn main() {}\n",
        };
        let lock = workspace.root.join("Cargo.lock");
        Ok(Self {
            package: Scratch::new(&workspace.scratch(), &package)?.locked_like(&lock)?,
            name: OURS,
        })
    }

    /// Builds the crate and its dependencies, so that the next build compiles the crate only.
    fn prepare(&self, build: &Build) -> Result<(), Error> {
        self.build(build).map(|_| ())
    }

    /// Builds the crate alone.
    fn measure(&self, build: &Build) -> Result<process::Cost, Error> {
        let mut clean = self.package.cargo();
        clean.args(["clean", "--package", self.name]);
        clean.args(build.arguments.iter().filter(|flag| **flag == "--release"));
        process::run(&mut clean)?;
        self.build(build)
    }

    fn build(&self, build: &Build) -> Result<process::Cost, Error> {
        let mut command = self.package.cargo();
        // Cargo does this for crates from a registry, such as the baseline.
        command.env("RUSTFLAGS", "--cap-lints=allow");
        command.args(build.arguments).args(["--package", self.name]);
        process::run(&mut command)
    }

    /// Returns the size of the library in megabytes.
    fn rlib(&self) -> Result<f64, Error> {
        let path = self.built(&format!("lib{}-", self.name), "rlib")?;
        let length = fs::metadata(&path).map_err(Error::at(&path))?.len();
        Ok(process::float(length) / MEGABYTE)
    }

    /// Returns the largest file of the build with this prefix and extension.
    fn built(&self, prefix: &str, ending: &str) -> Result<PathBuf, Error> {
        let folder = self.package.target().join("debug/deps");
        let entries = fs::read_dir(&folder).map_err(Error::at(&folder))?;
        let files = entries.filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let is_it = name.starts_with(prefix) && name.ends_with(ending);
            is_it.then_some((entry.metadata().ok()?.len(), entry.path()))
        });
        let largest = files.max().map(|(_, path)| path);
        largest.ok_or_else(|| Error::new(format!("{}: no {prefix}*.{ending}", folder.display())))
    }
}

/// Runs the benchmark.
pub(crate) fn run(workspace: &Workspace, runs: usize) -> Result<Report, Error> {
    let theirs = Side::theirs(workspace)?;
    let ours = Side::ours(workspace, "ours", "")?;
    let one = format!(", default-features = false, features = [{ONE_GROUP:?}]");
    let one = Side::ours(workspace, "ours_one_group", &one)?;
    workspace.expect_steps(4 * BUILDS.len() * runs);
    let mut rows = Vec::new();
    for build in &BUILDS {
        rows.extend(against_them(workspace, build, [&ours, &theirs], runs)?);
    }
    let sizes = Row::new("rlib, dev", Unit::Megabytes);
    let sizes = sizes.values(ours.rlib()?, Some(theirs.rlib()?));
    rows.push(sizes.target(Target::RatioAtMost(0.15)));
    rows.extend(code_sizes(workspace, &theirs)?);
    for build in &BUILDS {
        rows.push(one_group(workspace, build, [&one, &ours], runs)?);
    }
    Ok(Report {
        title: "Compiling the generated crate alone, without its dependencies",
        baseline: Some(baseline::name()),
        rows,
        notes: notes(),
    })
}

fn notes() -> Vec<String> {
    vec![
        "Without incremental compilation and, as crates from a registry are built, without \
         lints; default features on both sides. `user` is processor time, which other work on \
         the machine disturbs less than the clock."
            .to_owned(),
        format!(
            "The rows that begin with `{ONE_GROUP}` compare our crate with that feature alone \
             (ours) with our crate with all features (baseline)."
        ),
        "All generated files are, on our side, sources, the pages of the documentation and the \
         table of the fake; the crate knows several API versions. The baseline's are the sources \
         that the compiler reads for its default features, which are one API version. Blank lines \
         do not count; bytes are all bytes."
            .to_owned(),
    ]
}

/// Counts the code of both sides.
fn code_sizes(workspace: &Workspace, theirs: &Side) -> Result<[Row; 4], Error> {
    let folder = workspace.root.join("generated");
    let rust = code_size::of_folder(&folder, &["rs"])?;
    let all = code_size::of_folder(&folder, &["json", "md", "rs", "toml"])?;
    let dep_info = theirs.built(&format!("{}-", theirs.name), "d")?;
    let theirs = code_size::of_dep_info(&dep_info)?;
    let operations = operations(&folder.join("src/fake.json"))?;
    let rust_lines = Row::new("generated Rust, lines", Unit::Lines);
    let rust_lines_each = Row::new("generated Rust, lines per operation", Unit::Lines);
    let lines = Row::new("all generated files, lines", Unit::Lines);
    let bytes = Row::new("all generated files, bytes", Unit::Megabytes);
    Ok([
        rust_lines.values(rust.lines(), Some(theirs.lines())),
        rust_lines_each
            .target(Target::AtMost(90.0))
            .values(rust.lines() / operations, None),
        lines.values(all.lines(), Some(theirs.lines())),
        bytes.values(all.megabytes(), Some(theirs.megabytes())),
    ])
}

/// Counts the operations in the table of the fake, which has all of them.
fn operations(table: &Path) -> Result<f64, Error> {
    let text = fs::read(table).map_err(Error::at(table))?;
    let table: Value = serde_json::from_slice(&text).map_err(Error::at(table))?;
    let operations = table["operations"].as_array();
    let operations = operations.ok_or_else(|| Error::new("fake.json has no list of operations"))?;
    Ok(process::float(operations.len() as u64))
}

fn against_them(
    workspace: &Workspace,
    build: &Build,
    [ours, theirs]: [&Side; 2],
    runs: usize,
) -> Result<[Row; 2], Error> {
    let target = Target::RatioAtMost(build.target);
    let mut wall = Row::new(build.name, Unit::Seconds).target(target);
    let mut user = Row::new(format!("{}, user", build.name), Unit::Seconds).target(target);
    workspace.announce(format!("{}: dependencies", build.name));
    ours.prepare(build)?;
    theirs.prepare(build)?;
    workspace.announce(build.name);
    for _ in 0..runs {
        let cost = |side: &Side| {
            let cost = side.measure(build);
            workspace.step();
            cost
        };
        let (ours, theirs) = (cost(ours)?, cost(theirs)?);
        wall = wall.values(ours.wall, Some(theirs.wall));
        user = user.values(ours.user, Some(theirs.user));
    }
    Ok([wall, user])
}

fn one_group(
    workspace: &Workspace,
    build: &Build,
    [one, all]: [&Side; 2],
    runs: usize,
) -> Result<Row, Error> {
    let name = format!("{ONE_GROUP} alone, {}, user", build.name);
    workspace.announce(name.clone());
    let mut row = Row::new(name, Unit::Seconds).target(Target::RatioAtMost(0.10));
    one.prepare(build)?;
    for _ in 0..runs {
        let user = |side: &Side| {
            let cost = side.measure(build);
            workspace.step();
            Ok(cost?.user)
        };
        row = row.values(user(one)?, Some(user(all)?));
    }
    Ok(row)
}
