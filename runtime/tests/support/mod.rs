//! A small scripted HTTP/1.1 server on the loopback interface.
//!
//! It sends responses from a script or a function, records requests, and can simulate faults: reset
//! connections, incomplete bodies, and delays.

use serde_json::Value;
use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// A request that the server received.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Recorded {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns method and path, without the query.
    pub(crate) fn line(&self) -> String {
        let path = self.target.split('?').next().unwrap_or_default();
        format!("{} {path}", self.method)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    /// The connection is reset instead of a response.
    Reset,
    /// The connection is reset after half of the body.
    Half,
}

/// One response of the script. In headers and bodies `{base}` is replaced by the server's URL,
/// `{regional}` by that of its subdomain `eastus`, and `{port}` by its port.
#[derive(Clone, Debug)]
pub(crate) struct StubResponse {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    fault: Fault,
    delay: Duration,
    /// Whether the body's length is declared.
    announced: bool,
}

impl StubResponse {
    pub(crate) fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            fault: Fault::None,
            delay: Duration::ZERO,
            announced: true,
        }
    }

    pub(crate) fn reset() -> Self {
        let mut response = Self::new(200);
        response.fault = Fault::Reset;
        response
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn json(self, body: Value) -> Self {
        self.text("application/json", &body.to_string())
    }

    pub(crate) fn text(mut self, content_type: &str, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self.header("content-type", content_type)
    }

    pub(crate) fn half(mut self) -> Self {
        self.fault = Fault::Half;
        self
    }

    /// Omits `Content-Length`: the body ends with the connection.
    pub(crate) fn unannounced(mut self) -> Self {
        self.announced = false;
        self
    }

    pub(crate) fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

type Respond = Box<dyn FnMut(&Recorded) -> StubResponse + Send>;

/// The server; it stops when dropped.
pub(crate) struct Server {
    address: SocketAddr,
    scheme: &'static str,
    host: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    base: String,
    requests: Mutex<Vec<Recorded>>,
    connections: Mutex<usize>,
    respond: Mutex<Respond>,
}

impl Server {
    /// Starts a server that sends the responses of a script; requests after its end get status 599.
    pub(crate) async fn script(responses: impl IntoIterator<Item = StubResponse>) -> Self {
        let mut script: VecDeque<StubResponse> = responses.into_iter().collect();
        Self::respond(move |_| script.pop_front().unwrap_or_else(|| StubResponse::new(599))).await
    }

    /// Starts a server whose responses a function returns.
    pub(crate) async fn respond(
        respond: impl FnMut(&Recorded) -> StubResponse + Send + 'static,
    ) -> Self {
        Self::start(Box::new(respond), None, "127.0.0.1").await
    }

    /// Starts a server with TLS as `host`, which sends the responses of a script.
    pub(crate) async fn tls(
        responses: impl IntoIterator<Item = StubResponse>,
        acceptor: TlsAcceptor,
        host: &str,
    ) -> Self {
        let mut script: VecDeque<StubResponse> = responses.into_iter().collect();
        let respond =
            move |_: &Recorded| script.pop_front().unwrap_or_else(|| StubResponse::new(599));
        Self::start(Box::new(respond), Some(acceptor), host).await
    }

    async fn start(respond: Respond, tls: Option<TlsAcceptor>, host: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let shared = Arc::new(Shared {
            base: format!("{scheme}://{host}:{}", address.port()),
            requests: Mutex::default(),
            connections: Mutex::default(),
            respond: Mutex::new(respond),
        });
        Self {
            address,
            scheme,
            host: host.to_owned(),
            task: tokio::spawn(accept(listener, tls, shared.clone())),
            shared,
        }
    }

    /// Returns the server's URL without a path.
    pub(crate) fn base(&self) -> String {
        format!("{}://{}:{}", self.scheme, self.host, self.address.port())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// Returns methods and paths of all requests.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.requests().iter().map(Recorded::line).collect()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.shared.connections.lock().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        *shared.connections.lock().unwrap() += 1;
        let (tls, shared) = (tls.clone(), shared.clone());
        tokio::spawn(async move {
            let _ = match tls {
                Some(tls) => serve_tls(stream, tls, &shared).await,
                None => serve_plain(stream, &shared).await,
            };
        });
    }
}

async fn serve_plain(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    if serve(&mut stream, shared).await? {
        stream.set_zero_linger()?;
    }
    Ok(())
}

async fn serve_tls(stream: TcpStream, tls: TlsAcceptor, shared: &Shared) -> io::Result<()> {
    let mut stream = tls.accept(stream).await?;
    serve(&mut stream, shared).await?;
    stream.shutdown().await
}

/// Responds to one request. Returns whether the connection is to be reset.
async fn serve(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    shared: &Shared,
) -> io::Result<bool> {
    let request = read_request(stream).await?;
    let response = (shared.respond.lock().unwrap())(&request);
    shared.requests.lock().unwrap().push(request.clone());
    tokio::time::sleep(response.delay).await;
    if response.fault == Fault::Reset {
        return Ok(true);
    }
    let (head, body) = render(&response, &request, &shared.base);
    stream.write_all(head.as_bytes()).await?;
    if response.fault == Fault::Half {
        stream.write_all(&body[..body.len() / 2]).await?;
        stream.flush().await?;
        // Gives the half body time to arrive before the reset.
        tokio::time::sleep(Duration::from_millis(20)).await;
        return Ok(true);
    }
    stream.write_all(&body).await?;
    stream.flush().await?;
    Ok(false)
}

fn fill(text: &str, base: &str) -> String {
    let port = base.rsplit(':').next().unwrap_or_default();
    text.replace("{base}", base)
        .replace("{port}", port)
        .replace("{regional}", &base.replace("://", "://eastus."))
}

fn render(response: &StubResponse, request: &Recorded, base: &str) -> (String, Vec<u8>) {
    let body = match String::from_utf8(response.body.clone()) {
        Ok(text) => fill(&text, base).into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let mut head = format!(
        "HTTP/1.1 {} Scripted\r\nconnection: close\r\n",
        response.status
    );
    if response.status != 204 && response.announced {
        head += &format!("content-length: {}\r\n", body.len());
    }
    for (name, value) in &response.headers {
        head += &format!("{name}: {}\r\n", fill(value, base));
    }
    head += "\r\n";
    let silent = request.method == "HEAD" || response.status == 204;
    (head, if silent { Vec::new() } else { body })
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Recorded> {
    let mut data = Vec::new();
    let end = loop {
        if let Some(end) = data.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        read_more(stream, &mut data).await?;
    };
    let head = String::from_utf8_lossy(&data[..end]).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ');
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut request = Recorded {
        method: first.next().unwrap_or_default().to_owned(),
        target: first.next().unwrap_or_default().to_owned(),
        headers,
        body: Vec::new(),
    };
    let length = request
        .header("content-length")
        .and_then(|text| text.parse().ok());
    while data.len() < end + 4 + length.unwrap_or(0) {
        read_more(stream, &mut data).await?;
    }
    request.body = data.split_off(end + 4);
    Ok(request)
}

async fn read_more(stream: &mut (impl AsyncRead + Unpin), data: &mut Vec<u8>) -> io::Result<()> {
    let mut chunk = [0; 4096];
    match stream.read(&mut chunk).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        n => {
            data.extend_from_slice(&chunk[..n]);
            Ok(())
        }
    }
}
