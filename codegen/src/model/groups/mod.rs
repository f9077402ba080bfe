//! Sorts operations into groups, and builds the tree of the scopes that return them.

pub(crate) mod collections;
pub(crate) mod outlines;
pub(crate) mod scope_tree;
pub(crate) mod steps;
