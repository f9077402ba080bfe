//! Rules of the API description, and checks against them.

pub(crate) mod constraints;
pub(crate) mod error;
pub(crate) mod header;
pub(crate) mod parameter;
pub(crate) mod path_template;
pub(crate) mod preview;
pub(crate) mod validate;
