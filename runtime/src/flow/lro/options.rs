//! Options for polling.

use super::waiting::FREQUENCY;
use crate::flow::options::MethodOptions;
use azure_core::{http::Context, time::Duration};

/// Options of a long-running operation.
#[derive(Clone, Debug)]
pub struct PollerOptions<'a> {
    /// The context of every request.
    pub context: Context<'a>,
    /// The wait between two polls if the service does not specify one (30 seconds by default, as in
    /// `azure_core`).
    ///
    /// Zero and negative values are ignored. No wait is shorter than
    /// [`ArmClientOptions::min_poll_frequency`](crate::ArmClientOptions::min_poll_frequency).
    pub frequency: Duration,
    /// The time limit of all requests together, from the first one on; no limit by default.
    ///
    /// When it passes, polling ends with a [`PollingStopped`](crate::PollingStopped), unless the
    /// service has not even responded to the first request. The operation itself continues.
    pub deadline: Option<Duration>,
}

impl Default for PollerOptions<'_> {
    fn default() -> Self {
        Self {
            context: Context::new(),
            frequency: FREQUENCY,
            deadline: None,
        }
    }
}

impl PollerOptions<'_> {
    /// Sets the frequency.
    pub fn with_frequency(mut self, frequency: Duration) -> Self {
        self.frequency = frequency;
        self
    }

    /// Sets the deadline.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }
}

/// The options of a long-running operation without optional parameters.
pub type BeginOptions<'a> = MethodOptions<PollerOptions<'a>>;
