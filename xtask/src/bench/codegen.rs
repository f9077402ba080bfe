//! How long the generator takes, as a process.

use super::{
    Place, child,
    row::{Report, Row, Target, Unit},
    synthetic,
};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const SPECS: &str = "specs/machinelearningservices";
const SIZES: [u8; 4] = [1, 2, 4, 8];
const PEER: &str = "openapi-generator-cli";

/// Measures it.
pub(super) fn run(place: &Place, runs: usize) -> Result<Report, String> {
    let target = place.scratch.parent().unwrap_or(&place.scratch);
    let mut build = child::cargo(&place.root, target);
    build.args(["build", "--release", "--package", "xtask"]);
    child::run(
        build
            .args(["--package", "arm_codegen", "--example", "generate"])
            .arg("--bins"),
    )?;
    let release = target.join("release");
    let mut notes = vec![
        "Ours reads two descriptions (2025-09-01 and 2025-12-01), merges them and compares what \
         it generates with what is on disk; wall and user are those of the whole process."
            .to_owned(),
        "autorust is not on crates.io as a program: skipped.".to_owned(),
    ];
    let peer = Peer::find(place);
    if peer.is_none() {
        notes.push(format!("`{PEER}` 7 is not installed: skipped."));
    }
    let whole = whole(place, &release.join("xtask"), peer.as_ref(), runs)?;
    let mut rows = Vec::from(whole);
    notes.push(
        "The rows with × are user time for that many copies of the description of 2025-12-01 in \
         one; their baseline is that many times what one copy takes."
            .to_owned(),
    );
    rows.extend(scaling(place, &release.join("examples/generate"), runs)?);
    Ok(Report {
        title: "Generating the crate",
        baseline: PEER.to_owned(),
        rows,
        notes,
    })
}

fn whole(
    place: &Place,
    xtask: &Path,
    peer: Option<&Peer>,
    runs: usize,
) -> Result<[Row; 3], String> {
    let mut wall = Row::new("codegen, wall", Unit::Milliseconds).target(Target::AtMost(200.0));
    let mut user = Row::new("codegen, user", Unit::Milliseconds);
    let mut peak = Row::new("codegen, peak memory", Unit::Megabytes).target(Target::AtMost(100.0));
    for _ in 0..runs {
        let mut command = Command::new(xtask);
        let ours = child::run(
            command
                .current_dir(&place.root)
                .args(["codegen", "--check"]),
        )?;
        let theirs = peer.map(Peer::measure).transpose()?;
        wall = wall.values(1e3 * ours.wall, theirs.map(|cost| 1e3 * cost.wall));
        user = user.values(1e3 * ours.user, theirs.map(|cost| 1e3 * cost.user));
        peak = peak.values(ours.peak / 1e6, theirs.map(|cost| cost.peak / 1e6));
    }
    Ok([wall, user, peak])
}

fn scaling(place: &Place, generate: &Path, runs: usize) -> Result<Vec<Row>, String> {
    let folder = |times: u8| place.scratch.join(format!("synthetic/{times}"));
    let mut rows = Vec::new();
    for times in SIZES {
        synthetic::write(&place.root.join(SPECS), &folder(times), times.into())?;
        let row = Row::new(format!("{times} ×"), Unit::Milliseconds);
        rows.push(row.target(Target::RatioAtMost(1.15)));
    }
    for _ in 0..runs {
        let mut one = None;
        for (row, times) in rows.iter_mut().zip(SIZES) {
            let cost = child::run(Command::new(generate).arg(folder(times)))?;
            let user = 1e3 * cost.user;
            row.ours.push(user);
            row.theirs.push(f64::from(times) * *one.get_or_insert(user));
        }
    }
    Ok(rows)
}

/// Another generator, if it is installed.
struct Peer {
    description: PathBuf,
    output: PathBuf,
}

impl Peer {
    fn find(place: &Place) -> Option<Self> {
        let mut command = Command::new(PEER);
        let quiet = command
            .arg("version")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let there = quiet.status().is_ok_and(|status| status.success());
        there.then(|| Self {
            description: place.root.join(SPECS).join("2025-12-01.yaml"),
            output: place.scratch.join(PEER),
        })
    }

    fn measure(&self) -> Result<child::Cost, String> {
        let mut command = Command::new(PEER);
        command.args(["generate", "--generator-name", "rust", "--input-spec"]);
        child::run(
            command
                .arg(&self.description)
                .arg("--output")
                .arg(&self.output),
        )
    }
}
