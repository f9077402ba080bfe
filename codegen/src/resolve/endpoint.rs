//! The URL of the service, which may have placeholders (`x-ms-parameterized-host`).

use super::{
    api::{Parameter, ParameterLocation, Rules},
    path,
};
use crate::path_template::PathTemplate;
use openapiv3::{OpenAPI, ServerVariable};
use serde_json::Value;

/// Returns the URL without the path that all operations begin with, and the parameters of its
/// placeholders, of which those with only one value are replaced by it.
pub(super) fn endpoint(api: &OpenAPI) -> (String, Vec<Parameter>) {
    let Some(server) = api.servers.first() else {
        return Default::default();
    };
    let url = server.url.trim_end_matches('/');
    let mut url = url.strip_suffix(path::base(url)).unwrap_or(url).to_owned();
    let mut parameters = Vec::new();
    for name in PathTemplate::parse(&url).placeholders() {
        let variable = server.variables.as_ref().and_then(|all| all.get(name));
        match variable.map(|own| own.enumeration.as_slice()) {
            Some([only]) => url = url.replace(&format!("{{{name}}}"), only),
            _ => parameters.push(parameter(name, variable)),
        }
    }
    (url, parameters)
}

fn parameter(name: &str, variable: Option<&ServerVariable>) -> Parameter {
    let Some(variable) = variable else {
        return Parameter::named(name);
    };
    let of = |key: &str| variable.extensions.get(key);
    let text = |key: &str| of(key).and_then(Value::as_str).map(str::to_owned);
    let size = |key: &str| {
        of(key)
            .and_then(Value::as_u64)
            .and_then(|size| size.try_into().ok())
    };
    let default = Some(&variable.default).filter(|default| !default.is_empty());
    Parameter {
        client_name: text("x-ms-client-name"),
        location: ParameterLocation::Path,
        description: variable.description.clone(),
        default: default.map(|default| Value::from(default.as_str())),
        rules: Rules {
            pattern: text("x-pattern"),
            min_length: size("x-minlength"),
            max_length: size("x-maxlength"),
            ..Rules::default()
        },
        skip_encoding: of("x-ms-skip-url-encoding") == Some(&Value::Bool(true)),
        ..Parameter::named(name)
    }
}
