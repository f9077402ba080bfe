//! UUIDs.

use super::open::read_text;
use super::{Nulls, Path, Wire};
use crate::{Constraints, Validator};
use azure_core::Uuid;
use serde::de::Deserializer;
use serde::ser::Serializer;

/// A UUID, read in any letter case, with or without hyphens, and written in lower case with them.
impl Wire for Uuid {
    fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
        read_text(from, |text| {
            Self::parse_str(text)
                .map_err(|_| format!("invalid value: string {text:?}, expected a UUID"))
        })
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        let mut buffer = Self::encode_buffer();
        to.serialize_str(self.as_hyphenated().encode_lower(&mut buffer))
    }

    fn check(&self, _: &Constraints, _: &mut Validator) {}
}
