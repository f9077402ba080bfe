//! The JSON form of generated models.
//!
//! A generated type is declared once, in a macro of this module: [`model!`](crate::model!),
//! [`union!`](crate::union!), [`open_enum!`](crate::open_enum!),
//! [`closed_enum!`](crate::closed_enum!). The macros write the type and two visits of its fields.
//! All other code is generic and compiled by the crates that use a type, for the types that they
//! use, so that a crate with several hundred models compiles quickly.

mod bytes;
mod containers;
mod declare;
mod duration;
mod erased;
mod json;
mod list_result;
mod nulls;
mod number;
mod object;
mod open;
mod page;
mod parameter;
mod read_only;
mod rules;
mod scalars;
mod secret;
mod shape;
mod shared;
mod time;
mod union;
mod unknown;
mod uuid;
mod wire;

pub use ::time::Date;
pub use azure_core::{Uuid, time::OffsetDateTime};
pub use bytes::{Base64, Base64Url};
pub use duration::{DurationComponents, IsoDuration};
pub use json::Json;
pub use list_result::ListResult;
pub use nulls::Nulls;
pub use object::{Fields, FieldsMut, Model, Ruled};
pub use open::ParseEnumError;
pub(crate) use read_only::without_read_only;
pub use rules::Rules;
pub use secret::Secret;
pub use serde_json::Value;
pub use shape::{Shape, Shaped};
pub use shared::Shared;
pub use time::{Rfc1123, UnixTime};
pub use union::{Pick, Show, Union, UnknownKind};
pub use unknown::UnknownMembers;
pub use wire::{Path, Wire};

impl<T: Wire> crate::Validate for T {
    fn validate(&self, validator: &mut crate::Validator) {
        self.check(&rules::NO_LIMITS, validator);
    }
}

/// Items for the macros only.
#[doc(hidden)]
pub mod support {
    pub use super::erased::{clone, equal};
    pub use super::object::{Object, debug};
    pub use super::open::{Text, debug_unknown};
    pub use super::shared::shared;
    pub use super::union::{Tagged, unknown_kind};
    pub use super::wire::{read, write};
    pub use serde::de::Error;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
