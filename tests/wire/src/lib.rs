//! Helpers for the tests of this crate: a scripted HTTP server on the loopback interface that
//! records requests, and client options for it.
//!
//! The build script generates the clients, each from a small Swagger description.

use arm_runtime::{ArmClientOptions, Duration, PollerOptions};
use serde_json::Value;
use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A request that was received.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Method, path and query: the request line without the protocol.
    pub line: String,
    headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Recorded {
    /// Returns the body as JSON; null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Returns the body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A response of the script; `{base}` in headers and bodies is replaced by the server's URL.
#[derive(Clone, Debug)]
pub struct StubResponse {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
}

impl StubResponse {
    /// Creates a response without a body.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Adds a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().as_bytes())
    }

    /// Adds a body.
    #[must_use]
    pub fn body(mut self, content_type: &'static str, body: &[u8]) -> Self {
        body.clone_into(&mut self.body);
        self.header("content-type", content_type)
    }
}

/// The server; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    url: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Starts a server that sends these responses in turn, then 500.
    ///
    /// # Panics
    ///
    /// If no port can be bound.
    pub async fn start(responses: impl IntoIterator<Item = StubResponse>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::<Mutex<Vec<Recorded>>>::default();
        let responses = responses.into_iter().collect();
        let task = tokio::spawn(run(listener, url.clone(), responses, requests.clone()));
        Self {
            url,
            requests,
            task,
        }
    }

    /// Returns the URL that it listens on.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns options for a client of this server.
    pub fn options(&self) -> ArmClientOptions {
        ArmClientOptions {
            endpoint: Some(self.url.clone()),
            min_poll_frequency: Duration::ZERO,
            ..ArmClientOptions::default()
        }
    }

    /// Returns the requests that were received so far.
    pub fn requests(&self) -> Vec<Recorded> {
        let requests = self.requests.lock();
        requests.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the request lines that were received so far.
    pub fn lines(&self) -> Vec<String> {
        let requests = self.requests().into_iter();
        requests.map(|request| request.line).collect()
    }

    /// Returns the last request.
    ///
    /// # Panics
    ///
    /// If there was no request.
    pub fn last(&self) -> Recorded {
        self.requests().pop().expect("a request")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Returns options of a long-running operation that is polled without waiting.
pub fn fast() -> PollerOptions<'static> {
    PollerOptions::default().with_frequency(Duration::milliseconds(1))
}

async fn run(
    listener: TcpListener,
    url: String,
    mut responses: VecDeque<StubResponse>,
    requests: Arc<Mutex<Vec<Recorded>>>,
) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let mut stream = BufStream::new(stream);
        let request = read(&mut stream).await?;
        let is_head = request.line.starts_with("HEAD ");
        requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        let response = responses
            .pop_front()
            .unwrap_or_else(|| StubResponse::new(500));
        write(&mut stream, &url, &response, is_head).await?;
    }
}

async fn read(stream: &mut BufStream<TcpStream>) -> io::Result<Recorded> {
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let line = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let of = |name: &str| {
        let found = headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    let body = if of("transfer-encoding") == Some("chunked") {
        chunks(stream).await?
    } else {
        let length = of("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).await?;
        body
    };
    Ok(Recorded {
        line,
        headers,
        body,
    })
}

async fn chunks(stream: &mut BufStream<TcpStream>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        stream.read_line(&mut size).await?;
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let mut chunk = vec![0; size + 2];
        stream.read_exact(&mut chunk).await?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}

async fn write(
    stream: &mut BufStream<TcpStream>,
    url: &str,
    response: &StubResponse,
    is_head: bool,
) -> io::Result<()> {
    // Links in bodies are within text.
    let body = match String::from_utf8(response.body.clone()) {
        Ok(text) => text.replace("{base}", url).into_bytes(),
        Err(bytes) => bytes.into_bytes(),
    };
    let mut head = format!("HTTP/1.1 {} Scripted\r\n", response.status);
    if response.status != 204 {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    head.push_str("connection: close\r\n");
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {}\r\n", value.replace("{base}", url)));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await?;
    if !is_head {
        stream.write_all(&body).await?;
    }
    stream.flush().await
}
