//! What a caller can say about how an operation is followed.

use super::waiting::FREQUENCY;
use crate::flow::options::MethodOptions;
use azure_core::{http::Context, time::Duration};

/// Options of a long-running operation.
#[derive(Clone, Debug)]
pub struct PollerOptions<'a> {
    /// The context of every request.
    pub context: Context<'a>,
    /// How long to wait between two polls when the service does not say (30 seconds by default, as
    /// in `azure_core`).
    ///
    /// Nothing or less counts as not said. No wait is shorter than
    /// [`ArmClientOptions::min_poll_frequency`](crate::ArmClientOptions::min_poll_frequency).
    pub frequency: Duration,
    /// How long everything together may take, from the first request on; no limit by default.
    ///
    /// When it passes, polling ends with a [`PollingStopped`](crate::PollingStopped), unless the
    /// service has not even answered the first request; the operation itself goes on.
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
    /// Options with another frequency.
    pub fn with_frequency(mut self, frequency: Duration) -> Self {
        self.frequency = frequency;
        self
    }

    /// Options with a deadline.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }
}

/// The options of a long-running operation without optional parameters.
pub type BeginOptions<'a> = MethodOptions<PollerOptions<'a>>;
