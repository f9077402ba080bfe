//! Tests of the fake: through the generated client, with hand-written requests, and over a socket.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod checks;
mod common;
mod computes;
mod contents;
mod endpoints;
mod faults;
mod har;
mod http;
mod identity;
mod keys;
mod lists;
mod manager;
mod operations;
mod own_api;
mod previews;
#[cfg(unix)]
mod program;
mod resources;
mod service;
mod socket;
mod stopped_clock;
mod sweep;
mod tls;
