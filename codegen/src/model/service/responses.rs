//! Kinds of calls and their results: models, long-running operations, pages and headers.

use super::rust_type::RustType;

/// `final-state-via` of a long-running operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FinalState {
    /// `azure-async-operation`.
    AzureAsyncOperation,
    /// `operation-location`.
    OperationLocation,
    /// `location`.
    Location,
    /// `original-uri`.
    OriginalUri,
}

impl FinalState {
    /// Returns the name of the variant in the runtime.
    pub fn name(self) -> &'static str {
        match self {
            Self::AzureAsyncOperation => "AzureAsyncOperation",
            Self::OperationLocation => "OperationLocation",
            Self::Location => "Location",
            Self::OriginalUri => "OriginalUri",
        }
    }
}

/// The kind of a call: how the request is sent, and the result.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CallKind {
    /// One response with a body of this type.
    Send(RustType),
    /// One response with a body of this type, or without one.
    SendOptional(RustType),
    /// One response without a body.
    SendEmpty,
    /// One response whose status decides the model of its body; the name of the enum of these
    /// models.
    SendByStatus(String),
    /// One response whose body is text.
    Text,
    /// Whether a resource exists, by the status code; 404 means false or is an error.
    Exists(Missing),
    /// One response whose body is a stream of bytes.
    Bytes,
    /// Pages of this type.
    Pager(RustType, NextLink),
    /// A long-running operation whose result is a paged list; the type of its pages, and
    /// `final-state-via`.
    ListPoller(RustType, NextLink, Option<FinalState>),
    /// A long-running operation; the type of its result, if it always has one, and
    /// `final-state-via`.
    Poller(Option<RustType>, Option<FinalState>),
    /// A long-running operation whose result has this type or no body, and `final-state-via`.
    OptionalPoller(RustType, Option<FinalState>),
}

impl CallKind {
    /// Returns whether the method starts a long-running operation.
    pub fn is_long_running(&self) -> bool {
        matches!(
            self,
            Self::Poller(..) | Self::OptionalPoller(..) | Self::ListPoller(..)
        )
    }
}

/// The meaning of 404.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The resource does not exist.
    False,
    /// An error.
    Error,
}

/// The enum of an operation's responses, one variant for each status.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseEnum {
    /// Name of the type.
    pub name: String,
    /// Documentation of the type.
    pub docs: String,
    /// Variants, one for each status.
    pub variants: Vec<ResponseVariant>,
}

/// The variant for one status.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseVariant {
    /// Name of the variant.
    pub name: String,
    /// Status code.
    pub status: u16,
    /// Kind of the body.
    pub body: ResponseBody,
    /// Documentation of the variant.
    pub docs: String,
}

/// The body of a response with one of several statuses.
#[derive(Clone, Debug, PartialEq)]
pub enum ResponseBody {
    /// No body.
    Empty,
    /// JSON of this type.
    Json(RustType),
    /// Text.
    Text,
    /// Bytes of any other content type.
    Bytes,
}

/// How an operation finds the link to the next page in a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NextLink {
    /// The link that the model of the page has.
    OfModel,
    /// The field with this name.
    Field(String),
    /// None: there is one page only.
    None,
}

/// The headers of an operation that have another type in other operations.
#[derive(Clone, Debug)]
pub struct OperationHeaders {
    /// Name of the trait, such as `JobsClientGetHeaders`.
    pub type_name: String,
    /// Documentation of the trait.
    pub docs: String,
    /// One reader for each of the headers.
    pub readers: Vec<HeaderReader>,
}

/// A method that reads a response header.
#[derive(Clone, Debug)]
pub struct HeaderReader {
    /// Name of the method, in snake case.
    pub name: String,
    /// Name of the header, in lower case.
    pub wire: String,
    /// Type that the value is parsed to; of a map, the values have any form.
    pub ty: RustType,
    /// What the names of the headers begin with that a map is of.
    pub prefix: Option<String>,
    /// Cargo features any of which the type needs; empty when it is always there.
    pub features: Vec<String>,
    /// Documentation of the method.
    pub docs: String,
}
