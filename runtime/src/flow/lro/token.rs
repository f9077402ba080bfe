//! Continuation tokens: an operation as text.

use super::track::{FinalState, Monitor, Track};
use crate::{
    connection::{client::Client, links},
    rules::error::invalid_argument,
};
use azure_core::{
    Result, base64,
    http::{Method, Url},
};
use serde::{Deserialize, Serialize};

const VERSION: u32 = 1;

/// What a token holds: links and names, but never a credential or a body.
#[derive(Serialize, Deserialize)]
struct Token {
    version: u32,
    operation: String,
    method: Method,
    has_body: bool,
    final_state: Option<FinalState>,
    original: String,
    monitor: Monitor,
    poll: String,
    location: Option<String>,
}

/// The operation as text; `None` if there is nothing to poll.
pub(super) fn write(track: &Track) -> Option<String> {
    if !track.can_be_polled() {
        return None;
    }
    let token = Token {
        version: VERSION,
        operation: track.operation.clone(),
        method: track.method,
        has_body: track.has_body,
        final_state: track.final_state,
        original: track.original.to_string(),
        monitor: track.monitor,
        poll: track.poll.to_string(),
        location: track.location.clone(),
    };
    let json = serde_json::to_vec(&token).ok()?;
    Some(base64::encode_url_safe(json))
}

/// The operation that a token is of, which has to be the one asked for.
pub(super) fn read(client: &Client, operation: &str, text: &str) -> Result<Track> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let json = base64::decode_url_safe(text.trim()).map_err(|_| not_a_token("it is not base64"))?;
    let Version { version } =
        serde_json::from_slice(&json).map_err(|_| not_a_token("it has no version"))?;
    if version != VERSION {
        return Err(not_a_token(&format!(
            "it is of version {version}, and this library reads version {VERSION}"
        )));
    }
    let token: Token =
        serde_json::from_slice(&json).map_err(|_| not_a_token("it is not complete"))?;
    if token.operation != operation {
        return Err(not_a_token(&format!(
            "it is of {}, and what is to be resumed is {operation}",
            token.operation
        )));
    }
    let link = |text: &str| link(client, text);
    Ok(Track {
        operation: token.operation,
        method: token.method,
        has_body: token.has_body,
        final_state: token.final_state,
        original: link(&token.original)?,
        monitor: token.monitor,
        poll: link(&token.poll)?,
        // Checked when it is followed.
        location: token.location,
    })
}

fn link(client: &Client, text: &str) -> Result<Url> {
    let url = Url::parse(text).map_err(|_| not_a_token("it has a link that is not a URL"))?;
    links::check(client.trusted_origin(), &url)?;
    Ok(url)
}

fn not_a_token(problem: &str) -> azure_core::Error {
    invalid_argument(format!(
        "the continuation token cannot be used: {problem}; pass what `continuation_token` gave"
    ))
}
