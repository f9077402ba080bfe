//! Long-running operations, as the ARM RPC's asynchronous operations contract has them.
//!
//! [`rules`] decides what an answer means, [`operation`] sends requests and waits, [`token`] makes
//! an operation something another process can go on with, and [`poller`] is the typed shell.

mod operation;
mod poller;
mod rules;
mod status;
mod token;

pub use operation::PollingStopped;
pub use poller::{BeginOptions, Poller, PollerOptions};
pub use rules::FinalState;
pub use status::OperationStatus;
