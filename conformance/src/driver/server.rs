//! An HTTP server on loopback that sends the responses of the current case.

use crate::plan::{ENDPOINT, Request, StubResponse};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// How long the server waits for the rest of a request.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) struct Server {
    endpoint: String,
    script: Arc<Mutex<Script>>,
}

/// The responses of a case, and the first request that was received.
#[derive(Default)]
struct Script {
    responses: Vec<StubResponse>,
    first: Option<Request>,
}

impl Server {
    /// Starts a server that runs as long as the process.
    pub(super) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let script: Arc<Mutex<Script>> = Arc::default();
        let (shared, own_endpoint) = (script.clone(), endpoint.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A broken connection is an error of the call, which is reported.
                let _ = serve(stream, &shared, &own_endpoint);
            }
        });
        Ok(Self { endpoint, script })
    }

    /// Returns the URL of the server.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Replaces the responses with those of a case.
    pub(super) fn script(&self, responses: Vec<StubResponse>) {
        *lock(&self.script) = Script {
            responses,
            first: None,
        };
    }

    /// Returns the first request since the script began.
    pub(super) fn take_request(&self) -> Option<Request> {
        lock(&self.script).first.take()
    }
}

fn lock(script: &Mutex<Script>) -> MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: TcpStream, script: &Mutex<Script>, endpoint: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(READ_TIMEOUT))?;
    let request = read_request(BufReader::new(stream.try_clone()?))?;
    let method = request.method.clone();
    match lock(script).response(request) {
        Some(response) => respond(stream, &response, endpoint, &method),
        None => Ok(()),
    }
}

impl Script {
    fn response(&mut self, request: Request) -> Option<StubResponse> {
        if self.first.is_none() {
            self.first = Some(request);
            return self.responses.first().cloned();
        }
        let last = self.responses.last()?;
        let is_monitor = request.target.starts_with("/status");
        Some(if is_monitor {
            succeeded(last)
        } else {
            last.clone()
        })
    }
}

/// Returns the status monitor of an operation that has succeeded with a result.
fn succeeded(result: &StubResponse) -> StubResponse {
    let properties: Value = serde_json::from_str(&result.body).unwrap_or_default();
    StubResponse {
        status: 200,
        headers: result.headers.clone(),
        body: json!({ "status": "Succeeded", "properties": properties }).to_string(),
    }
}

fn read_request(mut reader: impl BufRead) -> io::Result<Request> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next(), words.next());
    let headers = read_headers(&mut reader)?;
    let length = headers.get("content-length");
    let length = length.and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut body)?;
    Ok(Request {
        method: method.unwrap_or_default(),
        target: target.unwrap_or_default(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

fn read_headers(reader: &mut impl BufRead) -> io::Result<BTreeMap<String, String>> {
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return Ok(headers);
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
}

fn respond(
    mut stream: TcpStream,
    response: &StubResponse,
    endpoint: &str,
    method: &str,
) -> io::Result<()> {
    let body = response.body.replace(ENDPOINT, endpoint);
    let mut head = format!(
        "HTTP/1.1 {} Response\r\nconnection: close\r\n",
        response.status
    );
    for (name, value) in &response.headers {
        head += &format!("{name}: {}\r\n", value.replace(ENDPOINT, endpoint));
    }
    let has_body = method != "HEAD" && !matches!(response.status, 204 | 304);
    if has_body {
        head += &format!("content-length: {}\r\n", body.len());
    }
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    if has_body {
        stream.write_all(body.as_bytes())?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> StubResponse {
        StubResponse {
            status,
            headers: BTreeMap::new(),
            body: body.to_owned(),
        }
    }

    #[test]
    fn requests_are_read_whole() {
        let text = "PUT /a?b=c HTTP/1.1\r\nContent-Length: 2\r\nHost: x:1\r\n\r\n{}rest";
        let request = read_request(text.as_bytes()).unwrap();
        assert_eq!((&*request.method, &*request.target), ("PUT", "/a?b=c"));
        assert_eq!(request.headers["host"], "x:1");
        assert_eq!(request.body, "{}");
        assert!(read_request(&b"PUT / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{}"[..]).is_err());
    }

    #[test]
    fn the_last_response_stays_and_is_a_monitors_result() {
        let mut script = Script {
            responses: vec![response(202, ""), response(200, "{\"a\":1}")],
            first: None,
        };
        let request = |target: &str| Request {
            target: target.to_owned(),
            ..Request::default()
        };
        let mut next = |target: &str| script.response(request(target)).unwrap();
        assert_eq!(next("/x").status, 202);
        let monitor = next("/status");
        assert_eq!(
            monitor.body,
            "{\"status\":\"Succeeded\",\"properties\":{\"a\":1}}"
        );
        assert_eq!(next("/result").body, "{\"a\":1}");
        assert_eq!(script.first.unwrap().target, "/x");
    }
}
