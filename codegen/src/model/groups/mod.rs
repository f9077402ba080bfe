//! Operations to groups, and the scopes that lead to them.

pub(crate) mod collections;
pub(crate) mod outlines;
pub(crate) mod scope_tree;
pub(crate) mod steps;
