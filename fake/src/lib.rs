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
//! - `tls`: the server on a local port with TLS, by a certificate of its own.
//! - `program`: the command line of a server that runs until it is stopped.
//!
//! Without features there is only [`table`], which the generator needs.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "engine")]
mod contents;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "program")]
pub mod program;
#[cfg(feature = "engine")]
mod server;
#[cfg(feature = "server")]
mod socket;
pub mod table;
#[cfg(feature = "tls")]
mod tls;
#[cfg(feature = "engine")]
mod transport;

#[cfg(feature = "engine")]
pub use {
    contents::Snapshot,
    engine::{
        clock::{Clock, Pace},
        description::Description,
        exchange::Recorded,
        fault::Fault,
    },
    server::Server,
};

#[cfg(feature = "server")]
pub use socket::Listening;

#[cfg(feature = "tls")]
pub use tls::Certificate;
