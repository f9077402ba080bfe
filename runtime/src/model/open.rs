//! Enums whose values are strings.

use super::{Nulls, Path, Shape, Shaped};
use crate::{Constraints, FromHeader, ParameterValue, Validator};
use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// The error for text that is not a value of a closed enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseEnumError {
    value: String,
    choices: &'static [&'static str],
}

impl ParseEnumError {
    #[doc(hidden)]
    #[cold]
    pub fn new(value: &str, choices: &'static [&'static str]) -> Self {
        Self {
            value: value.to_owned(),
            choices,
        }
    }

    /// Returns the text.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns the values of the enum.
    pub fn choices(&self) -> &'static [&'static str] {
        self.choices
    }
}

impl fmt::Display for ParseEnumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" is none of {}",
            self.value,
            self.choices.join(", ")
        )
    }
}

impl std::error::Error for ParseEnumError {}

/// Converts a string to a value without copying the string.
struct TextVisitor<T, E>(fn(&str) -> Result<T, E>, PhantomData<T>);

impl<T, P: fmt::Display> Visitor<'_> for TextVisitor<T, P> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

/// [`Wire::read`](super::Wire::read) of a type that is converted from a string.
pub(super) fn read_text<'de, T, P: fmt::Display, D: Deserializer<'de>>(
    from: D,
    make: fn(&str) -> Result<T, P>,
) -> Result<T, D::Error> {
    from.deserialize_str(TextVisitor(make, PhantomData))
}

/// The shape of an enum of strings.
#[derive(Debug)]
pub enum Text {}

impl<T: Shaped + AsRef<str> + FromStr<Err: fmt::Display>> Shape<T> for Text {
    fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<T, D::Error> {
        read_text(from, T::from_str)
    }

    fn write<S: Serializer>(value: &T, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        to.serialize_str(value.as_ref())
    }

    fn check(value: &T, rules: &Constraints, validator: &mut Validator) {
        let value = value.as_ref();
        if let Some((_, versions)) = T::PREVIEWS.iter().find(|(preview, _)| *preview == value) {
            validator.previews("", Some(value), versions);
        }
        validator.text("", Some(value), rules);
    }
}

impl<T: Shaped<Shape = Text> + AsRef<str>> ParameterValue for T {
    fn to_text(&self) -> Result<Cow<'_, str>, String> {
        Ok(self.as_ref().into())
    }
}

impl<T: Shaped<Shape = Text> + FromStr> FromHeader for T {
    fn from_header(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// Formats a value that an enum does not know.
pub fn debug_unknown(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple("UnknownValue").field(&value).finish()
}

/// Declares an enum of strings with a last variant `UnknownValue(String)` for values that are not
/// listed, and implements its conversions, `Clone`, `Debug` and equality, which all use the string.
/// The docs of variants without any are their values. `previews` after a value lists the
/// API versions that have it, if all of them are previews.
///
/// ```
/// arm_runtime::open_enum! {
///     /// How callers authenticate.
///     pub enum AuthMode {
///         /// A token of the workspace.
///         AmlToken = "AMLToken",
///
///         /// A key.
///         Key = "Key",
///     }
/// }
///
/// assert_eq!(AuthMode::from("Key"), AuthMode::Key);
/// let new: AuthMode = serde_json::from_str("\"AADToken\"")?;
/// assert_eq!(new.as_str(), "AADToken");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    ($(#[$($meta:tt)*])* pub enum $name:ident { $($variant:ident = $value:literal,)* }) => {
        $(#[$($meta)*])*
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $value, "`.")] $variant,)*
            /// A value that this version of the crate does not know.
            UnknownValue(String),
        }
        $crate::__open_enum! { $name [] $(, $variant = $value)* }
    };
    (
        $(#[$($meta:tt)*])*
        pub enum $name:ident {
            $(
                $(#[$($doc:tt)*])*
                $variant:ident = $value:literal $(previews($previews:expr))?,
            )*
        }
    ) => {
        $(#[$($meta)*])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$($doc)*])* $variant,)*
            /// A value that this version of the crate does not know.
            UnknownValue(String),
        }
        $crate::__open_enum! {
            $name [$($(($value, $previews),)?)*] $(, $variant = $value)*
        }
    };
}

/// The conversions of an open enum of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident [$($previews:tt)*] $(, $variant:ident = $value:literal)*) => {
        impl $name {
            /// Returns the value as in JSON.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::UnknownValue(value) => value,
                }
            }
        }
        impl Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                // Shorter to compile than a match of all variants, for several hundred enums.
                Self::from(self.as_str())
            }
        }
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    Self::UnknownValue(value) => $crate::model::support::debug_unknown(value, f),
                    known => f.write_str(known.as_str()),
                }
            }
        }
        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::UnknownValue(value.to_owned()),
                }
            }
        }
        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;
            #[inline]
            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }
        $crate::__text!($name [$($previews)*]);
    };
}

/// Declares an enum of strings without a variant for values that are not listed, and implements its
/// conversions, `Copy`, `Debug` and equality; the last two use the string. The docs of variants
/// without any are their values.
///
/// ```
/// arm_runtime::closed_enum! {
///     /// The two keys of an endpoint.
///     pub enum KeyType {
///         Primary = "Primary",
///         Secondary = "Secondary",
///     }
/// }
///
/// assert_eq!("Primary".parse(), Ok(KeyType::Primary));
/// let error = "Third".parse::<KeyType>().unwrap_err();
/// assert_eq!(error.to_string(), "\"Third\" is none of Primary, Secondary");
/// ```
#[macro_export]
macro_rules! closed_enum {
    ($(#[$($meta:tt)*])* pub enum $name:ident { $($variant:ident = $value:literal,)* }) => {
        $(#[$($meta)*])*
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $value, "`.")] $variant,)*
        }
        $crate::__closed_enum! { $name [] $(, $variant = $value)* }
    };
    (
        $(#[$($meta:tt)*])*
        pub enum $name:ident {
            $(
                $(#[$($doc:tt)*])*
                $variant:ident = $value:literal $(previews($previews:expr))?,
            )*
        }
    ) => {
        $(#[$($meta)*])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$($doc)*])* $variant,)*
        }
        $crate::__closed_enum! {
            $name [$($(($value, $previews),)?)*] $(, $variant = $value)*
        }
    };
}

/// The conversions of a closed enum of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! __closed_enum {
    ($name:ident [$($previews:tt)*] $(, $variant:ident = $value:literal)*) => {
        impl $name {
            /// Returns the value as in JSON.
            #[inline]
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }
        impl Copy for $name {}
        impl Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = $crate::model::ParseEnumError;
            #[inline]
            fn from_str(value: &str) -> Result<Self, Self::Err> {
                match value {
                    $($value => Ok(Self::$variant),)*
                    _ => Err($crate::model::ParseEnumError::new(value, &[$($value),*])),
                }
            }
        }
        $crate::__text!($name [$($previews)*]);
    };
}

/// Implements the traits that open and closed enums of strings share.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    ($name:ident [$($($previews:tt)+)?]) => {
        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl Eq for $name {}
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }
        impl $crate::model::Shaped for $name {
            type Shape = $crate::model::support::Text;
            $(const PREVIEWS: &'static [(&'static str, &'static [&'static str])] = &[$($previews)+];)?
        }
        $crate::__serde!($name);
    };
}
