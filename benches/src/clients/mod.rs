//! What the benches in `benches/` share: a server, the data it sends, and the hand-written code that
//! the generated crate is compared with.

pub mod hand;
pub mod measure;
pub mod ours;
pub mod sample;
pub mod server;
pub mod shapes;
