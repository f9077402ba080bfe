//! Registration of subscriptions for the resource provider.
//!
//! A subscription must be registered for a provider before its resources can be created; until then
//! the service returns `MissingSubscriptionRegistration`.

use crate::{
    connection::{client::Client, transport_error::is_transient},
    response::{
        error::{self, bad_response},
        headers::retry_after,
        json,
        status::expect_status,
    },
};
use azure_core::{
    Result,
    error::ErrorKind,
    http::{Context, Method, RawResponse, Request},
    sleep,
    time::Duration,
};
use futures::future::BoxFuture;

const OPERATION: &str = "Providers_Register";
const API_VERSION: &str = "2021-04-01";
const MISSING: &str = "MissingSubscriptionRegistration";
const INTERVAL: Duration = Duration::seconds(5);
const MAX_WAIT: Duration = Duration::minutes(1);
/// Registration takes one or two minutes; this allows about ten.
const MAX_POLLS: usize = 120;

/// Sends a request; if the subscription is not registered and the client may do so, registers it
/// and sends the request once more.
pub(crate) async fn send_registered(
    client: &Client,
    context: &Context<'_>,
    request: &mut Request,
) -> Result<RawResponse> {
    if !client.registers_provider() {
        return client.send(context, request).await;
    }
    let again = request.clone();
    let raw = client.send(context, request).await?;
    match missing_provider(client, &again, &raw) {
        // Boxed, because the future of every call would have room for this rare case otherwise. A
        // box of the concrete type would be polled by generic code, which is compiled elsewhere,
        // and with it once more all that sends a request.
        Some(provider) => {
            let sending: BoxFuture<'_, _> =
                Box::pin(register_and_send(client, context, &provider, again));
            sending.await
        }
        None => Ok(raw),
    }
}

async fn register_and_send(
    client: &Client,
    context: &Context<'_>,
    provider: &str,
    mut request: Request,
) -> Result<RawResponse> {
    register(client, context, provider).await?;
    request.body_mut().reset().await?;
    client.send(context, &mut request).await
}

/// Returns the path of the provider in the subscription, if the registration is missing.
fn missing_provider(client: &Client, request: &Request, raw: &RawResponse) -> Option<String> {
    let status = u16::from(raw.status());
    if status != 409 && status != 403 {
        return None;
    }
    let code = error::code_of(raw)?;
    if !code.eq_ignore_ascii_case(MISSING) {
        return None;
    }
    let base = client.endpoint().path().trim_end_matches('/');
    let path = request.url().path().strip_prefix(base)?;
    let mut segments = path.split('/').skip(1);
    let subscription = segments
        .next()
        .filter(|first| first.eq_ignore_ascii_case("subscriptions"))
        .and_then(|_| segments.next())?;
    let provider = client.service().provider;
    Some(format!(
        "/subscriptions/{subscription}/providers/{provider}"
    ))
}

async fn register(client: &Client, context: &Context<'_>, path: &str) -> Result<()> {
    tracing::info!("registering {path}");
    let ask = |method, path: &str| {
        let url = client.url(path, Some(API_VERSION), "")?;
        Ok::<_, azure_core::Error>(Request::new(url, method))
    };
    let mut request = ask(Method::Post, &format!("{path}/register"))?;
    let mut raw = client.send(context, &mut request).await?;
    for _ in 0..MAX_POLLS {
        raw = expect_status(raw, OPERATION, &[])?;
        if is_registered(&raw)? {
            return Ok(());
        }
        sleep::sleep(wait_after(&raw, client.min_poll_frequency())).await;
        let mut request = ask(Method::Get, path)?;
        raw = match client.send(context, &mut request).await {
            Err(error) if is_transient(&error) => raw,
            result => result?,
        };
    }
    Err(azure_core::Error::with_message(
        ErrorKind::Other,
        format!(
            "{OPERATION}: {path} is still not registered after {MAX_POLLS} polls; \
             try again later"
        ),
    ))
}

/// Returns the wait before the next poll. A wait of zero is ignored, as in long-running operations.
fn wait_after(raw: &RawResponse, shortest: Duration) -> Duration {
    let said = retry_after(raw.headers()).filter(|wait| wait.is_positive());
    said.unwrap_or(INTERVAL).max(shortest).min(MAX_WAIT)
}

fn is_registered(raw: &RawResponse) -> Result<bool> {
    let body = json::parse(raw.body()).map_err(|problem| bad_response(OPERATION, raw, &problem))?;
    match body
        .get("registrationState")
        .and_then(|state| state.as_str())
    {
        Some(state) => Ok(state.eq_ignore_ascii_case("Registered")),
        None => Err(bad_response(OPERATION, raw, "has no `registrationState`")),
    }
}

#[cfg(test)]
mod tests {
    use super::{INTERVAL, MAX_WAIT, wait_after};
    use azure_core::{
        http::{RawResponse, StatusCode, headers::Headers},
        time::Duration,
    };

    #[test]
    fn waits_are_never_nothing_and_never_long() {
        let cases = [
            (None, INTERVAL),
            (Some("0"), INTERVAL),
            (Some("7"), Duration::seconds(7)),
            (Some("100000"), MAX_WAIT),
        ];
        for (header, expected) in cases {
            let mut headers = Headers::new();
            if let Some(text) = header {
                headers.insert("retry-after", text);
            }
            let raw = RawResponse::from_bytes(StatusCode::Ok, headers, "");
            assert_eq!(wait_after(&raw, Duration::SECOND), expected, "{header:?}");
        }
    }
}
