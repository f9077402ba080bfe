//! The URL of the endpoint, which callers complete.

use crate::{
    model::{
        docs,
        methods::parameters::{ParameterTable, User},
        naming::namer::{Namer, Subject, Taken},
        service::{ScopeArgument, ScopePath},
    },
    names,
    path_template::PathTemplate,
    resolve::api::Api,
};

/// Returns the URL of the endpoint and the arguments of its placeholders, if it has any.
pub(crate) fn endpoint(
    api: &Api,
    namer: &Namer<'_>,
    parameters: &mut ParameterTable,
) -> Option<ScopePath> {
    let mut taken = Taken::default();
    let user = User {
        owner: "endpoint".to_owned(),
        features: Vec::new(),
    };
    let arguments = api.endpoint_parameters.iter().map(|own| {
        let subject = Subject {
            path: &["endpoint", &own.name],
            what: &format!("the argument for {{{}}} of the endpoint", own.name),
        };
        let name = own.client_name.as_ref().unwrap_or(&own.name);
        let candidates = [names::snake_name(name), names::snake_name(&own.name)];
        ScopeArgument {
            name: namer.name(subject, candidates, &mut taken),
            wire: own.name.clone(),
            docs: docs::argument(own),
            constant: parameters.constant(own, &user),
        }
    });
    let arguments: Vec<_> = arguments.collect();
    (!arguments.is_empty()).then(|| ScopePath {
        template: PathTemplate::parse(&api.endpoint),
        arguments,
    })
}
