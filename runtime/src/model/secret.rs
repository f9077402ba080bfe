//! Values that must not appear in logs.

use super::{Nulls, Path, Wire};
use crate::Constraints;
use crate::Validator;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// A value such as a key or a password, which is only shown by [`expose`](Self::expose).
///
/// ```
/// use arm_runtime::model::Secret;
///
/// let key: Secret = "hunter2".into();
/// assert_eq!(format!("{key:?}"), "Secret");
/// assert_eq!(key.expose(), "hunter2");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret<T = String>(T);

impl<T> Secret<T> {
    /// Returns a reference to the value.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Returns the value.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T: Wire> Wire for Secret<T> {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        // The original error would quote the value.
        let value = T::read(from, path).map_err(|_| D::Error::custom("invalid secret"))?;
        Ok(Self(value))
    }

    fn write<S: Serializer>(&self, to: S, nulls: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        self.0.write(to, nulls)
    }

    fn check(&self, rules: &Constraints, validator: &mut Validator) {
        self.0.check(&rules.secret(), validator);
    }
}

impl<T: Wire> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.write(to, None)
    }
}

impl<'de, T: Wire> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        super::wire::read(from)
    }
}
