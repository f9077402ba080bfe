//! Long-running operations, as the ARM RPC's asynchronous operations contract has them.
//!
//! [`rules`] decides what an answer means, without I/O: [`track`] is what it knows of an operation,
//! [`ending`] where the result is, [`links`] where the service says to go on. [`operation`] sends
//! and waits, as long as [`waiting`] says; [`token`] makes an operation something that another
//! process can go on with; [`poller`] is the typed shell, and
//! [`list_poller`] that for results that are lists. [`status`] and [`failure`] are what comes
//! out, and [`stopped`] is why polling ended early.

mod ending;
mod failure;
mod links;
mod list_poller;
mod operation;
mod options;
mod poller;
mod rules;
mod status;
mod stopped;
mod token;
mod track;
mod waiting;

pub use list_poller::ListPoller;
pub use options::{BeginOptions, PollerOptions};
pub use poller::Poller;
pub use status::OperationStatus;
pub use stopped::PollingStopped;
pub use track::FinalState;
