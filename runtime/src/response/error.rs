//! Errors of Resource Manager.

use super::{headers, json};
use crate::text::excerpt::excerpt;
use azure_core::{
    Error,
    error::ErrorKind,
    http::{
        RawResponse, StatusCode,
        headers::{ERROR_CODE, HeaderName},
    },
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::{error::Error as StdError, fmt};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
const CORRELATION_ID: HeaderName = HeaderName::from_static("x-ms-correlation-request-id");

/// A failure as Resource Manager reported it, in the form of the ARM RPC's error contract.
///
/// Every error about a response of the service contains one; see [`ArmErrorExt::arm`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ArmError {
    /// The operation that failed, such as `Workspaces_Get`.
    pub operation: String,
    /// The HTTP status of the response. A failed long-running operation is usually reported with
    /// 200.
    pub status: StatusCode,
    /// The error in the form of the contract.
    pub error: ArmErrorDetail,
    /// `x-ms-request-id` of the response, by which Azure support identifies the request.
    pub request_id: Option<String>,
    /// `x-ms-correlation-request-id` of the response; related requests share it.
    pub correlation_id: Option<String>,
    headline: String,
}

/// An error of the ARM RPC's error contract. Errors can have further errors as details.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ArmErrorDetail {
    /// Machine-readable code, such as `ResourceNotFound`.
    pub code: Option<String>,
    /// Human-readable message.
    pub message: Option<String>,
    /// Target of the error, such as a member of the body.
    pub target: Option<String>,
    /// Errors that caused this one.
    pub details: Vec<ArmErrorDetail>,
    /// Additional information, such as policy violations.
    pub additional_info: Vec<AdditionalInfo>,
}

/// An element of `additionalInfo` in an error.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AdditionalInfo {
    /// Type of the information, such as `PolicyViolation`.
    pub kind: Option<String>,
    /// The information itself.
    pub info: Value,
}

/// Access to the [`ArmError`] of an [`azure_core::Error`].
pub trait ArmErrorExt {
    /// Returns the error that the service reported, if this error is about a response of the
    /// service.
    ///
    /// ```
    /// use arm_runtime::ArmErrorExt as _;
    /// fn is_missing(error: &azure_core::Error) -> bool {
    ///     error.arm().is_some_and(|e| e.code() == Some("ResourceNotFound"))
    /// }
    /// ```
    fn arm(&self) -> Option<&ArmError>;

    /// Reads the body of the service's response as the error model in the description, if it has
    /// more members than the ARM RPC's contract. The docs of generated methods name such models.
    /// `None` if the error is not about a response of the service.
    ///
    /// ```
    /// use arm_runtime::ArmErrorExt as _;
    /// fn reason(error: &azure_core::Error) -> Option<String> {
    ///     let body: serde_json::Value = error.error_model()?.ok()?;
    ///     Some(body["reason"].as_str()?.to_owned())
    /// }
    /// ```
    fn error_model<T: DeserializeOwned>(&self) -> Option<azure_core::Result<T>>;

    /// Returns whether the service returned 404: the resource does not exist.
    ///
    /// ```
    /// use arm_runtime::ArmErrorExt as _;
    /// fn if_there<T>(result: azure_core::Result<T>) -> azure_core::Result<Option<T>> {
    ///     match result {
    ///         Err(error) if error.is_not_found() => Ok(None),
    ///         result => result.map(Some),
    ///     }
    /// }
    /// ```
    fn is_not_found(&self) -> bool {
        has_status(self.arm(), StatusCode::NotFound)
    }

    /// Returns whether the service returned 409: the state of the resource does not allow the
    /// request, for example because another operation is changing it.
    fn is_conflict(&self) -> bool {
        has_status(self.arm(), StatusCode::Conflict)
    }

    /// Returns whether the service returned 429 for the last attempt too: there were too many
    /// requests.
    fn is_throttled(&self) -> bool {
        has_status(self.arm(), StatusCode::TooManyRequests)
    }
}

fn has_status(error: Option<&ArmError>, status: StatusCode) -> bool {
    error.is_some_and(|error| error.status == status)
}

impl ArmErrorExt for Error {
    fn arm(&self) -> Option<&ArmError> {
        find(self)
    }

    fn error_model<T: DeserializeOwned>(&self) -> Option<azure_core::Result<T>> {
        let mut next = Some(self as &(dyn StdError + 'static));
        while let Some(error) = next {
            let kind = error.downcast_ref::<Self>().map(Self::kind);
            if let Some(ErrorKind::HttpResponse {
                raw_response: Some(raw),
                ..
            }) = kind
            {
                return Some(serde_json::from_slice(raw.body()).map_err(Self::from));
            }
            next = error.source();
        }
        None
    }
}

/// Returns the first error of type `T` in a chain of causes.
pub(crate) fn find<'a, T: StdError + 'static>(
    error: &'a (dyn StdError + 'static),
) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

impl ArmError {
    /// Returns the error's code, such as `ResourceNotFound`.
    pub fn code(&self) -> Option<&str> {
        self.error.code.as_deref()
    }

    /// Returns the error's message.
    pub fn message(&self) -> Option<&str> {
        self.error.message.as_deref()
    }

    /// Returns the target of the error.
    pub fn target(&self) -> Option<&str> {
        self.error.target.as_deref()
    }

