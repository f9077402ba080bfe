//! The HTTP transport with reqwest.
//!
//! `azure_core` has such a transport, but it allocates three times for each header of a response
//! and copies the URL twice: a GET over plain HTTP takes 135 allocations and 172,000 instructions
//! there, 101 and 147,000 here (`cargo bench -p arm_benches --bench allocations`, and callgrind).
//! It also panics if no client can be created, and shows the URL in errors.

use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{
        AsyncRawResponse, Body, HttpClient, Method, Request, Transport,
        headers::{HeaderName, HeaderValue, Headers},
    },
};
use futures::TryStreamExt;
use reqwest::header::{self, HeaderMap};
use std::{collections::HashMap, sync::Arc, time::Duration};

/// The same timeouts as in `azure_core`.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// Headers that Resource Manager sends with many responses. Their names need not be copied.
const KNOWN: &[HeaderName] = &[
    HeaderName::from_static("azure-asyncoperation"),
    HeaderName::from_static("cache-control"),
    HeaderName::from_static("content-encoding"),
    HeaderName::from_static("content-length"),
    HeaderName::from_static("content-type"),
    HeaderName::from_static("date"),
    HeaderName::from_static("etag"),
    HeaderName::from_static("expires"),
    HeaderName::from_static("location"),
    HeaderName::from_static("pragma"),
    HeaderName::from_static("retry-after"),
    HeaderName::from_static("server"),
    HeaderName::from_static("strict-transport-security"),
    HeaderName::from_static("transfer-encoding"),
    HeaderName::from_static("vary"),
    HeaderName::from_static("x-cache"),
    HeaderName::from_static("x-content-type-options"),
    HeaderName::from_static("x-ms-correlation-request-id"),
    HeaderName::from_static("x-ms-ratelimit-remaining-subscription-reads"),
    HeaderName::from_static("x-ms-ratelimit-remaining-subscription-writes"),
    HeaderName::from_static("x-ms-request-id"),
    HeaderName::from_static("x-ms-routing-request-id"),
    HeaderName::from_static("x-msedge-ref"),
];

/// Returns a builder of reqwest clients with the settings of the default transport: timeouts for
/// connecting and reading, and no redirects.
///
/// With the feature `reqwest_ring`, which `http` has, the first call makes ring the cryptography of
/// rustls in this process, unless the program has chosen another by
/// `rustls::crypto::CryptoProvider::install_default` before.
pub fn reqwest_builder() -> reqwest::ClientBuilder {
    choose_cryptography();
    let builder = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none());
    without_old_tls(builder)
}

/// The system's TLS may accept versions before 1.2.
#[cfg(feature = "reqwest_native_tls")]
fn without_old_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.tls_version_min(reqwest::tls::Version::TLS_1_2)
}

/// rustls has none before 1.2.
#[cfg(not(feature = "reqwest_native_tls"))]
fn without_old_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
}

/// reqwest panics where rustls has to be told which cryptography to use and was not.
#[cfg(all(
    feature = "reqwest_ring",
    not(any(feature = "reqwest_rustls", feature = "reqwest_native_tls"))
))]
fn choose_cryptography() {
    use rustls::crypto::{CryptoProvider, ring};

    if CryptoProvider::get_default().is_none() {
        // Whoever is faster has chosen; that is as good.
        let _ = ring::default_provider().install_default();
    }
}

/// Other features than `reqwest_ring` bring cryptography that reqwest knows of.
#[cfg(not(all(
    feature = "reqwest_ring",
    not(any(feature = "reqwest_rustls", feature = "reqwest_native_tls"))
)))]
fn choose_cryptography() {}

/// Returns a transport that sends with a reqwest client, for instance one with a proxy,
/// certificates or timeouts.
///
/// The client must not follow redirects, which would send the token along; clients of
/// [`reqwest_builder`] do not.
///
/// ```
/// use arm_runtime::{ArmClientOptions, ClientOptions, reqwest_builder, transport};
///
/// # fn options(proxy: reqwest::Proxy) -> Result<ArmClientOptions, reqwest::Error> {
/// let client = reqwest_builder().proxy(proxy).build()?;
/// let options = ArmClientOptions {
///     client_options: ClientOptions {
///         transport: Some(transport(client)),
///         ..ClientOptions::default()
///     },
///     ..ArmClientOptions::default()
/// };
/// # Ok(options)
/// # }
/// ```
pub fn transport(client: reqwest::Client) -> Transport {
    Transport::new(Arc::new(Reqwest(client)))
}

