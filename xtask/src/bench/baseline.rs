//! What we are compared with.

/// The crate that Microsoft generated before, with the API version that is its default.
pub(super) const CRATE: &str = "azure_mgmt_machinelearningservices";
pub(super) const VERSION: &str = "0.21.0";
/// Lines of its generated code for that API version.
pub(super) const LINES: f64 = 48_500.0;

/// Crate and version for people.
pub(super) fn name() -> String {
    format!("`{CRATE}` {VERSION}")
}
