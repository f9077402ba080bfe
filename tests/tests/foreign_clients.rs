//! The official clients for Python and JavaScript, which were developed independently, used with a
//! fake that listens in this process, and checks of what docs/other-sdks.md says about them.
//!
//! `tests/foreign/install` installs the clients under `target/foreign`. A test whose client is not
//! installed reports that it was skipped and passes.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use arm_fake::{Certificate, Listening};
use arm_machinelearning::fake::{Clock, Server};
use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use tokio::process::Command;

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";

/// The number of operations of `azure-mgmt-machinelearningservices` 2.0.0b2. All of them are
/// called.
const OPERATIONS_OF_PYTHON: usize = 170;

/// A fake with the settings of the program `arm-fake`.
struct Fake {
    server: Server,
    http: Listening,
    https: Listening,
    folder: TempDir,
}

impl Fake {
    async fn start() -> Self {
        let server = Server::new();
        server.set_clock(Clock::System);
        server.accept_any_api_version();
        server.add_subscription(SUBSCRIPTION, "Fake subscription");
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let certificate = Certificate::for_names(&["localhost", "127.0.0.1"]).unwrap();
        let http = server.listen(any).await.unwrap();
        let https = server.listen_tls(any, &certificate).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("ca.pem"), certificate.authority_pem()).unwrap();
        Self {
            server,
            http,
            https,
            folder,
        }
    }

    /// Runs a program that reads the fake's address from its environment; it must succeed.
    async fn serve(&self, mut program: Command) {
        let output = program
            .env("ARM_FAKE_HTTP", self.http.url())
            .env("ARM_FAKE_HTTPS", self.https.url())
            .env("ARM_FAKE_SUBSCRIPTION", SUBSCRIPTION)
            .env("REQUESTS_CA_BUNDLE", self.folder.path().join("ca.pem"))
            .kill_on_drop(true)
            .output()
            .await
            .unwrap();
        let told = [output.stdout, output.stderr].concat();
        assert!(
            output.status.success(),
            "{program:?}: {}",
            String::from_utf8_lossy(&told)
        );
    }

    /// Returns the IDs of the operations that succeeded.
    fn succeeded(&self) -> BTreeSet<String> {
        let requests = self.server.requests();
        let good = requests.iter().filter(|request| {
            let status = request.status();
            status.is_some_and(|status| status < 400)
        });
        let ids = good.filter_map(|request| request.operation());
        ids.map(str::to_owned).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn azure_mgmt_machinelearningservices_calls_all_its_operations() {
    let Some(python) = python("test_management") else {
        return;
    };
    let fake = Fake::start().await;
    fake.serve(python).await;
    let succeeded = fake.succeeded();
    assert_eq!(succeeded.len(), OPERATIONS_OF_PYTHON, "{succeeded:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn azure_ai_ml_works_unmodified() {
    let Some(python) = python("test_ml") else {
        return;
    };
    let fake = Fake::start().await;
    fake.serve(python).await;
    let succeeded = fake.succeeded();
    assert!(succeeded.len() >= 60, "{succeeded:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn azure_arm_machinelearning_works() {
    let Some(node) = node("client.test.js") else {
        return;
    };
    let fake = Fake::start().await;
    fake.serve(node).await;
    let succeeded = fake.succeeded();
    assert!(succeeded.len() >= 40, "{succeeded:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_in_the_documentation_work() {
    let fake = Fake::start().await;
    let page = fs::read_to_string(sources().join("../../docs/foreign-clients.md")).unwrap();
    let page = page
        .replace("http://127.0.0.1:8080", &fake.http.url())
        .replace("https://127.0.0.1:8443", &fake.https.url());
    let mut expected = Vec::new();
    if let Some(program) = curl(&page) {
        fake.serve(program).await;
        expected.push("curl");
    }
    if let Some(python) = installed("python/bin/python") {
        for code in blocks(&page, "python") {
            let mut program = Command::new(&python);
            program.args(["-W", "ignore", "-c", code]);
            fake.serve(program).await;
        }
        expected.extend(["python", "python/computes/cluster"]);
    }
    if let Some(folder) = packages() {
        let code = blocks(&page, "javascript").next().unwrap();
        fs::write(folder.join("workspace.mjs"), code).unwrap();
        let mut program = Command::new("node");
        program.arg("workspace.mjs").current_dir(folder);
        fake.serve(program).await;
        expected.push("javascript");
    }
    for path in expected {
        let id = format!(
            "/subscriptions/{SUBSCRIPTION}/resourceGroups/group/providers/\
             Microsoft.MachineLearningServices/workspaces/{path}"
        );
        assert!(fake.server.get(&id).is_some(), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn azure_mgmt_machinelearningservices_differs_as_documented() {
    if let Some(python) = python("test_differences") {
        Fake::start().await.serve(python).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn azure_arm_machinelearning_differs_as_documented() {
    if let Some(node) = node("differences.test.js") {
        Fake::start().await.serve(node).await;
    }
}

/// Returns the contents of the code blocks in a language.
fn blocks<'p>(page: &'p str, language: &str) -> impl Iterator<Item = &'p str> {
    let fence = format!("```{language}\n");
    let parts: Vec<&str> = page.split(fence.as_str()).skip(1).collect();
    parts
        .into_iter()
        .filter_map(|part| part.split("```").next())
}

fn curl(page: &str) -> Option<Command> {
    let is_there = std::process::Command::new("curl").arg("--version").output();
    if is_there.is_err() {
        skip("there is no curl");
        return None;
    }
    let code = blocks(page, "sh")
        .find(|code| code.contains("curl"))
        .unwrap();
    let mut command = Command::new("sh");
    command.args(["-e", "-c", code]);
    Some(command)
}

/// Runs a module of tests with the Python environment of `tests/foreign/install`.
fn python(module: &str) -> Option<Command> {
    let python = installed("python/bin/python")?;
    let mut command = Command::new(python);
    command
        .args(["-W", "ignore", "-m", "unittest", module])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(sources().join("python"));
    Some(command)
}

/// Runs a file of tests in JavaScript next to the packages that `tests/foreign/install` installed,
/// because modules find packages only in the folders above them.
fn node(test: &str) -> Option<Command> {
    let folder = packages()?;
    fs::copy(sources().join("javascript").join(test), folder.join(test)).unwrap();
    let mut command = Command::new("node");
    command.args(["--test", test]).current_dir(folder);
    Some(command)
}

/// Returns the folder in which the packages for JavaScript are installed.
fn packages() -> Option<PathBuf> {
    let package = installed("javascript/node_modules/@azure/arm-machinelearning")?;
    package.ancestors().nth(3).map(Path::to_owned)
}

/// Returns the path of something that `tests/foreign/install` installs, if it exists.
fn installed(path: &str) -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent()?;
    let path = target.join("foreign").join(path);
    if path.exists() {
        return Some(path);
    }
    skip(&format!(
        "{} does not exist; run tests/foreign/install",
        path.display()
    ));
    None
}

/// Reports that something was not tested. Unlike `eprintln!`, the message is shown when the test
/// passes, too.
fn skip(why: &str) {
    let message = format!("skipped: {why}\n");
    io::stderr().write_all(message.as_bytes()).unwrap();
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign")
}
