//! Helpers for the examples: a client of Azure or of the fake, and progress on the screen.

use arm_machinelearning::{
    MachineLearningClient,
    fake::{Pace, Server},
    models::{Workspace, WorkspaceProperties},
    scopes::WorkspaceScope,
};
use arm_runtime::{
    ArmClientOptions, Duration, ErrorKind, Poller, PollerStatus, Response, Result, Value,
};
use azure_core::sleep::sleep;
use azure_identity::DeveloperToolsCredential;
use futures::TryStreamExt;
use std::env;

const FAKE_SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";

/// The environment of an example.
#[derive(Debug)]
pub struct Session {
    /// The client of the subscription.
    pub client: MachineLearningClient,
    /// The resource group in which everything is created.
    pub group: String,
    /// The region in which everything is created.
    pub location: String,
    /// The fake; `None` on Azure.
    pub fake: Option<Server>,
}

impl Session {
    /// Runs on Azure if the program was called with `--live`, or else on a new fake.
    ///
    /// Azure needs `AZURE_SUBSCRIPTION_ID` and a signed-in user, such as by `az login`;
    /// `AZURE_RESOURCE_GROUP` (`arm-examples` by default) and `AZURE_LOCATION` are optional.
    ///
    /// # Errors
    ///
    /// If the subscription is missing.
    pub fn from_arguments() -> Result<Self> {
        if env::args().any(|argument| argument == "--live") {
            Self::live()
        } else {
            Self::fake()
        }
    }

    /// Runs on a new fake, where operations take two polls.
    ///
    /// # Errors
    ///
    /// None are expected.
    pub fn fake() -> Result<Self> {
        let server = Server::new();
        server.set_pace(Pace::Polls(2));
        Ok(Self {
            client: server.client(FAKE_SUBSCRIPTION)?,
            group: "arm-examples".to_owned(),
            location: "westeurope".to_owned(),
            fake: Some(server),
        })
    }

    fn live() -> Result<Self> {
        let or = |name, other: &str| env::var(name).unwrap_or_else(|_| other.to_owned());
        Ok(Self {
            client: live_client(None)?,
            group: or("AZURE_RESOURCE_GROUP", "arm-examples"),
            location: or("AZURE_LOCATION", "westeurope"),
            fake: None,
        })
    }

    /// Returns a client of another API version than the default.
    ///
    /// # Errors
    ///
    /// As for [`Session::from_arguments`].
    pub fn client_of(&self, api_version: &str) -> Result<MachineLearningClient> {
        let options = ArmClientOptions {
            api_version: Some(api_version.to_owned()),
            ..ArmClientOptions::default()
        };
        match &self.fake {
            Some(server) => server.client_with(FAKE_SUBSCRIPTION, options),
            None => live_client(Some(options)),
        }
    }

    /// Creates a workspace and returns its scope.
    ///
    /// On Azure the linked accounts are taken from `AZURE_STORAGE_ID` and `AZURE_KEY_VAULT_ID`.
    ///
    /// # Errors
    ///
    /// If the service rejects the request.
    pub async fn create_workspace(&self, name: &str) -> Result<WorkspaceScope> {
        let workspace = Workspace {
            location: Some(self.location.clone()),
            ..Workspace::new(WorkspaceProperties {
                friendly_name: Some("Created by an example".to_owned()),
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

    /// Deletes a workspace with everything in it.
    ///
    /// # Errors
    ///
    /// If the service rejects the request.
    pub async fn delete_workspace(&self, name: &str) -> Result<()> {
        let workspaces = self.client.workspaces();
        let poller = workspaces.begin_delete(&self.group, name, None)?;
        progress(&format!("removing workspace {name}"), poller).await?;
        Ok(())
    }

    /// Waits before the next poll; does not wait on the fake.
    pub async fn wait(&self, interval: Duration) {
        if self.fake.is_none() {
            sleep(interval).await;
        }
    }

    /// Changes a resource of the fake as the service would, such as a job that ends. Does nothing
    /// on Azure.
    ///
    /// # Errors
    ///
    /// If the resource does not exist.
    pub fn pretend(&self, id: Option<&str>, patch: &Value) -> Result<()> {
        match &self.fake {
            Some(server) => server.set(id.unwrap_or_default(), patch),
            None => Ok(()),
        }
    }
}

fn live_client(options: Option<ArmClientOptions>) -> Result<MachineLearningClient> {
    let subscription = env::var("AZURE_SUBSCRIPTION_ID").map_err(|_| {
        let message = "--live needs AZURE_SUBSCRIPTION_ID";
        arm_runtime::Error::with_message(ErrorKind::Other, message)
    })?;
    let credential = DeveloperToolsCredential::new(None)?;
    MachineLearningClient::new(&subscription, credential, options)
}

/// Waits for the end of a long-running operation and prints its progress.
///
/// # Errors
///
/// If the operation fails.
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
