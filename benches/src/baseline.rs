//! What we are compared with.

/// The crate that Microsoft generated before, with the API version that is its default.
pub(crate) const CRATE: &str = "azure_mgmt_machinelearningservices";
pub(crate) const VERSION: &str = "0.21.0";

/// Crate and version for people.
pub(crate) fn name() -> String {
    format!("`{CRATE}` {VERSION}")
}
