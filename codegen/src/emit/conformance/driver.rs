//! Sends the requests of a plan through the generated client to a server of its own, and tells
//! what was sent and what came back.
//!
//! The plan is a file of JSON, one case to a line; what comes out is the same. Whoever wrote the
//! plan judges the results.

use client::arm_runtime::{
    ArmClientOptions, AsyncResponse, Bytes, ListPage, NoFormat, Pager, PollerOptions, Response,
    Result as ArmResult,
    model::{Wire, support},
};
use futures::TryStreamExt as _;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    error::Error,
    io::{BufRead, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Why a case ended early.
pub type Failure = Box<dyn Error>;

/// A case on its way.
pub type Running = Pin<Box<dyn Future<Output = Result<Value, Failure>>>>;

/// An operation by its id.
pub type Operation = (&'static str, fn(Arc<Case>) -> Running);

/// What to call and what to answer.
#[derive(Deserialize)]
pub struct Case {
    operation: String,
    /// The values of the path's placeholders, in their order.
    path: Vec<Value>,
    query: BTreeMap<String, Value>,
    header: BTreeMap<String, Value>,
    body: Option<Value>,
    /// The first is for the request, the last for all that follow it; `/status` is a status
    /// monitor with the last as its result.
    answers: Vec<Answer>,
    #[serde(skip)]
    endpoint: String,
}

#[derive(Clone, Deserialize)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Case {
    /// Options of a client that sends to the server.
    pub fn options(&self) -> ArmClientOptions {
        ArmClientOptions {
            endpoint: Some(self.endpoint.clone()),
            ..ArmClientOptions::default()
        }
    }

    /// The text that fills a placeholder of the path.
    pub fn path(&self, index: usize) -> Result<&str, Failure> {
        let value = self.path.get(index).filter(|value| !value.is_null());
        let value = value.ok_or_else(|| format!("no value for placeholder {index} of the path"))?;
        text(value, &format!("placeholder {index} of the path"))
    }

    /// What fills a placeholder of the path, when it is not text.
    pub fn path_value<T: Wire>(&self, index: usize) -> Result<T, Failure> {
        let value = self.path.get(index).filter(|value| !value.is_null());
        let value = value.ok_or_else(|| format!("no value for placeholder {index} of the path"))?;
        read(value, &format!("placeholder {index} of the path"))
    }

    pub fn query_text(&self, name: &str) -> Result<&str, Failure> {
        let value = self.query.get(name);
        text(value.ok_or_else(|| format!("no value for query {name}"))?, name)
    }

    pub fn query<T: Wire>(&self, name: &str) -> Result<T, Failure> {
        self.query_opt(name)?.ok_or_else(|| format!("no value for query {name}").into())
    }

    pub fn query_opt<T: Wire>(&self, name: &str) -> Result<Option<T>, Failure> {
        let value = self.query.get(name);
        value.map(|value| read(value, &format!("query {name}"))).transpose()
    }

    pub fn header_text(&self, name: &str) -> Result<&str, Failure> {
        let value = self.header.get(name);
        text(value.ok_or_else(|| format!("no value for header {name}"))?, name)
    }

    pub fn header<T: Wire>(&self, name: &str) -> Result<T, Failure> {
        self.header_opt(name)?.ok_or_else(|| format!("no value for header {name}").into())
    }

    pub fn header_opt<T: Wire>(&self, name: &str) -> Result<Option<T>, Failure> {
        let value = self.header.get(name);
        value.map(|value| read(value, &format!("header {name}"))).transpose()
    }

    pub fn body<T: Wire>(&self) -> Result<T, Failure> {
        self.body_opt()?.ok_or_else(|| "no body".into())
    }

    pub fn body_opt<T: Wire>(&self) -> Result<Option<T>, Failure> {
        self.body.as_ref().map(|body| read(body, "body")).transpose()
    }

    pub fn raw(&self) -> Result<Bytes, Failure> {
        self.raw_opt().ok_or_else(|| "no body".into())
    }

    pub fn raw_opt(&self) -> Option<Bytes> {
        self.body.as_ref().map(|body| match body {
            Value::String(text) => Bytes::from(text.clone()),
            other => Bytes::from(other.to_string()),
        })
    }
}

fn text<'a>(value: &'a Value, what: &str) -> Result<&'a str, Failure> {
    value.as_str().ok_or_else(|| format!("{what}: {value} is no text").into())
}

fn read<T: Wire>(value: &Value, what: &str) -> Result<T, Failure> {
    support::read(value.clone()).map_err(|error| format!("{what}: {error}").into())
}

/// Options of a long-running operation that does not wait.
pub fn quick() -> PollerOptions<'static> {
    PollerOptions {
        interval: client::arm_runtime::Duration::milliseconds(1),
        ..PollerOptions::default()
    }
}

pub async fn model<T: DeserializeOwned + Serialize>(
    answer: impl IntoFuture<Output = ArmResult<Response<T>>>,
) -> Result<Value, Failure> {
    let model = answer.await?.into_model()?;
    Ok(json!({ "value": model }))
}

