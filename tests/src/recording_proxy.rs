//! A proxy between client and server that forwards every byte and records the exchanges.

use crate::{
    http_message::{self, Message},
    server::Recorded,
};
use serde_json::Value;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A request and its response.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The request.
    pub request: Recorded,
    /// The status code of the response.
    pub status: u16,
    /// The headers of the response.
    pub headers: Vec<(String, String)>,
    /// The body of the response, if there is one; null if it is not JSON.
    pub body: Option<Value>,
}

impl Exchange {
    /// Returns whether the response links to the status of an operation.
    pub fn has_more(&self) -> bool {
        let monitors = ["azure-asyncoperation", "operation-location", "location"];
        let mut monitors = monitors.iter();
        self.status == 202 || monitors.any(|name| http_message::find(&self.headers, name).is_some())
    }
}

type Log = Arc<Mutex<Vec<Exchange>>>;

/// The proxy; it stops when dropped.
#[derive(Debug)]
pub struct RecordingProxy {
    url: String,
    log: Log,
    task: JoinHandle<()>,
}

impl RecordingProxy {
    /// Starts a proxy for a server.
    ///
    /// # Errors
    ///
    /// If the proxy cannot listen on the loopback interface.
    pub async fn start(server: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let log = Log::default();
        let task = tokio::spawn(accept(listener, server, log.clone()));
        Ok(Self { url, log, task })
    }

    /// Returns the URL of the proxy without a path.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the exchanges since the last call.
    pub fn take(&self) -> Vec<Exchange> {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut log)
    }
}

impl Drop for RecordingProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, server: SocketAddr, log: Log) {
    while let Ok((stream, _)) = listener.accept().await {
        let log = log.clone();
        // The client reports a broken connection.
        tokio::spawn(async move { pass(stream, server, &log).await.is_ok() });
    }
}

async fn pass(mut client: TcpStream, server: SocketAddr, log: &Log) -> io::Result<()> {
    let mut server = TcpStream::connect(server).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut from_client, mut from_server) = (Vec::new(), Vec::new());
    while let Some(request) = http_message::read(&mut client, &mut from_client).await? {
        server.write_all(&request.raw).await?;
        let Some(response) = http_message::read(&mut server, &mut from_server).await? else {
            break;
        };
        let raw = response.raw.clone();
        let exchange = exchange(request, response);
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(exchange);
        client.write_all(&raw).await?;
    }
    Ok(())
}

fn exchange(request: Message, response: Message) -> Exchange {
    let status = response.first.split(' ').nth(1);
    let has_body = !response.body.is_empty();
    Exchange {
        request: request.into(),
        status: status.and_then(|text| text.parse().ok()).unwrap_or(0),
        headers: response.headers,
        body: has_body.then(|| serde_json::from_slice(&response.body).unwrap_or_default()),
    }
}
