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

/// So that `Some(options.into())` does for the options of any method.
impl<M> From<M> for MethodOptions<M> {
    fn from(method_options: M) -> Self {
        Self { method_options }
    }
}

/// Implements `From` of the options of the request for the options of a method that has optional
/// parameters, which are left out.
///
/// ```
/// use arm_runtime::{Duration, PollerOptions};
///
/// #[derive(Default)]
/// pub struct DeleteOptions<'a> {
///     pub force: Option<bool>,
///     pub method_options: PollerOptions<'a>,
/// }
/// arm_runtime::method_options!(DeleteOptions, PollerOptions);
///
/// let options: DeleteOptions<'_> = PollerOptions::default()
///     .with_frequency(Duration::seconds(5))
///     .into();
/// assert_eq!(options.method_options.frequency, Duration::seconds(5));
/// ```
#[macro_export]
macro_rules! method_options {
    ($name:ident, $method_options:ident) => {
        impl<'a> From<$method_options<'a>> for $name<'a> {
            #[inline]
            fn from(method_options: $method_options<'a>) -> Self {
                Self {
                    method_options,
                    ..Self::default()
                }
            }
        }
    };
}

/// The options of a method with one response and no optional parameters.
pub type CallOptions<'a> = MethodOptions<ClientMethodOptions<'a>>;

/// The options of a list without optional parameters.
pub type ListOptions<'a> = MethodOptions<PagerOptions<'a>>;
