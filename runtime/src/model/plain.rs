//! Enums whose values say all there is to say.

/// Defines an enum of strings of which the description says nothing but the values.
///
/// `plain_enum! { "What it is.", open Name, Variant = "value", … }`; `closed` in place of `open`
/// makes one without `UnknownValue`. Enums with documented values are written out instead, with
/// [`open_enum!`](crate::open_enum!) or [`closed_enum!`](crate::closed_enum!) below them.
#[macro_export]
macro_rules! plain_enum {
    ($docs:literal, open $name:ident $(, $variant:ident = $value:literal)* $(,)?) => {
        #[doc = $docs]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $value, "`.")] $variant,)*
            /// A value that this crate does not know.
            UnknownValue(String),
        }
        $crate::open_enum! { $name $(, $variant = $value)* }
    };
    ($docs:literal, closed $name:ident $(, $variant:ident = $value:literal)* $(,)?) => {
        #[doc = $docs]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $value, "`.")] $variant,)*
        }
        $crate::closed_enum! { $name $(, $variant = $value)* }
    };
}
