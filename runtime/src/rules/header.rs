//! Values of response headers.

use azure_core::Uuid;

/// A type that the value of a response header is read into.
pub trait FromHeader: Sized {
    /// Reads the value; `None` if it is no such value.
    fn from_header(text: &str) -> Option<Self>;
}

macro_rules! parsed {
    ($($t:ty),*) => {
        $(impl FromHeader for $t {
            fn from_header(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        })*
    };
}

parsed!(String, bool, i32, i64, u16, u32, u64, f32, f64, Uuid);
