//! Runs the benches in `benches/`, each in its own process.
//!
//! They print one JSON object per line: `name`, `unit`, and the numbers of `ours` and `theirs`.

use crate::{
    error::Error,
    process,
    row::{Report, Row, Target, Unit},
    workspace::Workspace,
};
use serde_json::Value;

/// Targets of the rows whose names start with a prefix; the first that matches applies.
const TARGETS: [(&str, Target); 3] = [
    ("GET", Target::RatioAtLeast(0.9)),
    ("Pager", Target::RatioAtLeast(0.95)),
    ("decode", Target::RatioAtLeast(1.0)),
];
const ALLOCATIONS: (&str, Target) = ("GET", Target::RatioAtMost(1.2));

/// Measures calls over loopback.
pub(crate) fn call(workspace: &Workspace, runs: usize) -> Result<Report, Error> {
    let mut rows = rows(workspace, "call", runs)?;
    rows.extend(self::rows(workspace, "allocations", 1)?);
    Ok(Report {
        title: "Calling over loopback",
        baseline: Some("reqwest and serde_json by hand".to_owned()),
        rows,
        notes: vec![
            "Both sides use one reqwest client, in one process, in turn; the server has a thread \
             of its own. `processor` counts what a second of the calling thread's processor time \
             does, which other work on the machine disturbs less than the clock."
                .to_owned(),
            "Allocations are those of the calling thread for one request, reqwest's included."
                .to_owned(),
        ],
    })
}

/// Measures reading and writing of models.
pub(crate) fn decode(workspace: &Workspace, runs: usize) -> Result<Report, Error> {
    Ok(Report {
        title: "Reading and writing a page of 1,000 online deployments",
        baseline: Some("serde's derives on the same shapes".to_owned()),
        rows: rows(workspace, "decode", runs)?,
        notes: vec!["Pages a second; more is better.".to_owned()],
    })
}

fn rows(workspace: &Workspace, bench: &str, runs: usize) -> Result<Vec<Row>, Error> {
    workspace.announce(bench);
    let mut command = process::cargo(&workspace.root, &workspace.target);
    command.args([
        "bench",
        "--quiet",
        "--package",
        "arm_benches",
        "--bench",
        bench,
    ]);
    command.args(["--", "--runs"]).arg(runs.to_string());
    let mut rows = Vec::new();
    process::lines(&mut command, |line| {
        rows.push(row(line)?);
        workspace.step();
        Ok(())
    })?;
    Ok(rows)
}

fn row(line: &str) -> Result<Row, Error> {
    let bad = |what: &str| Error::new(format!("a bench printed a line {what}: {line}"));
    let value: Value = serde_json::from_str(line).map_err(|_| bad("that is not JSON"))?;
    let name = value["name"].as_str().ok_or_else(|| bad("without name"))?;
    let unit = value["unit"].as_str().and_then(Unit::from_name);
    let unit = unit.ok_or_else(|| bad("without unit"))?;
    let mut row = Row::new(name, unit);
    row.ours = numbers(&value["ours"]);
    row.theirs = numbers(&value["theirs"]);
    row.target = target(name, unit);
    Ok(row)
}

fn numbers(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().into_iter().flatten();
    numbers.filter_map(Value::as_f64).collect()
}

fn target(name: &str, unit: Unit) -> Option<Target> {
    let table: &[(&str, Target)] = if unit == Unit::Allocations {
        &[ALLOCATIONS]
    } else {
        &TARGETS
    };
    let fits = table.iter().find(|(prefix, _)| name.starts_with(prefix));
    fits.map(|(_, target)| *target)
}
