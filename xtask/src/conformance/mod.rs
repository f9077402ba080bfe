//! `cargo xtask conformance`: whether a generated client does what the examples of upstream say.
//!
//! The Swagger files are imported, a client is generated and compiled, and a program that calls
//! each of its methods ([`arm_codegen::emit::conformance`]) goes through the examples: it sends the
//! example's request to a server on this machine, which answers as the example does. Requests and
//! results are judged here, by the Swagger files themselves and without the generator: paths,
//! queries, headers and bodies are put together once more from the files ([`case`]), and where an
//! example contradicts its own schema a validator of JSON Schema says so ([`schema`]).

mod case;
mod compare;
mod finding;
mod judge;
mod progress;
mod project;
mod report;
mod schema;
mod spec;

use crate::{
    arguments::{Arguments, Sources, nothing_written},
    paths,
};
use arm_codegen::{
    standalone::{self, Standalone, Target},
    swagger::{Descriptions, Inputs},
};
use case::Example;
use finding::{Finding, Part};
use progress::Progress;
use report::{Judged, Report, Verdict};
use serde_json::Value;
use std::{collections::BTreeSet, ffi::OsString, path::PathBuf, process::ExitCode};

/// How it is called.
pub(crate) const USAGE: &str =
    "  cargo xtask conformance --swagger FILE... | --readme README.md --tag TAG
                          [--crate-name NAME] [--output DIR] [--format table|json]
      generates a client and tries each x-ms-example on it;
      fails when something differs that the example's own mistakes do not explain";

#[derive(Clone, Copy)]
enum Format {
    Table,
    Json,
}

struct Flags {
    files: Vec<PathBuf>,
    crate_name: String,
    output: Option<PathBuf>,
    format: Format,
}

fn parse(args: impl Iterator<Item = OsString>) -> Result<Flags, String> {
    let mut args = Arguments::new(args, USAGE);
    let mut sources = Sources::default();
    let mut flags = Flags {
        files: Vec::new(),
        crate_name: "arm_client".to_owned(),
        output: None,
        format: Format::Table,
    };
    while let Some(flag) = args.next() {
        match flag.as_str() {
            "--crate-name" => flags.crate_name = args.value(&flag)?,
            "--output" => flags.output = Some(args.value(&flag)?.into()),
            "--format" => {
                let choices = [("table", Format::Table), ("json", Format::Json)];
                flags.format = args.choice(&flag, &choices)?;
            }
            _ if sources.take(&flag, &mut args)? => {}
            _ => return Err(args.unknown(&flag)),
        }
    }
    flags.files = sources.files(&args)?;
    Ok(flags)
}

/// Runs it.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> Result<ExitCode, String> {
    let flags = parse(args)?;
    let report = conform(&flags)?;
    match flags.format {
        Format::Table => print!("{}", report.table()),
        Format::Json => println!("{:#}", report.json()),
    }
    Ok(if report.count(Verdict::Failed) == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn conform(flags: &Flags) -> Result<Report, String> {
    let progress = Progress::new();
    progress.stage("generating");
    let default = || project::default_folder(&flags.crate_name);
    let folder = flags.output.clone().unwrap_or_else(default);
    let inputs = Inputs {
        files: flags.files.clone(),
        descriptions: Descriptions::Upstream,
        ..Inputs::default()
    };
    let target = Target {
        crate_name: flags.crate_name.clone(),
        service: None,
        runtime: paths::runtime(None, &folder.join("client"))?,
    };
    let made = standalone::generate_swagger(&inputs, &target).map_err(nothing_written)?;
    progress.stage("reading examples");
    let spec = spec::Spec::open(&flags.files)?;
    let (operations, examples) = read_examples(&spec, &made)?;
    progress.stage("compiling");
    let project = project::Project::write(&made, folder)?;
    project.build()?;
    let plan: Vec<&Value> = examples
        .iter()
        .flat_map(|example| &example.exchanges)
        .map(|exchange| &exchange.plan)
        .collect();
    let results = project.run(&flags.crate_name, &plan, |done| {
        progress.bar("exchanges", done, plan.len());
    })?;
    drop(progress);
    let mut results = results.iter();
    let with_example: BTreeSet<&String> = examples.iter().map(|e| &e.operation).collect();
    let without_example = operations
        .iter()
        .filter(|id| !with_example.contains(id))
        .cloned()
        .collect();
    let judged = examples
        .iter()
        .map(|example| verdict(example, results.by_ref().take(example.exchanges.len())))
        .collect();
    Ok(Report {
        crate_name: flags.crate_name.clone(),
        version: made.generated.service.default_version.clone(),
        operations: operations.len(),
        without_example,
        examples: judged,
    })
}

/// The ids of all operations, and all examples.
fn read_examples(
    spec: &spec::Spec,
    made: &Standalone,
) -> Result<(Vec<String>, Vec<Example>), String> {
    let mut schemas = schema::Schemas::new(spec);
    let mut ids = Vec::new();
    let mut all = Vec::new();
    for operation in spec.operations() {
        let id = &made.imported.document["paths"][operation.path][operation.method]["operationId"];
        let Some(id) = id.as_str() else {
            return Err(format!(
                "the import has lost {} {}",
                operation.method.to_uppercase(),
                operation.path
            ));
        };
        // An operation may stand in several files.
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
            all.extend(case::examples(spec, &mut schemas, &operation, id)?);
        }
    }
    Ok((ids, all))
}

fn verdict<'a>(example: &Example, results: impl Iterator<Item = &'a Value>) -> Judged {
    let mut failures: Vec<Finding> = Vec::new();
    for (exchange, result) in example.exchanges.iter().zip(results) {
        for finding in judge::judge(exchange, result) {
            if !failures.contains(&finding) {
                failures.push(finding);
            }
        }
    }
    let explained = |failure: &Finding| {
        let mut all = example.contradictions.iter();
        all.any(|contradiction| contradiction.explains(failure))
    };
    // What was sent is the same for all answers; an example that has none tells the request only.
    let has_answer = example
        .exchanges
        .iter()
        .any(|exchange| exchange.outcome != case::Outcome::Any);
    let mut contradictions = example.contradictions.clone();
    if !has_answer {
        let finding = Finding::new(Part::Answer(200), "the example has no answer of success");
        contradictions.push(finding.harmless());
    }
    Judged {
        operation: example.operation.clone(),
        example: example.name.clone(),
        file: example.file.clone(),
        exchanges: example.exchanges.len(),
        verdict: if failures.is_empty() {
            Verdict::Passed
        } else if failures.iter().all(explained) {
            Verdict::Contradictory
        } else {
            Verdict::Failed
        },
        failures,
        contradictions,
    }
}
