//! The macro that declares models.

/// Declares a struct that is a JSON object, and implements [`Wire`](crate::model::Wire), serde's
/// traits, `Clone`, `Debug`, `Default` and `PartialEq` for it. Derives would take a tenth of the
/// compile time of a crate with several hundred models.
///
/// The discriminators whose value the type fixes come first, then the fields, each with its name in
/// JSON and its rules, then the field for members without a field of their own. `read_only` before
/// a name marks a member that only the service sets; bodies of PUT and PATCH leave it out. Rules
/// are `required` and, in parentheses, limits, which are methods of
/// [`Constraints`](crate::Constraints). `previews` after a discriminator lists the API versions
/// that have its value, if all of them are previews.
///
/// The struct gets one more field, [`unknown_members`](crate::model::UnknownMembers), and a function
/// `new` that takes the required members, if there are any.
///
/// ```
/// use std::collections::BTreeMap;
///
/// arm_runtime::model! {
///     /// A cat.
///     pub struct Cat {
///         "kind" = "Cat",
///
///         /// Name of the cat. Required.
///         pub name: Option<String> = "name" required (min_length(1)),
///
///         /// Number of lives that are left. Read-only.
///         pub lives: Option<i32> = read_only "livesLeft",
///
///         ..pub others: BTreeMap<String, bool>,
///     }
/// }
///
/// let cat: Cat = serde_json::from_str(r#"{"name": "Tom", "livesLeft": 7, "tail": true}"#)?;
/// assert_eq!(cat.lives, Some(7));
/// assert_eq!(
///     serde_json::to_string(&cat)?,
///     r#"{"kind":"Cat","name":"Tom","livesLeft":7,"tail":true}"#,
/// );
/// assert_eq!(Cat::new("Tom").name.as_deref(), Some("Tom"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! model {
    (
        $(#[$($meta:tt)*])*
        pub struct $name:ident {
            $($tag:literal = $kind:literal $(previews($previews:expr))?,)*
            $(
                $(#[$($doc:tt)*])*
                pub $field:ident: Option<$ty:ty> = $($access:ident)? $wire:literal
                    $($required:ident)? $(($($rule:ident $(($limit:expr))?),+))?,
            )*
            $(..pub $rest:ident: BTreeMap<String, $rest_ty:ty>,)?
        }
    ) => {
        $(#[$($meta)*])*
        pub struct $name {
            $($(#[$($doc)*])* pub $field: Option<$ty>,)*
            $(
                /// Members without a field of their own.
                pub $rest: BTreeMap<String, $rest_ty>,
            )?
            /// Members that this version of the crate does not know, kept to be written back.
            pub unknown_members: $crate::model::UnknownMembers,
        }
        impl $crate::model::Model for $name {
            fn fields<'a, F: $crate::model::Fields<'a>>(&'a self, to: &mut F) {
                to.unknown(&self.unknown_members);
                $(to.constant($tag, $kind);)*
                $($(to.previews($tag, $kind, $previews);)?)*
                $(
                    to $(.$access())? $(.$required())?
                        $(.limits(const { &$crate::Constraints::new()$(.$rule($($limit)?))+ }))?
                        .field($wire, &self.$field);
                )*
                $(to.rest(&self.$rest);)?
            }
            fn fields_mut<F: $crate::model::FieldsMut>(&mut self, to: &mut F) {
                $(to.constant($tag);)*
                $(to.field($wire, &mut self.$field);)*
                $(to.rest(&mut self.$rest);)?
                to.unknown(&mut self.unknown_members);
            }
        }
        impl $crate::model::Shaped for $name {
            type Shape = $crate::model::support::Object;
        }
        impl Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::model::support::clone(self)
            }
        }
        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self {
                    $($field: None,)*
                    $($rest: Default::default(),)?
                    unknown_members: Default::default(),
                }
            }
        }
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::model::support::equal(self, other)
            }
        }
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::support::debug(stringify!($name), self, f)
            }
        }
        $crate::__serde!($name);
        $crate::__new!($name $($($required $field: $ty,)?)*);
    };
}

/// Writes the function `new` of a model with required members.
#[doc(hidden)]
#[macro_export]
macro_rules! __new {
    ($name:ident) => {};
    ($name:ident $(required $field:ident: $ty:ty,)+) => {
        impl $name {
            /// Creates a value with the members that requests must have; all others are absent.
            #[inline]
            pub fn new($($field: impl Into<$ty>),+) -> Self {
                let mut new = Self::default();
                $(new.$field = Some($field.into());)+
                new
            }
        }
    };
}

/// Implements serde's traits with [`Wire`](crate::model::Wire).
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ty) => {
        impl $crate::model::support::Serialize for $name {
            fn serialize<S: $crate::model::support::Serializer>(
                &self,
                to: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::model::support::write(self, to)
            }
        }
        impl<'de> $crate::model::support::Deserialize<'de> for $name {
            fn deserialize<D: $crate::model::support::Deserializer<'de>>(
                from: D,
            ) -> Result<Self, D::Error> {
                $crate::model::support::read(from)
            }
        }
    };
}
