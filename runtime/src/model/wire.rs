//! The trait of everything that travels in JSON.

use crate::{Constraints, Validator};
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// How a type travels in JSON.
///
/// This is apart from serde's own traits so that a format hangs on the type: a date is written as
/// the services want it, whatever serde feature of its crate happens to be on.
pub trait Wire: fmt::Debug + Sized {
    /// Reads a value. On failure, the caller adds to `path` where it had got to.
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error>;

    /// What null in a map stands for; `None` where the entry is passed over.
    ///
    /// Services send null for entries that have no value, whatever their descriptions say.
    #[inline]
    fn from_null() -> Option<Self> {
        None
    }

    /// Writes the value.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;

    /// Checks the value against `rules`, and whatever it contains against rules of its own.
    fn check(&self, rules: &Constraints, validator: &mut Validator);
}

/// Where in a document reading failed; empty while all goes well.
#[derive(Debug, Default)]
pub struct Path(String);

impl Path {
    /// Notes that the failure lies in the member `name` of an object.
    #[cold]
    pub fn member(&mut self, name: &str) {
        let separator = match self.0.as_bytes().first() {
            None | Some(b'[') => "",
            Some(_) => ".",
        };
        self.0 = format!("{name}{separator}{}", self.0);
    }

    /// Notes that the failure lies in the element `index` of an array.
    #[cold]
    pub fn element(&mut self, index: usize) {
        self.member(&format!("[{index}]"));
    }

    #[cold]
    fn explain<E: Error>(&self, error: E) -> E {
        if self.0.is_empty() {
            return error;
        }
        // serde_json finds line and column again at the end of the message.
        E::custom(format_args!("{}: {error}", self.0))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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

/// Leads from serde's containers to [`Wire::write`].
pub(super) struct Writing<'a, T>(pub(super) &'a T);

impl<T: Wire> Serialize for Writing<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(to)
    }
}
