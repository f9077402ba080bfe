//! Issues tokens for clients that need one, and returns the endpoints of the cloud.
//!
//! Tokens are not checked: every request for a token gets one.

use super::{context::Engine, exchange::Response, state::TENANT};
use azure_core::{
    base64,
    time::{Duration, OffsetDateTime},
};
use serde_json::{Value, json};

/// Lifetime of tokens.
const LIFETIME: Duration = Duration::hours(24);

const OBJECT: &str = "00000000-0000-4000-8000-00000000f4ce";

impl Engine<'_> {
    /// Handles requests to the authority and to the endpoints of managed identities.
    pub(crate) fn identify(&self, segments: &[String]) -> Option<Response> {
        let segments: Vec<String> = segments.iter().map(|one| one.to_lowercase()).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match (self.request.method(), segments.as_slice()) {
            ("GET", ["msi", "token"] | ["metadata", "identity", "oauth2", "token"])
            | ("POST", [_, "oauth2", "token"] | [_, "oauth2", "v2.0", "token"]) => {
                Some(self.token())
            }
            ("GET", [tenant, "v2.0", ".well-known", "openid-configuration"])
            | ("GET", [tenant, ".well-known", "openid-configuration"]) => {
                Some(self.openid_configuration(tenant))
            }
            ("GET", ["common", "discovery", "instance"]) => Some(self.instances()),
            ("GET", ["metadata", "endpoints"]) => Some(self.endpoints()),
            _ => None,
        }
    }

    fn token(&self) -> Response {
        let resource = self.request.parameter("resource").unwrap_or(self.origin);
        let now = OffsetDateTime::now_utc();
        let expires = now.saturating_add(LIFETIME).unix_timestamp();
        let claims = json!({
            "aud": resource,
            "iss": format!("https://sts.windows.net/{TENANT}/"),
            "tid": TENANT,
            "oid": OBJECT,
            "appid": OBJECT,
            "idtyp": "app",
            "iat": now.unix_timestamp(),
            "nbf": now.unix_timestamp(),
            "exp": expires,
        });
        let header = json!({"alg": "none", "typ": "JWT"});
        let part = |value: &Value| base64::encode_url_safe(value.to_string());
        let token = format!("{}.{}.fake", part(&header), part(&claims));
        // Managed identities return the numbers as strings, the authority returns them as numbers.
        let lifetime = LIFETIME.whole_seconds();
        let body = match self.request.method() {
            "GET" => json!({
                "access_token": token,
                "token_type": "Bearer",
                "resource": resource,
                "client_id": OBJECT,
                "expires_in": lifetime.to_string(),
                "expires_on": expires.to_string(),
            }),
            _ => json!({
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": lifetime,
                "ext_expires_in": lifetime,
            }),
        };
        Response::json(200, body)
    }

    fn openid_configuration(&self, tenant: &str) -> Response {
        let at = |path: &str| format!("{}/{tenant}/{path}", self.origin);
        Response::json(
            200,
            json!({
                "issuer": at("v2.0"),
                "token_endpoint": at("oauth2/v2.0/token"),
                "authorization_endpoint": at("oauth2/v2.0/authorize"),
                "device_authorization_endpoint": at("oauth2/v2.0/devicecode"),
                "jwks_uri": at("discovery/v2.0/keys"),
                "tenant_region_scope": "NA",
                "response_types_supported": ["code", "id_token", "token"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }),
        )
    }

    fn instances(&self) -> Response {
        let endpoint = format!(
            "{}/common/v2.0/.well-known/openid-configuration",
            self.origin
        );
        Response::json(
            200,
            json!({"tenant_discovery_endpoint": endpoint, "api-version": "1.1", "metadata": []}),
        )
    }

    /// Returns the endpoints of this cloud, for `az cloud register` and similar commands.
    fn endpoints(&self) -> Response {
        let host = self
            .origin
            .split_once("://")
            .map_or(self.origin, |(_, host)| host);
        let body = json!({
            "name": "Fake",
            "resourceManager": format!("{}/", self.origin),
            "authentication": {
                "loginEndpoint": format!("{}/", self.origin),
                "audiences": [format!("{}/", self.origin), "https://management.azure.com/"],
                "tenant": TENANT,
                "identityProvider": "AAD",
            },
            "graph": format!("{}/", self.origin),
            "graphAudience": format!("{}/", self.origin),
            "portal": self.origin,
            "gallery": format!("{}/", self.origin),
            "media": format!("{}/", self.origin),
            "batch": format!("{}/", self.origin),
            "activeDirectoryDataLake": format!("{}/", self.origin),
            "suffixes": {"storage": host, "keyVaultDns": host, "acrLoginServer": host},
        });
        let version = self.request.parameter("api-version").unwrap_or_default();
        // The first version of this response is one object; later versions are lists.
        if version == "2015-01-01" {
            let endpoint = format!("{}/", self.origin);
            return Response::json(
                200,
                json!({
                    "galleryEndpoint": endpoint,
                    "graphEndpoint": endpoint,
                    "portalEndpoint": endpoint,
                    "authentication": {
                        "loginEndpoint": endpoint,
                        "audiences": [endpoint, "https://management.azure.com/"],
                    },
                }),
            );
        }
        if version <= "2019-05-01" {
            return Response::json(200, json!([body]));
        }
        Response::json(200, body)
    }
}
