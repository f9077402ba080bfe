//! Fine-tunes a model and serves it, with API version 2026-05-15-preview.

use arm_examples::{Session, progress};
use arm_machinelearning::{
    MachineLearningClient, api_version,
    models::{
        AzureOpenAiFineTuning, AzureOpenAiHyperParameters, EndpointDeploymentModel,
        EndpointDeploymentResourceProperties, EndpointDeploymentResourcePropertiesBasicResource,
        EndpointResourceProperties, EndpointResourcePropertiesBasicResource, FineTuningJob,
        FineTuningTaskType, FineTuningVertical, JobBase, JobBaseProperties, JobInput, JobOutput,
        JobStatus, MlFlowModelJobInput, MlFlowModelJobOutput,
        OpenAiEndpointDeploymentResourceProperties, OpenAiEndpointResourceProperties,
        UriFileJobInput,
    },
    scopes::WorkspaceScope,
};
use arm_runtime::{Duration, Result, Value};

const WORKSPACE: &str = "fine-tuning-example";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    session.create_workspace(WORKSPACE).await?;
    // Kinds of jobs that are in preview need a client of a preview.
    let client = session.client_of(api_version::V2026_05_15_PREVIEW)?;
    let workspace = client.workspace(&session.group, WORKSPACE)?;

    fine_tune(session, &workspace).await?;
    // Operations in preview use a preview version by default.
    deploy(&stable(session)?).await?;

    session.delete_workspace(WORKSPACE).await
}

fn stable(session: &Session) -> Result<WorkspaceScope> {
    let client: &MachineLearningClient = &session.client;
    client.workspace(&session.group, WORKSPACE)
}

async fn fine_tune(session: &Session, workspace: &WorkspaceScope) -> Result<()> {
    let base = "azureml://registries/azure-openai/models/gpt-4o-mini/versions/1";
    let details = AzureOpenAiFineTuning {
        hyper_parameters: Some(AzureOpenAiHyperParameters {
            n_epochs: Some(3),
            ..AzureOpenAiHyperParameters::default()
        }),
        ..AzureOpenAiFineTuning::new(
            JobInput::from(MlFlowModelJobInput::new(base)),
            FineTuningTaskType::ChatCompletion,
            JobInput::from(UriFileJobInput::new("azureml:conversations:1")),
        )
    };
    let output = JobOutput::from(MlFlowModelJobOutput {
        asset_name: Some("support-agent".to_owned()),
        ..MlFlowModelJobOutput::default()
    });
    let outputs = [("registered_model".to_owned(), Some(output))];
    let job = FineTuningJob {
        display_name: Some("Teach the tone of our support".to_owned()),
        ..FineTuningJob::new(FineTuningVertical::from(details), outputs)
    };
    let job = JobBase::new(JobBaseProperties::from(job));
    let jobs = workspace.jobs();
    let submitted = jobs.create_or_update("tune-1", &job, None).await?;
    let id = submitted.into_model()?.id;
    println!("tune-1: submitted");

    let mut pretended = ["Queued", "Running", "Completed"].into_iter();
    loop {
        if let Some(status) = pretended.next() {
            let status = Value::from_iter([("status", status)]);
            session.pretend(id.as_deref(), &Value::from_iter([("properties", status)]))?;
        }
        let job = jobs.get("tune-1", None).await?.into_model()?;
        let status = match job.properties {
            Some(JobBaseProperties::FineTuning(job)) => job.status,
            _ => None,
        };
        println!("tune-1: {status:?}");
        match status {
            Some(JobStatus::Completed | JobStatus::Failed | JobStatus::Canceled) => return Ok(()),
            _ => session.wait(Duration::seconds(30)).await,
        }
    }
}

async fn deploy(workspace: &WorkspaceScope) -> Result<()> {
    let endpoint = EndpointResourcePropertiesBasicResource::new(EndpointResourceProperties::from(
        OpenAiEndpointResourceProperties::default(),
    ));
    let endpoints = workspace.endpoints();
    let poller = endpoints.begin_create_or_update("support", &endpoint, None)?;
    progress("creating the endpoint", poller).await?;

    let model = EndpointDeploymentModel {
        format: Some("OpenAI".to_owned()),
        name: Some("support-agent".to_owned()),
        version: Some("1".to_owned()),
        ..EndpointDeploymentModel::default()
    };
    let deployment = EndpointDeploymentResourcePropertiesBasicResource::new(
        EndpointDeploymentResourceProperties::from(
            OpenAiEndpointDeploymentResourceProperties::new(model),
        ),
    );
    let deployments = workspace.endpoint("support")?.deployments();
    let poller = deployments.begin_create_or_update("agent", &deployment, None)?;
    let made = progress("deploying the model", poller)
        .await?
        .into_model()?;
    println!("{}", made.id.unwrap_or_default());
    Ok(())
}
