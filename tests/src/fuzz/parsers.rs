//! Strings that the runtime parses itself.

use super::transport;
use arm_runtime::{ResourceId, model::IsoDuration};
use azure_core::base64;

/// Reads text as a resource ID, a continuation token and a duration.
///
/// # Panics
///
/// If an ID that is displayed is parsed to another ID.
pub fn parsers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(id) = ResourceId::parse(&text) {
        resource_id(&id);
    }
    let client = transport::client(Vec::new());
    let workspaces = client.workspaces();
    for token in [text.clone().into_owned(), base64::encode_url_safe(bytes)] {
        if let Ok(poller) = workspaces.resume_create_or_update(&token, None) {
            assert!(poller.continuation_token().is_some());
        }
    }
    let duration = IsoDuration::from(text.as_ref());
    assert!(duration.to_std().is_none() || duration.components().is_some());
}

fn resource_id(id: &ResourceId) {
    let again = ResourceId::parse(&id.to_string()).expect("an ID reads as it is shown");
    assert_eq!(*id, again);
    let mut parents = 0;
    let mut next = id.parent();
    while let Some(parent) = next {
        parents += 1;
        next = parent.parent();
    }
    assert!(parents <= id.to_string().matches('/').count());
    let _ = (id.resource_type(), id.types().len(), id.name());
}
