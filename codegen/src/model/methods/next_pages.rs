//! Builds the requests for next pages that another operation returns.

use super::{
    parts::{fixed_parts, list_style, method_version, own_parameters, part_location},
    responses,
    scope_rules::segment,
};
use crate::{
    model::{
        items::types::Types,
        service::{NextPages, PartLocation, PartValue, RequestPart},
    },
    path_template::PathStep,
    resolve::{
        api::{Operation, Parameter, ParameterLocation},
        is_twin,
    },
};

/// Returns how the next pages of a list are requested, if another operation returns them. The
/// list's own requests have `parts`, below a scope of `depth` steps.
pub(super) fn next_pages(
    types: &Types<'_>,
    first: &Operation,
    depth: usize,
    parts: &[RequestPart],
) -> Option<NextPages> {
    let how = first.pageable.as_ref()?.next_operation.as_ref()?;
    let mut operations = types.api.operations.iter();
    let next = operations.find(|own| own.id == how.id)?;
    let scope = first.path.steps().get(..depth)?;
    let is_in_scope = next.path.steps().get(..depth) == Some(scope);
    let values = Values {
        scope: if is_in_scope { &[] } else { scope },
        first,
        parts,
    };
    let depth = if is_in_scope { depth } else { 0 };
    let is_link = |own: &Parameter| own.name == how.link && own.location == how.location;
    let (links, others): (Vec<_>, Vec<_>) =
        own_parameters(next, depth).partition(|own| is_link(own));
    let part = |own: &Parameter, value| RequestPart {
        location: part_location(own, false),
        wire: own.name.clone(),
        constant: None,
        skip_encoding: own.skip_encoding,
        value,
        list_style: list_style(types, own),
    };
    let others = others.iter();
    let others = others.filter_map(|own| Some(part(own, values.of(own)?)));
    Some(NextPages {
        operation: next.id.clone(),
        verb: next.method.key().to_owned(),
        template: next.path.after(depth),
        is_at_root: !is_in_scope,
        api_version: method_version(&next.api_version),
        accept: responses::accept(next),
        parts: others.collect(),
        fixed: fixed_parts(next),
        // The value is in each page.
        link: part(links.first()?, PartValue::Text(String::new())),
        has_body_of_first: how.has_body_of_first,
        success: next.responses.iter().map(|own| own.status).collect(),
    })
}

/// The values of the first request.
struct Values<'a> {
    /// The beginning of the first path, if that of the next one differs.
    scope: &'a [PathStep],
    first: &'a Operation,
    parts: &'a [RequestPart],
}

impl Values<'_> {
    /// Returns the value of a parameter that the first request has, too.
    fn of(&self, parameter: &Parameter) -> Option<PartValue> {
        let mut all = self.first.parameters.iter();
        let twin = all.find(|other| is_twin(parameter, other))?;
        let is_own = |step: &PathStep| step.placeholder == twin.name;
        if twin.location == ParameterLocation::Path
            && let Some(at) = self.scope.iter().position(is_own)
        {
            return Some(PartValue::Segment(segment(&self.scope[..=at])));
        }
        let is_twin =
            |part: &&RequestPart| part.wire == twin.name && is_at(part.location, twin.location);
        self.parts
            .iter()
            .find(is_twin)
            .map(|part| part.value.clone())
    }
}

fn is_at(part: PartLocation, location: ParameterLocation) -> bool {
    match location {
        ParameterLocation::Path => matches!(part, PartLocation::Path(_)),
        ParameterLocation::Query => part == PartLocation::Query,
        ParameterLocation::Header => part == PartLocation::Header,
        ParameterLocation::Form => false,
    }
}
