//! Client options.

use azure_core::{http::ClientOptions, time::Duration};

/// Options of a [`Client`](crate::Client).
#[derive(Clone, Debug)]
pub struct ArmClientOptions {
    /// The `api-version` to send; any version that the service supports. Defaults to the
    /// description's.
    pub api_version: Option<String>,
    /// The Resource Manager endpoint, such as `https://management.azure.com`. Defaults to the
    /// cloud's.
    pub endpoint: Option<String>,
    /// The audience of tokens, such as `https://management.azure.com`; `/.default` is appended.
    /// Defaults to the cloud's; required if the endpoint is not within the cloud.
    pub audience: Option<String>,
    /// Cloud, retries, transport, tracing, logging and further policies, as in every Azure client.
    pub client_options: ClientOptions,
    /// Whether arguments and bodies are checked against the description before anything is sent
    /// (`true` by default). Names in paths are always checked for safety.
    pub validate: bool,
    /// Whether PUT and PATCH send read-only members of models too (`false` by default).
    ///
    /// A model that was read has members that only the service sets, such as `id` and
    /// `systemData`. They are left out when it is sent back: Resource Manager's contract has
    /// services ignore such members when they are what the resource has, but services may refuse
    /// them with 400 when they are not, as after a change by someone else. With `true` they are
    /// sent as they are. Raw JSON and patches by [`merge_patch`](crate::merge_patch) are never
    /// changed.
    pub send_read_only: bool,
    /// Whether to register a subscription that is not registered for the resource provider, and to
    /// retry the request then (`false` by default).
    pub register_provider: bool,
    /// Whether GET and HEAD requests follow redirects with the statuses 301, 302, 307 and 308
    /// (`false` by default): at most ten, and only within the same scheme, host and port; any other
    /// is an error. A redirect that the description lists as a response is returned.
    ///
    /// Only for clients without a credential: [`Client::new`](crate::Client::new) refuses it.
    pub follow_redirects: bool,
    /// The shortest wait between two polls of a long-running operation (one second by default),
    /// whatever the service and [`PollerOptions::frequency`](crate::PollerOptions::frequency) say.
    /// Lower it in tests only.
    pub min_poll_frequency: Duration,
    /// The maximum size in bytes of a response that is held in memory (64 MiB by default). Streamed
    /// downloads are not limited.
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
            send_read_only: false,
            register_provider: false,
            follow_redirects: false,
            min_poll_frequency: Duration::SECOND,
            max_response_bytes: 64 * 1024 * 1024,
        }
    }
}
