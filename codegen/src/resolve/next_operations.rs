//! The operations that return the next pages of lists (`x-ms-pageable.operationName`).

use super::{
    api::{NextOperation, Operation, Parameter, ParameterLocation, Type},
    operations::Located,
    results::Finding,
};

/// Finds the operations that return next pages. If it is not clear how to call one, links are
/// followed, and a finding says why.
pub(super) fn link(operations: &mut [Located]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for index in 0..operations.len() {
        let first = &operations[index];
        let Some(wanted) = first.next_operation.clone() else {
            continue;
        };
        let id = qualified(operations, &first.operation, &wanted);
        match next_operation(operations, &first.operation, &id) {
            Ok(next) => {
                if let Some(pageable) = &mut operations[index].operation.pageable {
                    pageable.next_operation = Some(next);
                }
            }
            Err(why) => {
                let pointer = first.pointer.child("x-ms-pageable").child("operationName");
                let message =
                    format!("next pages are requested by their links, not with {id}: {why}");
                findings.push((pointer, message));
            }
        }
    }
    findings
}

/// Returns the ID of an operation that may have been named without its group.
fn qualified(operations: &[Located], first: &Operation, wanted: &str) -> String {
    let is_known = |id: &str| operations.iter().any(|own| own.operation.id == id);
    let group = first
        .id
        .split_once('_')
        .map(|(group, _)| format!("{group}_{wanted}"));
    match group {
        Some(id) if !is_known(wanted) && is_known(&id) => id,
        _ => wanted.to_owned(),
    }
}

/// Decides how the next pages of a list are requested. The error says why they cannot be.
fn next_operation(
    operations: &[Located],
    first: &Operation,
    id: &str,
) -> Result<NextOperation, String> {
    let next = operations
        .iter()
        .map(|own| &own.operation)
        .find(|own| own.id == id);
    let next = next.ok_or("there is no such operation for which code is generated")?;
    if first.long_running.is_some() || next.long_running.is_some() {
        return Err("a long-running operation is resumed without its arguments".to_owned());
    }
    if page(first) != page(next) {
        return Err("its pages have another model".to_owned());
    }
    let has_free_scope = first
        .parameters
        .iter()
        .any(|own| own.location == ParameterLocation::Path && own.skip_encoding);
    if has_free_scope {
        return Err(format!(
            "the path of {} has any number of segments",
            first.id
        ));
    }
    let link = link_parameter(first, next)?;
    let has_body_of_first = shares_body(first, next)?;
    let is_missing = |own: &&Parameter| {
        let twin = first.parameters.iter().find(|other| is_twin(own, other));
        own.required && !std::ptr::eq(*own, link) && twin.is_none_or(|twin| !twin.required)
    };
    if let Some(missing) = given(next).find(is_missing) {
        let (name, first) = (&missing.name, &first.id);
        return Err(format!(
            "{first} has no required parameter `{name}` to take the value from"
        ));
    }
    Ok(NextOperation {
        id: next.id.clone(),
        link: link.name.clone(),
        location: link.location,
        has_body_of_first,
    })
}

/// Returns the parameters whose values callers pass.
fn given(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let all = operation.parameters.iter();
    all.filter(|own| own.constant.is_none() && !own.is_api_version())
}

/// Returns whether two parameters share a value: they have the same name, on the wire or for
/// clients.
pub(crate) fn is_twin(one: &Parameter, other: &Parameter) -> bool {
    let is_list = |own: &Parameter| matches!(own.ty, Type::Array(_));
    let has_name =
        one.name == other.name || one.client_name.is_some() && one.client_name == other.client_name;
    has_name && is_list(one) == is_list(other) && other.constant.is_none()
}

/// Returns the parameter that takes the link or token: the one of its name, or the only required one
/// that the first operation does not have.
fn link_parameter<'a>(first: &Operation, next: &'a Operation) -> Result<&'a Parameter, String> {
    let link = first
        .pageable
        .as_ref()
        .and_then(|own| own.next_link.as_deref());
    let Some(link) = link else {
        return Err("`nextLinkName` names no member with the link or token".to_owned());
    };
    let is_named = |own: &&Parameter| {
        let names = [Some(own.name.as_str()), own.client_name.as_deref()];
        names
            .into_iter()
            .flatten()
            .any(|name| is_same_name(name, link))
    };
    if let Some(own) = given(next).find(is_named) {
        return Ok(own);
    }
    let is_new = |own: &&Parameter| {
        own.required && !first.parameters.iter().any(|other| is_twin(own, other))
    };
    match given(next).filter(is_new).collect::<Vec<_>>()[..] {
        [own] => Ok(own),
        _ => Err(format!(
            "it is not clear which of its parameters takes `{link}`"
        )),
    }
}

/// Returns whether a parameter and a member have the same name; `nextLink` also matches
/// `@odata.nextLink`.
fn is_same_name(parameter: &str, member: &str) -> bool {
    let plain = |text: &str| {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_ascii_lowercase()
    };
    let last = member.rsplit('.').next().unwrap_or(member);
    let parameter = plain(parameter);
    !parameter.is_empty() && (parameter == plain(member) || parameter == plain(last))
}

/// Returns whether the requests for next pages have the body of the first one.
fn shares_body(first: &Operation, next: &Operation) -> Result<bool, String> {
    if next.form.is_some() {
        return Err("it sends a form".to_owned());
    }
    let Some(body) = &next.body else {
        return Ok(false);
    };
    let is_same = first.body.as_ref().is_some_and(|own| {
        own.ty == body.ty && (own.required || !body.required) && own.choices.is_empty()
    });
    if body.required && !is_same {
        return Err(format!("{} does not have its body", first.id));
    }
    Ok(is_same)
}

/// Returns the model of the pages.
fn page(operation: &Operation) -> Option<&Type> {
    operation
        .responses
        .iter()
        .find_map(|response| response.body.as_ref())
}
