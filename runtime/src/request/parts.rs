//! The parts of a request whose URL is not put together yet.

use crate::{
    connection::{client::Client, links},
    rules::{
        parameter::{ListStyle, Parameter},
        path_template,
    },
    text::percent,
};
use azure_core::{
    Result,
    http::{
        Body, Method, Request, Url,
        headers::{HeaderName, HeaderValue, Headers},
    },
};
use std::borrow::Cow;

/// The API version that a request is sent with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ApiVersion {
    /// The API version of the client.
    Client,
    /// One for this operation, unless the client options name one.
    Own(&'static str),
    /// No API version.
    None,
}

impl ApiVersion {
    /// Returns the version as part of a query.
    fn encoded(self, client: &Client) -> Option<Cow<'_, str>> {
        match self {
            Self::None => None,
            Self::Own(own) if !client.chose_version() => Some(percent::encode(own)),
            _ => Some(client.encoded_version().into()),
        }
    }
}

/// The parts of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestParts {
    pub(crate) client: Client,
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// The encoded path, perhaps with placeholders.
    pub(crate) path: String,
    /// The URL that takes the place of the path.
    pub(crate) link: Option<Url>,
    /// The encoded query without the API version; `&` begins each parameter.
    pub(crate) query: String,
    pub(crate) api_version: ApiVersion,
    pub(crate) headers: Headers,
    pub(crate) body: Body,
}

impl RequestParts {
    /// Replaces the placeholder that the parameter names with a link. Without encoding, the link may
    /// have a query, or be a URL, which takes the place of the whole path.
    pub(crate) fn fill_link(&mut self, parameter: &Parameter, link: &str) -> Result<()> {
        let mut path = link;
        if !parameter.is_encoded() {
            if link.contains("://") {
                self.link = Some(resolve(&self.client, link)?);
                return Ok(());
            }
            if let Some((before, query)) = link.split_once('?') {
                path = before;
                self.add_query(query);
            }
        }
        path_template::fill(&mut self.path, self.operation, parameter, path, false)
    }

    /// Puts a query before the own one, of which it replaces what has the same names.
    fn add_query(&mut self, query: &str) {
        let names = names(query);
        let own = lacking(&names, &self.query).map(|pair| format!("&{pair}"));
        self.query = format!("&{query}{}", own.collect::<String>());
        if names.iter().any(|name| name == "api-version") {
            self.api_version = ApiVersion::None;
        }
    }

    /// Returns the request.
    ///
    /// # Errors
    ///
    /// If the path has a placeholder without a value.
    pub(crate) fn into_request(self) -> Result<Request> {
        let version = self.api_version.encoded(&self.client);
        let version = version.as_deref();
        let url = match self.link {
            Some(link) => with_query(link, version, &self.query),
            None => {
                path_template::check_filled(self.operation, &self.path)?;
                self.client.url(&self.path, version, &self.query)?
            }
        };
        let mut request = Request::new(url, self.method);
        *request.headers_mut() = self.headers;
        request.set_body(self.body);
        Ok(request)
    }
}

/// Returns the URL of a link, which may be relative to the client's endpoint.
pub(crate) fn resolve(client: &Client, link: &str) -> Result<Url> {
    let mut base = client.endpoint().clone();
    if !base.path().ends_with('/') {
        let path = format!("{}/", base.path());
        base.set_path(&path);
    }
    links::resolve(client.trusted_origin(), &base, link)
}

/// Adds the API version and the parameters of a query to a URL, of those that the URL does not have.
fn with_query(mut url: Url, api_version: Option<&str>, query: &str) -> Url {
    let before = url.query().unwrap_or_default().to_owned();
    let version = api_version.map(|version| format!("api-version={version}&"));
    let own = version.unwrap_or_default() + query;
    let names = names(&before);
    let all: Vec<&str> = pairs(&before).chain(lacking(&names, &own)).collect();
    let all = all.join("&");
    url.set_query(Some(all.as_str()).filter(|all| !all.is_empty()));
    url
}

/// Returns the encoded pairs of a query.
fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|pair| !pair.is_empty())
}

/// Returns the names in a query, in lower case.
fn names(query: &str) -> Vec<String> {
    pairs(query).map(name).collect()
}

fn name(pair: &str) -> String {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name);
    let decoded = percent::decode(name).unwrap_or(Cow::Borrowed(name));
    decoded.to_lowercase()
}

/// Returns the pairs of a query whose names are not in a list.
fn lacking<'q>(names: &[String], query: &'q str) -> impl Iterator<Item = &'q str> {
    pairs(query).filter(|pair| !names.contains(&name(pair)))
}

/// Adds a parameter to an encoded query. A list without items is an empty value.
pub(crate) fn push_query(
    query: &mut String,
    operation: &str,
    parameter: &Parameter,
    values: &[&str],
    style: ListStyle,
) -> Result<()> {
    let values = if values.is_empty() { &[""] } else { values };
    for (index, value) in values.iter().enumerate() {
        match style.separator().filter(|_| index > 0) {
            Some(separator) => query.push_str(separator),
            None => {
                query.push('&');
                query.push_str(&percent::encode_query_name(parameter.name()));
                query.push('=');
            }
        }
        push_query_value(query, operation, parameter, value)?;
    }
    Ok(())
}

fn push_query_value(
    query: &mut String,
    operation: &str,
    parameter: &Parameter,
    value: &str,
) -> Result<()> {
    let is_query = |b: u8| b.is_ascii_graphic() && b != b'#' && b != b'&';
    if parameter.is_encoded() {
        query.push_str(&percent::encode(value));
    } else if value.bytes().all(is_query) {
        query.push_str(value);
    } else {
        let shown = parameter.shown(value);
        let problem = format!("is used as it is and must be encoded already, but is {shown}");
        return Err(parameter.error(operation, &problem));
    }
    Ok(())
}

/// Adds a header.
pub(crate) fn push_header(
    headers: &mut Headers,
    operation: &str,
    parameter: &Parameter,
    values: &[&str],
    style: ListStyle,
) -> Result<()> {
    let is_printable = |value: &str| value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if let Some(value) = values.iter().find(|value| !is_printable(value)) {
        let shown = parameter.shown(value);
        let problem = format!("must be printable ASCII to be a header, but is {shown}");
        return Err(parameter.error(operation, &problem));
    }
    // A name from a `String` may have capital letters.
    let name = HeaderName::from(parameter.name().to_owned());
    let value = HeaderValue::from(values.join(style.separator_in_header()));
    headers.insert(name, value);
    Ok(())
}
