//! One tracing span per operation, however many requests it takes.

use super::client::Client;
use azure_core::{
    Error,
    error::ErrorKind,
    http::{Context, policies::create_public_api_span},
    tracing::{PublicApiInstrumentationInformation, Span, SpanStatus},
};
use std::{fmt, sync::Arc};

/// Adds the operation's name and the client's tracer to a context.
fn instrument(client: &Client, context: &mut Context<'_>, operation: &str) {
    if let Some(tracer) = client.tracer() {
        let name = format!("{}.{operation}", client.service().name);
        context.insert(PublicApiInstrumentationInformation::new(name, Vec::new()));
        context.insert(tracer.clone());
    }
}

/// The span of an operation; it ends when this is dropped.
#[derive(Default)]
pub(crate) struct OperationSpan(Option<Arc<dyn Span>>);

impl OperationSpan {
    /// Starts a span and adds it to the context, unless the context already has the caller's span.
    pub(crate) fn start(client: &Client, context: &mut Context<'_>, operation: &str) -> Self {
        instrument(client, context, operation);
        let span = create_public_api_span(context, None, None);
        if let Some(span) = &span {
            context.insert(span.clone());
        }
        Self(span)
    }

    /// Adds the span to the context of a further request of the operation.
    pub(crate) fn enter(&self, client: &Client, context: &mut Context<'_>, operation: &str) {
        if let Some(span) = &self.0 {
            instrument(client, context, operation);
            context.insert(span.clone());
        }
    }

    /// Records the outcome of the operation.
    pub(crate) fn record<T>(&self, result: Result<T, &Error>) {
        let (Some(span), Err(error)) = (&self.0, result) else {
            return;
        };
        if !span.is_recording() {
            return;
        }
        let (error_type, description) = outcome(error.kind());
        span.set_attribute("error.type", error_type.into());
        if let Some(description) = description {
            span.set_status(SpanStatus::Error { description });
        }
    }
}

/// Returns the type of an error, and the description of the span's status if the span has failed;
/// as in `azure_core`, a 4xx is no failure. Neither contains messages of the service, which may
/// name people and resources.
fn outcome(kind: &ErrorKind) -> (String, Option<String>) {
    match kind {
        ErrorKind::HttpResponse { status, .. } if status.is_server_error() => {
            (status.to_string(), Some(String::new()))
        }
        ErrorKind::HttpResponse { status, .. } if status.is_client_error() => {
            (status.to_string(), None)
        }
        // A long-running operation that has failed is reported with a success status code.
        ErrorKind::HttpResponse {
            status, error_code, ..
        } => {
            let code = error_code.clone();
            (
                code.unwrap_or_else(|| status.to_string()),
                Some(String::new()),
            )
        }
        other => (other.to_string(), Some(other.to_string())),
    }
}

impl Drop for OperationSpan {
    fn drop(&mut self) {
        if let Some(span) = &self.0 {
            span.end();
        }
    }
}

impl fmt::Debug for OperationSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OperationSpan")
    }
}
