//! Operation IDs, also for operations without one.

use crate::{
    http_method::HttpMethod,
    note::NoteKind,
    path_template::PathTemplate,
    swagger::{
        read::{SourceLocation, Sources},
        text::pascal,
    },
};
use serde_json::{Map, Value};

/// Returns the ID of an operation; one without an ID gets one, with a note.
pub(super) fn operation_id(
    sources: &mut Sources,
    path: &str,
    method: HttpMethod,
    operation: &Map<String, Value>,
    at: &SourceLocation,
) -> String {
    let given = operation.get("operationId").and_then(Value::as_str);
    if let Some(id) = given.filter(|id| !id.is_empty()) {
        return id.to_owned();
    }
    let id = derive(path, method);
    sources.note(
        NoteKind::Named,
        at,
        format!("the operation has no `operationId` and got {id}"),
    );
    id
}

/// Derives an operation ID of the usual form, such as `Widgets_Get`.
fn derive(path: &str, method: HttpMethod) -> String {
    let segments = PathTemplate::parse(path).segments();
    let is_one = segments.last().is_some_and(|last| last.is_placeholder);
    let literals = segments.iter().rev().filter(|one| !one.is_placeholder);
    let mut literals = literals.map(|segment| segment.text.as_str());
    let last = literals.next().unwrap_or("Root");
    let verb = match method {
        HttpMethod::Get if is_one => "Get",
        HttpMethod::Get => "List",
        HttpMethod::Head => "CheckExistence",
        HttpMethod::Put => "CreateOrUpdate",
        HttpMethod::Patch => "Update",
        HttpMethod::Delete => "Delete",
        HttpMethod::Options => "Options",
        HttpMethod::Trace => "Trace",
        HttpMethod::Post if is_one => "Post",
        HttpMethod::Post => {
            // A resource provider is not a group.
            let group = literals.next().filter(|group| !group.contains('.'));
            let Some(group) = group else {
                return format!("{}_Post", pascal(last));
            };
            return format!("{}_{}", pascal(group), pascal(last));
        }
    };
    format!("{}_{verb}", pascal(last))
}
