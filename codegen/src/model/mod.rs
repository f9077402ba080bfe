//! Step 3: plain data becomes the service model, in which every name and type is decided.
//!
//! What is decided first is data for what comes after. The folders are in this order:
//!
//! - `naming` chooses names, for all that follow.
//! - `groups` sorts operations into groups, and builds the tree of the scopes that return them.
//! - `items` converts schemas to types, and assigns them to modules.
//! - `methods` converts operations to methods, with their parameters, results and examples.
//! - `package` adds what every crate has: its manifest, imports, pages and the fake's table.
//! - `service` is the result, and imports none of them.

mod build;
mod docs;
mod groups;
mod items;
pub(crate) mod methods;
mod naming;
pub(crate) mod package;
mod rules;
pub mod service;

pub use build::build;
