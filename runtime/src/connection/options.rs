//! Client options.

use azure_core::http::ClientOptions;

/// Options of a [`Client`](crate::Client).
#[derive(Clone, Debug)]
pub struct ArmClientOptions {
    /// The `api-version` to send; any string the service knows. The description's default if
    /// `None`.
    pub api_version: Option<String>,
    /// The Resource Manager endpoint, such as `https://management.azure.com`. The cloud's own if
    /// `None`.
    pub endpoint: Option<String>,
    /// What tokens are asked for, such as `https://management.azure.com`; `/.default` is added.
    /// The cloud's own if `None`; necessary when the endpoint is not one of the cloud's.
    pub audience: Option<String>,
    /// Cloud, retries, transport, tracing, logging and further policies, as in every Azure client.
    pub client_options: ClientOptions,
    /// Whether arguments and bodies are checked against the description before anything is sent
    /// (`true` by default). Names in paths are always checked for safety.
    pub validate: bool,
    /// Whether a subscription that is not registered for the resource provider is registered, and
    /// the request then repeated once (`false` by default).
    pub register_provider: bool,
    /// The most bytes an answer that is held in memory may have (64 MiB by default). Downloads
    /// that are streamed are not limited.
    pub max_response_bytes: u64,
}

impl Default for ArmClientOptions {
    fn default() -> Self {
        Self {
            api_version: None,
            endpoint: None,
            audience: None,
            client_options: ClientOptions::default(),
            validate: true,
            register_provider: false,
            max_response_bytes: 64 * 1024 * 1024,
        }
    }
}
