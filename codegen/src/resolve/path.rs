//! Reads paths of descriptions, which may contain a query and follow a base path.

use super::api::{Parameter, ParameterLocation, Presence};
use crate::{escape, path_template::PathTemplate};

/// Removes the query from a path such as `/things?comp=list&id={id}` and converts it to parameters:
/// fixed ones, and path parameters of the description, which become query parameters.
pub(super) fn without_query(
    path: &str,
    parameters: &mut Vec<Parameter>,
    presence: &Presence,
) -> String {
    let Some((path, query)) = path.split_once('?') else {
        return path.to_owned();
    };
    for (at, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value_template = PathTemplate::parse(value);
        let placeholder = value_template.sole_placeholder();
        let is_same = |known: &Parameter| match placeholder {
            Some(own) => known.location == ParameterLocation::Path && known.name == own,
            None => known.location == ParameterLocation::Query && known.name == name,
        };
        let found = parameters.iter().position(is_same);
        let mut parameter = match found {
            Some(found) => parameters.remove(found),
            None => fixed(name, presence),
        };
        match placeholder {
            Some(own) => {
                parameter.client_name.get_or_insert_with(|| own.to_owned());
                name.clone_into(&mut parameter.name);
                parameter.location = ParameterLocation::Query;
            }
            None => parameter.constant = Some(value.to_owned()),
        }
        parameters.insert(at.min(parameters.len()), parameter);
    }
    path.to_owned()
}

/// Inserts the values of constant parameters into a path, and sets the index of the placeholder of
/// each other parameter.
pub(super) fn with_constants(path: &str, parameters: &mut Vec<Parameter>) -> String {
    let template = PathTemplate::parse(path);
    let mut text = String::new();
    for (at, step) in template.steps().iter().enumerate() {
        text.push_str(&step.literal);
        let is_own = |own: &Parameter| {
            own.location == ParameterLocation::Path && own.name == step.placeholder
        };
        match parameters.iter().position(is_own) {
            Some(found) if parameters[found].constant.is_some() => {
                let parameter = parameters.remove(found);
                let value = parameter.constant.unwrap_or_default();
                text.push_str(&escape::segment(&value, parameter.skip_encoding));
            }
            Some(found) => {
                parameters[found].placeholder = at;
                text.push_str(&format!("{{{}}}", step.placeholder));
            }
            None => text.push_str(&format!("{{{}}}", step.placeholder)),
        }
    }
    text + template.tail()
}

/// Returns the error of a path with segments that URLs cannot have.
pub(super) fn problem(path: &str) -> Option<String> {
    let found = path.split('/').find(|one| matches!(*one, "." | ".."))?;
    Some(format!(
        "expected segments that can be sent, found {found:?}, which a URL leaves out"
    ))
}

fn fixed(name: &str, presence: &Presence) -> Parameter {
    Parameter {
        presence: presence.clone(),
        ..Parameter::named(name)
    }
}

/// Returns the path in a server's URL, without a slash at its end.
pub(super) fn base(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    let path = path.trim_end_matches('/');
    // The values of a server's variables are not known here.
    if path.contains('{') { "" } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases() {
        for (url, path) in [
            ("https://management.azure.com", ""),
            ("https://management.azure.com/", ""),
            ("https://a.example/base/", "/base"),
            ("{endpoint}/v1.0", "/v1.0"),
            ("{endpoint}/{version}", ""),
        ] {
            assert_eq!(base(url), path, "{url}");
        }
    }

    #[test]
    fn queries_become_parameters() {
        let presence = vec![0];
        let mut id = fixed("id", &presence);
        id.location = ParameterLocation::Path;
        let mut parameters = vec![id, fixed("comp", &presence), fixed("other", &presence)];
        let path = without_query("/a/{b}?comp=list&key={id}&flag", &mut parameters, &presence);
        assert_eq!(path, "/a/{b}");
        let all: Vec<(&str, Option<&str>, Option<&str>)> = parameters
            .iter()
            .map(|p| {
                (
                    p.name.as_str(),
                    p.constant.as_deref(),
                    p.client_name.as_deref(),
                )
            })
            .collect();
        let expected = [
            ("comp", Some("list"), None),
            ("key", None, Some("id")),
            ("flag", Some(""), None),
            ("other", None, None),
        ];
        assert_eq!(all, expected);
        assert!(
            parameters
                .iter()
                .all(|p| p.location == ParameterLocation::Query)
        );
    }
}
