//! Builds requests.

use super::{
    body::Body,
    form::{self, FormFields, FormFile, FormValue},
    parts::{self, ApiVersion, RequestParts},
    scope::Scope,
};
use crate::{
    connection::retry::ReadOnly,
    model::without_read_only,
    response::headers,
    rules::{
        error::invalid_argument,
        parameter::{ListStyle, NamedParameter, Parameter, ParameterValue, ValueText},
        path_template, preview,
        validate::{Validate, Validator},
    },
};
use azure_core::{
    Bytes, Error, Result,
    error::ErrorKind,
    http::{
        Body as RawBody, Context, Method, Request, Url,
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
    link: Option<Url>,
    query: String,
    headers: Headers,
    body: RawBody,
    form: FormFields,
    api_version: ApiVersion,
    read_only: bool,
    error: Option<Error>,
}

/// A body with one of several content types. Generated enums implement it.
pub trait BodyContent {
    /// Sets the body of a call.
    fn add_to(self, call: Call<'_>) -> Call<'_>;
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
        // Capacity for the headers that policies add, too.
        let mut headers = Headers::from(HashMap::with_capacity(6));
        headers.insert(ACCEPT, "application/json");
        Self {
            scope,
            operation,
            method,
            path: path_template::append(scope.path(), template),
            link: None,
            query: String::new(),
            headers,
            body: RawBody::Bytes(Bytes::new()),
            form: FormFields::new(),
            api_version: ApiVersion::Client,
            read_only: false,
            error: None,
        }
    }

    /// Sets the API version of this operation alone. An API version chosen in the client options
    /// takes precedence.
    pub fn api_version(mut self, version: &'static str) -> Self {
        self.api_version = ApiVersion::Own(version);
        self
    }

    /// Sends the request without an API version, which the operation does not have.
    pub fn without_api_version(mut self) -> Self {
        self.api_version = ApiVersion::None;
        self
    }

    /// Declares that only these API versions have the operation, all of them previews, oldest
    /// first. The last is sent, unless the client options name a version; if that is known not to
    /// have the operation, the call fails.
    pub fn previews(self, versions: &'static [&'static str]) -> Self {
        self.limited(versions, preview::refusal)
    }

    /// Declares that only these API versions have the operation, oldest first, and that the default
    /// version is none of them. The last is sent, unless the client options name a version; if that
    /// is known not to have the operation, the call fails.
    pub fn only_in(self, versions: &'static [&'static str]) -> Self {
        self.limited(versions, preview::absence)
    }

    fn limited(
        mut self,
        versions: &'static [&'static str],
        refusal: fn(&str, &[&str]) -> String,
    ) -> Self {
        if let (ApiVersion::Client | ApiVersion::Own(_), Some(last)) =
            (self.api_version, versions.last())
        {
            self.api_version = ApiVersion::Own(last);
        }
        if let Some(version) = self.known_version().filter(|own| !versions.contains(own)) {
            let problem = format!(
                "{} {}; name one of these in the client options, or none",
                self.operation,
                refusal(version, versions)
            );
            self.keep(Err(invalid_argument(problem)));
        }
        self
    }

    /// Declares that the operation only reads although its method is POST, such as `listKeys`: it
    /// is retried like a GET when the connection breaks or the service returns 5xx.
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Replaces the placeholder that the parameter names with a value.
    ///
    /// A name that is empty or would change the path is refused even if the client does not
    /// validate.
    pub fn path(self, parameter: impl Into<NamedParameter>, value: &str) -> Self {
        self.filled(&parameter.into().0, value)
    }

    fn filled(mut self, parameter: &Parameter, value: &str) -> Self {
        if self.error.is_none() {
            let validate = self.scope.client().validates();
            let result =
                path_template::fill(&mut self.path, self.operation, parameter, value, validate);
            self.keep(result);
        }
        self
    }

    /// Makes the path begin at the root instead of at the scope.
    pub fn at_root(mut self) -> Self {
        self.path.replace_range(..self.scope.path().len(), "");
        self
    }

    /// Replaces the path by a link that the caller has, such as one from a response: a URL, or a
    /// reference that is relative to the client's endpoint. A query in the link has precedence.
    ///
    /// A link to a host that the client's requests must not be sent to is refused.
    pub fn link(mut self, parameter: impl Into<NamedParameter>, value: &str) -> Self {
        let parameter = &parameter.into().0;
        if self.checked(parameter, Some(Ok(value.into()))).is_some() {
            let link = parts::resolve(self.scope.client(), value);
            let link = link.map_err(|error| {
                let problem = format!("is a link that cannot be used: {error}");
                parameter.error(self.operation, &problem)
            });
            match link {
                Ok(link) => self.link = Some(link),
                Err(error) => self.keep(Err(error)),
            }
        }
        self
    }

    /// Checks a name in the scope's path against the operation's own rules. `segment` is the index
    /// of the path segment; the first is 1.
    pub fn scope_name(mut self, parameter: &Parameter, segment: usize) -> Self {
        if self.error.is_none() && self.scope.client().validates() {
            let name = self.scope.segment(segment);
            let result = parameter.check(self.operation, &name);
            self.keep(result);
        }
        self
    }

    /// Replaces the placeholder that the parameter names with a value that is not text.
    pub fn path_value<V: ParameterValue + ?Sized>(
        self,
        parameter: impl Into<NamedParameter>,
        value: &V,
    ) -> Self {
        self.path_text(&parameter.into().0, value.to_text())
    }

    /// Replaces the placeholder that the parameter names with a list; in a path, that of
    /// [`ListStyle::Multi`] is separated by commas.
    pub fn path_list<V: ParameterValue>(
        self,
        parameter: impl Into<NamedParameter>,
        values: &[V],
        style: ListStyle,
    ) -> Self {
        self.path_texts(
            &parameter.into().0,
            values.iter().map(V::to_text).collect(),
            style,
        )
    }

    /// Adds a query parameter; `None` omits an optional one.
    pub fn query<V: ParameterValue + ?Sized>(
        self,
        parameter: impl Into<NamedParameter>,
        value: Option<&V>,
    ) -> Self {
        self.query_text(&parameter.into().0, value.map(V::to_text))
    }

    /// Adds a query parameter that is a list; `None` omits an optional one, and a list without
    /// items is an empty value.
    pub fn query_list<V: ParameterValue>(
        self,
        parameter: impl Into<NamedParameter>,
        values: Option<&[V]>,
        style: ListStyle,
    ) -> Self {
        let texts = values.map(|values| values.iter().map(V::to_text).collect());
        self.query_texts(&parameter.into().0, texts, style)
    }

    /// Adds a header; `None` omits an optional one.
    pub fn header<V: ParameterValue + ?Sized>(
        self,
        parameter: impl Into<NamedParameter>,
        value: Option<&V>,
    ) -> Self {
        self.header_text(&parameter.into().0, value.map(V::to_text))
    }

    /// Adds a header that is a list; `None` omits it, and a list without items is an empty value.
    /// For [`ListStyle::Multi`] the items are separated by commas, which is equivalent in headers.
    pub fn header_list<V: ParameterValue>(
        self,
        parameter: impl Into<NamedParameter>,
        values: Option<&[V]>,
        style: ListStyle,
    ) -> Self {
        let texts = values.map(|values| values.iter().map(V::to_text).collect());
        self.header_texts(&parameter.into().0, texts, style)
    }

    /// Adds names and values that the description fixes to the query; they are already encoded.
    pub fn fixed_query(mut self, query: &'static str) -> Self {
        self.query.push('&');
        self.query.push_str(query);
        self
    }

    /// Adds a header whose value the description fixes.
    pub fn fixed_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers
            .insert(HeaderName::from(name.to_owned()), value);
        self
    }

    /// Sets the body. A model is checked, then serialized.
    pub fn body<T: Serialize + Validate>(self, body: Body<'_, T>) -> Self {
        match body {
            Body::Model(model) => {
                let changes = matches!(self.method, Method::Put | Method::Patch);
                let json = if changes && !self.scope.client().sends_read_only() {
                    without_read_only(|| serde_json::to_vec(model))
                } else {
                    serde_json::to_vec(model)
                };
                self.json(json, Some(model as &dyn Validate))
            }
            Body::Value(value) => {
                self.json(serde_json::to_vec(&value), Some(&value as &dyn Validate))
            }
            Body::Json(json) => self.json(serde_json::to_vec(&json), None),
            Body::Content(content, _) => self.content("application/json".into(), content),
        }
    }

    /// Sets the body, if there is one.
    pub fn body_opt<T: Serialize + Validate>(self, body: Option<Body<'_, T>>) -> Self {
        match body {
            Some(body) => self.body(body),
            None => self,
        }
    }

    /// Sets a body that is not JSON, such as a file.
    pub fn raw_body(self, content_type: impl Into<Cow<'static, str>>, body: Bytes) -> Self {
        self.content(content_type.into(), body.into())
    }

    /// Sets a body of text, in UTF-8.
    pub fn text_body(
        self,
        content_type: impl Into<Cow<'static, str>>,
        body: impl Into<String>,
    ) -> Self {
        self.content(content_type.into(), Bytes::from(body.into()).into())
    }

    /// Sets a body of text, if there is one.
    pub fn text_body_opt(self, content_type: &'static str, body: Option<String>) -> Self {
        match body {
            Some(body) => self.text_body(content_type, body),
            None => self,
        }
    }

    /// Sets the body that the caller chose from several content types.
    pub fn body_content(self, body: impl BodyContent) -> Self {
        body.add_to(self)
    }

    /// Sets the body that the caller chose from several content types, if there is one.
    pub fn body_content_opt(self, body: Option<impl BodyContent>) -> Self {
        match body {
            Some(body) => body.add_to(self),
            None => self,
        }
    }

    /// Adds a field that the description fixes to the form.
    pub fn fixed_form(mut self, name: &'static str, value: &'static str) -> Self {
        self.form.push((name, FormValue::Text(value.to_owned())));
        self
    }

    /// Adds a field to the form; `None` omits an optional one.
    pub fn form<V: ParameterValue + ?Sized>(
        mut self,
        parameter: impl Into<NamedParameter>,
        value: Option<&V>,
    ) -> Self {
        let parameter = &parameter.into().0;
        if let Some(value) = self.checked(parameter, value.map(V::to_text)) {
            let value = FormValue::Text(value.into_owned());
            self.form.push((parameter.name(), value));
        }
        self
    }

    /// Adds a field that is a list to the form; `None` omits an optional one.
    pub fn form_list<V: ParameterValue>(
        mut self,
        parameter: impl Into<NamedParameter>,
        values: Option<&[V]>,
        style: ListStyle,
    ) -> Self {
        let parameter = &parameter.into().0;
        let Some(values) = values else {
            self.checked(parameter, None);
            return self;
        };
        let texts: Texts<'_> = values.iter().map(V::to_text).collect();
        let Some(texts) = self.written(parameter, texts) else {
            return self;
        };
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        if self.error.is_none() && self.scope.client().validates() {
            let result = parameter.check_list(self.operation, &texts);
            self.keep(result);
        }
        let fields = match style.plain_separator() {
            Some(separator) => vec![texts.join(separator)],
            None => texts.into_iter().map(str::to_owned).collect(),
        };
        let fields = fields.into_iter().map(FormValue::Text);
        self.form
            .extend(fields.map(|field| (parameter.name(), field)));
        self
    }

    /// Adds a file to the form; `None` omits an optional one.
    pub fn form_file(self, parameter: impl Into<NamedParameter>, file: Option<&FormFile>) -> Self {
        self.form_files(parameter, file.map(std::slice::from_ref))
    }

    /// Adds files to the form, all under one name; `None` omits an optional one.
    pub fn form_files(
        mut self,
        parameter: impl Into<NamedParameter>,
        files: Option<&[FormFile]>,
    ) -> Self {
        let parameter = &parameter.into().0;
        let Some(files) = files else {
            self.checked(parameter, None);
            return self;
        };
        let files = files.iter().cloned().map(FormValue::File);
        self.form.extend(files.map(|file| (parameter.name(), file)));
        self
    }

    /// Sets the body to the form's fields, as `multipart/form-data`.
    pub fn multipart(mut self) -> Self {
        match form::multipart(std::mem::take(&mut self.form)) {
            Ok((content_type, body)) => self.content(content_type.into(), body.into()),
            Err(error) => self.without_form(&error),
        }
    }

    /// Sets the body to the form's fields, as `application/x-www-form-urlencoded`.
    pub fn url_encoded(mut self) -> Self {
        match form::urlencoded(std::mem::take(&mut self.form)) {
            Ok(body) => self.content("application/x-www-form-urlencoded".into(), body.into()),
            Err(error) => self.without_form(&error),
        }
    }

    fn without_form(mut self, error: &Error) -> Self {
        let problem = format!("{}: {error}", self.operation);
        self.keep(Err(invalid_argument(problem)));
        self
    }

    /// Sets a body that is not JSON, if there is one.
    pub fn raw_body_opt(self, content_type: &'static str, body: Option<Bytes>) -> Self {
        match body {
            Some(body) => self.raw_body(content_type, body),
            None => self,
        }
    }

    /// Sets a `Content-Type` that differs from that of the body, such as
    /// `application/merge-patch+json`.
    pub fn content_type(mut self, content_type: &'static str) -> Self {
        self.headers.insert(CONTENT_TYPE, content_type);
        self
    }

    /// Sets `Accept` instead of `application/json`.
    pub fn accept(mut self, media_type: &'static str) -> Self {
        self.headers.insert(ACCEPT, media_type);
        self
    }

    fn path_text(mut self, parameter: &Parameter, value: ValueText<'_>) -> Self {
        match self.written(parameter, value) {
            Some(value) => self.filled(parameter, &value),
            None => self,
        }
    }

    fn path_texts(mut self, parameter: &Parameter, values: Texts<'_>, style: ListStyle) -> Self {
        let Some(values) = self.listed(parameter, Some(values)) else {
            return self;
        };
        let result =
            path_template::fill_list(&mut self.path, self.operation, parameter, &values, style);
        self.keep(result);
        self
    }

    fn query_text(mut self, parameter: &Parameter, value: Option<ValueText<'_>>) -> Self {
        if let Some(value) = self.checked(parameter, value) {
            self.push_query(parameter, &[&value], ListStyle::Multi);
        }
        self
    }

    fn query_texts(
        mut self,
        parameter: &Parameter,
        values: Option<Texts<'_>>,
        style: ListStyle,
    ) -> Self {
        if let Some(values) = self.listed(parameter, values) {
            let texts: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
            self.push_query(parameter, &texts, style);
        }
        self
    }

    fn header_texts(
        mut self,
        parameter: &Parameter,
        values: Option<Texts<'_>>,
        style: ListStyle,
    ) -> Self {
        if let Some(values) = self.listed(parameter, values) {
            self.push_header(parameter, &values, style);
        }
        self
    }

    fn header_text(mut self, parameter: &Parameter, value: Option<ValueText<'_>>) -> Self {
        if let Some(value) = self.checked(parameter, value) {
            self.push_header(parameter, &[value], ListStyle::Csv);
        }
        self
    }

    fn push_header(&mut self, parameter: &Parameter, values: &[Cow<'_, str>], style: ListStyle) {
        let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
        let result =
            parts::push_header(&mut self.headers, self.operation, parameter, &values, style);
        self.keep(result);
    }

    /// Returns the items of a list that is present and satisfies its constraints.
    fn listed<'v>(
        &mut self,
        parameter: &Parameter,
        values: Option<Texts<'v>>,
    ) -> Option<Vec<Cow<'v, str>>> {
        let Some(values) = values else {
            self.checked(parameter, None);
            return None;
        };
        let values = self.written(parameter, values)?;
        if self.scope.client().validates() {
            let texts: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
            let result = parameter.check_list(self.operation, &texts);
            self.keep(result);
        }
        Some(values).filter(|_| self.error.is_none())
    }

    /// Returns the text, or keeps the error of the value.
    fn written<T>(
        &mut self,
        parameter: &Parameter,
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
        parameter: &Parameter,
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

    fn push_query(&mut self, parameter: &Parameter, values: &[&str], style: ListStyle) {
        if self.error.is_none() {
            let result =
                parts::push_query(&mut self.query, self.operation, parameter, values, style);
            self.keep(result);
        }
    }

    fn json(mut self, json: serde_json::Result<Vec<u8>>, model: Option<&dyn Validate>) -> Self {
        if let Some(model) = model.filter(|_| self.scope.client().validates()) {
            let mut validator = Validator::for_version(self.known_version());
            model.validate(&mut validator);
            self.keep(validator.into_error(self.operation).map_or(Ok(()), Err));
        }
        match json {
            Ok(json) => self.content("application/json".into(), json.into()),
            Err(error) => {
                let message = format!("{}: the body cannot be JSON: {error}", self.operation);
                let error = Error::with_error(ErrorKind::DataConversion, error, message);
                self.keep(Err(error));
                self
            }
        }
    }

    fn content(mut self, content_type: Cow<'static, str>, body: RawBody) -> Self {
        if headers::text(&self.headers, &CONTENT_TYPE).is_none() {
            let content_type = match content_type {
                Cow::Borrowed(known) => HeaderValue::from(known),
                Cow::Owned(given) => HeaderValue::from(given),
            };
            self.headers.insert(CONTENT_TYPE, content_type);
        }
        self.body = body;
        self
    }

    /// Returns the API version that is sent: the client's, or the operation's own unless the client
    /// options name one; none if the operation has none.
    fn sent_version(&self) -> Option<&str> {
        let client = self.scope.client();
        match self.api_version {
            ApiVersion::None => None,
            ApiVersion::Own(own) if !client.chose_version() => Some(own),
            _ => Some(client.api_version()),
        }
    }

    /// Returns the API version that is sent, if the crate was generated from it.
    fn known_version(&self) -> Option<&'static str> {
        let sent = self.sent_version()?;
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
        self.into_parts()?.into_request()
    }

    /// Returns the parts of the request, or the first error.
    pub(crate) fn into_parts(self) -> Result<RequestParts> {
        if let Some(error) = self.error {
            return Err(error);
        }
        Ok(RequestParts {
            client: self.scope.client().clone(),
            operation: self.operation,
            method: self.method,
            path: self.path,
            link: self.link,
            query: self.query,
            api_version: self.api_version,
            headers: self.headers,
            body: self.body,
        })
    }
}
