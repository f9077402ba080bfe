//! The HTTP methods that a path of a description may have.

use openapiv3::{Operation, PathItem};

pub use arm_fake::table::HttpMethod;

/// Returns the operation of a path item for a method.
#[must_use]
pub const fn operation(method: HttpMethod, item: &PathItem) -> Option<&Operation> {
    match method {
        HttpMethod::Get => item.get.as_ref(),
        HttpMethod::Head => item.head.as_ref(),
        HttpMethod::Put => item.put.as_ref(),
        HttpMethod::Patch => item.patch.as_ref(),
        HttpMethod::Post => item.post.as_ref(),
        HttpMethod::Delete => item.delete.as_ref(),
        HttpMethod::Options => item.options.as_ref(),
        HttpMethod::Trace => item.trace.as_ref(),
    }
}
