//! What the examples share: a client of Azure or of the fake, and progress on the screen.

use arm_machinelearning::{
    MachineLearningClient,
    fake::{Pace, Server},
    models::{Workspace, WorkspaceProperties},
    scopes::WorkspaceScope,
};
use arm_runtime::{Duration, ErrorKind, Poller, PollerStatus, Response, Result, Value};
use azure_core::sleep::sleep;
use azure_identity::DeveloperToolsCredential;
use futures::TryStreamExt;
use std::env;

/// Where an example runs.
#[derive(Debug)]
pub struct Session {
    /// The client of the subscription.
    pub client: MachineLearningClient,
    /// The resource group that everything is made in.
    pub group: String,
    /// The region that everything is made in.
    pub location: String,
    /// The fake, unless this is Azure.
    pub fake: Option<Server>,
}

impl Session {
    /// On Azure if the program was called with `--live`, or else on a fake of its own.
    ///
    /// Azure needs `AZURE_SUBSCRIPTION_ID` and somebody signed in, such as by `az login`;
    /// `AZURE_RESOURCE_GROUP` (`arm-examples` by default) and `AZURE_LOCATION` are optional.
    ///
    /// # Errors
    ///
    /// A subscription that is missing.
    pub fn from_arguments() -> Result<Self> {
        if env::args().any(|argument| argument == "--live") {
            Self::live()
        } else {
            Self::fake()
        }
    }

    /// On a fake of its own, where operations take two polls.
    ///
    /// # Errors
    ///
    /// None that is to be expected.
    pub fn fake() -> Result<Self> {
        let server = Server::new();
        server.set_pace(Pace::Polls(2));
        Ok(Self {
            client: server.client("00000000-0000-0000-0000-000000000000")?,
            group: "arm-examples".to_owned(),
            location: "westeurope".to_owned(),
            fake: Some(server),
        })
    }

    fn live() -> Result<Self> {
        let subscription = env::var("AZURE_SUBSCRIPTION_ID").map_err(|_| {
            let message = "--live needs AZURE_SUBSCRIPTION_ID";
            arm_runtime::Error::with_message(ErrorKind::Other, message)
        })?;
        let or = |name, other: &str| env::var(name).unwrap_or_else(|_| other.to_owned());
        let credential = DeveloperToolsCredential::new(None)?;
        Ok(Self {
            client: MachineLearningClient::new(&subscription, credential, None)?,
            group: or("AZURE_RESOURCE_GROUP", "arm-examples"),
            location: or("AZURE_LOCATION", "westeurope"),
            fake: None,
        })
    }

    /// Creates a workspace, and gives the way to what is in it.
    ///
    /// On Azure it takes the accounts that it is tied to from `AZURE_STORAGE_ID` and
    /// `AZURE_KEY_VAULT_ID`.
    ///
    /// # Errors
    ///
    /// What the service refuses.
    pub async fn create_workspace(&self, name: &str) -> Result<WorkspaceScope> {
        let workspace = Workspace {
            location: Some(self.location.clone()),
            ..Workspace::new(WorkspaceProperties {
                friendly_name: Some("Made by an example".to_owned()),
                storage_account: env::var("AZURE_STORAGE_ID").ok(),
                key_vault: env::var("AZURE_KEY_VAULT_ID").ok(),
                ..WorkspaceProperties::default()
            })
        };
        let workspaces = self.client.workspaces();
        let poller = workspaces.begin_create_or_update(&self.group, name, &workspace, None)?;
        progress(&format!("creating workspace {name}"), poller).await?;
        self.client.workspace(&self.group, name)
    }

    /// Removes a workspace with everything in it.
    ///
    /// # Errors
    ///
    /// What the service refuses.
    pub async fn delete_workspace(&self, name: &str) -> Result<()> {
        let workspaces = self.client.workspaces();
        let poller = workspaces.begin_delete(&self.group, name, None)?;
        progress(&format!("removing workspace {name}"), poller).await?;
        Ok(())
    }

    /// Waits before another look; the fake needs no patience.
    pub async fn wait(&self, interval: Duration) {
        if self.fake.is_none() {
            sleep(interval).await;
        }
    }

    /// Lets the fake's service side go on, such as a job that ends; nothing on Azure.
    ///
    /// # Errors
    ///
    /// A resource that is not there.
    pub fn pretend(&self, id: Option<&str>, patch: &Value) -> Result<()> {
        match &self.fake {
            Some(server) => server.set(id.unwrap_or_default(), patch),
            None => Ok(()),
        }
    }
}

/// Follows a long-running operation to its end and prints how it goes.
///
/// # Errors
///
/// What the operation fails with.
pub async fn progress<T, F>(what: &str, mut poller: Poller<T, F>) -> Result<Response<T, F>> {
    while let Some(step) = poller.try_next().await? {
        let status = match step.status() {
            PollerStatus::UnknownValue(own) => own.clone(),
            known => format!("{known:?}"),
        };
        match step.percent_complete() {
            Some(percent) => println!("{what}: {status}, {percent} %"),
            None => println!("{what}: {status}"),
        }
    }
    poller.await
}
