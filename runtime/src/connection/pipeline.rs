//! The pipeline: the policies that every request passes.

use super::{retry::RetrySafetyPolicy, service::Service, size_limit::SizeLimit};
use crate::rules::error::invalid_argument;
use azure_core::{
    Result,
    http::{ClientOptions, Pipeline, Transport, policies::Policy},
};
use std::sync::Arc;

/// Builds a pipeline in which these policies authorize requests.
pub(super) fn build(
    service: &Service,
    mut options: ClientOptions,
    authorization: Vec<Arc<dyn Policy>>,
    max_response_bytes: u64,
) -> Result<Pipeline> {
    check_application_id(&options)?;
    let transport = take_transport(&mut options)?;
    options.transport = Some(Transport::with_policy(Arc::new(SizeLimit {
        transport,
        max_response_bytes,
    })));
    let mut per_try = authorization;
    per_try.push(Arc::new(RetrySafetyPolicy { max_response_bytes }));
    Ok(Pipeline::new(
        service.crate_name,
        service.crate_version,
        options,
        Vec::new(),
        per_try,
        None,
    ))
}

/// The transport to send with; without the `reqwest` feature `azure_core` has none of its own.
fn take_transport(options: &mut ClientOptions) -> Result<Transport> {
    match options.transport.take() {
        Some(transport) => Ok(transport),
        #[cfg(feature = "reqwest")]
        None => super::transport::own(),
        #[cfg(not(feature = "reqwest"))]
        None => Err(invalid_argument(
            "no transport: set `ClientOptions::transport`, or enable the feature `reqwest`"
                .to_owned(),
        )),
    }
}

/// `azure_core` panics when an application ID breaks its rules.
fn check_application_id(options: &ClientOptions) -> Result<()> {
    const LONGEST: usize = 24;
    let Some(id) = options.user_agent.application_id.as_deref() else {
        return Ok(());
    };
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if id.len() <= LONGEST && id.bytes().all(is_token) {
        return Ok(());
    }
    Err(invalid_argument(format!(
        "the application ID {id:?} must have at most {LONGEST} characters, all of them letters, \
         digits or one of !#$%&'*+-.^_`|~"
    )))
}
