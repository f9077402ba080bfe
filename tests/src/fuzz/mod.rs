//! The functions that the fuzz targets in `fuzz/` run on bytes, and that a short test in the normal
//! test run runs too.
//!
//! Each function may reject the bytes, but must not panic, hang, or break a guarantee.

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
pub use transport::responses;
