//! What every generated Azure Resource Manager client stands on.

#[path = "model/interim.rs"]
mod interim;
pub mod model;

pub use interim::{Constraints, ListPage, Validate, Validator};
