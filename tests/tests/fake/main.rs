//! The fake: through the generated client, by requests of our own, and over a socket.

mod checks;
mod common;
mod faults;
mod identity;
mod keys;
mod lists;
mod operations;
mod own_api;
mod resources;
mod socket;
mod sweep;
