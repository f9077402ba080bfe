//! The engine: it computes a response and the next state from a request and a state.
//!
//! Modules in this list import only modules above them.

pub(crate) mod catalog;
pub(crate) mod clock;
pub(crate) mod uri;
// Values.
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod limits;
pub(crate) mod member_path;
pub(crate) mod project;
// Requests and the state of the server.
pub(crate) mod description;
pub(crate) mod exchange;
pub(crate) mod fault;
pub(crate) mod filter;
pub(crate) mod har;
pub(crate) mod operation;
pub(crate) mod portable;
pub(crate) mod route;
pub(crate) mod sample;
pub(crate) mod state;
pub(crate) mod template;
// Responses.
pub(crate) mod action;
pub(crate) mod context;
pub(crate) mod envelope;
pub(crate) mod etag;
pub(crate) mod groups;
pub(crate) mod identity;
pub(crate) mod inventory;
pub(crate) mod list;
pub(crate) mod manager;
pub(crate) mod order;
pub(crate) mod polling;
pub(crate) mod providers;
pub(crate) mod render;
pub(crate) mod resource;
pub(crate) mod running;
pub(crate) mod service;
pub(crate) mod subscriptions;
pub(crate) mod version;
// The dispatch of requests to the modules above.
pub(crate) mod dispatch;
