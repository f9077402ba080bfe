//! Waits between polls, and the deadline.

use crate::response::headers::retry_after;
use azure_core::{http::headers::Headers, sleep::sleep, time::Duration};
use futures::{
    FutureExt,
    future::{BoxFuture, Either, Shared, pending, select},
};
use std::{
    fmt,
    pin::Pin,
    time::{Duration as StdDuration, Instant},
};

/// The wait between two polls if nobody specifies one, as in `azure_core`.
pub(super) const FREQUENCY: Duration = Duration::seconds(30);

/// The interval between polls.
#[derive(Clone, Copy, Debug)]
pub(super) struct PollInterval {
    frequency: Duration,
    /// The shortest wait, whatever the service or the caller asks for.
    floor: Duration,
}

impl PollInterval {
    /// Creates an interval. A frequency that is zero or negative is ignored.
    pub(super) fn new(frequency: Duration, floor: Duration) -> Self {
        let said = frequency.is_positive();
        Self {
            frequency: if said { frequency } else { FREQUENCY },
            floor,
        }
    }

    /// Returns the wait before the next request if the service has not responded.
    pub(super) fn usual(self) -> Duration {
        self.frequency.max(self.floor)
    }

    /// Returns the wait before the next request: the service's if it specifies one that is greater
    /// than zero.
    pub(super) fn after(self, headers: &Headers) -> Duration {
        match retry_after(headers).filter(|wait| wait.is_positive()) {
            Some(wait) => wait.max(self.floor),
            None => self.usual(),
        }
    }
}

/// The time limit for all requests. Clones share one timer.
#[derive(Clone)]
pub(super) struct Deadline {
    end: Instant,
    passed: Shared<BoxFuture<'static, ()>>,
}

impl Deadline {
    /// Creates a deadline after a duration; `None` if that is too long to be represented.
    pub(super) fn from_now(time: Duration) -> Option<Self> {
        let time = StdDuration::try_from(time).unwrap_or_default();
        let timer = Duration::try_from(time).unwrap_or(Duration::MAX);
        Some(Self {
            end: Instant::now().checked_add(time)?,
            passed: sleep(timer).boxed().shared(),
        })
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

/// Runs some work; `None` if the deadline passes before it is done.
///
/// The work is polled at one place, with and without a deadline, so that it is compiled once.
pub(super) async fn limit<T>(
    deadline: Option<&Deadline>,
    work: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    let passed = match deadline {
        Some(deadline) if deadline.left().is_zero() => return None,
        Some(deadline) => deadline.passed.clone().left_future(),
        None => pending().right_future(),
    };
    match select(passed, work).await {
        Either::Left(_) => None,
        Either::Right((done, _)) => Some(done),
    }
}

/// Waits, but not beyond the deadline. A wait until the deadline needs no second timer.
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
    use super::{FREQUENCY, PollInterval};
    use azure_core::{http::headers::Headers, time::Duration};

    /// Each case has a header of the response, the caller's frequency, and the expected wait.
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
            let wait = PollInterval::new(frequency, second).after(&headers);
            assert_eq!(wait, expected, "{said:?} {frequency}");
        }
    }
}
