//! The clock of the fake, and the duration of operations.

use azure_core::time::{Duration, OffsetDateTime};

/// 2025-01-01T00:00:00Z, the initial time of a stopped clock.
const BEGIN: i64 = 1_735_689_600;

/// The source of a fake server's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// A stopped clock that starts at 2025-01-01, so that all runs are the same. Only
    /// [`Server::advance`](crate::Server::advance) moves it. Responses about operations that take
    /// time ([`Pace::Takes`]) have a `Warning` header that says so, which errors about deadlines
    /// quote; after many requests without progress they are errors with the code `ClockStopped`.
    #[default]
    Still,
    /// The clock of the computer.
    System,
}

/// The duration of long-running operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// The number of polls that find an operation still running; with 0, the first poll finds the
    /// result.
    Polls(u32),
    /// A duration on the server's [`Clock`].
    Takes(Duration),
}

impl Default for Pace {
    fn default() -> Self {
        Self::Polls(0)
    }
}

impl Pace {
    /// Returns whether an operation ends as soon as it begins.
    pub(crate) fn is_instant(self) -> bool {
        match self {
            Self::Polls(polls) => polls == 0,
            Self::Takes(length) => length <= Duration::ZERO,
        }
    }
}

/// A clock and the time by which it was advanced.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Watch {
    pub(crate) clock: Clock,
    moved: Duration,
}

impl Watch {
    pub(crate) fn now(&self) -> OffsetDateTime {
        let base = match self.clock {
            Clock::Still => OffsetDateTime::from_unix_timestamp(BEGIN),
            // Resource Manager's times have a resolution of 100 nanoseconds.
            Clock::System => {
                let now = OffsetDateTime::now_utc();
                Ok(now
                    .replace_nanosecond(now.nanosecond() / 100 * 100)
                    .unwrap_or(now))
            }
        };
        let base = base.unwrap_or(OffsetDateTime::UNIX_EPOCH);
        base.checked_add(self.moved).unwrap_or(base)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.moved = self.moved.saturating_add(by);
    }
}
