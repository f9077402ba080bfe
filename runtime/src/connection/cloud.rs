//! Endpoints and token scopes of the clouds.

use super::{links, options::ArmClientOptions};
use crate::rules::error::invalid_argument;
use azure_core::{Result, cloud::CloudConfiguration, http::Url};

/// The key of Resource Manager in the audiences of a custom cloud.
///
/// ```
/// use arm_runtime::ResourceManager;
/// use azure_core::cloud::{Audiences, CustomConfiguration};
/// let mut cloud = CustomConfiguration::default();
/// cloud.audiences = Audiences::new()
///     .with::<ResourceManager>("https://management.stack.example".to_owned());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ResourceManager;

/// The endpoint, and the scope for which tokens are requested.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) endpoint: Url,
    /// The cloud's own endpoint if `endpoint` is within it, else `endpoint`. Clients of regional
    /// endpoints may follow links to the global endpoint, and clients of the global endpoint links
    /// to regional ones.
    pub(crate) trusted_origin: Url,
    /// `None` if neither the options nor the cloud have an audience for this endpoint.
    pub(crate) token_scope: Option<String>,
}

impl Target {
    pub(crate) fn from_options(options: &ArmClientOptions) -> Result<Self> {
        let cloud = options.client_options.cloud.as_deref();
        let own = cloud_endpoint(cloud.unwrap_or(&CloudConfiguration::AzurePublic));
        let given = options.endpoint.as_deref().or(own);
        let Some(given) = given else {
            return Err(invalid_argument(
                "the cloud is a custom one: set `ArmClientOptions::endpoint` to its Resource \
                 Manager endpoint"
                    .to_owned(),
            ));
        };
        let endpoint = parse_endpoint(given)?;
        let around = own.and_then(|own| cloud_around(own, &endpoint));
        let audience = options.audience.as_deref();
        let audience = audience.or_else(|| match cloud {
            Some(CloudConfiguration::Custom(custom)) => custom.audiences.get::<ResourceManager>(),
            // A token for a cloud must not be sent elsewhere unless the caller allows it.
            _ => own.filter(|_| around.is_some()),
        });
        Ok(Self {
            token_scope: audience.map(token_scope),
            trusted_origin: around.unwrap_or_else(|| endpoint.clone()),
            endpoint,
        })
    }
}

/// Returns the Resource Manager endpoint of a cloud, which is also its audience.
fn cloud_endpoint(cloud: &CloudConfiguration) -> Option<&'static str> {
    match cloud {
        CloudConfiguration::AzurePublic => Some("https://management.azure.com"),
        CloudConfiguration::AzureGovernment => Some("https://management.usgovcloudapi.net"),
        CloudConfiguration::AzureChina => Some("https://management.chinacloudapi.cn"),
        _ => None,
    }
}

/// Returns a cloud's own endpoint if another is within it, as regional endpoints are.
fn cloud_around(own: &str, endpoint: &Url) -> Option<Url> {
    let own = Url::parse(own).ok()?;
    links::check(&own, endpoint).ok().map(|()| own)
}

fn token_scope(audience: &str) -> String {
    if audience.ends_with("/.default") {
        return audience.to_owned();
    }
    format!("{}/.default", audience.trim_end_matches('/'))
}

fn parse_endpoint(text: &str) -> Result<Url> {
    let refuse = |problem: &str| {
        Err(invalid_argument(format!(
            "the endpoint must be a URL such as https://management.azure.com, but {problem}"
        )))
    };
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return refuse(&format!("cannot be read: {error}")),
    };
    if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none() {
        return refuse(&format!("has the scheme `{}`", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("has a user name or password in it");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("has a query or a fragment");
    }
    Ok(url)
}
