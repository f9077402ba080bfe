//! Recovery from 401 Unauthorized: a new token, and one retry.

use super::policy::send_by_next;
use crate::response::headers;
use azure_core::{
    base64,
    http::{
        Context, Request, StatusCode,
        headers::{Headers, WWW_AUTHENTICATE},
        policies::{Policy, PolicyResult},
    },
};
use std::sync::Arc;

/// A claims challenge: claims that the service requires of a token (continuous access evaluation,
/// conditional access).
///
/// After a challenge the client requests a new token, with the challenge in the context that the
/// credential receives. `azure_core` defines no other way to pass claims, so a credential has to
/// look for it:
///
/// ```
/// use arm_runtime::ClaimsChallenge;
/// use azure_core::credentials::TokenRequestOptions;
///
/// fn claims(options: Option<&TokenRequestOptions<'_>>) -> Option<String> {
///     let context = &options?.method_options.context;
///     Some(context.value::<ClaimsChallenge>()?.claims().to_owned())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimsChallenge {
    claims: String,
}

impl ClaimsChallenge {
    /// Returns the claims as JSON.
    pub fn claims(&self) -> &str {
        &self.claims
    }

    /// Reads the challenge in a response: `Bearer …, error="insufficient_claims", claims="…"`.
    fn read(headers: &Headers) -> Option<Self> {
        let text = headers::text(headers, &WWW_AUTHENTICATE)?;
        let challenges = http_auth::parse_challenges(text).ok()?;
        challenges
            .iter()
            .filter(|challenge| challenge.scheme.eq_ignore_ascii_case("Bearer"))
            .find_map(|challenge| {
                let parameter = |name: &str| {
                    let mut all = challenge.params.iter();
                    let (_, value) = all.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
                    Some(value.to_unescaped())
                };
                let insufficient = parameter("error")? == "insufficient_claims";
                let encoded = parameter("claims").filter(|_| insufficient)?;
                let decoded =
                    base64::decode(&encoded).or_else(|_| base64::decode_url_safe(&encoded));
                let claims = String::from_utf8(decoded.ok()?).ok()?;
                Some(Self { claims })
            })
    }
}

/// Retries a request once if its response was 401. It precedes `azure_core`'s bearer token
/// policy, which drops the rejected token from its cache and so requests a new one.
#[derive(Debug)]
pub(crate) struct ReauthorizePolicy;

#[async_trait::async_trait]
impl Policy for ReauthorizePolicy {
    async fn send(
        &self,
        ctx: &Context,
        request: &mut Request,
        next: &[Arc<dyn Policy>],
    ) -> PolicyResult {
        let response = send_by_next(ctx, request, next).await?;
        if response.status() != StatusCode::Unauthorized {
            return Ok(response);
        }
        let mut ctx = ctx.clone();
        if let Some(challenge) = ClaimsChallenge::read(response.headers()) {
            ctx.insert(challenge);
        }
        drop(response);
        request.body_mut().reset().await?;
        send_by_next(&ctx, request, next).await
    }
}

#[cfg(test)]
mod tests {
    use super::ClaimsChallenge;
    use azure_core::http::headers::{Headers, WWW_AUTHENTICATE};

    fn read(header: &str) -> Option<String> {
        let mut headers = Headers::new();
        headers.insert(WWW_AUTHENTICATE, header.to_owned());
        ClaimsChallenge::read(&headers).map(|challenge| challenge.claims)
    }

    #[test]
    fn claims_are_those_of_a_bearer_challenge() {
        let found = [
            r#"Bearer realm="", authorization_uri="https://login/x", error="insufficient_claims", claims="eyJhIjoxfQ==""#,
            r#"PoP nonce="claims", Bearer claims="eyJhIjoxfQ==", error="insufficient_claims""#,
            r#"bearer Error="insufficient_claims", Claims="eyJhIjoxfQ""#,
        ];
        for header in found {
            assert_eq!(read(header).as_deref(), Some(r#"{"a":1}"#), "{header}");
        }
        let nothing = [
            "",
            "Bearer",
            r#"Bearer error="invalid_token", claims="eyJhIjoxfQ==""#,
            r#"Bearer error="insufficient_claims""#,
            r#"Bearer error="insufficient_claims", claims="?""#,
            r#"Bearer error="insufficient_claims", claims="/w==""#,
            r#"PoP error="insufficient_claims", claims="eyJhIjoxfQ==""#,
            r#"Bearer error="insufficient_claims", claims="eyJhIjoxfQ"#,
        ];
        for header in nothing {
            assert_eq!(read(header), None, "{header}");
        }
    }
}
