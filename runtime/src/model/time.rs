//! Dates and times.

use super::open::read_text;
use super::{Nulls, Path, Wire};
use crate::{Constraints, Validator};
use azure_core::time::{OffsetDateTime, parse_rfc7231, to_rfc7231};
use serde::de::{Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};
use std::fmt;
use time::{Date, Month, PrimitiveDateTime, Time, UtcOffset};

/// A time in RFC 3339. Reading also accepts what services send instead: no offset, which means UTC,
/// any number of digits of a second, and a space or lower-case letters as separators.
impl Wire for OffsetDateTime {
    fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
        read_text(from, |text| {
            parse_time(text).ok_or(Unreadable("a date and time", text.to_owned()))
        })
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        let text = format_time(*self).map_err(S::Error::custom)?;
        to.serialize_str(str::from_utf8(&text).map_err(S::Error::custom)?)
    }

    fn check(&self, _: &Constraints, _: &mut Validator) {}
}

/// A calendar date, `2025-12-01`.
impl Wire for Date {
    fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
        read_text(from, |text| {
            parse_date(text).ok_or(Unreadable("a date", text.to_owned()))
        })
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        let (year, month, day) = self.to_calendar_date();
        to.collect_str(&format_args!("{year:04}-{:02}-{day:02}", u8::from(month)))
    }

    fn check(&self, _: &Constraints, _: &mut Validator) {}
}

/// The error for text in another format.
struct Unreadable(&'static str, String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid value: string {:?}, expected {}", self.1, self.0)
    }
}

macro_rules! time_newtypes {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub OffsetDateTime);

        impl From<OffsetDateTime> for $name {
            fn from(time: OffsetDateTime) -> Self {
                Self(time)
            }
        }

        impl From<$name> for OffsetDateTime {
            fn from(time: $name) -> Self {
                time.0
            }
        }

        crate::__serde!($name);
    )*};
}

time_newtypes! {
    /// A time in the format of HTTP headers (`date-time-rfc1123`): `Sun, 06 Nov 1994 08:49:37 GMT`.
    Rfc1123
    /// A time that is a number of seconds since 1970 (`unixtime`).
    UnixTime
}

impl Wire for Rfc1123 {
    fn read<'de, D: Deserializer<'de>>(from: D, _: &mut Path) -> Result<Self, D::Error> {
        read_text(from, |text| parse_http_date(text).map(Self))
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        let utc = self.0.checked_to_offset(UtcOffset::UTC);
        let utc = utc.ok_or_else(|| S::Error::custom("the time is out of range in UTC"))?;
        to.serialize_str(&to_rfc7231(&utc))
    }

    fn check(&self, _: &Constraints, _: &mut Validator) {}
}

impl Wire for UnixTime {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        let seconds = i64::read(from, path)?;
        let time = OffsetDateTime::from_unix_timestamp(seconds).map_err(D::Error::custom)?;
        Ok(Self(time))
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        to.serialize_i64(self.0.unix_timestamp())
    }

    fn check(&self, _: &Constraints, _: &mut Validator) {}
}

/// Reads a time in the format of HTTP headers, in any letter case.
pub(super) fn parse_http_date(text: &str) -> azure_core::Result<OffsetDateTime> {
    parse_rfc7231(&usual_case(text))
}

