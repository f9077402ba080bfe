//! The connection to Resource Manager: endpoint, credential, pipeline and transport.

pub(crate) mod challenge;
pub(crate) mod client;
pub(crate) mod cloud;
pub(crate) mod endpoint;
pub(crate) mod links;
pub(crate) mod options;
mod policy;
pub(crate) mod redirects;
pub(crate) mod request_id;
pub(crate) mod retry;
pub(crate) mod service;
pub(crate) mod size_limit;
pub(crate) mod span;
#[cfg(feature = "reqwest")]
pub(crate) mod transport;
pub(crate) mod transport_error;
