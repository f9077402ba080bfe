//! A hand-written client with reqwest and serde.

use super::shapes::{Deployment, Page};
use reqwest::{Client, header::ACCEPT};
use serde::de::DeserializeOwned;
use std::error::Error;

/// A client of one online endpoint's deployments.
#[derive(Clone, Debug)]
pub struct Deployments {
    client: Client,
    endpoint: String,
}

impl Deployments {
    /// Creates a client with a connection pool.
    pub fn new(client: Client, endpoint: &str) -> Self {
        let endpoint = endpoint.to_owned();
        Self { client, endpoint }
    }

    /// Gets one deployment.
    ///
    /// # Errors
    ///
    /// If the request fails, the status is not a success, or the JSON has another form.
    pub async fn get(&self, name: &str) -> Result<Deployment, Box<dyn Error>> {
        let url = format!(
            "{}{}/{name}?api-version={}",
            self.endpoint,
            super::ours::PATH,
            super::ours::VERSION
        );
        self.read(&url).await
    }

    /// Reads all pages and counts the deployments.
    ///
    /// # Errors
    ///
    /// As for [`Deployments::get`].
    pub async fn count(&self) -> Result<usize, Box<dyn Error>> {
        let version = super::ours::VERSION;
        let mut next = Some(format!(
            "{}{}?api-version={version}",
            self.endpoint,
            super::ours::PATH
        ));
        let mut count = 0;
        while let Some(url) = next {
            let page: Page = self.read(&url).await?;
            for deployment in page.value.unwrap_or_default() {
                count += usize::from(deployment.name.is_some());
            }
            next = page.next_link;
        }
        Ok(count)
    }

    async fn read<T: DeserializeOwned>(&self, url: &str) -> Result<T, Box<dyn Error>> {
        let request = self.client.get(url).header(ACCEPT, "application/json");
        let response = request.send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&response.bytes().await?)?)
    }
}
