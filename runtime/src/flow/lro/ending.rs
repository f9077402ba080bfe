//! Where the result of an operation that has succeeded is.

use super::{
    links::absolute,
    track::{Bounds, FinalState, Track},
};
use azure_core::http::{Method, RawResponse};
use serde_json::Value;

/// Where the result of an operation that has succeeded is.
#[derive(Debug)]
pub(super) enum Ending {
    /// Here already.
    Here(RawResponse),
    /// At the resource.
    Resource,
    /// At the track's `location`, which may still ask for patience.
    Location,
}

impl Track {
    /// The result once the status monitor says `Succeeded`.
    pub(super) fn after_monitor(
        &mut self,
        raw: &RawResponse,
        body: &Value,
        bounds: Bounds<'_>,
    ) -> Ending {
        use FinalState::{AzureAsyncOperation, Location, OperationLocation, OriginalUri};
        let here = || Ending::Here(raw.clone());
        if !self.has_body {
            return here();
        }
        let in_monitor = matches!(
            self.final_state,
            Some(AzureAsyncOperation | OperationLocation)
        );
        match self.method {
            Method::Put | Method::Patch => self
                .resource_in(body, bounds)
                .filter(|_| in_monitor)
                .map_or(Ending::Resource, |resource| part(raw, resource)),
            _ if in_monitor => monitor_result(body).map_or_else(here, |result| part(raw, result)),
            _ if self.final_state == Some(Location) && self.location.is_some() => Ending::Location,
            Method::Delete => here(),
            _ if self.final_state == Some(OriginalUri) => Ending::Resource,
            _ => {
                if let Some(link) = text(body, "resourceLocation") {
                    self.location = Some(absolute(&self.poll, link));
                }
                match (&self.location, monitor_result(body)) {
                    (Some(_), _) => Ending::Location,
                    (None, Some(result)) => part(raw, result),
                    (None, None) => here(),
                }
            }
        }
    }

    /// The result once `Location` has answered that the operation is over.
    pub(super) fn after_location(&self, raw: &RawResponse) -> Ending {
        let is_elsewhere =
            self.final_state == Some(FinalState::OriginalUri) || raw.body().is_empty();
        if self.has_body && self.makes_resource() && is_elsewhere {
            return Ending::Resource;
        }
        Ending::Here(raw.clone())
    }

    /// The resource in the answer of a status monitor: what has the resource's own ID. Monitors
    /// have an ID too, and `properties` that need not be the resource's.
    fn resource_in<'v>(&self, body: &'v Value, bounds: Bounds<'_>) -> Option<&'v Value> {
        let base = bounds.endpoint.path().trim_end_matches('/');
        let path = self.original.path().strip_prefix(base)?;
        let parts = [body.get("properties"), body.get("result"), Some(body)];
        parts
            .into_iter()
            .flatten()
            .find(|part| text(part, "id").is_some_and(|id| id.eq_ignore_ascii_case(path)))
    }
}

/// The result within a status monitor: `properties`, or `result` in newer services.
fn monitor_result(body: &Value) -> Option<&Value> {
    let parts = [body.get("properties"), body.get("result")];
    parts.into_iter().flatten().find(|part| !part.is_null())
}

/// A part of an answer, as if it were the answer.
fn part(raw: &RawResponse, part: &Value) -> Ending {
    let body = part.to_string().into_bytes();
    Ending::Here(RawResponse::from_bytes(
        raw.status(),
        raw.headers().clone(),
        body,
    ))
}

fn text<'v>(body: &'v Value, name: &str) -> Option<&'v str> {
    let text = body.get(name)?.as_str()?;
    (!text.is_empty()).then_some(text)
}
