//! The program `arm-fake`: a server that runs until it is stopped, for clients in any language.
//!
//! Generated crates have it as a binary with their feature `fake-server`.

mod arguments;
mod guide;

use crate::{Certificate, Clock, Listening, Pace, Server};
use arguments::Arguments;
use azure_core::time::Duration;
use clap::Parser;
use serde_json::Value;
use std::{
    fs,
    io::{self, Write as _},
    net::SocketAddr,
    path::Path,
    process::ExitCode,
};

/// Reads the command line, serves until Ctrl-C, and returns the exit code of the process: 0, 1 if
/// something failed, or 2 if the command line is not valid.
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
    let http = listen(server, arguments).await?;
    let https = listen_tls(server, arguments).await?;
    let mut out = io::stdout().lock();
    let text = guide::text(
        arguments,
        &http.url(),
        https.as_ref().map(Listening::url).as_deref(),
    );
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    drop(out);
    printed.map_err(|error| format!("standard output: {error}"))?;
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| format!("Ctrl-C cannot be waited for: {error}"))?;
    match &arguments.har {
        Some(path) => write(path, &server.har().to_string()),
        None => Ok(()),
    }
}

fn set_up(server: &Server, arguments: &Arguments) -> Result<(), String> {
    server.set_clock(Clock::System);
    server.set_page_size(arguments.page_size);
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
    if arguments.unregistered {
        server.unregister_provider(&arguments.subscription);
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
    let certificate = Certificate::for_names(&["localhost", "127.0.0.1", "::1", &own])
        .map_err(|error| format!("no certificate can be made: {error}"))?;
    write(file, certificate.authority_pem())?;
    match server.listen_tls(address, &certificate).await {
        Ok(listening) => Ok(Some(listening)),
        Err(error) => Err(format!(
            "{address}: {error}; choose another --tls-port, or 0 for any"
        )),
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn milliseconds(number: u32) -> Duration {
    Duration::milliseconds(number.into())
}
