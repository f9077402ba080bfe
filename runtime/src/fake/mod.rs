//! A fake Resource Manager, for tests and examples without Azure.
//!
//! [`Server`] behaves as the description of a service says, from data that the generator writes
//! ([`Description`]): a generated crate has one with its feature `fake`. It is used in memory, as
//! the transport of a client, or over HTTP on a local port.
//!
//! [`Fault`] makes things go wrong, [`Pace`] and [`Clock`] say how long operations take, and
//! [`Recorded`] is what was asked.

mod check;
mod clock;
mod engine;
mod exchange;
mod fault;
mod keys;
mod list;
mod project;
mod resource;
mod route;
mod rules;
mod running;
mod sample;
mod server;
mod socket;
mod state;
mod table;
mod transport;

pub use clock::Clock;
pub use exchange::Recorded;
pub use fault::Fault;
pub use server::{Pace, Server};
pub use socket::Listening;
pub use table::Description;
