//! The client of the generated crate.

use arm_machinelearning::{
    MachineLearningClient,
    arm_runtime::{ArmClientOptions, transport},
    models::OnlineDeployment,
    operations::OnlineDeploymentsClient,
};
use azure_core::{
    Result,
    http::{ClientOptions, Transport},
};
use futures::TryStreamExt;

/// The API version of requests.
pub const VERSION: &str = "2025-12-01";

const SUBSCRIPTION: &str = "00000000-1111-2222-3333-444444444444";

/// Path of the deployments.
pub const PATH: &str = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg\
    /providers/Microsoft.MachineLearningServices/workspaces/workspace/onlineEndpoints/endpoint/deployments";

/// A client of one online endpoint's deployments.
#[derive(Clone, Debug)]
pub struct Deployments(OnlineDeploymentsClient);

impl Deployments {
    /// Creates a client with a connection pool.
    ///
    /// # Errors
    ///
    /// If the endpoint is not a URL.
    pub fn new(client: reqwest::Client, endpoint: &str) -> Result<Self> {
        Self::over(transport(client), endpoint)
    }

    /// Creates a client with a transport.
    ///
    /// # Errors
    ///
    /// As for [`Deployments::new`].
    pub fn over(transport: Transport, endpoint: &str) -> Result<Self> {
        let client_options = ClientOptions {
            transport: Some(transport),
            ..ClientOptions::default()
        };
        let options = ArmClientOptions {
            api_version: Some(VERSION.to_owned()),
            endpoint: Some(endpoint.to_owned()),
            client_options,
            ..ArmClientOptions::default()
        };
        let client = MachineLearningClient::without_credential(SUBSCRIPTION, options)?;
        let endpoint = client
            .workspace("rg", "workspace")?
            .online_endpoint("endpoint")?;
        Ok(Self(endpoint.deployments()))
    }

    /// Gets one deployment.
    ///
    /// # Errors
    ///
    /// If the request fails, or the response has another form.
    pub async fn get(&self, name: &str) -> Result<OnlineDeployment> {
        self.0.get(name, None).await?.into_model()
    }

    /// Reads all pages and counts the deployments.
    ///
    /// # Errors
    ///
    /// As for [`Deployments::get`].
    pub async fn count(&self) -> Result<usize> {
        let mut deployments = self.0.list(None)?;
        let mut count = 0;
        while let Some(deployment) = deployments.try_next().await? {
            count += usize::from(deployment.name.is_some());
        }
        Ok(count)
    }
}
