//! Types that only declare the shape of their JSON and share all code.

use super::{Nulls, Path, Wire};
use crate::{Constraints, Validator};
use serde::de::Deserializer;
use serde::ser::Serializer;
use std::fmt;

/// A type that is [`Wire`] because its JSON has a known shape.
///
/// The macros implement this, and not `Wire` itself, so that a crate of several hundred types need
/// not compile the same three functions for each.
pub trait Shaped: Clone + PartialEq + fmt::Debug + Sized + 'static {
    /// The shape.
    type Shape: Shape<Self>;

    /// For enums: values that only previews have, each with the API versions that have it.
    const PREVIEWS: &'static [(&'static str, &'static [&'static str])] = &[];
}

/// The implementation of [`Wire`] for all types `T` of one shape.
pub trait Shape<T> {
    /// [`Wire::read`].
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<T, D::Error>;

    /// [`Wire::write`].
    fn write<S: Serializer>(value: &T, to: S, nulls: Option<&Nulls>) -> Result<S::Ok, S::Error>;

    /// [`Wire::check`].
    fn check(value: &T, rules: &Constraints, validator: &mut Validator);
}

impl<T: Shaped> Wire for T {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        T::Shape::read(from, path)
    }

    #[inline]
    fn write<S: Serializer>(&self, to: S, nulls: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        T::Shape::write(self, to, nulls)
    }

    #[inline]
    fn check(&self, rules: &Constraints, validator: &mut Validator) {
        T::Shape::check(self, rules, validator);
    }
}

/// The shape of the contents of a box.
#[derive(Debug)]
pub enum Boxed {}

impl<T: Shaped> Shaped for Box<T> {
    type Shape = Boxed;
}

impl<T: Wire> Shape<Box<T>> for Boxed {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Box<T>, D::Error> {
        T::read(from, path).map(Box::new)
    }

    fn write<S: Serializer>(
        value: &Box<T>,
        to: S,
        nulls: Option<&Nulls>,
    ) -> Result<S::Ok, S::Error> {
        (**value).write(to, nulls)
    }

    fn check(value: &Box<T>, rules: &Constraints, validator: &mut Validator) {
        (**value).check(rules, validator);
    }
}
