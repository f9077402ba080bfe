//! Enums whose values are numbers.

/// Declares an enum of numbers with a last variant `UnknownValue` for numbers that are not listed,
/// and implements its conversions, `Copy`, `Debug` and equality.
///
/// ```
/// arm_runtime::open_enum_number! {
///     /// How much light there is.
///     pub enum Level: i32 {
///         /// Little.
///         Low = 1,
///
///         /// Much.
///         High = 2,
///     }
/// }
///
/// assert_eq!(Level::from(2), Level::High);
/// assert_eq!(serde_json::from_str::<Level>("7")?, Level::UnknownValue(7));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum_number {
    (
        $(#[$($meta:tt)*])*
        pub enum $name:ident: $number:ident {
            $($(#[$($doc:tt)*])* $variant:ident = $value:literal,)*
        }
    ) => {
        $(#[$($meta)*])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$($doc)*])* $variant,)*
            /// A value that this version of the crate does not know.
            UnknownValue($number),
        }
        $crate::__open_enum_number! { $name, $number $(, $variant = $value)* }
    };
}

/// The conversions of an open enum of numbers.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum_number {
    ($name:ident, $number:ident $(, $variant:ident = $value:literal)*) => {
        impl $name {
            /// Returns the number.
            #[inline]
            pub fn value(&self) -> $number {
                match self {
                    $(Self::$variant => $value,)*
                    Self::UnknownValue(value) => *value,
                }
            }
        }
        impl From<$number> for $name {
            #[inline]
            fn from(value: $number) -> Self {
                $(if value == $value {
                    return Self::$variant;
                })*
                Self::UnknownValue(value)
            }
        }
        $crate::__number!($name, $number);
    };
}

/// Declares an enum of numbers without a variant for those that are not listed, and implements its
/// conversions, `Copy`, `Debug` and equality.
///
/// ```
/// arm_runtime::closed_enum_number! {
///     /// How much light there is.
///     pub enum Level: i32 {
///         /// Little.
///         Low = 1,
///
///         /// Much.
///         High = 2,
///     }
/// }
///
/// assert_eq!(Level::try_from(2), Ok(Level::High));
/// assert_eq!(Level::try_from(3).unwrap_err().to_string(), "\"3\" is none of 1, 2");
/// ```
#[macro_export]
macro_rules! closed_enum_number {
    (
        $(#[$($meta:tt)*])*
        pub enum $name:ident: $number:ident {
            $($(#[$($doc:tt)*])* $variant:ident = $value:literal,)*
        }
    ) => {
        $(#[$($meta)*])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$($doc)*])* $variant,)*
        }
        $crate::__closed_enum_number! { $name, $number $(, $variant = $value)* }
    };
}

/// The conversions of a closed enum of numbers.
#[doc(hidden)]
#[macro_export]
macro_rules! __closed_enum_number {
    ($name:ident, $number:ident $(, $variant:ident = $value:literal)*) => {
        impl $name {
            /// Returns the number.
            #[inline]
            pub fn value(&self) -> $number {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }
        impl TryFrom<$number> for $name {
            type Error = $crate::model::ParseEnumError;
            #[inline]
            fn try_from(value: $number) -> Result<Self, Self::Error> {
                $(if value == $value {
                    return Ok(Self::$variant);
                })*
                let choices = &[$(stringify!($value)),*];
                Err($crate::model::ParseEnumError::new(&value.to_string(), choices))
            }
        }
        $crate::__number!($name, $number);
    };
}

/// Implements the traits that open and closed enums of numbers share.
#[doc(hidden)]
#[macro_export]
macro_rules! __number {
    ($name:ident, $number:ident) => {
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }
        impl<'a> $crate::model::Shared<'a> for $name {
            type Field = Self;
            fn of_field(field: &'a Self) -> Self {
                *field
            }
            fn of_json(value: &'a $crate::model::Value) -> Option<Self> {
                $crate::model::support::read(value).ok()
            }
        }
        impl $crate::ParameterValue for $name {
            #[inline]
            fn to_text(&self) -> ::std::result::Result<::std::borrow::Cow<'_, str>, String> {
                Ok(self.value().to_string().into())
            }
        }
        impl $crate::FromHeader for $name {
            #[inline]
            fn from_header(text: &str) -> Option<Self> {
                Self::try_from(text.parse::<$number>().ok()?).ok()
            }
        }
        impl $crate::model::Wire for $name {
            fn read<'de, D: $crate::model::support::Deserializer<'de>>(
                from: D,
                path: &mut $crate::model::Path,
            ) -> Result<Self, D::Error> {
                let number = <$number as $crate::model::Wire>::read(from, path)?;
                Self::try_from(number).map_err($crate::model::support::Error::custom)
            }
            fn write<S: $crate::model::support::Serializer>(
                &self,
                to: S,
                _: Option<&$crate::model::Nulls>,
            ) -> Result<S::Ok, S::Error> {
                $crate::model::support::write(&self.value(), to)
            }
            #[inline]
            fn check(&self, rules: &$crate::Constraints, validator: &mut $crate::Validator) {
                $crate::model::Wire::check(&self.value(), rules, validator);
            }
        }
        $crate::__serde!($name);
    };
}
