//! Converts the parameters of operations to parts of requests.

use crate::{
    escape,
    model::{
        items::types::Types,
        service::{FixedPart, ListStyle, MethodVersion, PartLocation},
    },
    resolve::api::{self, Operation, ParameterLocation, Type},
};

/// Returns the parameters of an operation that are not in its scope; those in the path come first.
pub(super) fn own_parameters(
    operation: &Operation,
    depth: usize,
) -> impl Iterator<Item = &api::Parameter> {
    let steps = operation.path.steps().iter().skip(depth);
    let in_path = steps.filter_map(|step| {
        let mut all = operation.parameters.iter();
        all.find(|own| own.location == ParameterLocation::Path && own.name == step.placeholder)
    });
    let others = operation.parameters.iter();
    let others = others.filter(|own| {
        own.location != ParameterLocation::Path && !own.is_api_version() && own.constant.is_none()
    });
    in_path.chain(others)
}

/// Returns the parts of an operation's requests that its description fixes.
pub(super) fn fixed_parts(operation: &Operation) -> Vec<FixedPart> {
    let own = operation.parameters.iter();
    let own = own.filter(|own| !own.is_api_version());
    let fixed = own.filter_map(|own| {
        let value = own.constant.as_ref()?;
        match own.location {
            // Those are in the path's template.
            ParameterLocation::Path => None,
            ParameterLocation::Query => {
                let query = escape::query(&own.name, value, own.skip_encoding);
                Some(FixedPart::Query(query))
            }
            ParameterLocation::Header => Some(FixedPart::Header(own.name.clone(), value.clone())),
            ParameterLocation::Form => Some(FixedPart::Form(own.name.clone(), value.clone())),
        }
    });
    fixed.collect()
}

/// Returns the location of a parameter in a request.
pub(super) fn part_location(parameter: &api::Parameter, is_file: bool) -> PartLocation {
    match parameter.location {
        ParameterLocation::Path if parameter.is_link => PartLocation::Link,
        ParameterLocation::Path => PartLocation::Path(parameter.placeholder),
        ParameterLocation::Query => PartLocation::Query,
        ParameterLocation::Header => PartLocation::Header,
        ParameterLocation::Form if is_file => PartLocation::FormFile,
        ParameterLocation::Form => PartLocation::Form,
    }
}

/// Returns how a list is written, if the parameter is a list.
pub(super) fn list_style(types: &Types<'_>, parameter: &api::Parameter) -> Option<ListStyle> {
    match types.resolved(&parameter.ty) {
        Type::Array(_) => Some(match parameter.list_style {
            api::ListStyle::Commas => ListStyle::Csv,
            api::ListStyle::Spaces => ListStyle::Ssv,
            api::ListStyle::Tabs => ListStyle::Tsv,
            api::ListStyle::Pipes => ListStyle::Pipes,
            api::ListStyle::Repeated => ListStyle::Multi,
        }),
        _ => None,
    }
}

/// Returns the API version of an operation's requests.
pub(super) fn method_version(version: &api::ApiVersion) -> MethodVersion {
    match version {
        api::ApiVersion::Client => MethodVersion::Client,
        api::ApiVersion::Own(own) => MethodVersion::Own(own.clone()),
        api::ApiVersion::None => MethodVersion::None,
    }
}
