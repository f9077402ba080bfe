//! What the benches share: a server, the data it sends, and the hand-written code that the
//! generated crate is measured against.

pub mod hand;
pub mod measure;
pub mod ours;
pub mod sample;
pub mod server;
pub mod shapes;
