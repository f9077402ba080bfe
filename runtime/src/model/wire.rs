//! The trait of everything that travels in JSON.

use super::nulls::Nulls;
use crate::{Constraints, Validator};
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// How a type travels in JSON.
///
/// This is apart from serde's own traits so that a format hangs on the type: a date is written as
/// the services want it, whatever serde feature of its crate happens to be on.
pub trait Wire: fmt::Debug + Sized + 'static {
    /// Reads a value. On failure, the caller adds to `path` where it had got to.
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error>;

    /// What null stands for as an element of an array or map; `None` where it is no value, which
    /// [`Nulls`] then keeps the place of.
    #[inline]
    fn from_null() -> Option<Self> {
        None
    }

    /// Writes the value, with `nulls` where they stood when it was read.
    fn write<S: Serializer>(&self, to: S, nulls: Option<&Nulls>) -> Result<S::Ok, S::Error>;

    /// Checks the value against `rules`, and whatever it contains against rules of its own.
    fn check(&self, rules: &Constraints, validator: &mut Validator);
}

/// What reading a value tells the reader of what is around it.
#[derive(Debug, Default)]
pub struct Path {
    /// Where in the document reading failed; empty while all goes well.
    failed: String,
    /// Where nulls stood in the value that was read, when its type has no place for them.
    nulls: Option<Nulls>,
}

impl Path {
    /// Notes where nulls stood in the value that was read.
    pub(super) fn set_nulls(&mut self, nulls: Nulls) {
        self.nulls = Some(nulls);
    }

    /// Takes the note of where nulls stood in the value that was read.
    pub(super) fn take_nulls(&mut self) -> Option<Nulls> {
        self.nulls.take()
    }

    /// Notes that the failure lies in the member `name` of an object.
    #[cold]
    pub fn member(&mut self, name: &str) {
        let separator = match self.failed.as_bytes().first() {
            None | Some(b'[') => "",
            Some(_) => ".",
        };
        self.failed = format!("{name}{separator}{}", self.failed);
    }

    /// Notes that the failure lies in the element `index` of an array.
    #[cold]
    pub fn element(&mut self, index: usize) {
        self.member(&format!("[{index}]"));
    }

    #[cold]
    fn explain<E: Error>(&self, error: E) -> E {
        if self.failed.is_empty() {
            return error;
        }
        // serde_json finds line and column again at the end of the message.
        E::custom(format_args!("{}: {error}", self.failed))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.failed)
    }
}

/// Reads a whole document, or part of one that serde's own types lead to.
pub fn read<'de, T: Wire, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut path = Path::default();
    T::read(from, &mut path).map_err(|error| path.explain(error))
}

/// Leads from serde's containers to [`Wire::read`].
pub(super) struct Reading<'p, T>(&'p mut Path, PhantomData<T>);

impl<'p, T> Reading<'p, T> {
    pub(super) fn new(path: &'p mut Path) -> Self {
        Self(path, PhantomData)
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Reading<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from, self.0)
    }
}

/// Writes a whole document, or part of one that serde's own types lead to.
pub fn write<T: Wire, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    value.write(to, None)
}

/// Leads from serde's containers to [`Wire::write`].
pub(super) struct Writing<'a, T>(pub(super) &'a T, pub(super) Option<&'a Nulls>);

impl<T: Wire> Serialize for Writing<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(to, self.1)
    }
}
