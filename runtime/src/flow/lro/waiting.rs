//! How long to wait, and how long at most.

use crate::answer::headers::retry_after;
use azure_core::{http::headers::Headers, sleep::sleep, time::Duration};
use futures::{
    FutureExt,
    future::{BoxFuture, Either, Shared, select},
};
use std::{
    fmt,
    pin::pin,
    time::{Duration as StdDuration, Instant},
};

/// How long to wait between two polls when nobody says, as in `azure_core`.
pub(super) const FREQUENCY: Duration = Duration::seconds(30);

/// How often to poll.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    frequency: Duration,
    /// The shortest wait, whatever is asked for.
    floor: Duration,
}

impl Pace {
    /// A frequency that is nothing or less counts as not said.
    pub(super) fn new(frequency: Duration, floor: Duration) -> Self {
        let said = frequency.is_positive();
        Self {
            frequency: if said { frequency } else { FREQUENCY },
            floor,
        }
    }

    /// The wait before the next request when the service has not answered.
    pub(super) fn usual(self) -> Duration {
        self.frequency.max(self.floor)
    }

    /// The wait before the next request: the service's word if there is one, and it is more than
    /// nothing.
    pub(super) fn after(self, headers: &Headers) -> Duration {
        match retry_after(headers).filter(|wait| wait.is_positive()) {
            Some(wait) => wait.max(self.floor),
            None => self.usual(),
        }
    }
}

/// The time by which everything has to be done. Clones share one timer.
#[derive(Clone)]
pub(super) struct Deadline {
    end: Instant,
    passed: Shared<BoxFuture<'static, ()>>,
}

impl Deadline {
    /// A deadline so far from now; `None` if that is too far off to be a time.
    pub(super) fn from_now(time: Duration) -> Option<Self> {
        let time = StdDuration::try_from(time).unwrap_or_default();
        let timer = Duration::try_from(time).unwrap_or(Duration::MAX);
        Some(Self {
            end: Instant::now().checked_add(time)?,
            passed: sleep(timer).boxed().shared(),
        })
    }

    /// Does a piece of work; `None` if the deadline passes before it is done.
    pub(super) async fn limit<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        if self.left().is_zero() {
            return None;
        }
        match select(self.passed.clone(), pin!(work)).await {
            Either::Left(_) => None,
            Either::Right((done, _)) => Some(done),
        }
    }

    fn left(&self) -> StdDuration {
        self.end.saturating_duration_since(Instant::now())
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deadline")
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// Waits, or until the deadline if that comes first, which needs no second timer.
pub(super) async fn wait(time: Duration, deadline: Option<&Deadline>) {
    if time.is_zero() {
        return;
    }
    match deadline {
        Some(deadline) if time > deadline.left() => deadline.passed.clone().await,
        _ => sleep(time).await,
    }
}

#[cfg(test)]
mod tests {
    use super::{FREQUENCY, Pace};
    use azure_core::{http::headers::Headers, time::Duration};

    /// What the answer says, the caller's frequency, and the wait that comes of them.
    #[test]
    fn the_wait_is_never_too_short() {
        let second = Duration::SECOND;
        let minute = Duration::MINUTE;
        let past = "Sun, 06 Nov 1994 08:49:37 GMT";
        let cases = [
            (None, minute, minute),
            (None, Duration::ZERO, FREQUENCY),
            (None, -minute, FREQUENCY),
            (None, Duration::milliseconds(1), second),
            (Some(("retry-after", "0")), minute, minute),
            (Some(("retry-after", "-1")), minute, minute),
            (Some(("retry-after", past)), minute, minute),
            (Some(("retry-after", "soon")), minute, minute),
            (Some(("retry-after", "5")), minute, second * 5),
            (Some(("retry-after", "99999999999")), minute, Duration::HOUR),
            (Some(("retry-after-ms", "0")), minute, minute),
            (Some(("retry-after-ms", "1")), minute, second),
            (
                Some(("x-ms-retry-after-ms", "2500")),
                minute,
                second * 5 / 2,
            ),
        ];
        for (said, frequency, expected) in cases {
            let mut headers = Headers::new();
            if let Some((name, value)) = said {
                headers.insert(name, value);
            }
            let wait = Pace::new(frequency, second).after(&headers);
            assert_eq!(wait, expected, "{said:?} {frequency}");
        }
    }
}
