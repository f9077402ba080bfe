//! Checks which URLs requests, and with them tokens, may be sent to.

use azure_core::{Error, Result, error::ErrorKind, http::Url};

/// Checks that a URL is at the trusted URL's host or one of its subdomains, with the same scheme
/// and port and no user name.
///
/// Resource Manager's regional endpoints are subdomains of the global one. A link to any other host
/// would disclose the token to that host.
pub(crate) fn check(trusted: &Url, url: &Url) -> Result<()> {
    let same_place = url.scheme() == trusted.scheme()
        && url.port_or_known_default() == trusted.port_or_known_default()
        && is_within(url, trusted);
    if same_place && url.username().is_empty() && url.password().is_none() {
        return Ok(());
    }
    Err(Error::with_message(
        ErrorKind::Other,
        format!(
            "refused to follow a link to {}: requests go to {} and its subdomains only, because \
             they carry the caller's token",
            origin(url),
            origin(trusted)
        ),
    ))
}

/// Resolves a link against the URL of the response that contains it, and checks its host.
pub(crate) fn resolve(trusted: &Url, base: &Url, link: &str) -> Result<Url> {
    let mut url = base.join(link.trim()).map_err(|error| {
        Error::with_message(
            ErrorKind::DataConversion,
            format!("the service sent a link that is not a URL: {error}"),
        )
    })?;
    url.set_fragment(None);
    check(trusted, &url)?;
    Ok(url)
}

fn is_within(url: &Url, trusted: &Url) -> bool {
    let (Some(host), Some(own)) = (url.host_str(), trusted.host_str()) else {
        return false;
    };
    host == own
        || (trusted.domain().is_some()
            && host
                .strip_suffix(own)
                .is_some_and(|front| front.ends_with('.')))
}

/// Returns scheme, host and port for an error message. A user name is only mentioned, not shown.
pub(super) fn origin(url: &Url) -> String {
    let user = if url.username().is_empty() && url.password().is_none() {
        ""
    } else {
        "(user name)@"
    };
    let host = url.host_str().unwrap_or("(no host)");
    let port = url.port().map(|port| format!(":{port}"));
    format!(
        "{}://{user}{host}{}",
        url.scheme(),
        port.unwrap_or_default()
    )
}
