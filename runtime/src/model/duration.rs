//! ISO 8601 durations.

use super::{Nulls, Path, Wire};
use crate::{Constraints, Validator};
use azure_core::time::Duration as SignedDuration;
use serde::de::Deserializer;
use serde::ser::Serializer;
use std::fmt;
use std::time::Duration;

/// A duration such as `PT5M`, kept as the service wrote it.
///
/// Text that is not a duration is kept too, because services may send it; a request with such text
/// is rejected before it is sent.
///
/// ```
/// use arm_runtime::model::IsoDuration;
/// use std::time::Duration;
///
/// let timeout = IsoDuration::from(Duration::from_secs(90));
/// assert_eq!(timeout, arm_runtime::Duration::seconds(90).into());
/// assert_eq!(timeout.as_str(), "PT1M30S");
/// assert_eq!(IsoDuration::from("P1DT0.5S").to_std(), Some(Duration::from_millis(86_400_500)));
/// assert_eq!(IsoDuration::from("P1M").to_std(), None); // how long is a month?
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IsoDuration(String);

impl IsoDuration {
    /// Returns the duration as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the components; `None` if the text is not an ISO 8601 duration.
    pub fn components(&self) -> Option<DurationComponents> {
        parse(&self.0)
    }

    /// Returns the length; `None` if it is negative, has years or months, is too long, or the text
    /// is not an ISO 8601 duration.
    pub fn to_std(&self) -> Option<Duration> {
        let parts = self.components()?;
        if parts.years != 0 || parts.months != 0 {
            return None;
        }
        let mut seconds = 0_u64;
        let counts = [parts.weeks, parts.days, parts.hours, parts.minutes];
        for (count, unit) in counts.into_iter().zip([604_800, 86_400, 3_600, 60]) {
            seconds = seconds.checked_add(count.checked_mul(unit)?)?;
        }
        seconds = seconds.checked_add(parts.seconds)?;
        let length = Duration::new(seconds, parts.nanoseconds);
        (!parts.negative || length.is_zero()).then_some(length)
    }
}

/// The components of a duration. A fraction of one component is carried into the smaller ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DurationComponents {
    /// Whether the duration is negative.
    pub negative: bool,
    /// Years.
    pub years: u64,
    /// Months.
    pub months: u64,
    /// Weeks.
    pub weeks: u64,
    /// Days.
    pub days: u64,
    /// Hours.
    pub hours: u64,
    /// Minutes.
    pub minutes: u64,
    /// Seconds.
    pub seconds: u64,
    /// Nanoseconds.
    pub nanoseconds: u32,
}

impl From<Duration> for IsoDuration {
    fn from(length: Duration) -> Self {
        let seconds = length.as_secs();
        let mut text = String::from("P");
        push(&mut text, seconds / 86_400, 'D');
        let date = text.len();
        push(&mut text, seconds / 3_600 % 24, 'H');
        push(&mut text, seconds / 60 % 60, 'M');
        match length.subsec_nanos() {
            0 => push(&mut text, seconds % 60, 'S'),
            nanoseconds => {
                let fraction = format!("{}.{nanoseconds:09}", seconds % 60);
                text.push_str(fraction.trim_end_matches('0'));
                text.push('S');
            }
        }
        if text.len() > date {
            text.insert(date, 'T');
        } else if text == "P" {
            text.push_str("T0S");
        }
        Self(text)
    }
}

/// A negative duration begins with a minus sign.
impl From<SignedDuration> for IsoDuration {
    fn from(length: SignedDuration) -> Self {
        let Self(text) = length.unsigned_abs().into();
        Self(if length.is_negative() {
            format!("-{text}")
        } else {
            text
        })
    }
}

fn push(text: &mut String, count: u64, unit: char) {
    if count > 0 {
        text.push_str(&count.to_string());
        text.push(unit);
    }
}

impl From<String> for IsoDuration {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for IsoDuration {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for IsoDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Wire for IsoDuration {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        String::read(from, path).map(Self)
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        self.0.write(to, None)
    }

    fn check(&self, rules: &Constraints, validator: &mut Validator) {
        if self.components().is_none() {
            let shown = rules.shown(&self.0);
            let problem = format!("must be an ISO 8601 duration such as PT5M, but is {shown}");
            validator.report("", &problem);
        }
        self.0.check(rules, validator);
    }
}

crate::__serde!(IsoDuration);

fn parse(text: &str) -> Option<DurationComponents> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let text = text.strip_prefix('P')?;
    let (date, time) = match text.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None if text.is_empty() => return None,
        None => (text, ""),
    };
    let mut parts = DurationComponents {
        negative,
        ..DurationComponents::default()
    };
    let date_fraction = parse_units(date, "YMWD", |unit, count, nanoseconds| {
        let (part, length) = match unit {
            'Y' => (&mut parts.years, None),
            'M' => (&mut parts.months, None),
            'W' => (&mut parts.weeks, Some(604_800)),
            _ => (&mut parts.days, Some(86_400)),
        };
        *part = count;
        scale(nanoseconds, length)
    })?;
    let time_fraction = parse_units(time, "HMS", |unit, count, nanoseconds| {
        let (part, length) = match unit {
            'H' => (&mut parts.hours, 3_600),
            'M' => (&mut parts.minutes, 60),
            _ => (&mut parts.seconds, 1),
        };
        *part = count;
        scale(nanoseconds, Some(length))
    })?;
    if date_fraction > 0 && !time.is_empty() {
        return None;
    }
    carry(&mut parts, date_fraction + time_fraction)?;
    Some(parts)
}

/// Returns the fraction of a unit in nanoseconds; `None` for units without a fixed length.
fn scale(billionths: u64, length: Option<u64>) -> Option<u64> {
    match length {
        Some(length) => billionths.checked_mul(length),
        None => (billionths == 0).then_some(0),
    }
}

/// Parses `1Y2M` into components. Units must be in order and occur once, and only the last one may
/// have a fraction, which is returned in nanoseconds.
fn parse_units(
    mut text: &str,
    mut units: &str,
    mut take: impl FnMut(char, u64, u64) -> Option<u64>,
) -> Option<u64> {
    let mut fraction = 0;
    while !text.is_empty() {
        if fraction > 0 {
            return None;
        }
        let at = text.find(|c: char| c.is_ascii_alphabetic())?;
        let unit = text[at..].chars().next()?;
        let (count, billionths) = parse_number(&text[..at])?;
        units = &units[units.find(unit)? + 1..];
        fraction = take(unit, count, billionths)?;
        text = &text[at + 1..];
    }
    Some(fraction)
}

/// Parses a whole number and billionths.
fn parse_number(text: &str) -> Option<(u64, u64)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let billionths = format!("{:0<9.9}", fraction);
    Some((whole.parse().ok()?, billionths.parse().ok()?))
}

fn carry(parts: &mut DurationComponents, nanoseconds: u64) -> Option<()> {
    let seconds = nanoseconds / 1_000_000_000;
    let add = |part: &mut u64, count| {
        *part = part.checked_add(count)?;
        Some(())
    };
    add(&mut parts.days, seconds / 86_400)?;
    add(&mut parts.hours, seconds / 3_600 % 24)?;
    add(&mut parts.minutes, seconds / 60 % 60)?;
    add(&mut parts.seconds, seconds % 60)?;
    parts.nanoseconds = u32::try_from(nanoseconds % 1_000_000_000).ok()?;
    Some(())
}
