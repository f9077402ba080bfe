//! A scripted server on the loopback interface that records requests.

use crate::http_message::{self, Message};
use serde_json::Value;
use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A request that was received.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names, in lower case, and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Recorded {
    /// Returns the path, still encoded.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Returns the query, still encoded.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        http_message::find(&self.headers, name)
    }
}

impl From<Message> for Recorded {
    fn from(message: Message) -> Self {
        let mut first = message.first.split(' ').map(str::to_owned);
        Self {
            method: first.next().unwrap_or_default(),
            target: first.next().unwrap_or_default(),
            headers: message.headers,
            body: message.body,
        }
    }
}

/// A response. `{base}` in headers and in texts of the body is replaced by the server's URL.
#[derive(Clone, Debug)]
pub struct StubResponse {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Value>,
}

impl StubResponse {
    /// Creates a response without headers and body.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }
}

/// The server; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    base: String,
    script: Mutex<Script>,
}

#[derive(Debug, Default)]
struct Script {
    responses: VecDeque<StubResponse>,
    requests: Vec<Recorded>,
}

impl Server {
    /// Starts a server.
    ///
    /// # Errors
    ///
    /// If the server cannot listen on the loopback interface.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let shared = Arc::new(Shared {
            base: format!("http://{}", listener.local_addr()?),
            script: Mutex::default(),
        });
        let task = tokio::spawn(accept(listener, shared.clone()));
        Ok(Self { shared, task })
    }

    /// Returns the server's URL without a path.
    pub fn base(&self) -> &str {
        &self.shared.base
    }

    /// Sets the next responses; requests after their end get status 599.
    pub fn script(&self, responses: impl IntoIterator<Item = StubResponse>) {
        let mut script = self.shared.lock();
        script.responses = responses.into_iter().collect();
        script.requests.clear();
    }

    /// Returns the requests since the script was set.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().requests.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, request: Recorded) -> StubResponse {
        let mut script = self.lock();
        script.requests.push(request);
        script
            .responses
            .pop_front()
            .unwrap_or(StubResponse::new(599))
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let shared = shared.clone();
        // The client reports a broken connection.
        tokio::spawn(async move { serve(stream, &shared).await.is_ok() });
    }
}

async fn serve(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut data = Vec::new();
    while let Some(request) = http_message::read(&mut stream, &mut data).await? {
        let response = shared.next(request.into());
        stream.write_all(&render(&response, &shared.base)).await?;
    }
    Ok(())
}

fn render(response: &StubResponse, base: &str) -> Vec<u8> {
    let body = response
        .body
        .as_ref()
        .map(|body| body.to_string().replace("{base}", base));
    let mut head = format!("HTTP/1.1 {} Scripted\r\n", response.status);
    for (name, value) in &response.headers {
        head += &format!("{name}: {}\r\n", value.replace("{base}", base));
    }
    if body.is_some() {
        head += "content-type: application/json\r\n";
    }
    let body = body.unwrap_or_default();
    if response.status != 204 {
        head += &format!("content-length: {}\r\n", body.len());
    }
    format!("{head}\r\n{body}").into_bytes()
}
