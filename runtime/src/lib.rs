//! The runtime of generated Azure Resource Manager clients.
//!
//! A generated crate declares methods, path templates, parameters and models. This crate builds and
//! validates requests, sends them through `azure_core`'s pipeline, follows long-running operations
//! and pages, and reports failures as errors that say what to do.
//!
//! Code that is generic over a model is kept small, so that generated crates with hundreds of
//! operations compile quickly.
//!
//! # Where to start
//!
//! * [`Client`] is the connection, [`Scope`] a scope in the resource hierarchy and [`Call`] a
//!   request that is being built.
//! * [`Poller`] follows a long-running operation, [`Pager`] a list.
//! * [`ResourceId`] parses and builds resource identifiers.
//! * [`ArmError`] is the error that the service reported.
//! * [`mod@model`] has the macros and types of generated models.
//! * [`merge_patch`] turns two versions of a model into a JSON merge patch.
//!
//! # Examples
//!
//! The examples use a generated client, reduced to one resource type:
//!
//! ```
#![doc = include_str!("../examples/things/client.rs")]
//! ```
//!
//! Create a resource and wait for it:
//!
//! ```no_run
//! # mod things { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/things/client.rs")); }
//! # use things::{Thing, Things};
//! # async fn example(credential: std::sync::Arc<dyn arm_runtime::TokenCredential>) -> arm_runtime::Result<()> {
//! let things = Things::new(credential, None)?;
//! let thing = Thing { location: Some("westeurope".into()), ..Thing::default() };
//! let thing = things.begin_create_or_update("first", &thing, None)?.await?.into_model()?;
//! println!("{:?}", thing.id);
//! # Ok(()) }
//! ```
//!
//! Follow the progress:
//!
//! ```no_run
//! # mod things { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/things/client.rs")); }
//! # use things::{Thing, Things};
//! # async fn example(things: Things, thing: Thing) -> arm_runtime::Result<()> {
//! use arm_runtime::{Duration, PollerOptions};
//! use futures::TryStreamExt as _;
//!
//! let options = PollerOptions {
//!     frequency: Duration::seconds(5),
//!     deadline: Some(Duration::minutes(30)),
//!     ..PollerOptions::default()
//! };
//! let mut poller = things.begin_create_or_update("first", &thing, Some(options))?;
//! while let Some(status) = poller.try_next().await? {
//!     println!("{:?}, {:?} %", status.status(), status.percent_complete());
//! }
//! let thing = poller.await?.into_model()?;
//! # drop(thing);
//! # Ok(()) }
//! ```
//!
//! Resume it in another process:
//!
//! ```no_run
//! # mod things { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/things/client.rs")); }
//! # use things::{Thing, Things};
//! # async fn example(things: Things, thing: Thing) -> arm_runtime::Result<()> {
//! use futures::TryStreamExt as _;
//!
//! let mut poller = things.begin_create_or_update("first", &thing, None)?;
//! poller.try_next().await?; // sends the request
//! let token = poller.continuation_token().map(str::to_owned);
//!
//! // Later, elsewhere:
//! if let Some(token) = token {
//!     let poller = things.resume_create_or_update(&token, None)?;
//!     let thing = poller.await?.into_model()?;
//! #   drop(thing);
//! }
//! # Ok(()) }
//! ```
//!
//! List, by item or by page:
//!
//! ```no_run
//! # mod things { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/things/client.rs")); }
//! # use things::Things;
//! # async fn example(things: Things) -> arm_runtime::Result<()> {
//! use futures::TryStreamExt as _;
//!
//! let mut all = things.list(None)?;
//! while let Some(thing) = all.try_next().await? {
//!     println!("{:?}", thing.id);
//! }
//! let mut pages = things.list(None)?.into_pages();
//! while let Some(page) = pages.try_next().await? {
//!     println!("{:?}: {:?}", page.status(), page.model().value);
//! }
//! # Ok(()) }
//! ```
//!
//! Update a resource with a merge patch, which removes members with an explicit `null`:
//!
//! ```no_run
//! # mod things { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/things/client.rs")); }
//! # use things::Things;
//! # async fn example(things: Things) -> arm_runtime::Result<()> {
//! let before = things.get("first", None).await?.into_model()?;
//! let mut after = before.clone();
//! after.tags.insert("env".into(), "prod".into());
//! after.tags.remove("owner");
//! // {"tags": {"env": "prod", "owner": null}}
//! let patch = arm_runtime::merge_patch(&before, &after)?;
//! things.update("first", patch, None).await?;
//! # Ok(()) }
//! ```
//!
//! Handle errors:
//!
//! ```no_run
//! # mod things { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/things/client.rs")); }
//! # use things::Things;
//! # async fn example(things: Things) {
//! use arm_runtime::ArmErrorExt as _;
//!
//! if let Err(error) = things.get("first", None).await {
//!     match error.arm() {
//!         Some(arm) => println!("{:?}, request {:?}", arm.code(), arm.request_id),
//!         None => println!("the service was not reached: {error}"),
//!     }
//! }
//! # }
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

// The modules are layers, each of which imports only those before it: text, rules, response,
// connection, request, flow. `model` imports only rules.
mod connection;
mod flow;
pub mod model;
mod request;
mod response;
mod rules;
mod text;

#[cfg(feature = "reqwest")]
pub use connection::transport::{reqwest_builder, transport};
pub use connection::{
    challenge::ClaimsChallenge, client::Client, cloud::ResourceManager, endpoint::endpoint_url,
    options::ArmClientOptions, service::Service,
};
pub use flow::{
    lro::{
        BeginOptions, FinalState, ListPoller, OperationStatus, Poller, PollerOptions,
        PollingStopped,
    },
    next_pages::NextPages,
    options::{CallOptions, ListOptions, MethodOptions},
    page::{ListPage, Page, Pager},
    send::{ResponseByStatusFuture, ResponseFuture},
};
pub use model::{
    Base64, Base64Url, Date, IsoDuration, Json, ListResult, Rfc1123, Secret, UnixTime, UnknownKind,
    UnknownMembers, Value,
};
pub use request::{
    body::Body,
    call::{BodyContent, Call},
    form::FormFile,
    merge_patch::merge_patch,
    resource_id::ResourceId,
    scope::Scope,
};
pub use response::{
    by_status::{ByStatus, ResponseByStatus, StatusAndBody, to_json},
    error::{AdditionalInfo, ArmError, ArmErrorDetail, ArmErrorExt},
    format::{OptionalJsonFormat, TextFormat},
    headers::HasHeaders,
};
pub use rules::{
    constraints::Constraints,
    header::FromHeader,
    parameter::{ListStyle, NamedParameter, Parameter, ParameterValue},
    validate::{Validate, Validator},
};

pub use futures::TryStreamExt;

pub use azure_core::{
    Bytes, Error, Result, Uuid,
    cloud::CloudConfiguration,
    credentials::TokenCredential,
    error::ErrorKind,
    http::{
        AsyncResponse, ClientMethodOptions, ClientOptions, Context, ExponentialRetryOptions,
        FixedRetryOptions, JsonFormat, Method, NoFormat, RawResponse, RequestContent, Response,
        RetryOptions, StatusCode, Url,
        pager::{PagerContinuation, PagerOptions},
        poller::PollerStatus,
    },
    time::{Duration, OffsetDateTime},
};
