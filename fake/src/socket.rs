//! The fake on a local port, for clients in any language.

use crate::{
    engine::exchange::{Recorded, Refusal, Reply, Response, refuse},
    server::Server,
};
use azure_core::{Bytes, sleep, time::Duration};
use futures::{StreamExt as _, stream, stream::BoxStream};
use http_body_util::{BodyExt as _, Either, Full, StreamBody};
use hyper::{
    Method, Request, Response as HttpResponse, Version,
    body::{Body as _, Frame, Incoming},
    header::{CONTENT_LENGTH, EXPECT, HOST, HeaderName, TRANSFER_ENCODING},
    http::request::Parts,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    convert::Infallible,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// Maximum size of a request's body in bytes, as in Resource Manager.
const MAX_BODY_BYTES: u64 = 4 * 1024 * 1024;

/// Maximum size of a body that is read only to be discarded, in bytes.
const MAX_DISCARDED_BYTES: u64 = 64 * 1024 * 1024;

/// Milliseconds that replace a wait of zero.
const SHORTEST_WAIT: &str = "10";

type Body = Either<Full<Bytes>, StreamBody<BoxStream<'static, Result<Frame<Bytes>, Infallible>>>>;

/// A fake server that listens on a port; it stops when this is dropped.
#[derive(Debug)]
pub struct Listening {
    address: SocketAddr,
    scheme: &'static str,
    task: JoinHandle<()>,
}

/// The security layer of a connection.
#[derive(Clone)]
pub(crate) enum Security {
    /// None.
    None,
    /// TLS.
    #[cfg(feature = "tls")]
    Tls(tokio_rustls::TlsAcceptor),
}

/// What is needed to handle the requests of a connection.
#[derive(Clone)]
struct ConnectionContext {
    server: Server,
    address: SocketAddr,
    scheme: &'static str,
}

impl Server {
    /// Also serves HTTP/1.1 at an address, such as `127.0.0.1:0` for any free port, until the
    /// result is dropped. Needs a Tokio runtime.
    ///
    /// # Errors
    ///
    /// If the server cannot listen at the address.
    pub async fn listen(&self, address: SocketAddr) -> io::Result<Listening> {
        Listening::start(self.clone(), address, Security::None).await
    }
}

impl Listening {
    pub(crate) async fn start(
        server: Server,
        address: SocketAddr,
        security: Security,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let scheme = match security {
            Security::None => "http",
            #[cfg(feature = "tls")]
            Security::Tls(_) => "https",
        };
        let context = ConnectionContext {
            server,
            address,
            scheme,
        };
        let task = tokio::spawn(accept(listener, context, security));
        Ok(Self {
            address,
            scheme,
            task,
        })
    }

    /// Returns the address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the URL at which this computer reaches it, without a path. If it listens on all
    /// addresses, that is the loopback address.
    pub fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        format!("{}://{address}", self.scheme)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Accepts connections until it is aborted, which ends all of them.
async fn accept(listener: TcpListener, context: ConnectionContext, security: Security) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(accept_security(stream, context.clone(), security.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn accept_security(stream: TcpStream, context: ConnectionContext, security: Security) {
    match security {
        Security::None => connection(stream, context).await,
        #[cfg(feature = "tls")]
        Security::Tls(acceptor) => match acceptor.accept(stream).await {
            Ok(stream) => connection(stream, context).await,
            Err(error) => tracing::debug!("a client does not accept the certificate: {error}"),
        },
    }
}

async fn connection(stream: impl AsyncRead + AsyncWrite + Unpin, context: ConnectionContext) {
    let service = service_fn(|request| respond(&context, request));
    let result = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = result {
        tracing::debug!("a connection to the fake ended: {error}");
    }
}

/// Handles a request. An error ends the connection without a response.
async fn respond(
    context: &ConnectionContext,
    request: Request<Incoming>,
) -> io::Result<HttpResponse<Body>> {
    let (head, body) = request.into_parts();
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let origin = match host {
        Some(host) => format!("{}://{host}", context.scheme),
        None => format!("{}://{}", context.scheme, context.address),
    };
    let body = match read(&head, body).await {
        Ok(body) => body,
        Err(response) => return http_response(&response, Duration::ZERO),
    };
    let headers = head.headers.iter();
    let headers = headers.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str().to_owned(), value.into_owned())
    });
    let target = head
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let recorded = Recorded::new(head.method.as_str(), target, headers, body);
    match context.server.serve(&origin, recorded).await {
        Reply::Response(response, wait) => http_response(&response, wait),
        Reply::Dropped | Reply::Refused => Err(io::ErrorKind::ConnectionReset.into()),
    }
}

/// Reads the body of a request. The error is the response to one that Azure's front end rejects.
async fn read(head: &Parts, body: Incoming) -> Result<Bytes, Refusal> {
    let has = |name: HeaderName| head.headers.contains_key(name);
    if head.version == Version::HTTP_11 && !has(HOST) && head.uri.host().is_none() {
        let message = "the request has no header `Host`, which HTTP/1.1 requires";
        return refuse(400, "BadRequest", message);
    }
    let sends = matches!(head.method, Method::PATCH | Method::POST | Method::PUT);
    if sends && !has(CONTENT_LENGTH) && !has(TRANSFER_ENCODING) {
        let message = "the request must have a header `Content-Length`: 0 without a body";
        return refuse(411, "LengthRequired", message);
    }
    // The client waits for permission to send, or it would send too much.
    let announced = body.size_hint().lower();
    if announced > MAX_BODY_BYTES && (has(EXPECT) || announced > MAX_DISCARDED_BYTES) {
        return too_large();
    }
    let mut bytes = Vec::new();
    let mut length = 0;
    let mut frames = body.into_data_stream();
    while let Some(data) = frames.next().await {
        let Ok(data) = data else {
            return refuse(400, "BadRequest", "the body cannot be read to its end");
        };
        length += data.len() as u64;
        if length > MAX_DISCARDED_BYTES {
            break;
        }
        // The rest is discarded, because most clients read no response before they have sent all.
        if length <= MAX_BODY_BYTES {
            bytes.extend_from_slice(&data);
        }
    }
    if length > MAX_BODY_BYTES {
        return too_large();
    }
    Ok(bytes.into())
}

fn too_large<T>() -> Result<T, Refusal> {
    let message = "the content of a request may have 4 MB at most";
    refuse(413, "RequestContentTooLarge", message)
}

/// Returns a response whose body is delayed.
fn http_response(response: &Response, wait: Duration) -> io::Result<HttpResponse<Body>> {
    let mut sent = HttpResponse::builder().status(response.status);
    for (name, value) in response.sent_headers(SHORTEST_WAIT) {
        sent = sent.header(name, value);
    }
    let bytes = Bytes::from(response.bytes());
    let body = if wait > Duration::ZERO {
        let late = stream::once(async move {
            sleep::sleep(wait).await;
            Ok(Frame::data(bytes))
        });
        Either::Right(StreamBody::new(late.boxed()))
    } else {
        Either::Left(Full::new(bytes))
    };
    sent.body(body).map_err(io::Error::other)
}
