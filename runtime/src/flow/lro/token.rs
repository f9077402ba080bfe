//! Continuation tokens: operations serialized as text.

use super::state::{FinalState, Monitor, OperationState};
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

/// The contents of a token: links and names, but never a credential or a body.
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

/// Serializes an operation; `None` if there is nothing to poll.
pub(super) fn write(state: &OperationState) -> Option<String> {
    if !state.can_be_polled() {
        return None;
    }
    let token = Token {
        version: VERSION,
        operation: state.operation.clone(),
        method: state.method,
        has_body: state.has_body,
        final_state: state.final_state,
        original: state.original.to_string(),
        monitor: state.monitor,
        poll: state.poll.to_string(),
        location: state.location.clone(),
    };
    let json = serde_json::to_vec(&token).ok()?;
    Some(base64::encode_url_safe(json))
}

/// Reads a token, which must be of the expected operation.
pub(super) fn read(client: &Client, operation: &str, text: &str) -> Result<OperationState> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let json = base64::decode_url_safe(text.trim()).map_err(|_| not_a_token("it is not base64"))?;
    let Version { version } =
        serde_json::from_slice(&json).map_err(|_| not_a_token("it has no version number"))?;
    if version != VERSION {
        return Err(not_a_token(&format!(
            "its format is version {version}, but this library reads version {VERSION}"
        )));
    }
    let token: Token =
        serde_json::from_slice(&json).map_err(|_| not_a_token("it is not complete"))?;
    if token.operation != operation {
        return Err(not_a_token(&format!(
            "it belongs to the operation {}, not to {operation}",
            token.operation
        )));
    }
    let link = |text: &str| link(client, text);
    Ok(OperationState {
        operation: token.operation,
        method: token.method,
        has_body: token.has_body,
        final_state: token.final_state,
        original: link(&token.original)?,
        monitor: token.monitor,
        poll: link(&token.poll)?,
        // It is checked when it is followed.
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
        "the continuation token cannot be used: {problem}; pass the text that `continuation_token` returned"
    ))
}
