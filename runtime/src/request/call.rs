//! Building a request.

use super::{body::Body, scope::Scope};
use crate::{
    answer::headers,
    connection::retry::ReadOnly,
    rules::{
        error::invalid_argument,
        parameter::{ListStyle, Parameter, ParameterValue, ValueText},
        path_template, preview,
        validate::{Validate, Validator},
    },
    text::percent,
};
use azure_core::{
    Bytes, Error, Result,
    error::ErrorKind,
    http::{
        Body as RawBody, Context, Method, Request,
        headers::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue, Headers},
    },
};
use serde::Serialize;
use std::{borrow::Cow, collections::HashMap};

/// The items of a list as text, or what is wrong with one of them.
type Texts<'a> = std::result::Result<Vec<Cow<'a, str>>, String>;

/// A request that is being built.
///
/// Its methods can be chained without handling errors: the first error is kept and returned by the
/// method that finishes the call, before anything is sent.
#[derive(Debug)]
#[must_use = "nothing is sent until the call is finished, with `send` for one"]
pub struct Call<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) operation: &'static str,
    method: Method,
    path: String,
    query: String,
    headers: Headers,
    body: RawBody,
    api_version: Option<&'static str>,
    read_only: bool,
    error: Option<Error>,
}

impl Scope {
    /// Starts a GET request. `operation` is the description's operation ID, `template` the path
    /// below this scope.
    pub fn get(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Get, operation, template)
    }

    /// Starts a PUT request; see [`Scope::get`].
    pub fn put(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Put, operation, template)
    }

    /// Starts a POST request; see [`Scope::get`].
    pub fn post(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Post, operation, template)
    }

    /// Starts a PATCH request; see [`Scope::get`].
    pub fn patch(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Patch, operation, template)
    }

    /// Starts a DELETE request; see [`Scope::get`].
    pub fn delete(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Delete, operation, template)
    }

    /// Starts a HEAD request; see [`Scope::get`].
    pub fn head(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Head, operation, template)
    }
}

impl<'a> Call<'a> {
    fn new(
        scope: &'a Scope,
        method: Method,
        operation: &'static str,
        template: &'static str,
    ) -> Self {
        // Room for those of the policies too.
        let mut headers = Headers::from(HashMap::with_capacity(6));
        headers.insert(ACCEPT, "application/json");
        Self {
            scope,
            operation,
            method,
            path: path_template::append(scope.path(), template),
            query: String::new(),
            headers,
            body: RawBody::Bytes(Bytes::new()),
            api_version: None,
            read_only: false,
            error: None,
        }
    }

    /// Sets the API version of this operation alone. An API version chosen in the client options
    /// takes precedence.
    pub fn api_version(mut self, version: &'static str) -> Self {
        self.api_version = Some(version);
        self
    }

