//! The location of the result of an operation that has succeeded.

use super::{
    links::absolute,
    state::{FinalState, OperationState, Origins},
};
use azure_core::http::{Method, RawResponse};
use serde_json::Value;

/// The location of the result of an operation that has succeeded.
#[derive(Debug)]
pub(super) enum ResultLocation {
    /// In this response.
    Response(RawResponse),
    /// At the URL of the resource.
    Resource,
    /// At the state's `location`, which may report that the result is not ready.
    Location,
}

impl OperationState {
    /// Returns where the result is after the status monitor has reported `Succeeded`.
    pub(super) fn after_monitor(
        &mut self,
        raw: &RawResponse,
        body: &Value,
        origins: Origins<'_>,
    ) -> ResultLocation {
        use FinalState::{AzureAsyncOperation, Location, OperationLocation, OriginalUri};
        let here = || ResultLocation::Response(raw.clone());
        if !self.has_body {
            return here();
        }
        let in_monitor = matches!(
            self.final_state,
            Some(AzureAsyncOperation | OperationLocation)
        );
        match self.method {
            Method::Put | Method::Patch => self
                .resource_in(body, origins)
                .filter(|_| in_monitor)
                .map_or(ResultLocation::Resource, |resource| part(raw, resource)),
            _ if in_monitor => monitor_result(body).map_or_else(here, |result| part(raw, result)),
            _ if self.final_state == Some(Location) && self.location.is_some() => {
                ResultLocation::Location
            }
            Method::Delete => here(),
            _ if self.final_state == Some(OriginalUri) => ResultLocation::Resource,
            _ => {
                if let Some(link) = text(body, "resourceLocation") {
                    self.location = Some(absolute(&self.poll, link));
                }
                match (&self.location, monitor_result(body)) {
                    (Some(_), _) => ResultLocation::Location,
                    (None, Some(result)) => part(raw, result),
                    (None, None) => here(),
                }
            }
        }
    }

    /// Returns where the result is after `Location` has reported that the operation has ended.
    pub(super) fn after_location(&self, raw: &RawResponse) -> ResultLocation {
        let is_elsewhere =
            self.final_state == Some(FinalState::OriginalUri) || raw.body().is_empty();
        if self.has_body && self.makes_resource() && is_elsewhere {
            return ResultLocation::Resource;
        }
        ResultLocation::Response(raw.clone())
    }

    /// Returns the resource in the response of a status monitor: the object with the resource's own
    /// ID. Monitors have an ID too, and their `properties` need not be the resource's.
    fn resource_in<'v>(&self, body: &'v Value, origins: Origins<'_>) -> Option<&'v Value> {
        let base = origins.endpoint.path().trim_end_matches('/');
        let path = self.original.path().strip_prefix(base)?;
        let parts = [body.get("properties"), body.get("result"), Some(body)];
        parts
            .into_iter()
            .flatten()
            .find(|part| text(part, "id").is_some_and(|id| id.eq_ignore_ascii_case(path)))
    }
}

/// Returns the result in a status monitor: `properties`, or `result` in newer services.
fn monitor_result(body: &Value) -> Option<&Value> {
    let parts = [body.get("properties"), body.get("result")];
    parts.into_iter().flatten().find(|part| !part.is_null())
}

/// Returns a part of a response as if it were the whole response.
fn part(raw: &RawResponse, part: &Value) -> ResultLocation {
    // Writing a value cannot fail. Nothing else needs the code of `to_string`.
    let body = serde_json::to_vec(part).unwrap_or_default();
    ResultLocation::Response(RawResponse::from_bytes(
        raw.status(),
        raw.headers().clone(),
        body,
    ))
}

fn text<'v>(body: &'v Value, name: &str) -> Option<&'v str> {
    let text = body.get(name)?.as_str()?;
    (!text.is_empty()).then_some(text)
}
