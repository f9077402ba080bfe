//! A server on the loopback interface with prepared responses.
//!
//! It runs in its own thread and does very little work, so that the clients dominate the
//! measurement.

use std::{collections::HashMap, io, net, sync::Arc, thread};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

/// The headers that Resource Manager sends with almost every response.
const HEADERS: &str = "content-type: application/json; charset=utf-8\r\n\
    cache-control: no-cache\r\n\
    date: Sun, 22 Nov 2026 12:00:00 GMT\r\n\
    x-content-type-options: nosniff\r\n\
    x-ms-correlation-request-id: 00000000-1111-2222-3333-444444444444\r\n\
    x-ms-ratelimit-remaining-subscription-reads: 11999\r\n\
    x-ms-request-id: 00000000-1111-2222-3333-444444444444\r\n";

/// Whole responses, headers included, by path and query.
type Responses = HashMap<String, Vec<u8>>;

/// The server; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    url: String,
    _stop: oneshot::Sender<()>,
}

impl Server {
    /// Starts a server. `bodies` gets its URL and returns the JSON for each path and query.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub fn start(bodies: impl FnOnce(&str) -> Vec<(String, Vec<u8>)>) -> io::Result<Self> {
        let listener = net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let bodies = bodies(&url).into_iter();
        let responses = bodies
            .map(|(target, body)| (target, response(&body)))
            .collect();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel::<()>();
        thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    _ = serve(listener, Arc::new(responses)) => {}
                }
            });
        });
        Ok(Self { url, _stop: stop })
    }

    /// Returns the URL that it listens on.
    pub fn url(&self) -> &str {
        &self.url
    }
}

fn response(body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\n{HEADERS}content-length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

async fn serve(listener: net::TcpListener, responses: Arc<Responses>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(talk(stream, responses.clone()));
    }
}

/// Responds to the requests of a connection, none of which has a body.
async fn talk(mut stream: TcpStream, responses: Arc<Responses>) -> io::Result<()> {
    let mut buffer = vec![0; 4096];
    let mut filled = 0;
    while filled < buffer.len() {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            break;
        }
        filled += read;
        if buffer[..filled].ends_with(b"\r\n\r\n") {
            let response = target(&buffer[..filled]).and_then(|target| responses.get(target));
            let Some(response) = response else { break };
            stream.write_all(response).await?;
            filled = 0;
        }
    }
    Ok(())
}

/// Returns the target in the request line.
fn target(request: &[u8]) -> Option<&str> {
    let end = request.iter().position(|byte| *byte == b'\r')?;
    std::str::from_utf8(&request[..end]).ok()?.split(' ').nth(1)
}
