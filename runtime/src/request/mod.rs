//! Requests: scopes, calls and bodies.

pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod form;
pub(crate) mod merge_patch;
pub(crate) mod parts;
pub(crate) mod resource_id;
pub(crate) mod scope;
