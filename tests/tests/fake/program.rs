//! The program `arm-fake`: its options, its messages and how it ends.

use crate::{
    common::{SUBSCRIPTION, path},
    tls::connector,
};
use serde_json::{Value, json};
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Output, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpStream,
    process::{Child, Command},
};
use tokio_rustls::rustls::pki_types::ServerName;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_arm-fake-for-tests"));
    command.args(arguments).kill_on_drop(true);
    command
}

/// The program, which serves.
struct Running {
    child: Child,
    /// The ports that it says it listens at.
    ports: Vec<u16>,
}

impl Running {
    async fn start(arguments: &[&str]) -> Self {
        let mut child = program(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).await.unwrap();
        let urls = line
            .split_whitespace()
            .filter_map(|word| word.split_once("127.0.0.1:"));
        let ports = urls.map(|(_, port)| port.parse().unwrap()).collect();
        Self { child, ports }
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.ports[0]));
        exchange(TcpStream::connect(address).await.unwrap(), path).await
    }

    async fn get_by_tls(&self, pem: &str, name: &str, path: &str) -> (u16, Value) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.ports[1]));
        let stream = TcpStream::connect(address).await.unwrap();
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let stream = connector(pem).connect(name, stream).await.unwrap();
        exchange(stream, path).await
    }

    /// Sends a signal and returns the exit code.
    async fn stop(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().unwrap().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().await;
        assert!(sent.unwrap().success());
        let ended = tokio::time::timeout(Duration::from_secs(20), self.child.wait());
        ended.await.unwrap().unwrap().code()
    }
}

async fn exchange(mut stream: impl AsyncRead + AsyncWrite + Unpin, path: &str) -> (u16, Value) {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = Vec::new();
    // A connection with TLS may end without a farewell.
    let _ = stream.read_to_end(&mut text).await;
    let text = String::from_utf8(text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_default())
}

/// Runs the program, which must end by itself.
async fn failed(arguments: &[&str]) -> (Option<i32>, String) {
    let run = program(arguments).output();
    let Output { status, stderr, .. } = tokio::time::timeout(Duration::from_secs(20), run)
        .await
        .unwrap()
        .unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

fn file(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

fn write_seed(folder: &TempDir) -> String {
    let seed = file(folder, "seed.json");
    let resource = |name: &str| {
        let id = path("").replace("/wks", name);
        json!({"id": id, "body": {"location": "westeurope", "properties": {}}})
    };
    let contents = json!({"resources": [resource("/one"), resource("/two")]});
    fs::write(&seed, contents.to_string()).unwrap();
    seed
}

fn workspaces(version: &str) -> String {
    let one = path("");
    let list = one.strip_suffix("/wks").unwrap();
    format!("{list}?api-version={version}")
}

#[tokio::test]
async fn it_serves_http_and_https_until_it_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, har) = (file(&folder, "ca.pem"), file(&folder, "log.har"));
    let seed = write_seed(&folder);
    for signal in ["-TERM", "-INT"] {
        let fake = Running::start(&[
            "--port",
            "0",
            "--tls-port",
            "0",
            "--certificate",
            &certificate,
            "--host",
            "fake.test",
            "--har",
            &har,
            "--seed",
            &seed,
        ])
        .await;
        let list = workspaces("2021-01-01");
        let (status, body) = fake.get(&list).await;
        assert_eq!(
            (status, body["value"][0]["name"].as_str()),
            (200, Some("one"))
        );
        let pem = fs::read_to_string(&certificate).unwrap();
        for name in ["localhost", "127.0.0.1", "fake.test"] {
            let (status, same) = fake.get_by_tls(&pem, name, &list).await;
            assert_eq!((status, &same), (200, &body), "{name}");
        }
        assert_eq!(fake.stop(signal).await, Some(0), "{signal}");
        let log: Value = serde_json::from_str(&fs::read_to_string(&har).unwrap()).unwrap();
        assert_eq!(log["log"]["entries"].as_array().unwrap().len(), 4);
    }
}

#[tokio::test]
async fn options_set_how_it_behaves() {
    let folder = tempfile::tempdir().unwrap();
    let seed = write_seed(&folder);
    let fake = Running::start(&[
        "--port",
        "0",
        "--page-size",
        "1",
        "--latency",
        "60",
        "--strict",
        "--subscription",
        SUBSCRIPTION,
        "--unregistered",
        "--takes",
        "60000",
        "--seed",
        &seed,
    ])
    .await;
    let begun = Instant::now();
    let (_, page) = fake.get(&workspaces("2025-12-01")).await;
    assert!(begun.elapsed() >= Duration::from_millis(60));
    assert_eq!(page["value"].as_array().unwrap().len(), 1);
    assert!(page["nextLink"].is_string());
    let (status, unknown) = fake.get(&workspaces("2021-01-01")).await;
    assert_eq!(
        (status, &unknown["error"]["code"]),
        (400, &json!("NoRegisteredProviderFound"))
    );
    let other = "/subscriptions/22222222-2222-2222-2222-222222222222?api-version=2022-12-01";
    assert_eq!(fake.get(other).await.0, 404);
    let provider = format!(
        "/subscriptions/{SUBSCRIPTION}/providers/Microsoft.MachineLearningServices\
         ?api-version=2021-04-01"
    );
    let (_, provider) = fake.get(&provider).await;
    assert_eq!(provider["registrationState"], "NotRegistered");
}

#[tokio::test]
async fn messages_say_what_is_wrong_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let broken = file(&folder, "broken.json");
    fs::write(
        &broken,
        "{\"resources\": [{\"id\": \"/nowhere\", \"body\": {}}]}",
    )
    .unwrap();
    let syntax = file(&folder, "syntax.json");
    fs::write(&syntax, "{\"resources\": [\n").unwrap();
    let (missing, nowhere) = (file(&folder, "missing.json"), file(&folder, "no/ca.pem"));
    for (arguments, code, told) in [
        (
            &["--polls", "x"][..],
            2,
            "invalid value 'x' for '--polls <POLLS>'",
        ),
        (&["--colour"], 2, "unexpected argument '--colour'"),
        (&["--page-size", "0"], 2, "0 is not in 1..="),
        (
            &["--subscription", "mine"],
            2,
            "expected a GUID such as 00000000-0000",
        ),
        (&["--polls", "1", "--takes", "1"], 2, "cannot be used with"),
        (&["--tls-port", "8443"], 2, "--certificate <FILE>"),
        (
            &["--address", "here"],
            2,
            "invalid value 'here' for '--address",
        ),
        (&["--port", &port], 1, "choose another --port, or 0 for any"),
        (
            &[
                "--port",
                "0",
                "--tls-port",
                &port,
                "--certificate",
                "unused.pem",
            ],
            1,
            "choose another --tls-port, or 0 for any",
        ),
        (
            &["--port", "0", "--tls-port", "0", "--certificate", &nowhere],
            1,
            &nowhere,
        ),
        (&["--port", "0", "--seed", &missing], 1, &missing),
        (&["--port", "0", "--seed", &syntax], 1, "at line 2 column 0"),
        (
            &["--port", "0", "--seed", &broken],
            1,
            "broken.json: at /resources/0/id: expected the ID of a resource",
        ),
        (&["--port", "0", "--har", &nowhere], 1, &nowhere),
    ] {
        let (found, message) = failed(arguments).await;
        assert_eq!(found, Some(code), "{arguments:?}: {message}");
        assert!(message.contains(told), "{arguments:?}: {message}");
    }
    // The certificate of a server that runs is not replaced by one that cannot.
    assert!(!Path::new("unused.pem").exists());
}
