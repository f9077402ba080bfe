//! Long-running operations, as defined by the ARM RPC's asynchronous operations contract.
//!
//! [`rules`] interprets responses without I/O: [`state`] is what is known about an operation,
//! [`result_location`] is the location of its result, [`links`] reads the URLs to continue with.
//! [`operation`] sends requests and waits as long as [`waiting`] says. [`token`] serializes an
//! operation so that another process can resume it. [`poller`] and [`list_poller`] are the typed
//! interface. [`status`] and [`failure`] are the outcomes, and [`stopped`] is the error when
//! polling ends before the operation.

mod failure;
mod links;
mod list_poller;
mod operation;
mod options;
mod poller;
mod result_location;
mod rules;
mod state;
mod status;
mod stopped;
mod token;
mod waiting;

pub use list_poller::ListPoller;
pub use options::{BeginOptions, PollerOptions};
pub use poller::Poller;
pub use state::FinalState;
pub use status::OperationStatus;
pub use stopped::PollingStopped;
