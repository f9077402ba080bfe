//! What every generated Azure Resource Manager client stands on.
//!
//! A generated crate describes *what* to send: methods, path templates, parameters and models.
//! This crate knows *how*: it builds and checks requests, sends them through `azure_core`'s
//! pipeline, follows long-running operations and pages, and turns failures into errors a person
//! can act on.
//!
//! The logic lives in code that is compiled once, here. Everything that is generic over a model
//! is a thin shell over it, so that generated crates with hundreds of operations stay quick to
//! compile.
//!
//! # Where to start
//!
//! * [`Client`] holds the connection, [`Scope`] a place in the resource hierarchy and [`Call`] one
//!   request in the making.
//! * [`Poller`] follows a long-running operation, [`Pager`] a list.
//! * [`ResourceId`] reads and builds resource identifiers.
//! * [`ArmError`] is what the service said when something failed.
//! * [`mod@model`] has what generated models are made of.
//! * [`merge_patch`] turns two versions of a model into a JSON merge patch.

mod body;
mod call;
mod client;
mod cloud;
mod constraints;
mod encode;
mod error;
#[cfg(feature = "fake")]
pub mod fake;
mod guard;
mod headers;
mod lro;
mod merge;
pub mod model;
mod options;
mod page;
mod parameter;
mod policies;
mod registration;
mod resource_id;
mod scope;
mod send;
mod service;
mod span;
mod trust;
mod validate;

pub use body::Body;
pub use call::Call;
pub use client::Client;
pub use cloud::ResourceManager;
pub use constraints::Constraints;
pub use error::{AdditionalInfo, ArmError, ArmErrorDetail, ArmErrorExt};
pub use headers::HasHeaders;
pub use lro::{FinalState, OperationStatus, Poller, PollerOptions, PollingStopped};
pub use merge::merge_patch;
pub use model::{
    Base64, Base64Url, Date, IsoDuration, Rfc1123, Secret, UnixTime, UnknownKind, Value,
};
pub use options::{ArmClientOptions, MethodOptions};
pub use page::{ListPage, Page, Pager};
pub use parameter::{ListStyle, Parameter, ParameterValue};
pub use resource_id::ResourceId;
pub use scope::Scope;
pub use send::Sending;
pub use service::Service;
pub use validate::{Validate, Validator};

pub use azure_core::{
    Bytes, Error, Result, Uuid,
    credentials::TokenCredential,
    error::ErrorKind,
    http::{
        AsyncResponse, ClientMethodOptions, ClientOptions, Context, JsonFormat, Method, NoFormat,
        RawResponse, RequestContent, Response, StatusCode, Url,
        pager::{PagerContinuation, PagerOptions},
        poller::PollerStatus,
    },
    time::{Duration, OffsetDateTime},
};
