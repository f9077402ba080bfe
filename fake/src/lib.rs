//! A fake Azure Resource Manager, for tests of programs that manage Azure resources.
//!
//! [`Server`] behaves as the description of a service says, from data that the generator writes
//! ([`Description`], read from a [`table::Table`]): a generated crate has one with its feature
//! `fake`. It is used in memory, as the transport of a client, or over HTTP on a local port.
//!
//! [`Fault`] makes things go wrong, [`Pace`] and [`Clock`] say how long operations take, and
//! [`Recorded`] is what was asked.
//!
//! # Features
//!
//! - `engine`: the server in memory.
//! - `server` (default): the server on a local port, too.
//!
//! Without features there is only [`table`], which the generator needs.

#[cfg(feature = "engine")]
mod catalog;
#[cfg(feature = "engine")]
mod check;
#[cfg(feature = "engine")]
mod clock;
#[cfg(feature = "engine")]
mod description;
#[cfg(feature = "engine")]
mod dispatch;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "engine")]
mod exchange;
#[cfg(feature = "engine")]
mod fault;
#[cfg(feature = "engine")]
mod keys;
#[cfg(feature = "engine")]
mod limits;
#[cfg(feature = "engine")]
mod list;
#[cfg(feature = "engine")]
mod operation;
#[cfg(feature = "engine")]
mod project;
#[cfg(feature = "engine")]
mod resource;
#[cfg(feature = "engine")]
mod route;
#[cfg(feature = "engine")]
mod running;
#[cfg(feature = "engine")]
mod sample;
#[cfg(feature = "engine")]
mod server;
#[cfg(feature = "server")]
mod socket;
#[cfg(feature = "engine")]
mod state;
pub mod table;
#[cfg(feature = "engine")]
mod transport;
#[cfg(feature = "engine")]
mod uri;

#[cfg(feature = "engine")]
pub use {
    clock::{Clock, Pace},
    description::Description,
    exchange::Recorded,
    fault::Fault,
    server::Server,
};

#[cfg(feature = "server")]
pub use socket::Listening;
