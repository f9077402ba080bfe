//! Enums whose values are numbers.

/// Implements the conversions of an enum of numbers that has a variant `UnknownValue` for others.
///
/// ```
/// #[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// #[non_exhaustive]
/// pub enum Level {
///     Low,
///     High,
///     UnknownValue(i32),
/// }
/// arm_runtime::open_enum_number! { Level, i32, Low = 1, High = 2 }
///
/// assert_eq!(Level::from(2), Level::High);
/// assert_eq!(serde_json::from_str::<Level>("7")?, Level::UnknownValue(7));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum_number {
    ($name:ident, $number:ident $(, $variant:ident = $value:literal)* $(,)?) => {
        impl $name {
            /// The number.
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

/// Implements the conversions of an enum of numbers that has no variant for others.
///
/// ```
/// #[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// #[non_exhaustive]
/// pub enum Level {
///     Low,
///     High,
/// }
/// arm_runtime::closed_enum_number! { Level, i32, Low = 1, High = 2 }
///
/// assert_eq!(Level::try_from(2), Ok(Level::High));
/// assert_eq!(Level::try_from(3).unwrap_err().to_string(), "\"3\" is none of 1, 2");
/// ```
#[macro_export]
macro_rules! closed_enum_number {
    ($name:ident, $number:ident $(, $variant:ident = $value:literal)* $(,)?) => {
        impl $name {
            /// The number.
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

/// What open and closed enums of numbers have in common.
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
        impl $crate::ParameterValue for $name {
            #[inline]
            fn to_text(&self) -> ::std::borrow::Cow<'_, str> {
                self.value().to_string().into()
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
            ) -> Result<S::Ok, S::Error> {
                $crate::model::Wire::write(&self.value(), to)
            }
            #[inline]
            fn check(&self, rules: &$crate::Constraints, validator: &mut $crate::Validator) {
                $crate::model::Wire::check(&self.value(), rules, validator);
            }
        }
        $crate::__serde!($name);
    };
}
