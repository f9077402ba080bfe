//! The program `arm-fake`: a server that runs until it is stopped, for clients in any language.
//!
//! Generated crates have it as a binary with their feature `fake-server`.

mod arguments;
mod guide;
mod signals;

use crate::{Certificate, Clock, Listening, Pace, Server};
use arguments::Arguments;
use azure_core::time::Duration;
use clap::Parser;
use serde_json::Value;
use signals::StopSignals;
use std::{
    fs,
    io::{self, Write as _},
    net::SocketAddr,
    path::Path,
    process::ExitCode,
};

/// Reads the command line, serves until Ctrl-C or SIGTERM, and returns the exit code of the process:
/// 0, 1 if something failed, or 2 if the command line is not valid.
pub fn run(server: &Server) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            return match error.print() {
                Ok(()) => ExitCode::from(code),
                Err(_) => ExitCode::FAILURE,
            };
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let result = runtime
        .map_err(|error| format!("the asynchronous runtime cannot be started: {error}"))
        .and_then(|runtime| runtime.block_on(serve(server, &arguments)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("arm-fake: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(server: &Server, arguments: &Arguments) -> Result<(), String> {
    set_up(server, arguments)?;
    let mut signals =
        StopSignals::new().map_err(|error| format!("signals cannot be received: {error}"))?;
    let http = listen(server, arguments).await?;
    let https = listen_tls(server, arguments).await?;
    // If the file cannot be written, that is reported before there are requests.
    write_har(server, arguments)?;
    let https_url = https.as_ref().map(Listening::url);
    let text = guide::text(arguments, &http.url(), https_url.as_deref());
    print(&text).map_err(|error| format!("standard output: {error}"))?;
    signals.wait().await;
    write_har(server, arguments)
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn write_har(server: &Server, arguments: &Arguments) -> Result<(), String> {
    match &arguments.har {
        Some(path) => write(path, &server.har().to_string()),
        None => Ok(()),
    }
}

fn set_up(server: &Server, arguments: &Arguments) -> Result<(), String> {
    server.set_clock(Clock::System);
    server.set_page_size(arguments.page_size as usize);
    server.set_latency(milliseconds(arguments.latency));
    server.set_pace(match (arguments.polls, arguments.takes) {
        (Some(polls), _) => Pace::Polls(polls),
        (None, Some(length)) => Pace::Takes(milliseconds(length)),
        (None, None) => Pace::default(),
    });
    if !arguments.strict {
        server.accept_any_api_version();
    } else {
        server.require_resource_groups();
    }
    if let Some(path) = &arguments.seed {
        let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| named(&error))?;
        let json: Value = serde_json::from_str(&text).map_err(|error| named(&error))?;
        server.import(&json).map_err(|error| named(&error))?;
    }
    if arguments.strict {
        server.create_subscription(&arguments.subscription, "Fake subscription");
    } else {
        server.add_subscription(&arguments.subscription, "Fake subscription");
    }
    if arguments.unregistered {
        server.unregister_provider(&arguments.subscription);
    }
    Ok(())
}

async fn listen(server: &Server, arguments: &Arguments) -> Result<Listening, String> {
    let address = SocketAddr::new(arguments.address, arguments.port);
    let listening = server.listen(address).await;
    listening.map_err(|error| format!("{address}: {error}; choose another --port, or 0 for any"))
}

async fn listen_tls(server: &Server, arguments: &Arguments) -> Result<Option<Listening>, String> {
    let (Some(port), Some(file)) = (arguments.tls_port, &arguments.certificate) else {
        return Ok(None);
    };
    let address = SocketAddr::new(arguments.address, port);
    let own = arguments.address.to_string();
    let mut names = vec!["localhost", "127.0.0.1", "::1", &own];
    names.extend(arguments.host.iter().map(String::as_str));
    let certificate = Certificate::for_names(&names)
        .map_err(|error| format!("no certificate can be created for {names:?}: {error}"))?;
    let listening = server.listen_tls(address, &certificate).await;
    let listening = listening
        .map_err(|error| format!("{address}: {error}; choose another --tls-port, or 0 for any"))?;
    write(file, certificate.authority_pem())?;
    Ok(Some(listening))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn milliseconds(number: u32) -> Duration {
    Duration::milliseconds(number.into())
}

#[cfg(test)]
mod tests {
    use super::{arguments::Arguments, guide, listen, listen_tls, set_up};
    use crate::{Description, Pace, Server};
    use clap::{CommandFactory as _, Parser as _};
    use std::fs;

    const TABLE: &str = r#"{
        "provider": "Microsoft.Things", "versions": [{"name": "1", "shape": 0}],
        "parameters": [], "operations": [], "schemas": {}
    }"#;
    const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";

    fn server() -> Server {
        Server::new(&Description::parse(TABLE).unwrap())
    }

    fn arguments(given: &[&str]) -> Arguments {
        Arguments::try_parse_from(["arm-fake"].iter().chain(given)).unwrap()
    }

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
        for wrong in [
            &["--polls", "1", "--takes", "1"][..],
            &["--tls-port", "8443"],
            &["--certificate", "file"],
        ] {
            let all = ["arm-fake"].iter().chain(wrong);
            assert!(Arguments::try_parse_from(all).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn without_options_every_client_is_served() {
        let server = server();
        set_up(&server, &arguments(&[])).unwrap();
        let state = server.state();
        assert!(state.accepts_any_version && !state.requires_groups);
        assert!(!state.requires_subscriptions && state.store.unregistered.is_empty());
        assert!(state.store.subscriptions.contains_key(SUBSCRIPTION));
    }

    #[test]
    fn options_set_the_server_up() {
        let server = server();
        let given = [
            "--strict",
            "--unregistered",
            "--polls",
            "3",
            "--page-size",
            "2",
        ];
        set_up(&server, &arguments(&given)).unwrap();
        let state = server.state();
        assert!(!state.accepts_any_version && state.requires_groups);
        assert!(
            state.requires_subscriptions && state.store.unregistered.contains_key(SUBSCRIPTION)
        );
        assert_eq!((state.pace, state.page_size), (Pace::Polls(3), 2));
    }

    #[test]
    fn errors_in_a_seed_name_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("seed.json");
        let file = file.to_str().unwrap();
        let given = arguments(&["--seed", file]);
        for text in [None, Some("{"), Some("{\"resources\": [{\"id\": 1}]}")] {
            if let Some(text) = text {
                fs::write(file, text).unwrap();
            }
            let problem = set_up(&server(), &given).unwrap_err();
            assert!(problem.starts_with(file), "{problem}");
        }
    }

    #[test]
    fn it_prints_its_address() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        let file = file.to_str().unwrap();
        let given = ["--port", "0", "--tls-port", "0", "--certificate", file];
        let given = arguments(&given);
        let server = server();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let http = listen(&server, &given).await.unwrap();
            let https = listen_tls(&server, &given).await.unwrap().unwrap();
            assert!(
                fs::read_to_string(file)
                    .unwrap()
                    .contains("BEGIN CERTIFICATE")
            );
            let text = guide::text(&given, &http.url(), Some(&https.url()));
            for told in [
                &*http.url(),
                &*https.url(),
                SUBSCRIPTION,
                file,
                "az login",
                "azapi",
            ] {
                assert!(text.contains(told), "{told}: {text}");
            }
            let port = http.address().port().to_string();
            let taken = listen(&server, &arguments(&["--port", &port])).await;
            assert!(taken.unwrap_err().contains("choose another --port"));
        });
        let plain = guide::text(&given, "http://127.0.0.1:1", None);
        assert!(plain.contains("add --tls-port") && !plain.contains("az login"));
    }
}
