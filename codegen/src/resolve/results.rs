//! Notes on responses that cannot be read as their operation describes them.

use super::{
    api::{Format, Object, Operation, Pageable, Schema, Shape, Type},
    operations::Located,
};
use crate::json_pointer::JsonPointer;
use indexmap::IndexMap;

type Schemas = IndexMap<String, Schema>;

/// A problem in the description of an operation's responses: its pointer and message.
pub(super) type Finding = (JsonPointer, String);

/// Returns the problems of pages of lists and of results of long-running operations.
pub(super) fn check(operations: &[Located], schemas: &Schemas) -> Vec<Finding> {
    let mut findings = Vec::new();
    for own in operations {
        let here = own.pointer.child("x-ms-pageable");
        if let Some(pageable) = &own.operation.pageable
            && let Err((member, message)) = pages(&own.operation, pageable, schemas)
        {
            findings.push((here.child(member), message));
        }
        if let Some(message) = results(&own.operation) {
            findings.push((own.pointer.child("responses"), message));
        }
    }
    findings
}

/// Checks that an operation returns pages. The error is the member of `x-ms-pageable` that does not
/// fit, and a message.
fn pages(
    operation: &Operation,
    pageable: &Pageable,
    schemas: &Schemas,
) -> Result<(), (&'static str, String)> {
    let items = &pageable.items;
    let not_paged = |why: &str| {
        let message = format!("{why}, so the method returns the response as it is");
        ("itemName", message)
    };
    let page = operation.results().find_map(|ty| named_object(ty, schemas));
    let Some((name, page)) = page else {
        return Err(not_paged("no response of success is an object with a list"));
    };
    match page
        .properties
        .get(items)
        .map(|own| resolved(&own.ty, schemas))
    {
        Some(Type::Array(element)) if !element.nullable => {}
        Some(Type::Array(_)) => {
            return Err(not_paged(&format!(
                "the items in `{items}` of {name} may be null"
            )));
        }
        _ => return Err(not_paged(&format!("{name} has no list `{items}`"))),
    }
    let Some(link) = &pageable.next_link else {
        return Ok(());
    };
    let problem = match page.properties.get(link) {
        Some(own) if own.secret => format!("`{link}` of {name} is a secret"),
        Some(own) if is_text(resolved(&own.ty, schemas)) => return Ok(()),
        Some(_) => format!("`{link}` of {name} is no text"),
        None => format!("{name} has no member `{link}`"),
    };
    let message = format!("{problem}, so a list ends after its first page");
    Err(("nextLinkName", message))
}

/// Whether a member is text without a type of its own, as links are.
fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String(Format::Plain | Format::Uri | Format::ArmId)
    )
}

fn named_object<'a>(ty: &'a Type, schemas: &'a Schemas) -> Option<(&'a str, &'a Object)> {
    let Type::Named(name) = resolved(ty, schemas) else {
        return None;
    };
    match &schemas.get(name)?.shape {
        Shape::Object(object) => Some((name, object)),
        _ => None,
    }
}

fn resolved<'a>(ty: &'a Type, schemas: &'a Schemas) -> &'a Type {
    match ty {
        Type::Named(name) => match schemas.get(name).map(|schema| &schema.shape) {
            Some(Shape::Alias(ty)) => resolved(ty, schemas),
            _ => ty,
        },
        _ => ty,
    }
}

/// Returns which model a long-running operation ends with, if its responses have several.
fn results(operation: &Operation) -> Option<String> {
    let result = operation.final_result()?;
    let others = operation.responses.iter();
    let others = others.filter(|own| own.body.as_ref().is_some_and(|body| body != result));
    let others: Vec<String> = others.map(|own| own.status.to_string()).collect();
    if others.is_empty() {
        return None;
    }
    let (others, what) = (others.join(", "), described(result));
    Some(format!(
        "the operation is long-running and ends with {what}; the other models, of {others}, are not \
         read"
    ))
}

fn described(ty: &Type) -> String {
    match ty {
        Type::Named(name) => name.clone(),
        _ => "the model of 200".to_owned(),
    }
}