/// Changes a time in the format of HTTP headers to the letter case of the standard: `sun, 06 NOV
/// 1994 08:49:37 gmt` becomes `Sun, 06 Nov 1994 08:49:37 GMT`.
fn usual_case(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let mut word = word.to_ascii_lowercase();
        let capitals = if word == "gmt" { 3 } else { 1 };
        if let Some(first) = word.get_mut(..capitals) {
            first.make_ascii_uppercase();
        }
        word
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Formats a time in RFC 3339, without trailing zeros of the fraction of a second.
fn format_time(time: OffsetDateTime) -> Result<Vec<u8>, &'static str> {
    let year = u32::try_from(time.year()).ok().filter(|year| *year <= 9999);
    let year = year.ok_or("RFC 3339 has no year before 0 or after 9999")?;
    let (hours, minutes, seconds) = time.offset().as_hms();
    if seconds != 0 {
        return Err("RFC 3339 has no seconds in an offset");
    }
    let mut text = Vec::with_capacity("9999-12-31T23:59:59.999999999+23:59".len());
    text.extend(digits::<4>(year));
    for (mark, number) in [
        (b'-', u8::from(time.month())),
        (b'-', time.day()),
        (b'T', time.hour()),
        (b':', time.minute()),
        (b':', time.second()),
    ] {
        text.push(mark);
        text.extend(digits::<2>(number.into()));
    }
    if time.nanosecond() != 0 {
        text.push(b'.');
        text.extend(digits::<9>(time.nanosecond()));
        while text.pop_if(|digit| *digit == b'0').is_some() {}
    }
    if time.offset().is_utc() {
        text.push(b'Z');
    } else {
        text.push(if time.offset().is_negative() {
            b'-'
        } else {
            b'+'
        });
        text.extend(digits::<2>(hours.unsigned_abs().into()));
        text.push(b':');
        text.extend(digits::<2>(minutes.unsigned_abs().into()));
    }
    Ok(text)
}

/// Returns the last `N` digits of a number, with leading zeros.
fn digits<const N: usize>(mut number: u32) -> [u8; N] {
    let mut digits = [b'0'; N];
    for digit in digits.iter_mut().rev() {
        *digit += (number % 10) as u8;
        number /= 10;
    }
    digits
}

pub(super) fn parse_date(text: &str) -> Option<Date> {
    let mut text = Scanner(text.as_bytes());
    let date = text.date()?;
    text.0.is_empty().then_some(date)
}

pub(super) fn parse_time(text: &str) -> Option<OffsetDateTime> {
    let mut text = Scanner(text.as_bytes());
    let date = text.date()?;
    text.one_of(b"Tt ")?;
    let time = text.time()?;
    let offset = text.offset()?;
    if !text.0.is_empty() {
        return None;
    }
    Some(PrimitiveDateTime::new(date, time).assume_offset(offset))
}

/// The rest of a text.
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn one_of(&mut self, choices: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        choices.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn digit(&mut self) -> Option<u32> {
        self.one_of(b"0123456789")
            .map(|digit| u32::from(digit - b'0'))
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        (0..count).try_fold(0, |number, _| Some(number * 10 + self.digit()?))
    }

    fn two_digits(&mut self) -> Option<u8> {
        u8::try_from(self.digits(2)?).ok()
    }

    fn date(&mut self) -> Option<Date> {
        let year = i32::try_from(self.digits(4)?).ok()?;
        self.one_of(b"-")?;
        let month = Month::try_from(self.two_digits()?).ok()?;
        self.one_of(b"-")?;
        Date::from_calendar_date(year, month, self.two_digits()?).ok()
    }

    fn time(&mut self) -> Option<Time> {
        let hour = self.two_digits()?;
        self.one_of(b":")?;
        let minute = self.two_digits()?;
        self.one_of(b":")?;
        let second = self.two_digits()?;
        let nanosecond = self.fraction()?;
        if second == 60 {
            // A leap second, which the types here cannot represent.
            return Time::from_hms_nano(hour, minute, 59, 999_999_999).ok();
        }
        Time::from_hms_nano(hour, minute, second, nanosecond).ok()
    }

    /// Reads nanoseconds; digits after the ninth are dropped.
    fn fraction(&mut self) -> Option<u32> {
        if self.one_of(b".").is_none() {
            return Some(0);
        }
        let (mut nanosecond, mut unit) = (self.digit()? * 100_000_000, 100_000_000);
        while let Some(digit) = self.digit() {
            unit /= 10;
            nanosecond += digit * unit;
        }
        Some(nanosecond)
    }

    fn offset(&mut self) -> Option<UtcOffset> {
        if self.0.is_empty() || self.one_of(b"Zz").is_some() {
            return Some(UtcOffset::UTC);
        }
        let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
        let hours = i8::try_from(self.two_digits()?).ok()?;
        self.one_of(b":")?;
        let minutes = i8::try_from(self.two_digits()?).ok()?;
        UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
    }
}
