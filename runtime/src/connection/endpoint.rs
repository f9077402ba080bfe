//! Endpoints whose host the caller completes (`x-ms-parameterized-host`).

use crate::{
    rules::{error::invalid_argument, parameter::Parameter},
    text::percent,
};
use azure_core::{Result, http::Url};
use std::borrow::Cow;

/// The name of a client in errors about the endpoint.
const OPERATION: &str = "endpoint";

/// Returns the URL that a template describes, with a value for each placeholder, for
/// [`ArmClientOptions::endpoint`](crate::ArmClientOptions::endpoint).
///
/// A value in the host must consist of characters that hosts have. One that begins the template is
/// a URL or the beginning of one. Values elsewhere are percent-encoded.
///
/// ```
/// use arm_runtime::{Parameter, endpoint_url};
///
/// const ACCOUNT: Parameter = Parameter::new("accountName").argument("account_name");
/// const TENANT: Parameter = Parameter::new("tenant");
/// let url = endpoint_url(
///     "https://{accountName}.things.example/{tenant}",
///     &[(&ACCOUNT, "first"), (&TENANT, "a b")],
/// )?;
/// assert_eq!(url, "https://first.things.example/a%20b");
/// # Ok::<(), arm_runtime::Error>(())
/// ```
///
/// # Errors
///
/// If a value cannot be where its placeholder is, breaks the description's rules, or the result is
/// not an `https` or `http` URL.
pub fn endpoint_url(template: &str, arguments: &[(&Parameter, &str)]) -> Result<String> {
    let mut url = String::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        url.push_str(literal);
        let argument = arguments.iter().find(|(own, _)| own.name() == name);
        let Some((parameter, value)) = argument else {
            let message = format!("{OPERATION}: there is no value for {{{name}}} of {template}");
            return Err(invalid_argument(message));
        };
        parameter.check(OPERATION, value)?;
        let written = written(&url, after, parameter, value).map_err(|rule| {
            let shown = parameter.shown(value);
            parameter.error(OPERATION, &format!("{rule}, but is {shown}"))
        })?;
        url.push_str(&written);
        rest = after;
    }
    url.push_str(rest);
    check(&url)?;
    Ok(url)
}

/// Returns a value as it is in the URL, whose beginning is given. The error is the rule that the
/// value breaks.
fn written<'v>(
    before: &str,
    after: &str,
    parameter: &Parameter,
    value: &'v str,
) -> std::result::Result<Cow<'v, str>, &'static str> {
    if before.is_empty() {
        return Ok(value.trim_end_matches('/').into());
    }
    let authority = before.split_once("://").map_or("", |(_, rest)| rest);
    if !authority.contains('/') {
        // A host may be followed by a port.
        let is_last = after.is_empty() || after.starts_with('/');
        let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
        let is_host = value
            .bytes()
            .all(|b| is_allowed(b) || (is_last && b == b':'));
        return match value {
            "" => Err("must not be empty"),
            _ if is_host => Ok(value.into()),
            _ => Err("must have only characters of a host: letters, digits, `-`, `.` and `_`"),
        };
    }
    if parameter.is_encoded() {
        percent::encode_segment(value)
    } else {
        percent::check_encoded_path(value).map(Cow::Borrowed)
    }
}

fn check(url: &str) -> Result<()> {
    let is_web = |url: &Url| matches!(url.scheme(), "https" | "http") && url.host_str().is_some();
    if Url::parse(url).as_ref().is_ok_and(is_web) {
        return Ok(());
    }
    Err(invalid_argument(format!(
        "{OPERATION}: expected the values to make a URL such as https://things.example, but they \
         make {url:?}"
    )))
}

#[cfg(test)]
mod tests {
    use super::{Parameter, endpoint_url};

    const A: Parameter = Parameter::new("a").argument("first");
    const B: Parameter = Parameter::new("b").max_length(8);

    #[test]
    fn values_are_written_as_their_place_needs() {
        for (template, a, b, expected) in [
            ("https://{a}.x.example", "one", "", "https://one.x.example"),
            ("https://{a}.{b}", "one", "x.test", "https://one.x.test"),
            (
                "http://{a}/{b}",
                "localhost:80",
                "c/d",
                "http://localhost:80/c%2Fd",
            ),
            (
                "{a}/v1/{b}",
                "https://one.example/",
                "é",
                "https://one.example/v1/%C3%A9",
            ),
        ] {
            let url = endpoint_url(template, &[(&A, a), (&B, b)]);
            assert_eq!(url.unwrap(), expected, "{template}");
        }
    }

    #[test]
    fn values_that_would_change_the_host_are_refused() {
        for (template, value, message) in [
            (
                "https://{a}.x.example",
                "evil.example/",
                "characters of a host",
            ),
            ("https://{a}.x.example", "user@evil", "characters of a host"),
            ("https://{a}.x.example", "evil:80", "characters of a host"),
            ("https://{a}.x.example", "", "must not be empty"),
            ("https://x.example/{a}", "..", "must not be `.`"),
            (
                "{a}/v1",
                "ftp://x.example",
                "expected the values to make a URL",
            ),
            ("{a}", "", "expected the values to make a URL"),
            ("https://x.example/{c}", "", "no value for {c}"),
            ("https://{b}", "123456789", "`b`"),
        ] {
            let error = endpoint_url(template, &[(&A, value), (&B, value)]).unwrap_err();
            assert!(error.to_string().contains(message), "{template}: {error}");
        }
    }
}
