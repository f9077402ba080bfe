//! Method options.

use azure_core::http::{ClientMethodOptions, pager::PagerOptions};

/// The options of a method that has no optional parameters.
///
/// The field has the name it has in the options of every other method, so that callers need not
/// change when a later API version adds parameters.
#[derive(Clone, Debug, Default)]
pub struct MethodOptions<M> {
    /// Options of the request itself: context, continuation or polling.
    pub method_options: M,
}

/// The options of a method with one answer and no optional parameters.
pub type CallOptions<'a> = MethodOptions<ClientMethodOptions<'a>>;

/// The options of a list without optional parameters.
pub type ListOptions<'a> = MethodOptions<PagerOptions<'a>>;
