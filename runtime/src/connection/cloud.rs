//! Endpoints and token scopes of the clouds.

use super::{links, options::ArmClientOptions};
use crate::rules::error::invalid_argument;
use azure_core::{Result, cloud::CloudConfiguration, http::Url};

/// Names Resource Manager in a custom cloud's audiences.
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

/// Where requests go, and what tokens are asked for.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) endpoint: Url,
    /// `None` if neither the options nor the cloud have an audience for this endpoint.
    pub(crate) token_scope: Option<String>,
}

impl Target {
    pub(crate) fn from_options(options: &ArmClientOptions) -> Result<Self> {
        let cloud = options.client_options.cloud.as_deref();
        let home = home(cloud.unwrap_or(&CloudConfiguration::AzurePublic));
        let given = options.endpoint.as_deref().or(home);
        let Some(given) = given else {
            return Err(invalid_argument(
                "the cloud is a custom one: set `ArmClientOptions::endpoint` to its Resource \
                 Manager endpoint"
                    .to_owned(),
            ));
        };
        let endpoint = parse_endpoint(given)?;
        let audience = options
            .audience
            .as_deref()
            .or_else(|| audience(cloud, home, &endpoint));
        Ok(Self {
            token_scope: audience.map(token_scope),
            endpoint,
        })
    }
}

/// The Resource Manager endpoint of a cloud, which is its audience too.
fn home(cloud: &CloudConfiguration) -> Option<&'static str> {
    match cloud {
        CloudConfiguration::AzurePublic => Some("https://management.azure.com"),
        CloudConfiguration::AzureGovernment => Some("https://management.usgovcloudapi.net"),
        CloudConfiguration::AzureChina => Some("https://management.chinacloudapi.cn"),
        _ => None,
    }
}

/// The cloud's own audience, but only for an endpoint of that cloud: a token for the public cloud
/// must not go elsewhere unless the caller says so.
fn audience<'a>(
    cloud: Option<&'a CloudConfiguration>,
    home: Option<&'a str>,
    endpoint: &Url,
) -> Option<&'a str> {
    if let Some(CloudConfiguration::Custom(custom)) = cloud {
        return custom.audiences.get::<ResourceManager>();
    }
    let home_url = Url::parse(home?).ok()?;
    links::check(&home_url, endpoint).ok().and(home)
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
