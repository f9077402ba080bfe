//! The fake as the HTTP transport of a client.

use crate::{
    engine::exchange::{Recorded, Reply},
    server::Server,
};
use azure_core::{
    Bytes, Error, Result,
    error::ErrorKind,
    http::{
        AsyncRawResponse, Body, HttpClient, Request, StatusCode, Transport,
        headers::{HeaderName, HeaderValue, Headers},
        response::PinnedStream,
    },
    sleep,
    time::Duration,
};
use futures::{AsyncReadExt as _, stream};
use std::sync::Arc;

/// Milliseconds that replace a wait of zero.
const SHORTEST_WAIT: &str = "1";

impl Server {
    /// Returns a transport for [`ClientOptions`](azure_core::http::ClientOptions) that sends
    /// requests to this server.
    ///
    /// A client without a credential needs no other options. It polls long-running operations once
    /// per second, unless `ArmClientOptions::min_poll_frequency` allows shorter waits, as in the
    /// clients that generated servers return.
    pub fn transport(&self) -> Transport {
        Transport::new(Arc::new(InMemory(self.clone())))
    }
}

#[derive(Debug)]
struct InMemory(Server);

#[async_trait::async_trait]
impl HttpClient for InMemory {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse> {
        let origin = request.url().origin().ascii_serialization();
        let headers = request.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.as_str().to_owned(), value.as_str().to_owned()));
        let body = body_of(request).await?;
        let method = request.method();
        let recorded = Recorded::new(method.as_str(), &request.path_and_query(), headers, body);
        match self.0.serve(&origin, recorded).await {
            Reply::Response(response, wait) => {
                let mut headers = Headers::new();
                for (name, value) in response.sent_headers(SHORTEST_WAIT) {
                    let name = HeaderName::from(name.to_ascii_lowercase());
                    headers.insert(name, HeaderValue::from(value.to_owned()));
                }
                let status = StatusCode::from(response.status);
                let body = Bytes::from(response.bytes());
                Ok(AsyncRawResponse::new(
                    status,
                    headers,
                    delayed_body(body, wait),
                ))
            }
            Reply::Dropped => Err(Error::with_message(
                ErrorKind::Io,
                "the fake has broken the connection",
            )),
            Reply::Refused => Err(Error::with_message(
                ErrorKind::Connection,
                "the fake has refused the connection",
            )),
        }
    }
}

/// Returns a body that arrives after a delay.
fn delayed_body(body: Bytes, wait: Duration) -> PinnedStream {
    Box::pin(stream::once(async move {
        if wait > Duration::ZERO {
            sleep::sleep(wait).await;
        }
        Ok(body)
    }))
}

async fn body_of(request: &Request) -> Result<Bytes> {
    match request.body() {
        Body::Bytes(bytes) => Ok(bytes.clone()),
        Body::SeekableStream(stream) => {
            let mut stream = stream.clone();
            stream.reset().await?;
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).await?;
            Ok(bytes.into())
        }
    }
}