/// Returns the default transport.
pub(crate) fn own() -> Result<Transport> {
    let client = reqwest_builder().build();
    client
        .map(transport)
        .map_err(|error| failed(ErrorKind::Other, error))
}

#[derive(Debug)]
struct Reqwest(reqwest::Client);

#[async_trait::async_trait]
impl HttpClient for Reqwest {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse> {
        let response = self.0.execute(translate(request)?).await.map_err(|error| {
            let kind = if error.is_connect() {
                ErrorKind::Connection
            } else {
                ErrorKind::Io
            };
            failed(kind, error)
        })?;
        let status = response.status().as_u16().into();
        let headers = headers(response.headers());
        let body = response.bytes_stream();
        let body = Box::pin(body.map_err(|error| failed(ErrorKind::Io, error)));
        Ok(AsyncRawResponse::new(status, headers, body))
    }
}

fn failed(kind: ErrorKind, error: reqwest::Error) -> Error {
    Error::with_error(kind, error.without_url(), "the HTTP client failed")
}

fn translate(request: &Request) -> Result<reqwest::Request> {
    let mut sent = reqwest::Request::new(method(request.method())?, request.url().clone());
    for (name, value) in request.headers().iter() {
        let (name, value) = header(name.as_str(), value.as_str())?;
        sent.headers_mut().insert(name, value);
    }
    *sent.body_mut() = Some(match request.body().clone() {
        Body::Bytes(bytes) => bytes.into(),
        Body::SeekableStream(stream) => reqwest::Body::wrap_stream(stream),
    });
    Ok(sent)
}

fn header(name: &str, value: &str) -> Result<(header::HeaderName, header::HeaderValue)> {
    let refused = || {
        let message = format!("the header {name} has characters that headers cannot have");
        Error::with_message(ErrorKind::Other, message)
    };
    let sent = header::HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
    let value = header::HeaderValue::from_str(value).map_err(|_| refused())?;
    Ok((sent, value))
}

fn method(method: Method) -> Result<reqwest::Method> {
    reqwest::Method::from_bytes(method.as_str().as_bytes())
        .map_err(|error| Error::new(ErrorKind::Other, error))
}

/// Returns the headers of a response, except those whose values are not text.
fn headers(map: &HeaderMap) -> Headers {
    let mut headers = HashMap::with_capacity(map.len());
    for (name, value) in map {
        match value.to_str() {
            Ok(text) => {
                headers.insert(header_name(name), HeaderValue::from(text.to_owned()));
            }
            Err(_) => tracing::warn!("the value of the header {name} is not text"),
        }
    }
    Headers::from(headers)
}

fn header_name(name: &header::HeaderName) -> HeaderName {
    let name = name.as_str();
    match KNOWN.iter().find(|known| known.as_str() == name) {
        Some(known) => known.clone(),
        None => HeaderName::from(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{headers, translate};
    use azure_core::http::{
        Method, Request, Url,
        headers::{ETAG, HeaderName},
    };
    use reqwest::header::{HeaderMap, HeaderName as Name, HeaderValue as Value};

    #[test]
    fn responses_keep_the_headers_that_are_text() {
        let mut map = HeaderMap::new();
        map.insert("etag", Value::from_static("\"1\""));
        map.insert(Name::from_static("x-own"), Value::from_static("a b"));
        map.insert(
            Name::from_static("x-bytes"),
            Value::from_bytes(b"\xff").unwrap(),
        );
        let headers = headers(&map);
        assert_eq!(headers.iter().count(), 2);
        assert_eq!(headers.get_optional_str(&ETAG), Some("\"1\""));
        let own = HeaderName::from_static("x-own");
        assert_eq!(headers.get_optional_str(&own), Some("a b"));
    }

    #[test]
    fn headers_that_cannot_be_sent_are_refused() {
        let mut request = Request::new(Url::parse("http://localhost").unwrap(), Method::Get);
        request.insert_header("x-own", "a\r\nhost: other");
        let error = translate(&request).unwrap_err();
        assert!(error.to_string().contains("x-own"), "{error}");
    }
}
