//! Formats of bodies other than JSON.

use azure_core::{
    Error, Result,
    error::ErrorKind,
    http::{DeserializeWith, Format, JsonFormat, response::ResponseBody},
};
use serde::de::DeserializeOwned;

/// JSON, or no body: for a response such as 204, `into_model` returns `None`.
#[derive(Clone, Copy, Debug)]
pub struct OptionalJsonFormat;

impl Format for OptionalJsonFormat {
    fn deserialize<T: DeserializeOwned, S: AsRef<[u8]>>(body: S) -> Result<T> {
        JsonFormat::deserialize(body)
    }
}

impl<T: DeserializeOwned> DeserializeWith<OptionalJsonFormat> for Option<T> {
    fn deserialize_with(body: ResponseBody) -> Result<Self> {
        let body: &[u8] = body.as_ref();
        if body.trim_ascii().is_empty() {
            return Ok(None);
        }
        Ok(serde_json::from_slice(body)?)
    }
}

/// Plain text.
#[derive(Clone, Copy, Debug)]
pub struct TextFormat;

impl Format for TextFormat {
    fn deserialize<T: DeserializeOwned, S: AsRef<[u8]>>(body: S) -> Result<T> {
        let text = text(body.as_ref())?;
        Ok(T::deserialize(serde_json::Value::String(text))?)
    }
}

impl DeserializeWith<TextFormat> for String {
    fn deserialize_with(body: ResponseBody) -> Result<Self> {
        text(body.as_ref())
    }
}

/// Reads text in UTF-8, with or without a byte order mark.
pub(crate) fn text(body: &[u8]) -> Result<String> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = str::from_utf8(body).map_err(|error| {
        let message = "the service's response is not text in UTF-8";
        Error::with_error(ErrorKind::DataConversion, error, message)
    })?;
    Ok(text.to_owned())
}
