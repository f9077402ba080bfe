//! Runs the examples of Swagger files and returns a report.

use crate::{
    error::Error,
    example::{self, Example, ExpectedResult},
    finding::{Finding, Part},
    json_schema::Schemas,
    judge::judge,
    options::Options,
    plan::{Case, Observation},
    project::Project,
    report::{Judged, Report, Verdict},
    specification::Specification,
};
use arm_codegen::{
    json_pointer::JsonPointer,
    manifest::Runtime,
    manifest_names::Names,
    problem::Problem,
    standalone::{self, Standalone, Target},
    swagger::{Descriptions, Inputs},
};
use indicatif::ProgressBar;
use std::{collections::BTreeSet, path::Path};

/// Runs all examples of the files. The progress bar shows the current step.
///
/// # Errors
///
/// If no client can be generated from the files, an example cannot be read, or the client does not
/// compile. Examples that fail are not errors but part of the report.
pub fn run(options: &Options, progress: &ProgressBar) -> Result<Report, Error> {
    progress.set_message("generating");
    let client = generate(options)?;
    progress.set_message("reading examples");
    let specification = Specification::open(&options.files)?;
    let (operations, examples) = read_examples(&specification, &client)?;
    progress.set_message("compiling");
    let project = Project::write(&client.generated, options)?;
    project.build()?;
    progress.set_message("exchanges");
    let exchanges = examples.iter().flat_map(|example| &example.exchanges);
    let plan: Vec<&Case> = exchanges.map(|exchange| &exchange.case).collect();
    let observations = project.run(&plan, progress)?;
    let mut observations = observations.iter();
    let judged = examples.iter().map(|example| {
        let own = observations.by_ref().take(example.exchanges.len());
        verdict(example, own)
    });
    let judged: Vec<Judged> = judged.collect();
    let with_example: BTreeSet<&String> = examples.iter().map(|e| &e.operation).collect();
    let without_example = operations.iter().filter(|id| !with_example.contains(id));
    Ok(Report {
        crate_name: options.crate_name.clone(),
        version: client.generated.service.default_version.clone(),
        operations: operations.len(),
        without_example: without_example.cloned().collect(),
        examples: judged,
    })
}

fn generate(options: &Options) -> Result<Standalone, Error> {
    let inputs = Inputs {
        files: options.files.clone(),
        descriptions: Descriptions::Upstream,
        ..Inputs::default()
    };
    let target = Target {
        crate_name: options.crate_name.clone(),
        service: None,
        runtime: Runtime::Path(options.root.join("runtime").display().to_string()),
        names: Names::default(),
        license: None,
    };
    Ok(standalone::generate_swagger(&inputs, &target)?)
}

/// Returns the IDs of all operations, and all examples.
fn read_examples(
    specification: &Specification,
    client: &Standalone,
) -> Result<(Vec<String>, Vec<Example>), Error> {
    let mut schemas = Schemas::new(specification);
    let mut ids: Vec<String> = Vec::new();
    let mut examples = Vec::new();
    for operation in specification.operations() {
        let paths = &client.imported.document["paths"];
        let id = paths[operation.path][operation.method]["operationId"].as_str();
        let id = id.ok_or_else(|| lost(operation.root.file, operation.method, operation.path))?;
        // Several files may contain the same operation.
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
            examples.extend(example::examples(
                specification,
                &mut schemas,
                &operation,
                id,
            )?);
        }
    }
    Ok((ids, examples))
}

fn lost(file: &Path, method: &str, path: &str) -> Error {
    let pointer = JsonPointer::from(["paths", path, method]);
    let message = "the import has lost this operation; please report it";
    Error::Problems(Problem::new(file.display().to_string(), pointer, message).into())
}

fn verdict<'a>(example: &Example, observations: impl Iterator<Item = &'a Observation>) -> Judged {
    let mut failures: Vec<Finding> = Vec::new();
    for (exchange, observation) in example.exchanges.iter().zip(observations) {
        for finding in judge(exchange, observation) {
            if !failures.contains(&finding) {
                failures.push(finding);
            }
        }
    }
    let is_explained = |failure: &Finding| {
        let mut all = example.contradictions.iter();
        all.any(|contradiction| contradiction.explains(failure))
    };
    let verdict = if failures.is_empty() {
        Verdict::Passed
    } else if failures.iter().all(is_explained) {
        Verdict::Contradictory
    } else {
        Verdict::Failed
    };
    // The request is the same for all responses; without a response only the request can be
    // checked.
    let mut exchanges = example.exchanges.iter();
    let has_response = exchanges.any(|exchange| exchange.result != ExpectedResult::Unknown);
    let mut contradictions = example.contradictions.clone();
    if !has_response {
        let finding = Finding::new(Part::Response(200), "the example has no success response");
        contradictions.push(finding.harmless());
    }
    Judged {
        operation: example.operation.clone(),
        example: example.name.clone(),
        file: example.file.clone(),
        exchanges: example.exchanges.len(),
        verdict,
        failures,
        contradictions,
    }
}
