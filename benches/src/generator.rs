//! Measures the run time of the generator as a process.

use crate::{
    error::Error,
    process,
    row::{Report, Row, Target, Unit},
    synthetic,
    workspace::Workspace,
};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const SPECS: &str = "specs/machinelearningservices";
/// Numbers of copies of the description in one synthetic description.
const COPIES: [u8; 3] = [2, 4, 8];
const PEER: &str = "openapi-generator-cli";

/// Runs the benchmark.
pub(crate) fn run(workspace: &Workspace, runs: usize) -> Result<Report, Error> {
    let peer = Peer::find(workspace);
    workspace.expect_steps((2 + COPIES.len()) * runs);
    workspace.announce("building the generator");
    let mut build = process::cargo(&workspace.root, &workspace.target);
    build.args(["build", "--release", "--package", "xtask", "--bins"]);
    build.args(["--package", "arm_codegen", "--example", "generate"]);
    process::run(&mut build)?;
    let release = workspace.target.join("release");
    let mut rows = Vec::from(whole(
        workspace,
        &release.join("xtask"),
        peer.as_ref(),
        runs,
    )?);
    rows.extend(scaling(
        workspace,
        &release.join("examples/generate"),
        runs,
    )?);
    Ok(Report {
        title: "Generating the crate",
        baseline: peer.map(|_| format!("`{PEER}` 7")),
        rows,
        notes: vec![
            "Ours reads three descriptions (2025-09-01, 2025-12-01 and 2026-05-15-preview), merges \
             them and compares what it generates with what is on disk; wall and user are those of the \
             whole process."
                .to_owned(),
            "The rows with × are user time for that many copies of the description of 2025-12-01 \
             in one; their baseline is that many times what one copy takes."
                .to_owned(),
        ],
    })
}

fn whole(
    workspace: &Workspace,
    xtask: &Path,
    peer: Option<&Peer>,
    runs: usize,
) -> Result<[Row; 3], Error> {
    workspace.announce("codegen");
    let mut wall = Row::new("codegen, wall", Unit::Milliseconds).target(Target::AtMost(200.0));
    let mut user = Row::new("codegen, user", Unit::Milliseconds);
    let mut peak = Row::new("codegen, peak memory", Unit::Megabytes).target(Target::AtMost(100.0));
    for _ in 0..runs {
        let mut command = Command::new(xtask);
        command
            .current_dir(&workspace.root)
            .args(["codegen", "--check"]);
        let ours = process::run(&mut command)?;
        let theirs = peer.map(Peer::measure).transpose()?;
        wall = wall.values(1e3 * ours.wall, theirs.map(|cost| 1e3 * cost.wall));
        user = user.values(1e3 * ours.user, theirs.map(|cost| 1e3 * cost.user));
        peak = peak.values(ours.peak / 1e6, theirs.map(|cost| cost.peak / 1e6));
        workspace.step();
    }
    Ok([wall, user, peak])
}

fn scaling(workspace: &Workspace, generate: &Path, runs: usize) -> Result<Vec<Row>, Error> {
    let folder = |copies: u8| workspace.scratch().join(format!("synthetic/{copies}"));
    let row = |copies| {
        let row = Row::new(format!("{copies} ×"), Unit::Milliseconds);
        row.target(Target::RatioAtMost(1.15))
    };
    let specs = workspace.root.join(SPECS);
    for copies in [1].into_iter().chain(COPIES) {
        synthetic::write(&specs, &folder(copies), copies.into())?;
    }
    let measure = |copies| -> Result<f64, Error> {
        workspace.announce(format!("{copies} ×"));
        let cost = process::run(Command::new(generate).arg(folder(copies)))?;
        workspace.step();
        Ok(1e3 * cost.user)
    };
    let mut rows = COPIES.map(row);
    for _ in 0..runs {
        let one = measure(1)?;
        for (row, copies) in rows.iter_mut().zip(COPIES) {
            row.ours.push(measure(copies)?);
            row.theirs.push(f64::from(copies) * one);
        }
    }
    Ok(rows.into())
}

/// Another generator, if it is installed.
struct Peer {
    description: PathBuf,
    output: PathBuf,
}

impl Peer {
    fn find(workspace: &Workspace) -> Option<Self> {
        let mut command = Command::new(PEER);
        command.arg("version");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let is_there = command.status().is_ok_and(|status| status.success());
        is_there.then(|| Self {
            description: workspace.root.join(SPECS).join("2025-12-01.yaml"),
            output: workspace.scratch().join(PEER),
        })
    }

    fn measure(&self) -> Result<process::Cost, Error> {
        let mut command = Command::new(PEER);
        command.args(["generate", "--generator-name", "rust", "--input-spec"]);
        command.arg(&self.description);
        process::run(command.arg("--output").arg(&self.output))
    }
}
