//! Operations to methods: parameters, bodies, results, headers and examples.

pub(crate) mod bodies;
pub(crate) mod examples;
pub(crate) mod headers;
mod next_pages;
pub(crate) mod operations;
pub(crate) mod options_names;
pub(crate) mod parameters;
mod parts;
pub(crate) mod read_only;
pub(crate) mod responses;
mod scope_rules;
