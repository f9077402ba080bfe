//! Dates, times, durations and bytes as parameters and as values of headers.

use super::{
    Base64, Base64Url, Date, IsoDuration, OffsetDateTime, Rfc1123, UnixTime,
    time::{parse_date, parse_http_date, parse_time},
};
use crate::{FromHeader, ParameterValue};
use azure_core::{
    base64,
    time::{to_rfc3339, to_rfc7231},
};
use std::borrow::Cow;
use time::UtcOffset;

type ValueText<'a> = Result<Cow<'a, str>, String>;

/// Returns a time in UTC; the formats of requests have years with four digits only.
fn utc(time: OffsetDateTime) -> Result<OffsetDateTime, String> {
    time.checked_to_offset(UtcOffset::UTC)
        .filter(|utc| (0..=9999).contains(&utc.year()))
        .ok_or_else(|| format!("must be a time between the years 0 and 9999, but is {time}"))
}

/// RFC 3339 in UTC (`date-time`): `2025-12-01T00:00:00Z`.
impl ParameterValue for OffsetDateTime {
    fn to_text(&self) -> ValueText<'_> {
        Ok(to_rfc3339(&utc(*self)?).into())
    }
}

/// The format of HTTP headers (`date-time-rfc1123`): `Mon, 01 Dec 2025 00:00:00 GMT`.
impl ParameterValue for Rfc1123 {
    fn to_text(&self) -> ValueText<'_> {
        Ok(to_rfc7231(&utc(self.0)?).into())
    }
}

/// Seconds since 1970 (`unixtime`).
impl ParameterValue for UnixTime {
    fn to_text(&self) -> ValueText<'_> {
        Ok(self.0.unix_timestamp().to_string().into())
    }
}

/// A calendar date (`date`): `2025-12-01`.
impl ParameterValue for Date {
    fn to_text(&self) -> ValueText<'_> {
        let (year, month, day) = self.to_calendar_date();
        if !(0..=9999).contains(&year) {
            return Err(format!(
                "must be a date between the years 0 and 9999, but is {self}"
            ));
        }
        Ok(format!("{year:04}-{:02}-{day:02}", u8::from(month)).into())
    }
}

/// ISO 8601 (`duration`): `PT5M`.
impl ParameterValue for IsoDuration {
    fn to_text(&self) -> ValueText<'_> {
        if self.components().is_none() {
            return Err(format!(
                "must be an ISO 8601 duration such as PT5M, but is {:?}",
                self.as_str()
            ));
        }
        Ok(self.as_str().into())
    }
}

impl ParameterValue for Base64 {
    fn to_text(&self) -> ValueText<'_> {
        Ok(base64::encode(&self.0).into())
    }
}

impl ParameterValue for Base64Url {
    fn to_text(&self) -> ValueText<'_> {
        Ok(base64::encode_url_safe(&self.0).into())
    }
}

impl FromHeader for OffsetDateTime {
    fn from_header(text: &str) -> Option<Self> {
        parse_time(text)
    }
}

impl FromHeader for Rfc1123 {
    fn from_header(text: &str) -> Option<Self> {
        parse_http_date(text).ok().map(Self)
    }
}

impl FromHeader for UnixTime {
    fn from_header(text: &str) -> Option<Self> {
        let seconds = text.parse().ok()?;
        OffsetDateTime::from_unix_timestamp(seconds).ok().map(Self)
    }
}

impl FromHeader for Date {
    fn from_header(text: &str) -> Option<Self> {
        parse_date(text)
    }
}

impl FromHeader for IsoDuration {
    fn from_header(text: &str) -> Option<Self> {
        let duration = Self::from(text);
        duration.components().is_some().then_some(duration)
    }
}

impl FromHeader for Base64 {
    fn from_header(text: &str) -> Option<Self> {
        base64::decode(text).ok().map(Self)
    }
}

impl FromHeader for Base64Url {
    fn from_header(text: &str) -> Option<Self> {
        base64::decode_url_safe(text).ok().map(Self)
    }
}
