//! The fake on a local port, for clients in any language.

use crate::{
    engine::exchange::{Recorded, Reply, Response},
    server::Server,
};
use azure_core::{Bytes, sleep, time::Duration};
use futures::{StreamExt as _, stream, stream::BoxStream};
use http_body_util::{BodyExt as _, Either, Full, Limited, StreamBody};
use hyper::{
    Request, Response as HttpResponse,
    body::{Body as _, Frame, Incoming},
    header::HOST,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, io, net::SocketAddr};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// Maximum size of a request's body in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

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

    /// Returns the address that it listens on, as a URL without a path.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
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
    // A declared length is checked before anything is read.
    let announced = body.size_hint().lower() > MAX_BODY_BYTES as u64;
    let body = match announced {
        true => None,
        false => Limited::new(body, MAX_BODY_BYTES).collect().await.ok(),
    };
    let Some(body) = body else {
        let message = format!("a request may have {MAX_BODY_BYTES} bytes at most");
        let response = Response::error(413, "RequestEntityTooLarge", message);
        return http_response(&response, Duration::ZERO);
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
    let recorded = Recorded::new(head.method.as_str(), target, headers, body.to_bytes());
    match context.server.serve(&origin, recorded).await {
        Reply::Response(response, wait) => http_response(&response, wait),
        Reply::Dropped | Reply::Refused => Err(io::ErrorKind::ConnectionReset.into()),
    }
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
