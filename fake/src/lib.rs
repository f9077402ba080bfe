//! A fake Azure Resource Manager, for tests of programs that manage Azure resources.
//!
//! [`Server`] behaves as the description of a service says. Its data ([`Description`], read from a
//! [`table::Table`]) is written by the generator: a generated crate has it with its feature `fake`.
//! The server is used in memory, as the transport of a client, or over HTTP on a local port.
//!
//! [`Fault`] injects errors, [`Pace`] and [`Clock`] define how long operations take, and
//! [`Recorded`] is a request that the server has received.
//!
//! # Features
//!
//! - `engine`: the server in memory.
//! - `server` (default): also the server on a local port.
//! - `tls`: the server on a local port with TLS, with a certificate that it creates itself.
//! - `program`: the command line of a server that runs until it is stopped.
//!
//! Without features the crate has only [`table`], which the generator needs.

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
