//! The baseline of the benchmarks.

/// Microsoft's deprecated generated crate, used with its default API version.
pub(crate) const CRATE: &str = "azure_mgmt_machinelearningservices";
pub(crate) const VERSION: &str = "0.21.0";

/// Returns the name and version of the baseline for reports.
pub(crate) fn name() -> String {
    format!("`{CRATE}` {VERSION}")
}
