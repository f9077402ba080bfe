//! ETags and the conditions on them.

use super::{
    context::Engine,
    exchange::{Refusal, Response, refuse},
    state::Resource,
};
use crate::table::Operation;

impl Engine<'_> {
    /// Checks `If-Match` and `If-None-Match`, if the API has ETags.
    pub(crate) fn check_conditions(&self, operation: &Operation, key: &str) -> Result<(), Refusal> {
        if !self.has_tags(operation) {
            return Ok(());
        }
        let tag = self.state.store.resources.get(key).map(Resource::etag);
        let matches = |header: &str| {
            let wanted = self.request.header(header)?;
            let mut all = wanted.split(',').map(str::trim);
            Some(all.any(|one| tag.as_deref().is_some_and(|tag| one == "*" || one == tag)))
        };
        if matches("if-match") == Some(false) {
            let message = "the resource does not have the ETag that If-Match requires";
            return refuse(412, "PreconditionFailed", message);
        }
        if matches("if-none-match") == Some(true) {
            let message = "the resource has an ETag that If-None-Match excludes";
            return refuse(412, "PreconditionFailed", message);
        }
        Ok(())
    }

    /// Returns whether an operation's resources have ETags: in a member, or by a parameter that
    /// expects one.
    fn has_tags(&self, operation: &Operation) -> bool {
        let asks = |name: &str| {
            let mut all = self.catalog.parameters(operation);
            all.any(|parameter| parameter.name.eq_ignore_ascii_case(name))
        };
        let response = operation
            .response_type()
            .and_then(|ty| self.catalog.object(ty));
        let shows = response.is_some_and(|(_, object)| {
            object.members.contains_key("etag") || object.members.contains_key("eTag")
        });
        shows || asks("if-match") || asks("if-none-match")
    }

    pub(crate) fn with_etag(
        &self,
        response: Response,
        operation: &Operation,
        key: &str,
    ) -> Response {
        match self.state.store.resources.get(key) {
            Some(resource) if self.has_tags(operation) => response.header("etag", resource.etag()),
            _ => response,
        }
    }
}
