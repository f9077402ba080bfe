//! Strings, booleans, numbers and values of any shape.

use super::{Nulls, Path, Wire};
use crate::{Constraints, Validator};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use std::fmt;

impl Wire for String {
    fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
        Self::deserialize(from)
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }

    fn check(&self, rules: &Constraints, validator: &mut Validator) {
        validator.text("", Some(self), rules);
    }
}

impl Wire for bool {
    fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
        Self::deserialize(from)
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        to.serialize_bool(*self)
    }

    fn check(&self, _: &Constraints, _: &mut Validator) {}
}

impl Wire for Value {
    fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
        Self::deserialize(from)
    }

    fn from_null() -> Option<Self> {
        Some(Self::Null)
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        self.serialize(to)
    }

    fn check(&self, _: &Constraints, _: &mut Validator) {}
}

/// Reads an integer of the width `T`; a fraction of zero is accepted.
struct Integer<T>(&'static str, std::marker::PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Integer<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        // Beyond 2^53 a float does not identify one integer.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= EXACT {
            return self.visit_i64(value as i64);
        }
        Err(E::invalid_value(Unexpected::Float(value), &self))
    }
}

macro_rules! integers {
    ($($int:ident $write:ident)*) => {$(
        impl Wire for $int {
            fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
                // With deserialize_i64, YAML would reject 3.0.
                from.deserialize_any(Integer(stringify!($int), std::marker::PhantomData))
            }

            fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
                to.$write(*self)
            }

            fn check(&self, rules: &Constraints, validator: &mut Validator) {
                validator.number("", Some(*self as f64), rules);
            }
        }
    )*};
}
integers! { i32 serialize_i32 i64 serialize_i64 u8 serialize_u8 u32 serialize_u32 u64 serialize_u64 }

macro_rules! floats {
    ($($float:ident $write:ident)*) => {$(
        impl Wire for $float {
            fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
                Self::deserialize(from)
            }

            fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
                to.$write(*self)
            }

            fn check(&self, rules: &Constraints, validator: &mut Validator) {
                validator.number("", Some(f64::from(*self)), rules);
            }
        }
    )*};
}
floats! { f32 serialize_f32 f64 serialize_f64 }
