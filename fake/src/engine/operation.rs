//! Long-running operations as data.

use super::clock::Pace;
use crate::table::Type;
use azure_core::time::{Duration, OffsetDateTime};
use serde_json::Value;

/// A long-running operation. It is kept after its end.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    pub(crate) name: String,
    /// The key of the resource, or of the resource group, that it changes.
    pub(crate) resource: Option<String>,
    pub(crate) effect: Effect,
    pub(crate) outcome: Outcome,
    /// Whether its status monitor shows the result.
    pub(crate) shows_result: bool,
    pub(crate) error: Option<Value>,
    pub(crate) started: OffsetDateTime,
    pub(crate) ended: Option<OffsetDateTime>,
    pub(crate) pace: Pace,
    pub(crate) polls: u32,
    pub(crate) without_progress: PollsWithoutProgress,
    pub(crate) canceled: bool,
}

/// Number of requests for something that waits for the clock, since the clock last moved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PollsWithoutProgress {
    count: u32,
    since: OffsetDateTime,
}

impl PollsWithoutProgress {
    pub(crate) fn since(now: OffsetDateTime) -> Self {
        Self {
            count: 0,
            since: now,
        }
    }

    /// Counts one more request.
    pub(crate) fn again(&mut self, now: OffsetDateTime) -> u32 {
        if self.since != now {
            *self = Self::since(now);
        }
        self.count = self.count.saturating_add(1);
        self.count
    }
}

/// The change of the store at the end of an operation.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    Nothing,
    /// The resource is ready.
    Settle,
    /// The resource and its children are deleted.
    Remove,
    /// The resource has new keys.
    Renew(Renewal),
    /// The subscription is registered for the provider.
    Register(String),
}

/// The result of an operation.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Resource,
    /// What an action shows.
    Value(String, Type),
    /// Only a status.
    Nothing(u16),
}

/// How clients can follow an operation.
#[derive(Clone, Debug)]
pub(crate) struct FollowUp {
    /// The headers that link to its status monitor.
    pub(crate) monitors: Vec<&'static str>,
    /// Whether the header `Location` links to its result.
    pub(crate) location: bool,
    /// Whether a header says how long the operation may take.
    pub(crate) timeout: bool,
    /// Whether the provisioning state of its resource shows its progress.
    pub(crate) provisioning: bool,
}

impl FollowUp {
    /// Returns whether there is any way; if not, the operation ends with its first response.
    pub(crate) fn is_possible(&self) -> bool {
        self.location || self.provisioning || !self.monitors.is_empty()
    }
}

/// The replacement of keys of a resource.
#[derive(Clone, Debug)]
pub(crate) struct Renewal {
    /// The types that show the keys.
    pub(crate) shown_by: Vec<Type>,
    /// The beginning of the member's name, in lower case.
    pub(crate) which: String,
    /// The new key, if the client chose one.
    pub(crate) value: Option<String>,
}

impl Running {
    pub(crate) fn status(&self) -> &'static str {
        match (self.ended, &self.error) {
            _ if self.canceled => "Canceled",
            (None, _) => "InProgress",
            (Some(_), Some(_)) => "Failed",
            (Some(_), None) => "Succeeded",
        }
    }

    /// Returns whether only the clock can end it.
    pub(crate) fn waits_for_time(&self) -> bool {
        matches!(self.pace, Pace::Takes(_)) && self.ended.is_none()
    }

    pub(crate) fn is_due(&self, now: OffsetDateTime) -> bool {
        matches!(self.pace, Pace::Takes(_)) && self.remaining(now).is_zero()
    }

    /// Returns the remaining time, if the operation ends by time.
    pub(crate) fn remaining(&self, now: OffsetDateTime) -> Duration {
        match self.pace {
            Pace::Takes(length) if self.ended.is_none() => {
                (length - (now - self.started)).max(Duration::ZERO)
            }
            _ => Duration::ZERO,
        }
    }

    pub(crate) fn percent(&self, now: OffsetDateTime) -> f64 {
        let share = match self.pace {
            _ if self.ended.is_some() => 1.0,
            Pace::Polls(most) => f64::from(self.polls) / (f64::from(most) + 1.0),
            Pace::Takes(length) => {
                1.0 - self.remaining(now).as_seconds_f64() / length.as_seconds_f64()
            }
        };
        (share * 100.0).round()
    }
}

/// The states that a resource passes through.
#[derive(Clone, Debug)]
pub(crate) struct StateProgress {
    pub(crate) states: Vec<String>,
    pub(crate) begun: OffsetDateTime,
    /// Number of times that the resource was read since.
    pub(crate) polls: u32,
    pub(crate) pace: Pace,
    /// The long-running operation whose progress it follows.
    pub(crate) operation: Option<String>,
    pub(crate) without_progress: PollsWithoutProgress,
}

impl StateProgress {
    /// Returns whether only the clock can change it.
    pub(crate) fn waits_for_time(&self, now: OffsetDateTime) -> bool {
        let own = self.operation.is_none() && matches!(self.pace, Pace::Takes(_));
        own && self.share(now) < 1.0
    }

    /// Returns the progress, from 0 to 1.
    pub(crate) fn share(&self, now: OffsetDateTime) -> f64 {
        match self.pace {
            Pace::Polls(most) if self.polls > most => 1.0,
            Pace::Polls(most) => f64::from(self.polls) / (f64::from(most) + 1.0),
            Pace::Takes(length) if now - self.begun >= length => 1.0,
            Pace::Takes(length) => (now - self.begun).as_seconds_f64() / length.as_seconds_f64(),
        }
    }

    /// Returns the state at a progress from 0 to 1.
    pub(crate) fn at(&self, share: f64) -> &str {
        let last = self.states.len().saturating_sub(1);
        let index = if share >= 1.0 {
            last
        } else {
            (share.max(0.0) * last as f64) as usize
        };
        self.states.get(index).map_or("", String::as_str)
    }
}
