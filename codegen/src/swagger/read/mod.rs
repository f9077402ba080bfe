//! Step 1: reads files as typed values and resolves references in them.

mod coerce;
mod files;
mod location;
mod parameters;
mod provider;
pub(crate) mod readme;
mod reference;
mod sources;

pub(crate) use self::{
    location::SourceLocation,
    parameters::{Position, SourceParameter},
    provider::provider,
    sources::Sources,
};
