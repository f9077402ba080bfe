//! How generated models travel in JSON.
//!
//! A generated type is a plain struct or enum and one line that invokes a macro of this module:
//! [`model!`](crate::model!), [`union!`](crate::union!), [`open_enum!`](crate::open_enum!),
//! [`closed_enum!`](crate::closed_enum!). The macros only write
//! tables; all code that walks them is generic and compiled by the crates that use a type, for the
//! types they use. That keeps a crate of several hundred models quick to build.

mod containers;
mod object;
mod open;
mod rules;
mod scalars;
mod union;
mod wire;

pub use object::{Fields, Member, Model, Ruled};
pub use open::ParseEnumError;
pub use rules::{Rules, Validate, Validator, Violation};
pub use union::{Pick, Union, UnknownKind};
pub use wire::{Path, Wire};

/// What the macros name and nobody else should.
#[doc(hidden)]
pub mod support {
    pub use super::object::{check_model, read_model, write_model};
    pub use super::open::read_text;
    pub use super::union::{read_union, unknown_kind};
    pub use super::wire::read;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
