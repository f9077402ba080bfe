//! The fake on a local port, for clients in any language.

use crate::{
    exchange::{Answer, Recorded, Reply},
    server::Server,
};
use azure_core::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Request, Response,
    body::{Body, Incoming},
    header::HOST,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{io, net::SocketAddr};
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// The most bytes a request's body may have.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A fake server that listens; it stops when this is dropped.
#[derive(Debug)]
pub struct Listening {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves HTTP/1.1 at an address too, such as `127.0.0.1:0` for any free port, until the
    /// result is dropped. Needs a Tokio runtime.
    ///
    /// # Errors
    ///
    /// An address that cannot be listened at.
    pub async fn listen(&self, address: SocketAddr) -> io::Result<Listening> {
        Listening::start(self.clone(), address).await
    }
}

impl Listening {
    async fn start(server: Server, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, server, address));
        Ok(Self { address, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens, as a URL without a path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Takes connections until it is aborted, which ends all of them.
async fn accept(listener: TcpListener, server: Server, address: SocketAddr) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(connection(stream, server.clone(), address));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, server: Server, address: SocketAddr) {
    let service = service_fn(|request| respond(&server, address, request));
    let result = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = result {
        tracing::debug!("a connection to the fake ended: {error}");
    }
}

/// An error ends the connection without an answer.
async fn respond(
    server: &Server,
    address: SocketAddr,
    request: Request<Incoming>,
) -> io::Result<Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let origin = match host {
        Some(host) => format!("http://{host}"),
        None => format!("http://{address}"),
    };
    // An announced length needs no waiting.
    let announced = body.size_hint().lower() > MOST_BYTES as u64;
    let body = match announced {
        true => None,
        false => Limited::new(body, MOST_BYTES).collect().await.ok(),
    };
    let Some(body) = body else {
        let message = format!("a request may have {MOST_BYTES} bytes at most");
        return response(&Answer::error(413, "RequestEntityTooLarge", message));
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
    match server.serve(&origin, recorded).await {
        Reply::Answer(answer) => response(&answer),
        Reply::Dropped | Reply::Refused => Err(io::ErrorKind::ConnectionReset.into()),
    }
}

fn response(answer: &Answer) -> io::Result<Response<Full<Bytes>>> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    let body = Full::new(Bytes::from(answer.bytes()));
    response.body(body).map_err(io::Error::other)
}