    /// Returns the errors that caused this one.
    pub fn details(&self) -> &[ArmErrorDetail] {
        &self.error.details
    }
}

impl fmt::Display for ArmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: ", self.operation, self.headline)?;
        self.error.write(f, 0)?;
        if let Some(id) = &self.request_id {
            write!(f, " [x-ms-request-id: {id}]")?;
        }
        if let Some(id) = &self.correlation_id {
            write!(f, " [x-ms-correlation-request-id: {id}]")?;
        }
        Ok(())
    }
}

impl StdError for ArmError {}

impl fmt::Display for ArmErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl ArmErrorDetail {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        f.write_str(self.code.as_deref().unwrap_or("(no code)"))?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        if let Some(target) = &self.target {
            write!(f, " (target: {target})")?;
        }
        for detail in &self.details {
            write!(f, "\n{:indent$}- ", "", indent = depth * 2 + 2)?;
            detail.write(f, depth + 1)?;
        }
        Ok(())
    }

    /// Reads an error of the contract, and tolerates deviations from it.
    fn read(error: &Map<String, Value>) -> Self {
        Self {
            code: text(error, "code"),
            message: text(error, "message"),
            target: text(error, "target"),
            details: objects(error, "details").map(Self::read).collect(),
            additional_info: objects(error, "additionalInfo")
                .map(AdditionalInfo::read)
                .collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.code.is_none() && self.message.is_none() && self.details.is_empty()
    }
}

impl AdditionalInfo {
    fn read(info: &Map<String, Value>) -> Self {
        Self {
            kind: text(info, "type"),
            info: member(info, "info").cloned().unwrap_or_default(),
        }
    }
}

/// Creates the error for a response that is not a success.
pub(crate) fn unexpected_status(operation: &str, raw: RawResponse, expected: &[u16]) -> Error {
    let mut headline = format!("the service returned {}", status_text(raw.status()));
    if raw.status().is_success() && !expected.is_empty() {
        let expected: Vec<_> = expected.iter().map(u16::to_string).collect();
        headline += &format!(", where {} was expected", expected.join(" or "));
    }
    response_error(operation, raw, headline, "")
}

/// Creates the error for a long-running operation that ended as failed or canceled.
pub(crate) fn operation_failed(operation: &str, raw: RawResponse, status: &str) -> Error {
    let headline = format!("the operation ended as {status}");
    response_error(operation, raw, headline, status)
}

/// Creates the error for a long-running operation whose poll returned a failure status.
pub(crate) fn operation_refused(operation: &str, raw: RawResponse) -> Error {
    let status = status_text(raw.status());
    let headline = format!("the operation failed: the service returned {status}");
    response_error(operation, raw, headline, "")
}

/// Creates the error for a response with a success status whose contents are not valid.
pub(crate) fn bad_response(operation: &str, raw: &RawResponse, problem: &str) -> Error {
    let id = headers::text(raw.headers(), &REQUEST_ID);
    let id = id.map(|id| format!(" [x-ms-request-id: {id}]"));
    Error::with_message(
        ErrorKind::DataConversion,
        format!(
            "{operation}: the service's response ({}) {problem}{}",
            status_text(raw.status()),
            id.unwrap_or_default()
        ),
    )
}

/// Formats a status, such as `404 Not Found`.
pub(crate) fn status_text(status: StatusCode) -> String {
    format!("{status} {}", status.canonical_reason())
        .trim_end()
        .to_owned()
}

fn response_error(
    operation: &str,
    raw: RawResponse,
    headline: String,
    fallback_code: &str,
) -> Error {
    let mut error = read_error(&raw);
    let header = |name: &HeaderName| headers::text(raw.headers(), name).map(str::to_owned);
    error.code = error
        .code
        .or_else(|| header(&ERROR_CODE))
        .or_else(|| (!fallback_code.is_empty()).then(|| fallback_code.to_owned()));
    let arm = ArmError {
        operation: operation.to_owned(),
        status: raw.status(),
        error,
        request_id: header(&REQUEST_ID),
        correlation_id: header(&CORRELATION_ID),
        headline,
    };
    let kind = ErrorKind::HttpResponse {
        status: raw.status(),
        error_code: arm.error.code.clone(),
        raw_response: Some(Box::new(raw)),
    };
    Error::new(kind, arm)
}

/// Returns the error in a response's body: under `error`, under `properties.error`, or the body
/// itself.
fn read_error(raw: &RawResponse) -> ArmErrorDetail {
    let Ok(Value::Object(body)) = json::parse(raw.body()) else {
        return ArmErrorDetail {
            message: excerpt(raw.body()),
            ..ArmErrorDetail::default()
        };
    };
    let nested = object(&body, "properties").and_then(|properties| object(properties, "error"));
    [object(&body, "error"), nested, Some(&body)]
        .into_iter()
        .flatten()
        .map(ArmErrorDetail::read)
        .find(|error| !error.is_empty())
        .unwrap_or_default()
}

/// Returns the error code in a body, without creating an error.
pub(crate) fn code_of(raw: &RawResponse) -> Option<String> {
    read_error(raw).code
}

/// Returns a member by its name; some services write `Code` and `Message`.
fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.get(name).or_else(|| {
        let found = object
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    })
}

fn object<'a>(parent: &'a Map<String, Value>, name: &str) -> Option<&'a Map<String, Value>> {
    member(parent, name)?.as_object()
}

fn objects<'a>(
    parent: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'a Map<String, Value>> {
    let list = member(parent, name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_object)
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    match member(object, name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
