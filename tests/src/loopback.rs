//! A scripted HTTP server on the loopback interface that records requests.

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
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Recorded {
    /// Returns the body as JSON; null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A response of the script; `{base}` in headers is replaced by the server's URL.
#[derive(Clone, Debug)]
pub struct StubResponse {
    /// Status code.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(&'static str, &'static str)>,
    /// Body, if any.
    pub body: Option<Value>,
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
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start(responses: Vec<StubResponse>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let requests = Arc::<Mutex<Vec<Recorded>>>::default();
        let task = tokio::spawn(run(
            listener,
            url.clone(),
            responses.into(),
            requests.clone(),
        ));
        Ok(Self {
            url,
            requests,
            task,
        })
    }

    /// Returns the URL that it listens on.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the requests that were received so far.
    pub fn requests(&self) -> Vec<Recorded> {
        let requests = self.requests.lock();
        requests.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
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
        requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        let response = responses.pop_front().unwrap_or(StubResponse {
            status: 500,
            headers: Vec::new(),
            body: None,
        });
        write(&mut stream, &url, &response).await?;
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
        let Some((name, value)) = header.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Recorded {
        line,
        headers,
        body,
    })
}

async fn write(
    stream: &mut BufStream<TcpStream>,
    url: &str,
    response: &StubResponse,
) -> io::Result<()> {
    let body = response
        .body
        .as_ref()
        .map_or_else(Vec::new, |body| body.to_string().into_bytes());
    let mut head = format!(
        "HTTP/1.1 {} Scripted\r\ncontent-length: {}\r\nconnection: close\r\n",
        response.status,
        body.len()
    );
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {}\r\n", value.replace("{base}", url)));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    stream.flush().await
}