pub async fn empty(
    answer: impl IntoFuture<Output = ArmResult<Response<(), NoFormat>>>,
) -> Result<Value, Failure> {
    answer.await?;
    Ok(json!({}))
}

pub async fn exists(answer: impl Future<Output = ArmResult<bool>>) -> Result<Value, Failure> {
    Ok(json!({ "exists": answer.await? }))
}

pub async fn bytes(
    answer: impl Future<Output = ArmResult<AsyncResponse>>,
) -> Result<Value, Failure> {
    let bytes = answer.await?.into_body().collect().await?;
    Ok(json!({ "text": String::from_utf8_lossy(&bytes) }))
}

pub async fn page<P: ListPage + Serialize + Send + 'static>(
    list: ArmResult<Pager<P>>,
) -> Result<Value, Failure> {
    let first = list?.into_pages().try_next().await?;
    let first = first.ok_or("a list without a page")?;
    Ok(json!({ "value": first.model() }))
}

/// Goes through the plan that the first argument names.
pub fn main(operations: &[Operation]) -> Result<(), Failure> {
    let plan = std::env::args().nth(1).ok_or("name a plan")?;
    let plan = std::fs::read_to_string(plan)?;
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut out = std::io::stdout().lock();
    for line in plan.lines() {
        let mut case: Case = serde_json::from_str(line)?;
        case.endpoint.clone_from(&server.endpoint);
        let operation = operations.iter().find(|(id, _)| *id == case.operation);
        server.expect(&case.answers);
        let result = match operation {
            Some((_, call)) => runtime.block_on(async {
                let limit = Duration::from_secs(10);
                match tokio::time::timeout(limit, call(Arc::new(case))).await {
                    Ok(result) => result,
                    Err(_) => Err("did not end in 10 seconds".into()),
                }
            }),
            None => Err("the client has no such operation".into()),
        };
        let mut result = result.unwrap_or_else(|error| json!({ "error": causes(&*error) }));
        result["request"] = server.request();
        let line = result.to_string().replace(&server.endpoint, "{endpoint}");
        writeln!(out, "{line}")?;
        out.flush()?;
    }
    Ok(())
}

fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        next = error.source();
    }
    text
}

/// An HTTP server that answers as the present case wants it.
struct Server {
    endpoint: String,
    script: Arc<Mutex<Script>>,
}

#[derive(Default)]
struct Script {
    answers: Vec<Answer>,
    first: Option<Value>,
}

impl Server {
    fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let script: Arc<Mutex<Script>> = Arc::default();
        let (own, place) = (script.clone(), endpoint.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that breaks off is told of by the client.
                let _ = serve(stream, &own, &place);
            }
        });
        Ok(Self { endpoint, script })
    }

    fn expect(&self, answers: &[Answer]) {
        *lock(&self.script) = Script {
            answers: answers.to_vec(),
            first: None,
        };
    }

    fn request(&self) -> Value {
        lock(&self.script).first.take().unwrap_or_default()
    }
}

fn lock(script: &Mutex<Script>) -> std::sync::MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: TcpStream, script: &Mutex<Script>, endpoint: &str) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default().to_owned();
    let mut headers = Map::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        let name = name.to_ascii_lowercase();
        if name == "content-length" {
            length = value.trim().parse().unwrap_or_default();
        }
        headers.insert(name, json!(value.trim()));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let answer = {
        let mut script = lock(script);
        let is_first = script.first.is_none();
        if is_first {
            script.first = Some(json!({
                "method": method, "target": target, "headers": headers,
                "body": String::from_utf8_lossy(&body),
            }));
        }
        let answers = &script.answers;
        let answer = if is_first { answers.first() } else { answers.last() };
        match answer {
            Some(last) if !is_first && target.starts_with("/status") => Some(monitor(last)),
            other => other.cloned(),
        }
    };
    match answer {
        Some(answer) => respond(stream, &answer, endpoint, &method),
        None => Ok(()),
    }
}

/// A status monitor of an operation that has succeeded.
fn monitor(last: &Answer) -> Answer {
    let result: Value = serde_json::from_str(&last.body).unwrap_or_default();
    Answer {
        status: 200,
        headers: last.headers.clone(),
        body: json!({ "status": "Succeeded", "properties": result }).to_string(),
    }
}

fn respond(
    mut stream: TcpStream,
    answer: &Answer,
    endpoint: &str,
    method: &str,
) -> std::io::Result<()> {
    let body = answer.body.replace("{endpoint}", endpoint);
    let mut head = format!("HTTP/1.1 {} Answer\r\nconnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {}\r\n", value.replace("{endpoint}", endpoint)));
    }
    let bodiless = method == "HEAD" || matches!(answer.status, 204 | 304);
    if !bodiless {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    if !bodiless {
        stream.write_all(body.as_bytes())?;
    }
    stream.flush()
}
