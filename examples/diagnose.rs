//! Diagnoses a workspace and prints the problems that the service reports.

use arm_examples::{Session, progress};
use arm_runtime::Result;

const WORKSPACE: &str = "diagnose-example";

#[tokio::main]
async fn main() -> Result<()> {
    run(&Session::from_arguments()?).await
}

/// Runs the example.
pub(crate) async fn run(session: &Session) -> Result<()> {
    session.create_workspace(WORKSPACE).await?;
    let workspaces = session.client.workspaces();
    let poller = workspaces.begin_diagnose(&session.group, WORKSPACE, None)?;
    let found = progress("diagnosing", poller).await?.into_model()?;
    let value = found.value.unwrap_or_default();
    let all = [
        ("storage account", value.storage_account_results),
        ("key vault", value.key_vault_results),
        ("container registry", value.container_registry_results),
        ("DNS", value.dns_resolution_results),
    ];
    for (what, results) in all {
        for result in results.unwrap_or_default() {
            println!(
                "{what}: {} ({:?}) {}",
                result.code.unwrap_or_default(),
                result.level,
                result.message.unwrap_or_default()
            );
        }
    }
    session.delete_workspace(WORKSPACE).await
}
