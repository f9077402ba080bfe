//! The trait of all types with a JSON form.

use super::nulls::Nulls;
use crate::{Constraints, Validator};
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// The JSON form of a type.
///
/// This is separate from serde's own traits so that the type determines the format: a date is
/// written as services expect it, whatever serde features its crate has enabled.
pub trait Wire: Clone + PartialEq + fmt::Debug + Sized + 'static {
    /// Reads a value. On failure, the caller adds the location to `path`.
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error>;

    /// Returns the value that null represents as an element of an array or map; `None` if it is no
    /// value, and its position is kept in [`Nulls`].
    #[inline]
    fn from_null() -> Option<Self> {
        None
    }

    /// Writes the value, with `nulls` where they stood when it was read.
    fn write<S: Serializer>(&self, to: S, nulls: Option<&Nulls>) -> Result<S::Ok, S::Error>;

    /// Checks the value against `rules`, and its contents against their own rules.
    fn check(&self, rules: &Constraints, validator: &mut Validator);
}

/// Information that reading a value passes to its surroundings.
#[derive(Debug, Default)]
pub struct Path {
    /// The location in the document at which reading failed; empty without a failure.
    failed: String,
    /// The positions of nulls in the value that was read, if its type cannot be null.
    nulls: Option<Nulls>,
}

impl Path {
    /// Stores the positions of nulls in the value that was read.
    pub(super) fn set_nulls(&mut self, nulls: Nulls) {
        self.nulls = Some(nulls);
    }

    /// Returns whether there are nulls in the value that was read.
    #[inline]
    pub(super) fn has_nulls(&self) -> bool {
        self.nulls.is_some()
    }

    /// Removes and returns the positions of nulls in the value that was read.
    pub(super) fn take_nulls(&mut self) -> Option<Nulls> {
        self.nulls.take()
    }

    /// Adds the member `name` of an object to the location of the failure.
    #[cold]
    pub fn member(&mut self, name: &str) {
        let separator = match self.failed.as_bytes().first() {
            None | Some(b'[') => "",
            Some(_) => ".",
        };
        self.failed = format!("{name}{separator}{}", self.failed);
    }

    /// Adds the element `index` of an array to the location of the failure.
    #[cold]
    pub fn element(&mut self, index: usize) {
        self.member(&format!("[{index}]"));
    }

    #[cold]
    fn explain<E: Error>(&self, error: E) -> E {
        if self.failed.is_empty() {
            return error;
        }
        // serde_json appends line and column to the message again.
        E::custom(format_args!("{}: {error}", self.failed))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.failed)
    }
}

/// Reads a whole document, or a part of one inside serde's own types.
pub fn read<'de, T: Wire, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut path = Path::default();
    T::read(from, &mut path).map_err(|error| path.explain(error))
}

/// Connects serde's containers to [`Wire::read`].
pub(super) struct Reading<'p, T>(&'p mut Path, PhantomData<T>);

impl<'p, T> Reading<'p, T> {
    pub(super) fn new(path: &'p mut Path) -> Self {
        Self(path, PhantomData)
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Reading<'_, T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from, self.0)
    }
}

/// Writes a whole document, or a part of one inside serde's own types.
pub fn write<T: Wire, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    value.write(to, None)
}

/// Connects serde's containers to [`Wire::write`].
pub(super) struct Writing<'a, T>(pub(super) &'a T, pub(super) Option<&'a Nulls>);

impl<T: Wire> Serialize for Writing<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(to, self.1)
    }
}
