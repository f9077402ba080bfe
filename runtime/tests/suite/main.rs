//! Tests against scripted servers on the loopback interface.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod common;
#[path = "../support/mod.rs"]
mod support;

mod errors;
mod faults;
mod lro;
mod lro_conversation;
mod lro_more;
mod lro_reference;
mod paging;
mod previews;
mod properties;
mod registration;
mod requests;
mod safety;
mod tls;
mod tracing_spans;
mod unauthorized;
