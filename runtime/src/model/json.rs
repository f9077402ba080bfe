//! Whole bodies that are not models.

use super::wire::{read, write};
use super::{Nulls, Path, Wire};
use crate::{Constraints, Validator};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A whole body that is an array, a map or a single value, with the same JSON as members: dates,
/// times and nulls are written as in models.
///
/// ```
/// use arm_runtime::model::{Date, Json};
///
/// let dates: Json<Vec<Date>> = serde_json::from_str(r#"["2024-02-29", null]"#)?;
/// assert_eq!(dates[0].ordinal(), 60);
/// assert_eq!(serde_json::to_string(&dates)?, r#"["2024-02-29",null]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Json<T> {
    value: T,
    nulls: Option<Nulls>,
}

impl<T> Json<T> {
    /// Returns the value.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self { value, nulls: None }
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: IntoIterator> IntoIterator for Json<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> T::IntoIter {
        self.value.into_iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Json<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: Wire> Wire for Json<T> {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        let value = T::read(from, path)?;
        let nulls = path.take_nulls();
        Ok(Self { value, nulls })
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        self.value.write(to, self.nulls.as_ref())
    }

    fn check(&self, rules: &Constraints, validator: &mut Validator) {
        self.value.check(rules, validator);
    }
}

impl<T: Wire> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        write(self, to)
    }
}

impl<'de, T: Wire> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read(from)
    }
}
