//! What every generated Azure Resource Manager client stands on.

pub mod model;
