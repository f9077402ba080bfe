//! The time of the fake, and how long operations take.

use azure_core::time::{Duration, OffsetDateTime};

/// 2025-01-01T00:00:00Z, when a clock that stands still stands.
const BEGIN: i64 = 1_735_689_600;

/// Where a fake server takes the time from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// It stands still at the beginning of 2025, so that every run is like every other;
    /// [`Server::advance`](crate::Server::advance) moves it. Answers about what takes time
    /// ([`Pace::Takes`]) have a `Warning` header that says so, which errors about deadlines quote,
    /// and after many requests in vain they are errors with the code `ClockStandsStill`.
    #[default]
    Still,
    /// The computer's own.
    System,
}

/// How long long-running operations take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// So many polls find them still running; with none, the first poll finds the result.
    Polls(u32),
    /// So much time of the server's [`Clock`].
    Takes(Duration),
}

impl Default for Pace {
    fn default() -> Self {
        Self::Polls(0)
    }
}

impl Pace {
    /// Whether an operation is over as soon as it begins.
    pub(crate) fn is_instant(self) -> bool {
        match self {
            Self::Polls(polls) => polls == 0,
            Self::Takes(length) => length <= Duration::ZERO,
        }
    }
}

/// A clock and how far it was moved.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Watch {
    pub(crate) clock: Clock,
    moved: Duration,
}

impl Watch {
    pub(crate) fn now(&self) -> OffsetDateTime {
        let base = match self.clock {
            Clock::Still => OffsetDateTime::from_unix_timestamp(BEGIN),
            // Resource Manager counts in tenths of microseconds.
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
