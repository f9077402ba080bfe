//! Bytes that are strings in JSON.

use super::open::read_text;
use super::{Nulls, Path, Wire};
use crate::{Constraints, Validator};
use azure_core::base64;
use serde::de::Deserializer;
use serde::ser::Serializer;

macro_rules! bytes {
    ($($(#[$doc:meta])* $name:ident $encode:ident $decode:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name(pub Vec<u8>);

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                Self(bytes)
            }
        }

        impl From<&[u8]> for $name {
            fn from(bytes: &[u8]) -> Self {
                Self(bytes.to_owned())
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl Wire for $name {
            fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
                read_text(from, |text| base64::$decode(text).map(Self))
            }

            fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
                to.serialize_str(&base64::$encode(&self.0))
            }

            fn check(&self, _: &Constraints, _: &mut Validator) {}
        }

        crate::__serde!($name);
    )*};
}

bytes! {
    /// Bytes in Base64 (`byte`), read with or without padding.
    Base64 encode decode
    /// Bytes in URL-safe Base64 (`base64url`), without padding.
    Base64Url encode_url_safe decode_url_safe
}