    /// Declares that only these API versions have the operation, all of them previews, oldest
    /// first. The last is sent, unless the client options name a version; if that is known not to
    /// have the operation, the call fails.
    pub fn previews(mut self, versions: &'static [&'static str]) -> Self {
        self.api_version = versions.last().copied();
        if let Some(version) = self.known_version().filter(|own| !versions.contains(own)) {
            let problem = format!(
                "{} {}; name one of these in the client options, or none",
                self.operation,
                preview::refusal(version, versions)
            );
            self.keep(Err(invalid_argument(problem)));
        }
        self
    }

    /// Declares that the operation only reads although its method is POST, such as `listKeys`: it
    /// is retried like a GET when the connection breaks or the service answers 5xx.
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Replaces the placeholder that the parameter names with a value.
    ///
    /// A name that is empty or would change the path is refused even if the client does not
    /// validate.
    pub fn path(mut self, parameter: &'static Parameter, value: &str) -> Self {
        if self.error.is_none() {
            let validate = self.scope.client().validates();
            let result =
                path_template::fill(&mut self.path, self.operation, parameter, value, validate);
            self.keep(result);
        }
        self
    }

    /// Checks a name in the scope's path against the operation's own rules. `segment` is the index
    /// of the path segment; the first is 1.
    pub fn scope_name(mut self, parameter: &'static Parameter, segment: usize) -> Self {
        if self.error.is_none() && self.scope.client().validates() {
            let name = self.scope.path().split('/').nth(segment);
            let name = name.and_then(percent::decode).unwrap_or_default();
            let result = parameter.check(self.operation, &name);
            self.keep(result);
        }
        self
    }

    /// Replaces the placeholder that the parameter names with a value that is not text.
    pub fn path_value<V: ParameterValue + ?Sized>(
        self,
        parameter: &'static Parameter,
        value: &V,
    ) -> Self {
        self.path_text(parameter, value.to_text())
    }

    /// Replaces the placeholder that the parameter names with a list, its items separated by
    /// commas.
    pub fn path_list<V: ParameterValue>(self, parameter: &'static Parameter, values: &[V]) -> Self {
        self.path_texts(parameter, values.iter().map(V::to_text).collect())
    }

    /// Adds a query parameter; `None` omits an optional one.
    pub fn query<V: ParameterValue + ?Sized>(
        self,
        parameter: &'static Parameter,
        value: Option<&V>,
    ) -> Self {
        self.query_text(parameter, value.map(V::to_text))
    }

    /// Adds a query parameter that is a list; `None` omits an optional one.
    pub fn query_list<V: ParameterValue>(
        self,
        parameter: &'static Parameter,
        values: Option<&[V]>,
        style: ListStyle,
    ) -> Self {
        let texts = values.map(|values| values.iter().map(V::to_text).collect());
        self.query_texts(parameter, texts, style)
    }

    /// Adds a header; `None` omits an optional one.
    pub fn header<V: ParameterValue + ?Sized>(
        self,
        parameter: &'static Parameter,
        value: Option<&V>,
    ) -> Self {
        self.header_text(parameter, value.map(V::to_text))
    }

    /// Adds a header that is a list, its items separated by commas; `None` omits it.
    pub fn header_list<V: ParameterValue>(
        self,
        parameter: &'static Parameter,
        values: Option<&[V]>,
    ) -> Self {
        let texts = values.map(|values| values.iter().map(V::to_text).collect());
        self.header_texts(parameter, texts)
    }

    /// Sets the body. A model is checked, then serialized.
    pub fn body<T: Serialize + Validate>(self, body: Body<'_, T>) -> Self {
        match body {
            Body::Model(model) => {
                self.json(serde_json::to_vec(model), Some(model as &dyn Validate))
            }
            Body::Json(json) => self.json(serde_json::to_vec(&json), None),
            Body::Content(content, _) => self.content("application/json", content),
        }
    }

    /// Sets the body, if there is one.
    pub fn body_opt<T: Serialize + Validate>(self, body: Option<Body<'_, T>>) -> Self {
        match body {
            Some(body) => self.body(body),
            None => self,
        }
    }

    /// Sets a body that is not JSON, such as a file or a form.
    pub fn raw_body(self, content_type: &'static str, body: Bytes) -> Self {
        self.content(content_type, body.into())
    }

    /// Sets a body that is not JSON, if there is one.
    pub fn raw_body_opt(self, content_type: &'static str, body: Option<Bytes>) -> Self {
        match body {
            Some(body) => self.raw_body(content_type, body),
            None => self,
        }
    }

    /// Sets another `Content-Type` than that of the body, such as `application/merge-patch+json`.
    pub fn content_type(mut self, content_type: &'static str) -> Self {
        self.headers.insert(CONTENT_TYPE, content_type);
        self
    }

    /// Sets another `Accept` than `application/json`.
    pub fn accept(mut self, media_type: &'static str) -> Self {
        self.headers.insert(ACCEPT, media_type);
        self
    }

    fn path_text(mut self, parameter: &'static Parameter, value: ValueText<'_>) -> Self {
        match self.written(parameter, value) {
            Some(value) => self.path(parameter, &value),
            None => self,
        }
    }

    fn path_texts(mut self, parameter: &'static Parameter, values: Texts<'_>) -> Self {
        let Some(values) = self.written(parameter, values) else {
            return self;
        };
        let validate = self.scope.client().validates();
        let result =
            path_template::fill_list(&mut self.path, self.operation, parameter, &values, validate);
        self.keep(result);
        self
    }

    fn query_text(mut self, parameter: &'static Parameter, value: Option<ValueText<'_>>) -> Self {
        if let Some(value) = self.checked(parameter, value) {
            self.push_query(parameter, &[&value], ListStyle::Multi);
        }
        self
    }

    fn query_texts(
        mut self,
        parameter: &'static Parameter,
        values: Option<Texts<'_>>,
        style: ListStyle,
    ) -> Self {
        let Some(values) = values else {
            self.checked(parameter, None);
            return self;
        };
        let Some(values) = self.written(parameter, values) else {
            return self;
        };
        let texts: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
        if self.error.is_none() && self.scope.client().validates() {
            let result = parameter.check_list(self.operation, &texts);
            self.keep(result);
        }
        self.push_query(parameter, &texts, style);
        self
    }

    fn header_texts(mut self, parameter: &'static Parameter, values: Option<Texts<'_>>) -> Self {
        let values = match values {
            None => None,
            Some(values) => match self.written(parameter, values) {
                Some(values) => Some(Ok(values.join(",").into())),
                None => return self,
            },
        };
        self.header_text(parameter, values)
    }

    fn header_text(mut self, parameter: &'static Parameter, value: Option<ValueText<'_>>) -> Self {
        let Some(value) = self.checked(parameter, value) else {
            return self;
        };
        if value.bytes().any(|byte| !(b' '..=b'~').contains(&byte)) {
            let shown = parameter.shown(&value);
            let problem = format!("must be printable ASCII to be a header, but is {shown}");
            self.error = Some(parameter.error(self.operation, &problem));
            return self;
        }
        // From a `String` a name may have capital letters.
        let name = HeaderName::from(parameter.name().to_owned());
        let value = HeaderValue::from(value.into_owned());
        self.headers.insert(name, value);
        self
    }

    /// Returns what was written, or keeps what is wrong with the value.
    fn written<T>(
        &mut self,
        parameter: &'static Parameter,
        value: std::result::Result<T, String>,
    ) -> Option<T> {
        let value = value.map_err(|problem| parameter.error(self.operation, &problem));
        match value {
            Ok(value) => Some(value).filter(|_| self.error.is_none()),
            Err(error) => {
                self.keep(Err(error));
                None
            }
        }
    }

    /// Returns a value that is present and satisfies its constraints.
    fn checked<'v>(
        &mut self,
        parameter: &'static Parameter,
        value: Option<ValueText<'v>>,
    ) -> Option<Cow<'v, str>> {
        let value = match value {
            Some(value) => Some(self.written(parameter, value)?),
            None => None,
        };
        if self.error.is_some() {
            return None;
        }
        let validate = self.scope.client().validates();
        let result = match &value {
            Some(value) if validate => parameter.check(self.operation, value),
            None if validate && parameter.is_required() => {
                Err(parameter.error(self.operation, "must be given"))
            }
            _ => Ok(()),
        };
        self.keep(result);
        value.filter(|_| self.error.is_none())
    }

    fn push_query(&mut self, parameter: &'static Parameter, values: &[&str], style: ListStyle) {
        if self.error.is_some() || values.is_empty() {
            return;
        }
        for (index, value) in values.iter().enumerate() {
            match style.separator().filter(|_| index > 0) {
                Some(separator) => self.query.push_str(separator),
                None => {
                    self.query.push('&');
                    self.query
                        .push_str(&percent::encode_query_name(parameter.name()));
                    self.query.push('=');
                }
            }
            self.push_query_value(parameter, value);
        }
    }

    fn push_query_value(&mut self, parameter: &'static Parameter, value: &str) {
        if parameter.is_encoded() {
            self.query.push_str(&percent::encode(value));
        } else if value
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'#' && b != b'&')
        {
            self.query.push_str(value);
        } else {
            let shown = parameter.shown(value);
            let problem = format!("is used as it is and must be encoded already, but is {shown}");
            self.error = Some(parameter.error(self.operation, &problem));
        }
    }

    fn json(mut self, json: serde_json::Result<Vec<u8>>, model: Option<&dyn Validate>) -> Self {
        if let Some(model) = model.filter(|_| self.scope.client().validates()) {
            let mut validator = Validator::for_version(self.known_version());
            model.validate(&mut validator);
            self.keep(validator.into_error(self.operation).map_or(Ok(()), Err));
        }
        match json {
            Ok(json) => self.content("application/json", json.into()),
            Err(error) => {
                let message = format!("{}: the body cannot be JSON: {error}", self.operation);
                let error = Error::with_error(ErrorKind::DataConversion, error, message);
                self.keep(Err(error));
                self
            }
        }
    }

    fn content(mut self, content_type: &'static str, body: RawBody) -> Self {
        if headers::text(&self.headers, &CONTENT_TYPE).is_none() {
            self.headers.insert(CONTENT_TYPE, content_type);
        }
        self.body = body;
        self
    }

    /// Returns the API version that is sent: the client's, or the operation's own unless the client
    /// options name one.
    fn sent_version(&self) -> &str {
        let client = self.scope.client();
        let own = self.api_version.filter(|_| !client.chose_version());
        own.unwrap_or_else(|| client.api_version())
    }

    /// Returns the API version that is sent, if it is one that the crate was generated from.
    fn known_version(&self) -> Option<&'static str> {
        let sent = self.sent_version();
        let mut known = self.scope.client().service().api_versions.iter().copied();
        known.find(|known| *known == sent)
    }

    fn keep(&mut self, result: Result<()>) {
        if let (None, Err(error)) = (&self.error, result) {
            self.error = Some(error);
        }
    }

    /// Returns the context to send the request with.
    pub(crate) fn context(&self, given: Context<'_>) -> Context<'static> {
        let mut context = given.into_owned();
        if self.read_only {
            context.insert(ReadOnly);
        }
        context
    }

    /// Returns the request, or the first error.
    pub(crate) fn into_request(self) -> Result<Request> {
        if let Some(error) = self.error {
            return Err(error);
        }
        path_template::check_filled(self.operation, &self.path)?;
        let client = self.scope.client();
        let url = match self.api_version.filter(|_| !client.chose_version()) {
            Some(own) => client.url_with_version(&self.path, &percent::encode(own), &self.query)?,
            None => client.url(&self.path, &self.query)?,
        };
        let mut request = Request::new(url, self.method);
        *request.headers_mut() = self.headers;
        request.set_body(self.body);
        Ok(request)
    }
}
