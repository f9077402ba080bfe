//! What time it is for the fake.

use azure_core::time::{Duration, OffsetDateTime};

/// 2025-01-01T00:00:00Z, when a clock that stands still stands.
const BEGIN: i64 = 1_735_689_600;

/// Where a fake server takes the time from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// It stands still at the beginning of 2025, so that every run is like every other;
    /// [`Server::advance`](super::Server::advance) moves it.
    #[default]
    Still,
    /// The computer's own.
    System,
}

/// A clock and how far it was moved.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Watch {
    pub(super) clock: Clock,
    moved: Duration,
}

impl Watch {
    pub(super) fn now(&self) -> OffsetDateTime {
        let base = match self.clock {
            Clock::Still => OffsetDateTime::from_unix_timestamp(BEGIN),
            Clock::System => Ok(OffsetDateTime::now_utc()),
        };
        let base = base.unwrap_or(OffsetDateTime::UNIX_EPOCH);
        base.checked_add(self.moved).unwrap_or(base)
    }

    pub(super) fn advance(&mut self, by: Duration) {
        self.moved = self.moved.saturating_add(by);
    }
}
