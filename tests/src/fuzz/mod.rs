//! What the fuzz targets in `fuzz/` do with bytes, and what their short stand-in in the normal
//! test run does too.
//!
//! Each function may refuse the bytes, but not panic, hang, or break what it promises.

mod description;
mod feed;
mod models;
mod mutate;
mod parsers;
mod swagger;
mod transport;

pub use description::description;
pub use models::models;
pub use mutate::mutated;
pub use parsers::parsers;
pub use swagger::swagger;
pub use transport::answers;
