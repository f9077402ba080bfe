//! The description of a service.

/// The service that a generated crate is a client of.
///
/// A generated crate has one `static` of this and passes it to [`Client::new`](crate::Client::new).
#[derive(Debug)]
pub struct Service {
    /// The crate's name for the `User-Agent` header and the tracer, usually
    /// `option_env!("CARGO_PKG_NAME")`.
    pub crate_name: Option<&'static str>,
    /// The crate's version for the `User-Agent` header and the tracer.
    pub crate_version: Option<&'static str>,
    /// A short name at the start of every span's name, such as `MachineLearning`.
    pub name: &'static str,
    /// The resource provider's namespace, such as `Microsoft.MachineLearningServices`.
    pub provider: &'static str,
    /// Every API version that the crate was generated from, oldest first.
    pub api_versions: &'static [&'static str],
    /// The API version that is sent unless the caller chooses another.
    pub default_api_version: &'static str,
}
