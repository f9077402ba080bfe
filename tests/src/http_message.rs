//! HTTP/1.1 messages on a connection.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// A request or a response.
#[derive(Clone, Debug)]
pub struct Message {
    /// The first line.
    pub first: String,
    /// Names, in lower case, and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// All bytes of the message.
    pub raw: Vec<u8>,
}

/// Reads the next message of a connection, until it is closed. `data` holds bytes that were read
/// beyond the last message.
///
/// The length of a body is given by `content-length`.
///
/// # Errors
///
/// Those of the connection.
pub async fn read<S: AsyncRead + Unpin>(
    stream: &mut S,
    data: &mut Vec<u8>,
) -> io::Result<Option<Message>> {
    let end = loop {
        if let Some(end) = data.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(data).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&data[..end]).into_owned();
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: Vec<(String, String)> = headers.collect();
    let length = find(&headers, "content-length").and_then(|text| text.parse().ok());
    let length: usize = length.unwrap_or_default();
    let whole = end + 4 + length;
    while data.len() < whole {
        if stream.read_buf(data).await? == 0 {
            return Ok(None);
        }
    }
    let rest = data.split_off(whole);
    let raw = std::mem::replace(data, rest);
    Ok(Some(Message {
        first,
        headers,
        body: raw[end + 4..].to_vec(),
        raw,
    }))
}

/// Returns the value of a header.
pub fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut all = headers.iter();
    let found = all.find(|(own, _)| own.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}
