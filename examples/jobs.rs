//! Submits a command job and a sweep over its parameters, and waits for both.

use arm_examples::Session;
use arm_machinelearning::{
    models::{
        CommandJob, Goal, JobBase, JobBaseProperties, JobStatus, Objective,
        RandomSamplingAlgorithm, SamplingAlgorithm, SweepJob, SweepJobLimits, TrialComponent,
    },
    operations::JobsClient,
};
use arm_runtime::{Duration, Result, Value};
use std::time::Duration as StdDuration;

const WORKSPACE: &str = "jobs-example";
const ENVIRONMENT: &str = "azureml:sklearn:1";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    let workspace = session.create_workspace(WORKSPACE).await?;
    let jobs = workspace.jobs();

    let command = CommandJob {
        display_name: Some("Train once".to_owned()),
        ..CommandJob::new("python train.py --rate 0.1", ENVIRONMENT)
    };
    let command = JobBaseProperties::Command(Box::new(command));
    submit(session, &jobs, "train-1", command).await?;

    let sweep = SweepJob {
        limits: Some(SweepJobLimits {
            max_total_trials: Some(20),
            max_concurrent_trials: Some(4),
            timeout: Some(StdDuration::from_secs(3600).into()),
            ..SweepJobLimits::default()
        }),
        ..SweepJob::new(
            Objective::new(Goal::Maximize, "accuracy"),
            SamplingAlgorithm::Random(Box::<RandomSamplingAlgorithm>::default()),
            search_space(),
            TrialComponent::new("python train.py --rate ${{search_space.rate}}", ENVIRONMENT),
        )
    };
    let sweep = JobBaseProperties::Sweep(Box::new(sweep));
    submit(session, &jobs, "sweep-1", sweep).await?;

    session.delete_workspace(WORKSPACE).await
}

/// Returns the range of the learning rate: between 0.001 and 0.1.
fn search_space() -> Value {
    let bounds = [0.001, 0.1].map(Value::from);
    let rate = Value::from_iter([Value::from("uniform"), Value::from_iter(bounds)]);
    Value::from_iter([("rate", rate)])
}

async fn submit(
    session: &Session,
    jobs: &JobsClient,
    name: &str,
    properties: JobBaseProperties,
) -> Result<()> {
    let job = jobs
        .create_or_update(name, &JobBase::new(properties), None)
        .await?;
    let id = job.into_model()?.id;
    println!("{name}: submitted");
    let mut pretended = ["Queued", "Running", "Completed"].into_iter();
    loop {
        if let Some(status) = pretended.next() {
            let status = Value::from_iter([("status", status)]);
            session.pretend(id.as_deref(), &Value::from_iter([("properties", status)]))?;
        }
        let status = status(jobs.get(name, None).await?.into_model()?);
        println!("{name}: {status:?}");
        match status {
            Some(JobStatus::Completed | JobStatus::Failed | JobStatus::Canceled) => return Ok(()),
            _ => session.wait(Duration::seconds(10)).await,
        }
    }
}

/// Returns the status of a job.
fn status(job: JobBase) -> Option<JobStatus> {
    match job.properties? {
        JobBaseProperties::Command(job) => job.status,
        JobBaseProperties::Sweep(job) => job.status,
        _ => None,
    }
}
