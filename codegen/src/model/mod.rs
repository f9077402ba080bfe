//! Step 3: plain data becomes the service model, in which every name and type is decided.
//!
//! What is decided first is data for what comes after: `collections` → `groups` → `types` → `modules` of
//! `items`, and `scope_tree` → `parameters` → `methods` with their `examples`. What every crate has
//! is added at the end: `packaging`, `imports`, `prose` and the `readme`. The result is a
//! [`service::Service`].

mod bodies;
mod build;
pub mod cargo_manifest;
mod collections;
mod docs;
pub(crate) mod examples;
pub(crate) mod fake_table;
mod groups;
mod headers;
mod imports;
mod items;
pub mod lint;
pub mod markdown;
mod member_names;
mod method_names;
mod methods;
mod modules;
mod namer;
mod packaging;
mod pages;
mod parameters;
mod patterns;
pub mod program;
mod prose;
pub(crate) mod read_only;
mod responses;
mod rules;
pub mod rust_type;
mod scope_rules;
mod scope_tree;
mod scopes;
pub mod service;
mod types;

pub use build::build;
