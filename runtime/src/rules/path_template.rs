//! Path templates, such as `/workspaces/{workspaceName}`, and their arguments.

use super::{
    error::invalid_argument,
    parameter::{ListStyle, Parameter},
};
use crate::text::percent;
use azure_core::Result;
use std::{borrow::Cow, ops::Range};

/// Appends a template to a path, with capacity for arguments.
pub(crate) fn append(path: &str, template: &str) -> String {
    const ROOM: usize = 64;
    let mut all = String::with_capacity(path.len() + template.len() + ROOM);
    all.push_str(path);
    all.push_str(template);
    all
}

/// Replaces a placeholder of a path by a value.
pub(crate) fn fill(
    path: &mut String,
    operation: &str,
    parameter: &Parameter,
    value: &str,
    validate: bool,
) -> Result<()> {
    let encoded = if parameter.is_encoded() {
        percent::encode_segment(value)
    } else {
        percent::check_encoded_path(value).map(Cow::Borrowed)
    };
    let encoded = encoded.map_err(|rule| {
        let shown = parameter.shown(value);
        parameter.error(operation, &format!("{rule}, but is {shown}"))
    })?;
    if validate {
        parameter.check(operation, value)?;
    }
    replace(path, operation, parameter, &encoded)
}

/// Replaces a placeholder of a path by a list.
pub(crate) fn fill_list(
    path: &mut String,
    operation: &str,
    parameter: &Parameter,
    values: &[Cow<'_, str>],
    style: ListStyle,
) -> Result<()> {
    let separator = style.separator_in_path();
    match values {
        [] => Err(parameter.error(operation, "must not be empty")),
        // The whole segment must not change the path.
        [only] => fill(path, operation, parameter, only, false),
        _ if !parameter.is_encoded() => {
            fill(path, operation, parameter, &values.join(separator), false)
        }
        _ => {
            let encoded: Vec<_> = values.iter().map(|value| percent::encode(value)).collect();
            replace(path, operation, parameter, &encoded.join(separator))
        }
    }
}

fn replace(path: &mut String, operation: &str, parameter: &Parameter, value: &str) -> Result<()> {
    let Some(range) = placeholder(path, parameter.name()) else {
        let problem = format!("has no place in the path {path}");
        return Err(parameter.error(operation, &problem));
    };
    path.replace_range(range, value);
    Ok(())
}

/// Returns the position of `{name}` in a path.
fn placeholder(path: &str, name: &str) -> Option<Range<usize>> {
    let mut opened = path.match_indices('{').map(|(start, _)| start);
    opened.find_map(|start| {
        let rest = path[start + 1..].strip_prefix(name)?;
        rest.starts_with('}')
            .then_some(start..start + name.len() + 2)
    })
}

/// Checks that a path has no placeholder left.
pub(crate) fn check_filled(operation: &str, path: &str) -> Result<()> {
    // Two searches for one character are faster than one for both.
    if path.contains('{') || path.contains('}') {
        return Err(invalid_argument(format!(
            "{operation}: the path {path} has a placeholder without a value"
        )));
    }
    Ok(())
}
